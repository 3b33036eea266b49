"""How it went so far, what is worth reading, and what one takes along."""

import json
import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships import actions
from lodestar.domain.mentorships.models import Message, Takeaway
from lodestar.web.portal.guides import beside, guides, shelf_of, shelves
from lodestar.web.portal.jobs import make_takeaways
from tests.factories.mentorships import make_agreement, make_file, make_mentorship, the_two
from tests.factories.people import make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair():
    mentorship = make_mentorship()
    return (mentorship, *the_two(mentorship))


def address(mentorship, rest=""):
    return f"/mentorships/{mentorship.public_id}/{rest}"


def text_of(answer):
    return answer.content.decode()


def test_the_timeline_counts_messages_and_shows_none(pair):
    mentorship, mentor, mentee = pair
    for _ in range(3):
        actions.write_message(mentorship, by=mentor, text="CANARY")
    actions.log_meeting(mentorship, by=mentee, held_on=today(), minutes=45)
    actions.finish_goal(actions.set_goal(mentorship, by=mentee, text="نور"), by=mentee)
    make_agreement(mentorship, signed_by=[mentor, mentee])

    page = text_of(signed_in(mentee).get(address(mentorship, "timeline/")))

    for sentence in (
        "Ruth wrote 3 messages.",
        "You met for 45 minutes.",
        "You set a goal:",
        '<bdi class="said">نور</bdi>',
        "A goal was reached:",
        "You wrote down what you two agree on.",
        "Both had signed",
        "It began.",
    ):
        assert sentence in page
    assert "CANARY" not in page


def test_a_long_story_is_paged(pair):
    mentorship, mentor, mentee = pair
    for number in range(40):
        actions.set_goal(mentorship, by=mentor, text=f"goal {number:02}.")
    browser = signed_in(mentee)

    first, last = (
        text_of(browser.get(address(mentorship, f"timeline/?page={page}"))) for page in ("x", "99")
    )

    assert first.count("Ruth set a goal:") == 30
    assert "Page 2 of 2" in last


def test_the_whole_room_is_asked_for_made_and_taken_along(pair):
    mentorship, mentor, mentee = pair
    actions.write_message(mentorship, by=mentor, text="<b>Hello</b> نور")
    actions.write_note(mentorship, by=mentor, text="SECRET")
    actions.write_note(mentorship, by=mentee, text="My own")
    make_agreement(mentorship, signed_by=[mentor])
    make_file(mentorship)
    browser = signed_in(mentee)

    empty = text_of(browser.get(address(mentorship, "takeaway/")))
    none = browser.get(address(mentorship, "takeaway/file/"))
    browser.post(address(mentorship, "takeaway/request/"))
    waits = text_of(browser.get(address(mentorship, "takeaway/")))
    count = make_takeaways(now())
    ready = text_of(browser.get(address(mentorship, "takeaway/"), headers={"HX-Request": "true"}))
    answer = browser.get(address(mentorship, "takeaway/file/"))

    archive = ZipFile(BytesIO(b"".join(answer.streaming_content)))
    record = json.loads(archive.read("room.json"))
    page = archive.read("room.html").decode()
    assert "Put it together" in empty
    assert none.status_code == 404
    assert "every 2s" in waits
    assert count == 1
    assert "Save it on your device" in ready
    assert "<html" not in ready
    assert answer["Content-Disposition"] == 'attachment; filename="You and Ruth.zip"'
    assert archive.namelist() == ["room.json", "room.html", "files/001-cv.pdf"]
    assert archive.read("files/001-cv.pdf") == b"%PDF-1.7 of ours"
    assert record["messages"][0]["text"] == "<b>Hello</b> نور"
    assert "&lt;b&gt;Hello&lt;/b&gt; نور" in page
    assert "My own" in page
    assert "SECRET" not in page + json.dumps(record)


def test_one_takes_along_only_what_was_made_for_oneself(pair):
    mentorship, mentor, mentee = pair
    signed_in(mentee).post(address(mentorship, "takeaway/request/"))
    make_takeaways(now())

    assert signed_in(mentor).get(address(mentorship, "takeaway/file/")).status_code == 404
    assert "Save it" not in text_of(signed_in(mentor).get(address(mentorship, "takeaway/")))


def test_what_has_ended_can_be_taken_along_too(pair):
    mentorship, mentor, mentee = pair
    actions.complete_mentorship(mentorship, by=mentor)

    signed_in(mentee).post(address(mentorship, "takeaway/request/"))
    make_takeaways(now())

    assert Takeaway.objects.get().status == "ready"


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.slug)
def test_every_guide_is_a_page_with_those_of_its_stages_beneath(guide):
    page = text_of(signed_in(make_person()).get(f"/guides/{guide.slug}/"))

    assert f"<h1>{guide.title}</h1>" in page
    linked = re.findall(r'href="/guides/([a-z-]+)/"', page)
    assert linked == [each.slug for each in beside(guide)]
    assert guide.slug not in linked


def test_all_guides_stand_on_one_page_by_stage():
    page = text_of(signed_in(make_person()).get("/guides/"))

    linked = re.findall(r'href="/guides/([a-z-]+)/"', page)
    assert linked == [each.slug for shelf in shelves() for each in shelf.guides]
    assert set(linked) == {each.slug for each in guides()}


@pytest.mark.parametrize("guide", guides(), ids=lambda guide: guide.slug)
def test_a_guide_takes_three_minutes(guide):
    page = render_to_string(
        f"portal/guides/{guide.slug.replace('-', '_')}.html", {"guide": guide, "others": []}
    )

    assert 100 <= len(strip_tags(page.partition("</h1>")[2]).split()) <= 350


def test_a_guide_for_mentors_lies_only_on_their_shelf():
    mentors, mentees = (shelf_of("goals", is_mentor=each) for each in (True, False))

    assert "little-time" in {each.slug for each in mentors.guides}
    assert "little-time" not in {each.slug for each in mentees.guides}
    assert len(mentors.guides) == len(mentees.guides) == 3


def test_another_guide_is_not_found():
    assert signed_in(make_person()).get("/guides/nonsense/").status_code == 404


def test_the_room_says_what_is_worth_reading_now(pair):
    mentorship, mentor, _ = pair
    browser = signed_in(mentor)

    before = text_of(browser.get(address(mentorship)))
    actions.log_meeting(mentorship, by=mentor, held_on=today())
    after = text_of(browser.get(address(mentorship)))

    assert "A good first meeting" in before
    assert "For your first meetings" in before
    assert "Goals that help" in after
    assert "For your first meetings" not in after
    assert Message.objects.count() == 0
