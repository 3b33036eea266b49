"""A letter is a row: queued once, claimed by one, answered by whoever holds the claim."""

from datetime import timedelta

import pytest

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.messaging import actions, rules
from lodestar.domain.messaging.models import Letter, Link
from lodestar.domain.people.models import Account
from tests import wakes
from tests.factories.messaging import make_letter, make_link, outcome_of
from tests.factories.people import make_account, make_person

pytestmark = pytest.mark.django_db
Status = Letter.Status
NOBODY = frozenset()


def test_the_same_unique_key_gives_the_first_letter():
    person = make_person()
    first = make_letter("a.kind", to=person, unique_key="once", words={"n": 1})

    second = make_letter("a.kind", to=person, unique_key="once", words={"n": 2})

    assert (second.pk, second.words) == (first.pk, {"n": 1})
    assert Letter.objects.count() == 1


def test_a_letter_needs_somebody():
    with pytest.raises(ValueError, match="person or an address"):
        actions.queue_letter("a.kind")


def test_queueing_wakes_the_sender_once_the_change_holds(django_capture_on_commit_callbacks):
    wakes.woken.clear()

    with django_capture_on_commit_callbacks(execute=True):
        make_letter(to=make_person())

    assert wakes.woken == ["send_letters"]


def test_a_letter_is_claimed_by_one():
    letter = make_letter()

    first, second = actions.claim_letter(now()), actions.claim_letter(now())

    assert (first.pk, second) == (letter.pk, None)
    assert first.lease_until - now() <= rules.LEASE


def test_whoever_lost_the_claim_can_no_longer_answer():
    make_letter()
    slow = actions.claim_letter(now())
    late = now() + timedelta(minutes=3)
    actions.reclaim_letters(late, hold=NOBODY)
    quick = actions.claim_letter(late)

    answers = [
        actions.mark_sent(letter, to="a@example.org", subject="s", now=late)
        for letter in (slow, quick)
    ]

    assert answers == [False, True]
    assert outcome_of(slow) == Status.SENT


def test_a_claim_that_still_runs_is_not_taken_back():
    make_letter()
    actions.claim_letter(now())

    assert actions.reclaim_letters(now() + timedelta(minutes=1), hold=NOBODY) == 0


def test_a_kind_to_hold_waits_for_a_person_after_a_crash():
    letter = make_letter("a.kind")
    actions.claim_letter(now())

    actions.reclaim_letters(now() + timedelta(minutes=3), hold=frozenset({"a.kind"}))

    assert outcome_of(letter) == Status.UNSURE
    actions.release_letter(letter, by=make_person())
    assert outcome_of(letter) == Status.QUEUED


def test_a_letter_that_kills_every_sender_is_parked():
    letter, moment = make_letter(), now()

    for _ in range(rules.FAILURES_BEFORE_PARKING):
        assert actions.claim_letter(moment).pk == letter.pk
        moment += timedelta(minutes=3)
        actions.reclaim_letters(moment, hold=NOBODY)

    assert outcome_of(letter) == Status.HELD
    assert actions.claim_letter(moment) is None


def test_a_sent_letter_cannot_be_released():
    letter = make_letter()
    actions.mark_sent(actions.claim_letter(now()), to="a@example.org", subject="", now=now())

    with pytest.raises(RefusedError):
        actions.release_letter(letter, by=make_person())


@pytest.mark.parametrize("failures", range(1, 20))
def test_the_wait_grows_and_never_passes_a_day(failures):
    shortest = rules.delay_after(failures, chance=0.0)
    longest = rules.delay_after(failures, chance=1.0)

    assert timedelta(0) < shortest <= longest <= timedelta(hours=24)
    assert rules.delay_after(failures + 1, chance=0.5) >= rules.delay_after(failures, chance=0.5)


def test_old_words_are_forgotten_and_waiting_ones_are_kept():
    person = make_person()
    sent, waiting = (make_letter("a.kind", to=person, words={"n": n}) for n in (1, 2))
    actions.mark_sent(actions.claim_letter(now()), to="a@example.org", subject="s", now=now())

    actions.forget_words(now() + timedelta(days=31))

    assert [outcome_of(letter) for letter in (sent, waiting)] == [Status.SENT, Status.QUEUED]
    assert (sent.words, waiting.words) == ({}, {"n": 2})


def test_a_live_link_is_opened_once():
    person = make_person()
    letter = make_letter(to=person)

    first, second = (make_link(person=person, about=letter) for _ in range(2))

    assert first.pk == second.pk
    actions.use_link(first, now=now())
    assert make_link(person=person, about=letter).pk != first.pk
    assert Link.objects.count() == 2


def test_a_link_is_used_once():
    link = make_link()

    assert [actions.use_link(link, now=now()) for _ in range(2)] == [True, False]


def test_links_to_what_is_over_end():
    person = make_person()
    letter = make_letter(to=person)
    link = make_link(person=person, about=letter)

    actions.end_links(letter, now=now())

    link.refresh_from_db()
    assert not rules.is_live(link, now())


def test_an_account_does_not_move_unless_its_old_address_hears_of_it(monkeypatch):
    person = make_person()
    account = make_account(person, "old@example.org")
    monkeypatch.setattr(actions.letters, "wake", lambda _job: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        actions.move_account_and_tell(account, email="new@example.org", by=person)

    assert Account.objects.get().email == "old@example.org"
    assert Letter.objects.count() == 0
