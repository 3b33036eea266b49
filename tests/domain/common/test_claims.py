"""Whoever claims a row has it until the lease runs out; who lost it changes nothing any more."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db.models import NOT_PROVIDED

from lodestar.domain.audit.models import Entry
from lodestar.domain.common import claims
from lodestar.domain.common.models import Claimable
from lodestar.domain.common.time import now
from lodestar.domain.groups import actions as groups
from lodestar.domain.groups.models import FormingRun
from lodestar.domain.matching import actions as matching
from lodestar.domain.matching.actions.inquiries import claim_inquiry
from lodestar.domain.matching.models import Inquiry, MatchRun
from lodestar.domain.needs import actions as needs
from lodestar.domain.needs.models import NeedsReport
from lodestar.domain.rehearsals import actions as rehearsals
from lodestar.domain.rehearsals.models import Rehearsal
from lodestar.domain.trials import actions as trials
from lodestar.domain.trials.models import Forecast
from tests.factories.programs import make_cohort, make_design
from tests.factories.rehearsals import make_rehearsal
from tests.factories.trials import make_forecast

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def make_inquiry(cohort, **fields):
    return Inquiry.objects.create(cohort=cohort, question_sha256=cohort.public_id, **fields)


MAKE = {Forecast: make_forecast, Inquiry: make_inquiry, Rehearsal: make_rehearsal}


def make_waiting(kind):
    cohort = make_cohort(design=make_design())
    if kind in MAKE:
        return MAKE[kind](cohort, status=claims.REQUESTED)
    return kind.objects.create(cohort=cohort)


def claim(kind, moment=None):
    """Claim by the action of its room."""
    act = {
        MatchRun: matching.claim_run,
        Inquiry: claim_inquiry,
        Forecast: trials.claim_forecast,
        NeedsReport: needs.claim_report,
        Rehearsal: rehearsals.claim_rehearsal,
        FormingRun: groups.claim_forming,
    }
    return act[kind](moment or now())


KINDS = [MatchRun, Inquiry, NeedsReport, Forecast, Rehearsal, FormingRun]
each_kind = pytest.mark.parametrize("kind", KINDS)


def test_every_kind_has_the_states_and_the_index_that_a_claim_needs():
    kinds = {model for model in apps.get_models() if issubclass(model, Claimable)}
    states = {claims.REQUESTED, claims.CLAIMED, claims.FAILED}

    assert kinds >= set(KINDS)
    for kind in kinds:
        assert states <= set(kind.Status.values)
        assert kind._meta.get_field("status").default in (claims.REQUESTED, NOT_PROVIDED)
        assert ["status", "lease_until"] in [index.fields for index in kind._meta.indexes]


@each_kind
def test_a_claim_is_nobody_elses_while_its_lease_runs(kind):
    row = make_waiting(kind)

    first, second = claim(kind), claim(kind)

    assert (first, second) == (row, None)
    assert (first.status, first.attempt_count, first.problem) == (claims.CLAIMED, 1, "")
    assert first.lease_until > now() + claims.LEASE_MARGIN


@each_kind
def test_what_waits_longest_is_claimed_first_in_three_queries(kind, django_assert_num_queries):
    rows = [make_waiting(kind) for _ in range(3)]

    with django_assert_num_queries(3):
        first = claim(kind)
    second = claim(kind)

    assert [first, second] == rows[:2]


@each_kind
def test_whoever_lost_the_claim_can_no_longer_answer(kind):
    make_waiting(kind)
    lost = claim(kind)
    taken_up = claim(kind, now() + HOUR)

    assert (taken_up.pk, taken_up.attempt_count) == (lost.pk, 2)
    for row, is_held in ((lost, False), (taken_up, True)):
        assert claims.keep(row, problem="") is is_held
        assert claims.give_back(row, now()) is is_held
        assert claims.fail(row, "late") is is_held
        assert claims.finish(row, claims.FAILED) is False


@each_kind
def test_after_three_lost_workers_a_row_fails_with_a_sentence(kind):
    row = make_waiting(kind)

    claimed = [claim(kind, now() + hour * HOUR) for hour in range(4)]

    row.refresh_from_db()
    assert [bool(each) for each in claimed] == [True, True, True, False]
    assert (row.status, row.attempt_count, row.lease_until) == (claims.FAILED, 3, None)
    assert "was broken off " in row.problem
    told = [] if kind is Inquiry else [{"attempt": 3}]  # a question changes no fact
    assert [entry.details for entry in Entry.objects.filter(key=row.public_id)] == told


def test_what_is_given_up_keeps_nobody_waiting():
    hopeless, next_one = make_waiting(MatchRun), make_waiting(MatchRun)
    MatchRun.objects.filter(pk=hopeless.pk).update(
        status=claims.CLAIMED, lease_until=now() - HOUR, attempt_count=claims.MOST_ATTEMPTS
    )

    assert claim(MatchRun) == next_one


def test_what_was_given_back_is_claimed_again_a_little_later():
    make_waiting(MatchRun)
    moment = now()
    claims.give_back(claim(MatchRun, moment), moment)

    early = claim(MatchRun, moment + claims.RETRY_AFTER)
    late = claim(MatchRun, moment + claims.RETRY_AFTER + timedelta(seconds=1))

    assert (early, late.attempt_count) == (None, 2)


def test_an_end_lets_go_of_the_lease_and_an_earlier_sentence():
    row = make_waiting(MatchRun)
    claimed = claim(MatchRun)
    claims.keep(claimed, problem="Something was wrong before.")

    assert claims.finish(claimed, MatchRun.Status.SOLVED, engine_version="7")

    row.refresh_from_db()
    told = row.status, row.lease_until, row.problem, row.engine_version
    assert told == ("solved", None, "", "7")


def test_a_sentence_too_long_to_store_is_cut():
    row = make_waiting(MatchRun)

    claims.fail(claim(MatchRun), "A" * 600)

    row.refresh_from_db()
    assert row.problem == "A" * 500


def test_each_row_that_waits_is_computed_once():
    rows = [make_waiting(MatchRun) for _ in range(3)]
    computed = []

    counts = [
        claims.each_claimed(matching.claim_run, lambda run, _clock: computed.append(run), now())
        for _ in range(2)
    ]

    assert (counts, computed) == ([3, 0], rows)


def test_a_lease_counts_from_its_claim_however_long_the_rows_before_took(monkeypatch, settings):
    rows = [make_waiting(MatchRun) for _ in range(2)]
    moment, instants, leases = now(), [0.0], []
    monkeypatch.setattr("lodestar.domain.common.time.monotonic", lambda: instants[0])

    def take_a_while(run, _clock):
        leases.append(run.lease_until - claims.LEASE_MARGIN)
        instants[0] += settings.MATCHING_SECONDS
        claims.finish(run, MatchRun.Status.SOLVED)

    count = claims.each_claimed(matching.claim_run, take_a_while, moment)

    longest = timedelta(seconds=settings.MATCHING_SECONDS)
    assert count == len(rows)
    assert leases == [moment + longest, moment + 2 * longest]
