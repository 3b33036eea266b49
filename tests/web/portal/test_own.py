"""What is one's own: what the records say and one confirms, work and studies, one's clock, a pause."""

import re
from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.models import Entry
from lodestar.domain.common.time import now, today
from lodestar.domain.feedback.queries import askings
from lodestar.domain.people.actions.accounts import admit
from lodestar.domain.people.actions.imports import request_import, upload_import
from lodestar.domain.people.jobs import apply_imports, stage_imports
from lodestar.domain.people.models import Education, Person, Position
from lodestar.domain.people.queries import present_work, untold, zone_guess
from tests.factories.applications import make_mentee
from tests.factories.people import make_account, make_person, signed_in
from tests.factories.programs import make_cohort
from tests.world import make_side

pytestmark = pytest.mark.django_db
ROLL = (
    "Email,First Name,Last Name,City,Country,Job Title,Employer,Degree,Field of Study,Class Year\n"
)


def imported(line, email="ruth@example.org"):
    source = upload_import(f"{ROLL}{email},{line}\n".encode(), file_name="roll.csv", by=make_person("Noor"))  # fmt: skip
    stage_imports(now())
    source.refresh_from_db()
    request_import(source, by=source.uploaded_by)
    apply_imports(now())
    return Person.objects.get(addresses__normalised=email)


def ruth():
    person = imported("Ruth,Okafor,London,United Kingdom,Nurse,Aster,BSc,Biology,2004")
    admit("ruth@example.org")
    return person


def test_what_the_records_say_is_shown_and_confirmed_with_one_tap():
    person = ruth()
    browser = signed_in(person)

    page = browser.get("/me/").content.decode()
    answer = browser.post("/me/confirm/", {"seen": untold(person).fingerprint})

    assert "Is this right?" in page
    for told in ("Ruth Okafor", "London, United Kingdom", "Nurse, Aster", "BSc Biology 2004"):
        assert told in page
    assert answer["Location"] == "/me/"
    assert "Is this right?" not in browser.get("/me/").content.decode()
    assert Entry.objects.filter(verb="profile.confirmed").count() == 1


def test_nobody_confirms_what_they_have_not_read():
    person = ruth()
    seen = untold(person).fingerprint
    Person.objects.filter(pk=person.pk).update(city="Leeds")

    answer = signed_in(person).post("/me/confirm/", {"seen": seen})

    assert answer.status_code == 409
    assert untold(Person.objects.get(pk=person.pk))


def test_a_later_list_changes_nothing_that_was_said_or_confirmed():
    person = ruth()
    browser = signed_in(person)
    browser.post("/me/confirm/", {"seen": untold(person).fingerprint})
    browser.post("/me/studies/", {"degree": "MSc", "field": "Public health", "year": "2009"})
    before = facts_of(person)

    imported("Ruthie,Smith,Paris,France,Doctor,Elsewhere,PhD,Magic,1999")

    assert facts_of(person) == before
    assert present_work(person).title == "Nurse"


def test_a_blank_that_was_said_is_not_filled_again():
    person = ruth()
    told = {"given_name": "Ruth", "time_zone": "Europe/London", "language_1": "en", "city": "", "country": ""}  # fmt: skip
    signed_in(person).post("/me/profile/", told)

    imported("Ruth,Okafor,London,United Kingdom,Nurse,Aster,BSc,Biology,2004")

    person.refresh_from_db()
    assert (person.city, person.country, person.family_name) == ("", "", "")


def facts_of(person):
    person = Person.objects.get(pk=person.pk)
    rows = [list(m.objects.filter(person=person).order_by("pk").values()) for m in (Position, Education)]  # fmt: skip
    return [person.full_name, person.city, person.country, person.class_year, *rows]


def test_a_new_job_from_a_list_does_not_stand_before_what_one_said():
    person = make_person()
    make_account(person, "ruth@example.org")
    Position.objects.create(person=person, title="Nurse", is_said=True)

    imported("Ruth,Okafor,London,United Kingdom,Doctor,Aster,BSc,Biology,2004")

    assert present_work(person).title == "Nurse"
    assert [row.title for row in untold(Person.objects.get(pk=person.pk)).positions] == ["Doctor"]


def test_work_is_added_changed_and_removed_line_by_line():
    person = make_person()
    browser = signed_in(person)

    browser.post("/me/work/", {"title": "Nurse", "employer": "Aster", "is_current": "on"})
    row = Position.objects.get()
    browser.post("/me/work/", {"row": row.public_id, "title": "Head nurse", "employer": "Aster"})
    page = browser.get(f"/me/work/?row={row.public_id}").content.decode()
    row.refresh_from_db()
    removed = browser.post("/me/work/remove/", {"row": row.public_id})
    again = browser.post("/me/work/remove/", {"row": row.public_id})

    assert (row.title, row.is_current, row.is_said) == ("Head nurse", False, True)
    assert 'value="Head nurse"' in page
    assert (removed.status_code, again.status_code, Position.objects.count()) == (302, 409, 0)
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["history.kept", "history.kept", "history.removed"]  # fmt: skip


def test_nobody_changes_a_line_of_somebody_else():
    other = Position.objects.create(person=make_person("Ivo"), title="Canary")
    browser = signed_in(make_person())

    answers = [
        browser.post("/me/work/", {"row": other.public_id, "title": "Mine"}),
        browser.post("/me/work/remove/", {"row": other.public_id}),
    ]

    assert [answer.status_code for answer in answers] == [409, 409]
    assert "Canary" not in browser.get(f"/me/work/?row={other.public_id}").content.decode()
    other.refresh_from_db()
    assert other.title == "Canary"


@pytest.mark.parametrize("page", ["/me/work/", "/me/studies/"])
def test_a_line_that_says_nothing_is_asked_again(page):
    assert signed_in(make_person()).post(page, {}).status_code == 422


def test_a_clock_is_guessed_from_the_place_and_confirmed_with_one_tap():
    person = make_person(country="Kenya")
    browser = signed_in(person)

    page = browser.get("/me/").content.decode()
    browser.post("/me/zone/", {"time_zone": "Africa/Nairobi", "next": "/home/"})
    person.refresh_from_db()

    assert 'value="Africa/Nairobi"' in page
    assert (person.time_zone, zone_guess(person)) == ("Africa/Nairobi", "")
    assert "Is this your clock?" not in browser.get("/me/").content.decode()


@pytest.mark.parametrize("zone", ["Mars/Olympus", "", "../etc/passwd"])
def test_a_clock_that_nobody_has_is_refused(zone):
    assert signed_in(make_person()).post("/me/zone/", {"time_zone": zone}).status_code == 409


def test_one_pause_rests_everything_and_one_tap_ends_it():
    side = make_side("a")
    mentor = side.people["mentor"]
    browser = signed_in(mentor)
    until = today() + timedelta(days=20)

    browser.post("/me/pause/", {"until": until.isoformat()})
    paused = set(Participant.objects.filter(person=mentor).values_list("paused_until", flat=True))
    page = browser.get("/me/pause/").content.decode()
    browser.post("/me/pause/", {"resume": "yes"})

    assert paused == {until}
    assert "You have a pause until" in page
    assert set(Participant.objects.filter(person=mentor).values_list("paused_until", flat=True)) == {None}  # fmt: skip


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "9999-12-31"])
def test_a_pause_needs_a_day_ahead(until):
    assert signed_in(make_person()).post("/me/pause/", {"until": until}).status_code == 422


def test_nobody_is_asked_how_it_goes_during_a_pause():
    side = make_side("a")
    later = now() + timedelta(days=60)
    asked = {asking.participant.person for asking in askings(later)}
    mentor = side.people["mentor"]
    assert mentor in asked

    Participant.objects.filter(person=mentor).update(
        paused_until=(later + timedelta(days=9)).date()
    )

    assert mentor not in {asking.participant.person for asking in askings(later)}


@pytest.mark.parametrize("name", ["🦆🦆🦆", "\u202eevil", "ليلى المنصوري", "<b>Bold</b>"])
def test_a_name_of_any_letters_stands_by_itself(name):
    person = make_person(name, "")
    browser = signed_in(person)

    pages = [browser.get(page).content.decode() for page in ("/home/", "/me/")]

    shown = name.replace("<", "&lt;").replace(">", "&gt;")
    assert all(f"<bdi>{shown}</bdi>" in page for page in pages)


def test_what_one_looks_for_on_ones_own_page_is_named_at_its_top_and_leads_there():
    own = make_mentee(make_cohort(), make_person("Amina", "Wanjiru"))

    page = signed_in(own.person).get("/me/").content.decode()

    top = page[page.index('class="places"') : page.index("</nav>", page.index('class="places"'))]
    links = re.findall(r'href="([^"]+)"', top)
    assert links == [
        "/me/photo/", "/me/name/", "#you", "/me/hours/", "/me/pause/", "#letters", "/me/devices/", "/office/", "#data", "/me/leave/",
    ]  # fmt: skip
    assert all(f'id="{link[1:]}"' in page for link in links if link.startswith("#"))
