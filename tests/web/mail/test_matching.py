"""The letters about a match, and the answer without signing in."""

import re

import pytest
from django.core import mail
from django.test import Client

from lodestar.domain.common.time import now
from lodestar.domain.matching import actions, jobs
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.writing import write
from tests.factories.matching import (
    exploring_match,
    make_match,
    make_run,
    publish,
    published_match,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Status = Match.Status


@pytest.fixture
def match():
    return published_match()


def letter_to(person, kind="matching.proposed"):
    letter = Letter.objects.get(kind=kind, person=person)
    return write(letter, "somebody@example.org")


def link_in(text):
    return re.search(r"http://testserver(/m/\S+)", text).group(1)


def answer(person, **fields):
    return Client().post(link_in(letter_to(person).body), fields)


def test_the_letter_says_who_why_and_until_when_and_nothing_else(match):
    letter = letter_to(match.mentee.person)

    assert letter.subject == "We found a mentor for you: Ruth Okafor"
    assert "Ruth offers help with “Finding work”, which you asked for." in letter.body
    assert "Please say yes or no by" in letter.body
    assert f"/matches/{match.public_id}/" in letter.body


def test_the_mentor_reads_of_a_mentee(match):
    letter = letter_to(match.mentor.person)

    assert letter.subject == "We found a mentee for you: Amina Odhiambo"
    assert "Amina asks for help with “Finding work”, which you offer." in letter.body


def test_the_address_of_the_letter_shows_and_only_the_button_answers(match):
    address = link_in(letter_to(match.mentee.person).body)
    browser = Client()

    seen = browser.get(address)
    browser.head(address)

    match.refresh_from_db()
    assert "Ruth Okafor" in seen.content.decode()
    assert "Yes, I would like to" in seen.content.decode()
    assert match.status == Status.PROPOSED


def test_both_accept_from_their_letters_and_the_mentorship_begins(match):
    first = answer(match.mentee.person, answer="accept")
    second = answer(match.mentor.person, answer="accept")

    match.refresh_from_db()
    assert "As soon as Ruth says yes too, you hear from us." in first.content.decode()
    assert "Your mentorship with Amina begins now." in second.content.decode()
    assert (match.status, Mentorship.objects.count()) == (Status.ACCEPTED, 1)


def test_the_same_link_twice_is_one_answer(match):
    address = link_in(letter_to(match.mentee.person).body)
    browser = Client()

    browser.post(address, {"answer": "accept"})
    again = browser.post(address, {"answer": "accept"})

    match.refresh_from_db()
    assert "Your answer is already here" in again.content.decode()
    assert match.status == Status.HALF_ACCEPTED


def test_a_no_from_the_letter_asks_why_first(match):
    asked = answer(match.mentor.person, answer="ask-decline")
    done = answer(match.mentor.person, answer="decline", reason="time", note="Canary baby.")

    match.refresh_from_db()
    assert "Only the coordinators read your reason." in asked.content.decode()
    assert "Your place is free again" in done.content.decode()
    assert (match.status, match.decline_reason) == (Status.DECLINED, "time")
    told = letter_to(match.mentee.person, "matching.closed")
    assert "does not go ahead" in told.subject
    assert "Canary" not in told.body
    assert "time" not in told.body.split("Dear")[1].split("many reasons")[0]


def test_an_odd_answer_is_asked_again_and_an_odd_reason_is_kept_private(match):
    odd = answer(match.mentor.person, answer="perhaps")
    answer(match.mentor.person, answer="decline", reason="<script>")

    match.refresh_from_db()
    assert odd.status_code == 422
    assert match.decline_reason == Match.DeclineReason.PRIVATE


def test_after_the_other_said_no_the_link_says_so(match):
    address = link_in(letter_to(match.mentee.person).body)
    actions.answer_match(match, by=match.mentor.person, answer=Match.Answer.DECLINED)
    browser = Client()

    seen = browser.get(address)
    tried = browser.post(address, {"answer": "accept"})

    assert "This match will not go ahead" in seen.content.decode()
    assert tried.status_code == 409


def test_no_score_or_other_name_is_in_any_letter():
    run = make_run()
    other = make_match(run, score=654_321, mentor=None)
    other.mentor.person.given_name = "Canaryname"
    other.mentor.person.save()
    match = make_match(run, score=412_357, rank=9, alternatives=[[other.mentor.public_id, 654_321]])
    publish(run, make_person("Lena", "Berg"))
    moment = Match.objects.get(pk=match.pk).next_reminder_at
    jobs.expire_matches(moment)
    actions.answer_match(match, by=match.mentor.person, answer=Match.Answer.DECLINED)

    own = Letter.objects.filter(about_key=match.public_id)
    assert set(own.values_list("kind", flat=True)) == {
        "matching.proposed", "matching.reminder", "matching.closed"
    }  # fmt: skip
    for letter in own:
        body = write(letter, "somebody@example.org").body
        html = write(letter, "somebody@example.org").alternatives[0][0]
        for canary in ("412,357", "412357", "654", "Canaryname", "rank", "score"):
            assert canary not in re.sub(r"/m/\S+|/matches/\S+", "", body), canary
            assert canary not in re.sub(r'href="[^"]*"|http\S+', "", html), canary


def test_the_reminder_says_until_when(match):
    jobs.expire_matches(match.next_reminder_at)

    letter = letter_to(match.mentee.person, "matching.reminder")

    assert letter.subject.startswith("Ruth waits for your answer until")
    assert now() < match.reply_by
    assert mail.outbox == []


def test_a_zero_in_the_note_is_left_out(match):
    answer(match.mentee.person, answer="decline", reason="time", note="No\x00 time.")

    assert Match.objects.get(pk=match.pk).decline_note == "No time."


def verdict(person, **fields):
    letter = letter_to(person, "matching.exploring")
    return Client().post(link_in(letter.body), fields)


def test_the_letter_before_the_one_meeting_says_what_a_yes_means_and_until_when():
    match = exploring_match()

    letter = letter_to(match.mentee.person, "matching.exploring")

    assert letter.subject == "You and Ruth: one meeting first"
    assert "a no of either ends it without saying whose it was" in letter.body
    assert f"/matches/{match.public_id}/" in letter.body


def test_from_the_letter_both_say_alone_that_it_goes_on():
    match = exploring_match()

    first = verdict(match.mentee.person, answer="go-on").content.decode()
    second = verdict(match.mentor.person, answer="go-on").content.decode()

    assert "Thank you for your yes" in first
    assert "You both said yes" in second
    assert Mentorship.objects.count() == 1


def test_from_the_letter_a_no_asks_why_and_the_other_hears_no_more_than_that():
    match = exploring_match()

    asked = verdict(match.mentee.person, answer="ask-decline")
    done = verdict(match.mentee.person, answer="decline", reason="fit").content.decode()
    match.refresh_from_db()
    told = letter_to(match.mentor.person, "matching.closed").body
    late = verdict(match.mentor.person, answer="go-on")

    assert asked.status_code == 422
    assert "Thank you for telling us" in done
    assert (match.status, match.decline_reason) == (Status.DECLINED, "fit")
    assert "it does not go on. That is what a first meeting is for" in told
    assert late.status_code == 409


def test_an_early_yes_of_the_first_letter_is_no_verdict():
    match = exploring_match()

    answer(match.mentee.person, answer="accept")

    match.refresh_from_db()
    assert match.mentee_verdict == "waiting"
