"""Whoever has something to tell writes it, looks at it and lets it out; readers find it."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.community.jobs import write_news_letters
from lodestar.domain.community.models import NewsPiece
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.applications import make_mentee
from tests.factories.community import make_news
from tests.factories.people import make_person, make_role, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db
TOLD = {"title": "The garden party", "text": "Come.\n\nSee https://example.org", "language": "en"}


@pytest.fixture
def admin():
    person = make_person("Noor", "Haddad", email="noor@example.org")
    make_role(person)
    return person


def test_news_is_written_looked_at_published_and_read(admin):
    office, reader = signed_in(admin), signed_in(make_person("Amina"))

    kept = office.post("/console/news/new/", TOLD | {"whom": "everybody"})
    piece = NewsPiece.objects.get()
    page = office.get(kept["Location"]).content.decode()
    assert "It is for 2 people." in page
    assert "there is news from" in page
    assert reader.get(f"/news/{piece.public_id}/").status_code == 404

    office.post(f"/console/news/{piece.public_id}/publish/", {"at": "", "by_letter": "on"})

    assert "The garden party" in reader.get("/home/").content.decode()
    assert "The garden party" in reader.get("/news/").content.decode()
    text = reader.get(f"/news/{piece.public_id}/").content.decode()
    assert '<a href="https://example.org" rel="nofollow">' in text
    assert "changed on" not in text

    office.post(f"/console/news/{piece.public_id}/change/", TOLD | {"text": "<b>Tomorrow</b>"})
    text = reader.get(f"/news/{piece.public_id}/").content.decode()
    assert "changed on" in text
    assert "&lt;b&gt;Tomorrow&lt;/b&gt;" in text

    office.post(f"/console/news/{piece.public_id}/withdraw/")
    assert reader.get(f"/news/{piece.public_id}/").status_code == 404
    assert "The garden party" not in reader.get("/home/").content.decode()


def test_how_many_it_would_reach_is_told_while_one_chooses(admin):
    make_person("Kofi", country="Ghana", email="kofi@example.org")
    query = {"whom": "everybody", "countries": "Ghana", "language": "en"}

    answer = signed_in(admin).get("/console/news/new/", query, headers={"HX-Request": "true"})

    told = " ".join(answer.content.decode().split())
    assert told.startswith('<p id="count"')
    assert "It is for 1 person. 0 can sign in and read it here. By letter it would reach 1." in told


def test_nobody_counts_a_program_that_is_not_theirs(admin):
    other = make_program(coordinator=make_person("Lena", "Berg"))

    answer = signed_in(admin).get("/console/news/new/", {"whom": other.public_id})

    assert "It is for" not in answer.content.decode()


def test_a_form_with_mistakes_keeps_what_was_typed(admin):
    typed = TOLD | {"whom": "everybody", "role": "mentor", "class_year_from": "2020"}

    answer = signed_in(admin).post("/console/news/new/", typed | {"class_year_to": "2010"})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mentors and mentees belong to a program" in page
    assert "The first class is later than the last." in page
    assert "The garden party" in page
    assert not NewsPiece.objects.exists()


def test_it_comes_out_by_the_clock_of_whoever_plans_it(admin):
    admin.time_zone = "Asia/Tokyo"
    admin.save()
    piece = make_news(by=admin, is_out=False)
    office = signed_in(admin)

    passed = office.post(f"/console/news/{piece.public_id}/publish/", {"at": "2020-01-01T09:00"})
    office.post(f"/console/news/{piece.public_id}/publish/", {"at": "2100-01-01T09:00"})

    piece.refresh_from_db()
    assert passed.status_code == 422
    assert piece.published_at.isoformat() == "2100-01-01T00:00:00+00:00"
    assert (
        "Make it a draft again" in office.get(f"/console/news/{piece.public_id}/").content.decode()
    )

    office.post(f"/console/news/{piece.public_id}/put-off/")
    office.post(f"/console/news/{piece.public_id}/discard/")
    assert not NewsPiece.objects.exists()


def test_a_coordinator_writes_to_the_mentees_of_a_cohort():
    lena = make_person("Lena", "Berg")
    cohort = make_cohort(make_program(coordinator=lena))
    mentee = make_mentee(cohort, make_person("Kofi")).person
    office = signed_in(lena)

    office.post("/console/news/new/", TOLD | {"whom": cohort.public_id, "role": "mentee"})
    refused = office.post("/console/news/new/", TOLD | {"whom": "everybody"})

    piece = NewsPiece.objects.get()
    assert (piece.cohort, piece.role) == (cohort, "mentee")
    assert refused.status_code == 422
    office.post(f"/console/news/{piece.public_id}/publish/", {})
    assert signed_in(mentee).get(f"/news/{piece.public_id}/").status_code == 200
    assert signed_in(make_person()).get(f"/news/{piece.public_id}/").status_code == 404


def test_the_letter_says_the_words_as_they_are_now_and_can_be_stopped(admin):
    piece = make_news(by=admin, by_letter=True)
    write_news_letters(now())
    NewsPiece.objects.update(text="On Saturday.\n\nBring {{ nothing }}.")

    written = write(Letter.objects.get(), "noor@example.org")

    assert written.subject == "The garden party"
    assert "On Saturday.\n\nBring {{ nothing }}." in written.body
    assert f"/news/{piece.public_id}/" in written.body
    assert "knows you as one of its alumni" in written.body
    assert written.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_list_is_paged_and_says_for_whom_each_is(admin):
    for number in range(31):
        make_news(f"News {number}", by=admin, is_out=False, created_at=now() + timedelta(number))

    office = signed_in(admin)
    first, second = (office.get("/console/news/", {"page": n}).content.decode() for n in (1, 2))

    assert "News 30" in first
    assert "News 0<" not in first
    assert "News 0<" in second
    assert "Everybody" in second
