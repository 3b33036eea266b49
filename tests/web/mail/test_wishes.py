"""At night nothing comes, once a day comes all of it, and a link in the letter changes that."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from lodestar.domain.common.time import set_clock
from lodestar.domain.mentorships.actions import write_message
from lodestar.domain.messaging.actions import keep_wishes, queue_letter
from lodestar.domain.messaging.jobs import write_daily_letters
from lodestar.domain.messaging.models import Letter, LetterWishes
from lodestar.domain.messaging.queries import wishes_of
from lodestar.web.mail.jobs import send_letters
from lodestar.web.mail.registry import KINDS, kinds_of
from lodestar.web.mail.writing import write
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.messaging import make_code_letter, make_letter, outcome_of

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 11, 30, 23, 30, tzinfo=UTC)
MORNING = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def mentorship():
    set_clock(lambda: NIGHT)
    return make_mentorship(began_at=NIGHT - timedelta(days=9))


def wish(person, **fields):
    keep_wishes(person, by=person, reminder_kinds=kinds_of("reminders"), **fields)


def send_at(moment):
    set_clock(lambda: moment)
    send_letters(moment)
    return [(m.subject, m.to[0]) for m in mail.outbox]


def test_at_night_only_codes_and_safety_come(mentorship):
    mentor, mentee = the_two(mentorship)
    wish(mentor, quiet_from=22, quiet_until=7)
    write_message(mentorship, by=mentee, text="When?")
    make_code_letter(email=f"{mentor.public_id}@example.org")
    queue_letter("feedback.safety", to=mentor)

    at_night = send_at(NIGHT)
    in_the_morning = send_at(MORNING - timedelta(hours=1))

    to = f"{mentor.public_id}@example.org"
    assert at_night == [("Your code for Alumni association", to), ("Something waits for you", to)]
    assert in_the_morning[2:] == [("Amina wrote to you", to)]


def test_once_a_day_all_of_it_comes_in_one_letter(mentorship):
    mentor, mentee = the_two(mentorship)
    wish(mentor, messages="daily", has_words=True)
    for text in ("When do you\nhave time?", "Friday?"):
        write_message(mentorship, by=mentee, text=text)

    at_once = send_at(NIGHT)
    write_daily_letters(MORNING)
    in_the_morning = send_at(MORNING)

    body = mail.outbox[0].body
    assert (at_once, [subject for subject, _to in in_the_morning]) == ([], ["Your day at a glance"])
    assert body.count("* Amina wrote to you") == 2
    assert "  | When do you\n  | have time?" in body
    assert "  | Friday?" in body
    assert "2 things wait for you" in body


def test_the_words_are_in_a_letter_only_if_its_reader_wishes(mentorship):
    mentor, mentee = the_two(mentorship)
    write_message(mentorship, by=mentee, text="CANARY words")
    before = write(Letter.objects.get(kind="mentorships.message"), "r@example.org")
    wish(mentor, has_words=True)
    message = write_message(mentorship, by=mentee, text="See www.example.org now")
    letter = Letter.objects.get(words={"message": message.public_id})

    after = write(letter, "r@example.org")

    assert "CANARY" not in before.body + before.alternatives[0].content
    assert "| See www" in after.body
    assert "www.example.org" not in after.body  # fenced, so that no mail program links it
    assert "CANARY" not in after.body


def test_reminders_can_be_stopped_as_a_whole(mentorship):
    mentor, _mentee = the_two(mentorship)
    wish(mentor, reminders="none")
    letter = make_letter("mentorships.unmet", to=mentor, about=mentorship)

    send_at(NIGHT)

    assert outcome_of(letter) == Letter.Status.HELD


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_that_may_be_refused_can_be_stopped_with_one_press(kind):
    optional = KINDS[kind].is_optional

    assert optional or KINDS[kind].topic in ("", "messages")
    assert not (optional and KINDS[kind].is_for_any_hour)


def test_the_mailboxs_own_button_stops_a_kind_without_a_page(mentorship):
    mentor, _mentee = the_two(mentorship)
    sent = write(make_letter("mentorships.unmet", to=mentor, about=mentorship), "r@example.org")
    url = sent.extra_headers["List-Unsubscribe"].strip("<>")

    Client().get(url)
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    answer = Client(enforce_csrf_checks=True).post(url, {"List-Unsubscribe": "One-Click"})

    letter = make_letter("mentorships.unmet", to=mentor, about=mentorship)
    send_at(NIGHT)
    assert (answer.status_code, outcome_of(letter)) == (200, Letter.Status.HELD)


def choosing(letter) -> str:
    lines = write(letter, "r@example.org").body.splitlines()
    return lines[lines.index("When and how your letters come:") + 1]


TOLD = {
    "messages": "daily",
    "reminders": "none",
    "quiet_from": "21",
    "quiet_until": "6",
    "has_words": "on",
}


def test_letters_are_chosen_from_any_letter_without_signing_in(mentorship):
    mentor, _mentee = the_two(mentorship)
    url = choosing(make_letter("mentorships.begun", to=mentor, about=mentorship))

    page = Client().get(url).content.decode()
    assert "No letters from" in page
    assert not LetterWishes.objects.exists()
    wrong = Client().post(url, TOLD | {"quiet_until": ""})
    right = Client().post(url, TOLD)
    again = Client().post(url, TOLD | {"messages": "at_once"})

    wishes = wishes_of(mentor)
    assert (wrong.status_code, right.status_code, again.status_code) == (422, 200, 200)
    assert (wishes.messages, wishes.reminders, wishes.quiet_from, wishes.quiet_until) == (
        "at_once",
        "none",
        21,
        6,
    )
    assert (wishes.has_words, wishes.shows_reading) == (True, False)


@pytest.mark.parametrize(
    ("name", "purpose", "answer", "after"),
    [
        ("paused", "Take it up again", {"answer": "resume"}, "active"),
        ("unmet", "Pause for a while", {"answer": "pause"}, "paused"),
    ],
)
def test_resting_and_going_on_can_be_done_from_the_letter(mentorship, name, purpose, answer, after):
    mentor, mentee = the_two(mentorship)
    if name == "paused":
        type(mentorship).objects.update(status="paused")
    letter = make_letter(f"mentorships.{name}", to=mentor, about=mentorship)
    lines = write(letter, "r@example.org").body.splitlines()
    url = lines[lines.index(f"{purpose}:") + 1]

    before = mentorship.locked().status
    Client().get(url)
    Client().head(url)
    looked = mentorship.locked().status
    done = Client().post(url, answer)
    twice = Client().post(url, answer)

    assert (looked, mentorship.locked().status) == (before, after)
    assert (done.status_code, twice.status_code) == (200, 410)
    assert mentee is not None


def test_an_answer_is_written_from_the_letter_once(mentorship):
    mentor, mentee = the_two(mentorship)
    write_message(mentorship, by=mentee, text="CANARY When?")
    lines = write(Letter.objects.get(kind="mentorships.message"), "r@example.org").body.splitlines()
    url = lines[lines.index("Write an answer without signing in:") + 1]

    page = Client().get(url).content.decode()
    empty = Client().post(url, {"text": " "})
    sent = [Client().post(url, {"text": "Friday"}).status_code for _ in range(2)]

    assert "CANARY" not in page
    assert (empty.status_code, sent) == (422, [200, 410])
    assert list(mentorship.messages.values_list("text", flat=True)) == ["CANARY When?", "Friday"]
    assert mentorship.messages.last().author == mentor
