"""What becomes of a letter when the server refuses, dawdles, cuts the line, or is not there."""

from datetime import timedelta
from smtplib import SMTP

import pytest
from django.utils import timezone

from lodestar.domain.common.time import now, set_clock
from lodestar.domain.messaging.models import Letter, Suppression
from lodestar.domain.messaging.rules import FAILURES_BEFORE_PARKING
from lodestar.web.mail import registry
from lodestar.web.mail.jobs import send_letters
from lodestar.web.mail.registry import KINDS, Kind
from tests.factories.messaging import make_code_letter, make_letter, outcome_of
from tests.factories.people import make_person
from tests.faults.sink import TAKE, open_sink

pytestmark = pytest.mark.django_db
Status = Letter.Status


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"

    def use(sink):
        settings.EMAIL_PORT = sink.port if sink else 1

    return use


@pytest.fixture
def held_kind(monkeypatch):
    kind = Kind("test.held", KINDS["accounts.moved"].write, False, True)
    monkeypatch.setitem(registry.KINDS, "test.held", kind)
    return "test.held"


def later(**delta):
    set_clock(lambda: timezone.now() + timedelta(**delta))


def test_a_letter_arrives_under_its_own_name(smtp):
    letter = make_letter()

    with open_sink() as sink:
        smtp(sink)
        send_letters(now())

    assert sink.received == [(f"<{letter.public_id}.letter@testserver>", "amina@example.org")]
    assert outcome_of(letter) == Status.SENT


def test_many_letters_share_one_connection(smtp, monkeypatch):
    opened = []

    connect = SMTP.connect
    monkeypatch.setattr(SMTP, "connect", lambda *a, **k: opened.append(1) or connect(*a, **k))
    for number in range(5):
        make_letter(to=make_person(email=f"p{number}@example.org"))

    with open_sink() as sink:
        smtp(sink)
        send_letters(now())

    assert (len(sink.received), len(opened)) == (5, 1)


def test_nobody_there_leaves_everything_waiting_and_costs_no_letter_a_failure(smtp):
    letters = [make_letter(to=make_person(email=f"p{n}@example.org")) for n in range(3)]
    smtp(None)

    for _ in range(FAILURES_BEFORE_PARKING + 3):
        send_letters(now())

    assert {outcome_of(letter) for letter in letters} == {Status.QUEUED}
    assert {letter.failure_count for letter in letters} == {0}
    later(minutes=1)
    with open_sink() as sink:
        smtp(sink)
        send_letters(now())
    assert len(sink.received) == 3


def test_sign_in_answers_while_the_server_is_down_and_the_code_goes_out_later(smtp, client):
    smtp(None)
    answer = client.post("/accounts/sign-in/", {"email": "new@example.org"})
    send_letters(now())

    later(minutes=1)
    with open_sink() as sink:
        smtp(sink)
        send_letters(now())

    assert answer.status_code == 302
    assert [to for _id, to in sink.received] == ["new@example.org"]


def test_refused_for_the_moment_is_tried_again_later_and_not_before(smtp):
    letter = make_letter()

    with open_sink(rcpt=lambda count: "451 greylisted" if count == 1 else TAKE) as sink:
        smtp(sink)
        send_letters(now())
        send_letters(now())
        waited = (outcome_of(letter), letter.failure_count, sink.rcpt_count)
        later(minutes=3)
        send_letters(now())

    assert waited == (Status.QUEUED, 1, 1)
    assert (outcome_of(letter), sink.rcpt_count) == (Status.SENT, 2)


def test_an_address_refused_for_good_is_written_to_no_more(smtp):
    person = make_person(email="gone@example.org")
    first, second = make_letter(to=person), make_letter(to=person)

    with open_sink(rcpt=lambda _count: "550 no such person") as sink:
        smtp(sink)
        send_letters(now())

    assert (outcome_of(first), outcome_of(second)) == (Status.DEAD, Status.HELD)
    assert Suppression.objects.get().normalised == "gone@example.org"
    assert sink.rcpt_count == 1


def test_words_refused_for_good_do_not_condemn_the_address(smtp):
    letter = make_letter()

    with open_sink(data=lambda _count: "554 looks like spam") as sink:
        smtp(sink)
        send_letters(now())

    assert outcome_of(letter) == Status.DEAD
    assert "554" in letter.problem
    assert Suppression.objects.count() == 0


def test_a_server_that_says_goodbye_gets_no_more_until_later(smtp):
    letters = [make_letter(to=make_person(email=f"p{n}@example.org")) for n in range(3)]

    with open_sink(rcpt=lambda count: "421 too busy" if count == 1 else TAKE) as sink:
        smtp(sink)
        send_letters(now())
        after = (sink.rcpt_count, letters[0].failure_count)
        later(minutes=1)
        send_letters(now())

    assert after == (1, 0)
    assert len(sink.received) == 3


def test_cut_after_the_letter_was_handed_over_is_sent_again_under_the_same_name(smtp):
    letter = make_letter()

    with open_sink(data=lambda count: "cut" if count == 1 else TAKE) as sink:
        smtp(sink)
        send_letters(now())
        after = outcome_of(letter)
        later(minutes=3)
        send_letters(now())

    assert after == Status.QUEUED
    assert len(sink.message_ids) == 2
    assert len(set(sink.message_ids)) == 1
    assert outcome_of(letter) == Status.SENT


def test_cut_after_the_letter_was_handed_over_waits_for_a_person_if_its_kind_says_so(
    smtp, held_kind
):
    letter = make_letter(held_kind)

    with open_sink(data=lambda _count: "cut") as sink:
        smtp(sink)
        send_letters(now())
        later(days=2)
        send_letters(now())

    assert outcome_of(letter) == Status.UNSURE
    assert len(sink.received) == 1


def test_cut_before_the_letter_was_handed_over_is_simply_tried_again(smtp, held_kind):
    letter = make_letter(held_kind)

    with open_sink(rcpt=lambda count: "cut" if count == 1 else TAKE) as sink:
        smtp(sink)
        send_letters(now())
        later(minutes=3)
        send_letters(now())

    assert outcome_of(letter) == Status.SENT
    assert len(sink.received) == 1


def test_a_letter_that_always_fails_is_parked_and_the_others_go_on(smtp):
    poison = make_letter(to=make_person(email="poison@example.org"))
    poison_code = "452 mailbox full"

    with open_sink(rcpt=lambda _count: poison_code) as sink:
        smtp(sink)
        for day in range(FAILURES_BEFORE_PARKING + 2):
            later(days=2 * day)
            send_letters(now())
        tries = sink.rcpt_count
        sink.rcpt = lambda _count: TAKE
        make_code_letter(email="new@example.org")
        send_letters(now())

    assert (outcome_of(poison), tries) == (Status.HELD, FAILURES_BEFORE_PARKING)
    assert [to for _id, to in sink.received] == ["new@example.org"]
