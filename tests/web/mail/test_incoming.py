"""An answer by mail lands where it belongs, once, or its writer hears why not."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from lodestar.domain.common.claims import MOST_ATTEMPTS
from lodestar.domain.common.time import now, set_clock
from lodestar.domain.groups.actions import write_to_group
from lodestar.domain.groups.models import GroupMessage
from lodestar.domain.mentorships.actions import (
    end_mentorship,
    pause_mentorship,
    write_first_words,
    write_message,
)
from lodestar.domain.mentorships.models import Message
from lodestar.domain.messaging.actions import claim_incoming, take_in
from lodestar.domain.messaging.jobs import forget_old_words
from lodestar.domain.messaging.models import IncomingMail, Letter, Link
from lodestar.domain.people.actions.accounts import end_access
from lodestar.domain.people.models import Person
from lodestar.web.mail import incoming as reading
from lodestar.web.mail.incoming import read_incoming
from lodestar.web.mail.jobs import send_letters
from lodestar.web.mail.reading.mime import key_of
from lodestar.web.mail.writing import write
from tests.factories.groups import mentees_of, mentor_of, running_group
from tests.factories.matching import exploring_match
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_address
from tests.web.mail.brought import SECRET, bring
from tests.web.mail.reading.corpus import BY_MACHINES, BY_PEOPLE, NEW, raw

pytestmark = pytest.mark.django_db
Status = IncomingMail.Status


@pytest.fixture(autouse=True)
def answerable(settings):
    settings.INBOUND_ADDRESS = "reply@replies.example.org"
    settings.INBOUND_SECRET = SECRET


@pytest.fixture
def mentorship():
    return make_mentorship()


def address_told(letter: Letter) -> str:
    """Return where an answer to a letter goes, as its mail says."""
    return write(letter, "ruth@example.org").reply_to[0]


def written_to(reader: Person, mentorship) -> str:
    """Let the other write to the reader, and return where the reader's answer goes."""
    other = next(person for person in the_two(mentorship) if person != reader)
    write_message(mentorship, by=other, text="When do you have time?")
    return address_told(Letter.objects.get(kind="mentorships.message", person=reader))


def come_in(name="gmail_plain", *, to: str, sender: Person | str, **headings) -> IncomingMail:
    email = sender if isinstance(sender, str) else f"{sender.public_id}@example.org"
    text = raw(name, to=to, From=email, **headings)
    row = take_in(text, key=key_of(text), source="webhook")
    read_incoming(now())
    row.refresh_from_db()
    return row


def said_in(mentorship) -> list[str]:
    return list(Message.objects.filter(mentorship=mentorship).values_list("text", flat=True))


def letters_to(person: Person, start="replies.") -> list[Letter]:
    return list(Letter.objects.filter(person=person, kind__startswith=start).order_by("pk"))


def text_of(letter: Letter) -> str:
    return write(letter, "ruth@example.org").body


@pytest.mark.parametrize("name", BY_PEOPLE)
def test_an_answer_stands_in_the_thread_without_what_was_quoted(mentorship, name):
    mentor, _mentee = the_two(mentorship)

    row = come_in(name, to=written_to(mentor, mentorship), sender=mentor)

    assert (row.status, row.raw, row.text) == (Status.POSTED, None, "")
    assert said_in(mentorship)[1:] == [BY_PEOPLE[name]]
    assert Message.objects.latest("pk").author == mentor


@pytest.mark.parametrize("name", BY_MACHINES)
def test_a_machine_is_never_answered(mentorship, name):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)
    text = raw(name, to=to)
    before = Letter.objects.count()

    row = take_in(text, key=key_of(text), source="webhook")
    read_incoming(now())

    row.refresh_from_db()
    assert (row.status, len(said_in(mentorship)), Letter.objects.count()) == (
        Status.DROPPED,
        1,
        before,
    )


def test_a_letter_of_ours_that_comes_back_is_let_be(mentorship):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)

    rows = [
        come_in(to=to, sender=sender, Message_ID=f"<{at}@x>")
        for at, sender in enumerate(["lodestar@localhost", to])
    ]

    assert [row.status for row in rows] == [Status.DROPPED] * 2


@pytest.mark.parametrize("case", ["forged", "of nobody", "with capitals"])
def test_only_a_signed_address_is_ours(mentorship, case):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)
    told = {
        "forged": to[:25] + ("a" if to[25] != "a" else "b") + to[26:],
        "of nobody": "reply@replies.example.org",
        "with capitals": to.upper(),
    }[case]

    row = come_in(to=told, sender=mentor)

    assert row.status == (Status.POSTED if case == "with capitals" else Status.DROPPED)


def test_the_same_mail_twice_is_one_message(mentorship):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)

    first, second = (come_in(to=to, sender=mentor) for _ in range(2))

    assert (first.pk, len(said_in(mentorship))) == (second.pk, 2)


def test_a_second_address_that_is_shown_to_be_theirs_will_do(mentorship):
    mentor, _mentee = the_two(mentorship)
    make_address(mentor, "ruth@office.example.org")

    row = come_in(to=written_to(mentor, mentorship), sender="Ruth <RUTH@office.example.org>")

    assert row.status == Status.POSTED


def test_from_another_address_it_waits_until_its_person_says_yes(mentorship):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)

    row = come_in(to=to, sender="somebody@else.example.org")

    (letter,) = letters_to(mentor)
    assert (row.status, letter.kind, said_in(mentorship)[1:]) == (Status.HELD, "replies.held", [])
    assert "portfolio" not in text_of(letter)
    assert "somebody@else" not in text_of(letter)
    url = next(line for line in text_of(letter).splitlines() if "/m/" in line)
    page = Client().get(url)
    assert "Bring your portfolio" in page.content.decode()
    assert "somebody@else.example.org" in page.content.decode()
    assert said_in(mentorship)[1:] == []
    for _twice in range(2):
        Client().post(url, {"answer": "post"})
    row.refresh_from_db()
    assert (row.status, row.text, row.sender) == (Status.POSTED, "", "")
    assert said_in(mentorship)[1:] == [NEW]


def test_what_somebody_else_wrote_is_thrown_away(mentorship):
    mentor, _mentee = the_two(mentorship)
    row = come_in(to=written_to(mentor, mentorship), sender="somebody@else.example.org")
    url = next(line for line in text_of(letters_to(mentor)[0]).splitlines() if "/m/" in line)

    answer = Client().post(url, {"answer": "drop"})

    row.refresh_from_db()
    assert (answer.status_code, row.status, row.text) == (200, Status.DROPPED, "")
    assert said_in(mentorship)[1:] == []
    assert Client().post(url, {"answer": "post"}).status_code == 410


def over(mentorship, mentor):
    end_mentorship(mentorship, by=mentor, reason="time")


@pytest.mark.parametrize(
    ("change", "name", "words"),
    [
        (over, "gmail_plain", "This mentorship has ended."),
        (lambda m, p: pause_mentorship(m, by=p), "gmail_plain", "This mentorship is paused."),
        (lambda *_: Link.objects.update(expires_at=now()), "gmail_plain", "too old"),
        (lambda *_: Link.objects.update(ended_at=now()), "gmail_plain", "what it was about is over"),
        (lambda *_: None, "only_quoted", "no words"),
        (lambda *_: None, "too_long", "longer than the 4000 characters"),
    ],
    ids=["ended", "paused", "old", "link ended", "empty", "long"],
)  # fmt: skip
def test_what_cannot_be_posted_is_told_and_not_lost(mentorship, change, name, words):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)
    change(mentorship, mentor)
    text = raw("gmail_plain", to=to, From=f"{mentor.public_id}@example.org")
    bodies = {"only_quoted": b"> Dear Ruth\n> bye\n", "too_long": b"word " * 900}
    if name in bodies:
        text = text.split(b"\n\n")[0] + b"\n\n" + bodies[name]

    row = take_in(text, key=key_of(text), source="webhook")
    read_incoming(now())

    row.refresh_from_db()
    (letter,) = letters_to(mentor)
    assert (row.status, letter.kind) == (Status.REFUSED, "replies.refused")
    assert words in text_of(letter)
    assert len(said_in(mentorship)) == 1


def test_twenty_megabytes_are_left_out_and_the_words_stay(mentorship):
    mentor, mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)
    text = raw("with_attachment", to=to, From=f"{mentor.public_id}@example.org")
    big = text.replace(b"JVBERi0xLjQgdGlueQ==", b"A" * 20 * 1024 * 1024)
    assert len(big) > 20 * 1024 * 1024

    answer = bring(big)
    read_incoming(now())

    (letter,) = letters_to(mentor)
    assert (answer.status_code, said_in(mentorship)[1:]) == (204, [NEW])
    assert "Lebenslauf für Amina" in text_of(letter)
    assert letters_to(mentee) == []
    assert IncomingMail.objects.get().raw is None


def test_whoever_lost_access_writes_no_more_and_hears_nothing(mentorship):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)
    end_access(mentor, by=None, reason="left")
    before = Letter.objects.count()

    row = come_in(to=to, sender=mentor)

    assert (row.status, Letter.objects.count()) == (Status.DROPPED, before)


def test_two_who_get_to_know_each_other_write_by_mail_as_well():
    match = exploring_match()
    for side in (match.mentor, match.mentee):
        make_address(side.person, f"{side.person.public_id}@example.org")
    write_first_words(match, by=match.mentee.person, text="Friday?")
    letter = Letter.objects.get(kind="mentorships.first_words")

    row = come_in(to=address_told(letter), sender=match.mentor.person)

    assert row.status == Status.POSTED
    assert list(Message.objects.filter(match=match).values_list("text", flat=True)) == [
        "Friday?",
        NEW,
    ]


def test_a_group_is_written_to_by_mail_as_well():
    group = running_group()
    first, second = mentor_of(group), mentees_of(group)[0]
    write_to_group(second, text="Friday?")
    letter = Letter.objects.get(kind="groups.message", person=first.person)

    row = come_in(to=address_told(letter), sender=first.person)

    assert row.status == Status.POSTED
    assert list(GroupMessage.objects.values_list("text", flat=True)) == ["Friday?", NEW]


def test_without_an_address_a_letter_promises_nothing(mentorship, settings):
    settings.INBOUND_ADDRESS = ""
    mentor, mentee = the_two(mentorship)
    write_message(mentorship, by=mentee, text="When?")

    sent = write(Letter.objects.get(kind="mentorships.message"), "ruth@example.org")

    assert sent.reply_to == []
    assert "does not reach Amina" in sent.body
    assert "simply answer" not in sent.body
    assert not Link.objects.filter(purpose="message.reply", person=mentor).exists()


def test_a_killed_reader_loses_nothing_and_repeats_nothing(mentorship):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)
    text = raw("gmail_plain", to=to, From=f"{mentor.public_id}@example.org")
    take_in(text, key=key_of(text), source="webhook")
    dead = claim_incoming(now())

    assert read_incoming(now()) == 0
    later = now() + timedelta(minutes=3)
    assert read_incoming(later) == 1
    reading.read_one(dead, now)  # the first one was only slow, and comes back

    assert said_in(mentorship)[1:] == [NEW]


def test_a_mail_that_breaks_its_reader_is_kept_and_the_others_go_on(mentorship):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)
    bad = raw("apple_mail", to=to)
    take_in(bad, key=key_of(bad), source="imap")
    for at in range(MOST_ATTEMPTS):
        claim_incoming(now() + timedelta(hours=at))
    set_clock(lambda: timezone.now() + timedelta(hours=5))

    good = come_in(to=to, sender=mentor)

    row = IncomingMail.objects.exclude(pk=good.pk).get()
    assert (row.status, bytes(row.raw)) == (Status.FAILED, bad)
    assert good.status == Status.POSTED


def test_what_came_in_is_forgotten_after_two_months(mentorship):
    mentor, _mentee = the_two(mentorship)
    come_in(to=written_to(mentor, mentorship), sender=mentor)

    forget_old_words(now() + timedelta(days=59))
    assert IncomingMail.objects.count() == 1
    forget_old_words(now() + timedelta(days=61))
    assert IncomingMail.objects.count() == 0


def test_the_letter_that_goes_out_carries_the_address(mentorship):
    mentor, _mentee = the_two(mentorship)
    to = written_to(mentor, mentorship)

    send_letters(now())

    sent = next(m for m in mail.outbox if m.reply_to == [to])
    assert "simply answer this letter: your words go to Amina" in sent.body
    assert len(to.split("@")[0]) <= 64
