"""The page of what two people agree on, in the room and from the letter."""

import re

import pytest
from django.test import Client

from lodestar.domain.mentorships import actions
from lodestar.domain.mentorships.models import Agreement
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.mentorships import make_agreement, make_mentorship, the_two
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_coordinator, make_design

pytestmark = pytest.mark.django_db
WORDS = {
    "goals": "A plan",
    "cadence_days": "21",
    "channel": "By video",
    "confidentiality": "Between us",
    "ending": "We say so",
}


@pytest.fixture
def pair():
    mentorship = make_mentorship()
    return (mentorship, *the_two(mentorship))


def address(mentorship, rest=""):
    return f"/mentorships/{mentorship.public_id}/agreement/{rest}"


def text_of(answer):
    return answer.content.decode()


def test_a_draft_is_there_before_anybody_wrote_a_word(pair):
    mentorship, mentor, _ = pair
    browser = signed_in(mentor)

    empty, form = (text_of(browser.get(address(mentorship, rest))) for rest in ("", "write/"))

    assert "Nothing is agreed yet" in empty
    assert "Finding work\nInterviews</textarea>" in form
    assert "What we tell each other stays between us." in form
    assert form.count('class="primary"') == 1


def test_one_writes_and_signs_and_the_other_finds_it_on_top(pair):
    mentorship, mentor, mentee = pair

    sent = signed_in(mentee).post(address(mentorship, "write/"), WORDS | {"sign": "yes"})

    browser = signed_in(mentor)
    room, home, page = (
        text_of(browser.get(where))
        for where in (f"/mentorships/{mentorship.public_id}/", "/home/", address(mentorship))
    )
    assert sent["Location"] == address(mentorship)
    assert "Amina has signed what you two agree on" in room
    assert "What you and Amina agree on waits for you" in home
    assert "I sign this" in page
    assert "About every 21 days" in page


def test_both_signatures_make_it_hold_and_it_can_be_read(pair):
    mentorship, mentor, mentee = pair
    written = make_agreement(mentorship, goals="نحن نتعلم معا", signed_by=[mentee])

    answer = signed_in(mentor).post(address(mentorship, f"{written.public_id}/sign/"), follow=True)

    page = text_of(answer)
    assert "Both of you have signed." in page
    assert '<dd class="said long" dir="auto">نحن نتعلم معا</dd>' in page
    assert "I sign this" not in page


def test_signing_words_that_were_changed_meanwhile_is_refused_in_a_sentence(pair):
    mentorship, mentor, mentee = pair
    shown = make_agreement(mentorship, signed_by=[mentee])
    make_agreement(mentorship, goals="Something else")

    answer = signed_in(mentor).post(address(mentorship, f"{shown.public_id}/sign/"))

    assert answer.status_code == 409
    assert "written anew meanwhile" in text_of(answer)
    assert not Agreement.objects.exclude(mentor_signed_at=None).exists()


def test_what_both_changed_stands_beside_what_was_typed_and_can_then_be_saved(pair):
    mentorship, mentor, _ = pair
    seen = make_agreement(mentorship, channel="", confidentiality="", ending="")
    theirs = make_agreement(mentorship, goals="Their words", channel="By telephone")
    mine = {"goals": "My words", "cadence_days": "21", "seen": seen.public_id}
    browser = signed_in(mentor)

    asked = browser.post(address(mentorship, "write/"), mine)
    page = text_of(asked)
    browser.post(address(mentorship, "write/"), mine | {"seen": theirs.public_id})

    assert asked.status_code == 422
    assert "My words</textarea>" in page
    assert "Meanwhile your partner wrote here: Their words" in page
    assert f'value="{theirs.public_id}"' in page
    assert Agreement.objects.last().goals == "My words"


def test_an_endless_text_and_a_cadence_of_no_days_are_asked_again(pair):
    mentorship, mentor, _ = pair
    wrong = {"goals": "x" * 2001, "cadence_days": "0"}

    answer = signed_in(mentor).post(address(mentorship, "write/"), wrong)

    assert answer.status_code == 422
    assert Agreement.objects.count() == 0


def test_two_who_talk_once_agree_on_no_cadence():
    mentorship = make_mentorship(make_cohort(design=make_design(format="flash")))
    browser = signed_in(the_two(mentorship)[0])

    form = text_of(browser.get(address(mentorship, "write/")))
    browser.post(address(mentorship, "write/"), {"goals": "One good talk"})

    assert "cadence_days" not in form
    assert Agreement.objects.get().cadence_days == 14
    assert "How often we meet" not in text_of(browser.get(address(mentorship)))


def test_earlier_versions_are_kept_with_what_they_changed(pair):
    mentorship, mentor, _ = pair
    make_agreement(mentorship, goals="A plan\nA job", drafted_by=mentor)
    make_agreement(mentorship, goals="A plan", drafted_by=None)

    page = text_of(signed_in(mentor).get(address(mentorship)))

    assert "Asked again at half-time" in page
    assert "Written by you" in page
    assert '<del><span class="aside">No longer: </span>A job</del>' in page


@pytest.mark.parametrize("state", ["paused", "ended"])
def test_what_is_closed_can_be_read_and_not_changed(pair, state):
    mentorship, mentor, mentee = pair
    written = make_agreement(mentorship, signed_by=[mentee])
    if state == "paused":
        actions.pause_mentorship(mentorship, by=mentor)
    else:
        actions.complete_mentorship(mentorship, by=mentor)
    browser = signed_in(mentor)

    page, form = (text_of(browser.get(address(mentorship, rest))) for rest in ("", "write/"))
    refused = browser.post(address(mentorship, f"{written.public_id}/sign/"))

    assert "A plan for the first year" in page
    assert "I sign this" not in page
    assert "<textarea" not in form
    assert refused.status_code == 409


def test_a_coordinator_reads_no_word_of_it(pair):
    mentorship, *_ = pair
    make_agreement(mentorship, goals="CANARY")
    office = make_person("Lena")
    make_coordinator(mentorship.match.mentor.cohort.program, office)

    assert signed_in(office).get(address(mentorship)).status_code == 404


def way_in(letter):
    body = write(letter, "reader@example.org").body
    return re.search(r"http://testserver(/m/\S+)", body).group(1), body


def test_from_the_letter_it_is_read_and_signed_without_signing_in(pair):
    mentorship, _, mentee = pair
    actions.draft_agreement(
        mentorship,
        by=mentee,
        words=WORDS | {"goals": "CANARY-goals", "cadence_days": 21},
        is_signed=True,
    )
    where, body = way_in(Letter.objects.get(kind="mentorships.agreement"))
    browser = Client()

    page = text_of(browser.get(where))
    version = re.search(r'name="version" value="(\w+)"', page).group(1)
    nothing = text_of(browser.post(where, {"version": "forged"}))
    done = text_of(browser.post(where, {"version": version}))
    again = browser.get(where)

    assert "CANARY" not in body
    assert "CANARY-goals" in page
    assert "written anew meanwhile" in nothing
    assert "Both of you have signed" in done
    assert again.status_code == 410
    assert Agreement.objects.get().agreed_at is not None
    assert "You meet about every 21 days." in way_in_text("mentorships.agreed")


def way_in_text(kind):
    return write(Letter.objects.get(kind=kind), "reader@example.org").body


def test_the_letter_shows_the_newest_words_and_signs_only_what_it_showed(pair):
    mentorship, _, mentee = pair
    words = WORDS | {"cadence_days": 21}
    first = actions.draft_agreement(mentorship, by=mentee, words=words, is_signed=True)
    where, _ = way_in(Letter.objects.get(kind="mentorships.agreement"))
    actions.draft_agreement(
        mentorship, by=mentee, words=words | {"goals": "Newer"}, seen=first.public_id
    )

    late = text_of(Client().post(where, {"version": first.public_id}))

    assert "written anew meanwhile" in late
    assert "Newer" in late
    assert not Agreement.objects.exclude(mentor_signed_at=None).exists()


def test_at_half_time_the_letter_asks_and_one_button_answers(pair):
    mentorship, mentor, mentee = pair
    actions.reopen_agreement(make_agreement(mentorship, signed_by=[mentor, mentee]))
    letter = Letter.objects.get(kind="mentorships.midpoint", person=mentor)
    where, body = way_in(letter)

    page = text_of(Client().get(where))
    room = text_of(signed_in(mentor).get(f"/mentorships/{mentorship.public_id}/"))

    assert "half of your time with Amina Odhiambo" in body
    assert "A plan for the first year" in page
    assert "Does what you agreed still hold?" in room
