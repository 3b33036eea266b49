"""A coordinator shares a roadmap; people outside read it on a page and on paper."""

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from lodestar.domain.common.time import set_clock
from lodestar.domain.insights.actions import revoke_link, share_roadmap
from lodestar.domain.insights.models import RoadmapLink
from lodestar.web.common import pdf
from tests.factories.mentorships import make_mentorship
from tests.factories.people import signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db
ARABIC = "برنامج الإرشاد"
IN_NO_FONT = "\U000140aa"


@pytest.fixture
def cohort(lena):
    return make_cohort(make_program(coordinator=lena), name="Spring", opens_in=-60)


def sharing(cohort, rest=""):
    return f"/console/cohorts/{cohort.public_id}/roadmap/{rest}"


def paper(lena, cohort):
    answer = signed_in(lena).get(sharing(cohort, "roadmap.pdf"))
    return PdfReader(BytesIO(answer.content))


def words_of(reader):
    return " ".join(page.extract_text() for page in reader.pages)


def test_a_link_is_made_read_by_anybody_and_closed(lena, cohort):
    make_mentorship(cohort)
    browser = signed_in(lena)

    made = browser.post(sharing(cohort), {"days": "30"})
    link = RoadmapLink.objects.get()
    page = Client().get(f"/shared/{link.secret}/")
    closed = browser.post(f"/console/roadmap-links/{link.public_id}/revoke/")

    assert made["Location"] == closed["Location"] == sharing(cohort)
    assert link.secret not in browser.get(sharing(cohort)).content.decode()
    assert page.status_code == 200
    assert [word for word in ("Ruth", "Amina", "Berg") if word in page.content.decode()] == []
    assert [page[name] for name in ("Cache-Control", "Referrer-Policy", "X-Robots-Tag")] == [
        "no-store, private",
        "no-referrer",
        "noindex, nofollow",
    ]


def test_the_page_to_share_lists_its_links_and_what_they_show(lena, cohort, settings):
    link = share_roadmap(cohort, by=lena, days=7)

    page = signed_in(lena).get(sharing(cohort)).content.decode()

    assert f"{settings.BASE_URL}/shared/{link.secret}/" in page
    assert "made by Lena Berg" in page
    assert page.count('<span class="dot"') == 10


def test_a_time_that_is_not_offered_is_asked_for_again(lena, cohort):
    answer = signed_in(lena).post(sharing(cohort), {"days": "400"})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["days"])
    assert RoadmapLink.objects.count() == 0


@pytest.mark.parametrize("end", ["expired", "revoked", "forged"])
@pytest.mark.parametrize("rest", ["", "roadmap.pdf"])
def test_a_link_that_ended_is_not_found(lena, cohort, end, rest):
    link = share_roadmap(cohort, by=lena, days=7)
    secret = link.secret
    before = Client().get(f"/shared/{secret}/{rest}").status_code
    match end:
        case "expired":
            set_clock(lambda: link.expires_at)
        case "revoked":
            revoke_link(link, by=lena)
        case "forged":
            secret = secret[:-1] + ("2" if secret[-1] != "2" else "3")

    assert (before, Client().get(f"/shared/{secret}/{rest}").status_code) == (200, 404)


def test_the_paper_holds_the_ten_stages_and_names_in_arabic(lena, cohort):
    cohort.program.name = f"First Steps {ARABIC}"
    cohort.program.save()
    cohort.name = "#panic() $x$ *Spring*"
    cohort.save()

    words = words_of(paper(lena, cohort))

    stages = ["Design", "Needs", "Match", "Trial run", "Portal", "Publicity", "Feedback"]
    stages += ["Training", "Meeting on campus", "Success"]
    typed = [*ARABIC.split(), "panic()", "$x$", "*Spring*"]
    assert [word for word in stages + typed if word not in words] == []
    assert "in none of the fonts" not in words


def test_the_paper_is_one_page_to_keep_that_a_screen_reader_reads(lena, cohort):
    answer = signed_in(lena).get(sharing(cohort, "roadmap.pdf"))
    reader = PdfReader(BytesIO(answer.content))
    root = reader.trailer["/Root"]

    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="roadmap.pdf"'
    assert (root["/MarkInfo"]["/Marked"].value, root["/Lang"]) == (True, "en")
    assert (reader.metadata.title, len(reader.pages)) == ("First Steps, Spring", 1)


def test_a_sign_that_no_font_has_is_warned_of_and_the_paper_still_made(lena, cohort, caplog):
    cohort.name = f"Spring {IN_NO_FONT}"
    cohort.save()

    words = words_of(paper(lena, cohort))

    assert "in none of the fonts" in words
    assert "is set without tags" in caplog.text


def test_without_the_extra_the_page_says_how_to_print(lena, cohort, monkeypatch):
    link = share_roadmap(cohort, by=lena, days=7)
    monkeypatch.setattr(pdf, "typst", None)

    page = Client().get(f"/shared/{link.secret}/").content.decode()
    office = signed_in(lena).get(sharing(cohort)).content.decode()
    answer = Client().get(f"/shared/{link.secret}/roadmap.pdf")

    assert "roadmap.pdf" not in page + office
    assert "print this page from your browser" in page
    assert answer.status_code == 409
    assert "Print the page instead" in answer.content.decode()
