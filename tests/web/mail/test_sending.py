"""Letters leave the house one by one, and only those that may."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now, set_clock
from lodestar.domain.messaging.actions import choose_letters, claim_letter, suppress
from lodestar.domain.messaging.models import Letter, Suppression
from lodestar.domain.people.actions.accounts import end_access
from lodestar.domain.people.models import Association
from lodestar.web.mail import registry
from lodestar.web.mail.jobs import send_letters
from lodestar.web.mail.registry import KINDS, Kind
from tests.factories.messaging import make_code_letter, make_letter, outcome_of
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
Status = Letter.Status


@pytest.fixture
def optional_kind(monkeypatch):
    kind = Kind("test.news", KINDS["accounts.moved"].write, True, False)
    monkeypatch.setitem(registry.KINDS, "test.news", kind)
    return "test.news"


def test_a_sent_letter_is_sent_once():
    letter = make_letter()

    send_letters(now())
    send_letters(now())

    assert outcome_of(letter) == Status.SENT
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["amina@example.org"], "Your sign-in address was changed")
    ]


def test_sign_in_goes_first_and_its_code_is_forgotten():
    make_letter(to=make_person(email="first@example.org"))
    code = make_code_letter(email="second@example.org")

    send_letters(now())

    assert [m.to for m in mail.outbox] == [["second@example.org"], ["first@example.org"]]
    assert "BCDF-GHJK" in mail.outbox[0].body
    assert (outcome_of(code), code.words) == (Status.SENT, {})
    assert "BCDF" not in code.subject


def test_a_code_that_has_run_out_is_not_sent():
    letter = make_code_letter()
    set_clock(lambda: timezone.now() + timedelta(minutes=16))

    send_letters(now())

    assert (outcome_of(letter), letter.words, mail.outbox) == (Status.DEAD, {}, [])


def test_whoever_was_shut_out_gets_nothing_that_was_already_queued():
    person = make_person(email="amina@example.org")
    letters = [make_letter(to=person), make_code_letter(email="amina@example.org")]

    end_access(person, by=None, reason="left")
    send_letters(now())

    assert [outcome_of(letter) for letter in letters] == [Status.HELD, Status.HELD]
    assert mail.outbox == []


def test_an_address_that_bounced_may_still_ask_for_a_code_but_not_one_that_asked_for_silence():
    suppress("bounced@example.org", Suppression.Reason.BOUNCED)
    suppress("Silent@example.org", Suppression.Reason.ASKED)
    for name in ("bounced", "silent"):
        make_letter(to=make_person(email=f"{name}@example.org"))
        make_code_letter(email=f"{name}@example.org")

    send_letters(now())

    assert [m.to for m in mail.outbox] == [["bounced@example.org"]]


def test_an_optional_letter_is_held_from_whoever_stopped_it(optional_kind):
    person = make_person(email="amina@example.org")
    choose_letters(person, optional_kind, is_wanted=False, by=person)
    letters = [make_letter(optional_kind, to=person), make_letter(to=person)]

    send_letters(now())

    assert [outcome_of(letter) for letter in letters] == [Status.HELD, Status.SENT]


def test_an_optional_letter_can_be_stopped_with_one_press_of_the_mailbox(optional_kind, client):
    person = make_person(email="amina@example.org")
    make_letter(optional_kind, to=person)
    send_letters(now())
    headers = mail.outbox[0].extra_headers
    address = headers["List-Unsubscribe"].strip("<>").removeprefix("http://testserver")

    client.get(address)
    client.head(address)
    make_letter(optional_kind, to=person)
    send_letters(now())
    still_wanted = len(mail.outbox)
    answer = client.post(address, {"List-Unsubscribe": "One-Click"})
    make_letter(optional_kind, to=person)
    send_letters(now())

    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (answer.status_code, still_wanted, len(mail.outbox)) == (200, 2, 2)


def test_a_needed_letter_cannot_be_unsubscribed():
    make_letter()

    send_letters(now())

    assert "List-Unsubscribe" not in mail.outbox[0].extra_headers


def test_an_answer_goes_to_the_people_not_to_the_machine():
    Association.objects.create(name="Halden College", contact_email="office@halden.example")
    make_letter()

    send_letters(now())

    assert mail.outbox[0].reply_to == ["office@halden.example"]
    assert mail.outbox[0].from_email == "Halden College <lodestar@localhost>"


def test_a_letter_that_cannot_be_written_does_not_stop_the_others(monkeypatch):
    def broken(_letter):
        raise KeyError("nothing")

    monkeypatch.setitem(registry.KINDS, "test.broken", Kind("test.broken", broken, False, False))
    bad = make_letter("test.broken")
    good = make_letter(to=make_person(email="ruth@example.org"))

    send_letters(now())

    assert (outcome_of(bad), outcome_of(good)) == (Status.QUEUED, Status.SENT)
    assert (bad.failure_count, bad.problem) == (1, "KeyError: 'nothing'")


def test_a_letter_whose_subject_is_gone_is_dropped_at_once(monkeypatch):
    def gone(_letter):
        raise NotFoundError

    monkeypatch.setitem(registry.KINDS, "test.gone", Kind("test.gone", gone, False, False))
    letter = make_letter("test.gone")

    send_letters(now())

    assert (outcome_of(letter), letter.problem, letter.failure_count) == (
        Status.DEAD,
        "What it was about is not there any more.",
        0,
    )


def test_a_letter_to_nobody_is_dead_with_its_reason():
    letter = make_letter(to=make_person())

    send_letters(now())

    assert (outcome_of(letter), letter.problem) == (
        Status.DEAD,
        "Its person has no address that we may use.",
    )


def test_a_claimed_letter_is_left_alone_until_its_lease_runs_out():
    letter = make_letter()
    claim_letter(now())

    send_letters(now())
    untouched = (outcome_of(letter), len(mail.outbox))
    set_clock(lambda: timezone.now() + timedelta(minutes=3))
    send_letters(now())

    assert untouched == (Status.CLAIMED, 0)
    assert (outcome_of(letter), len(mail.outbox)) == (Status.SENT, 1)
