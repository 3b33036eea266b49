"""Both act at the same instant on the times they look for, on a database with real row locks."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.mentorships import actions, jobs, queries
from lodestar.domain.mentorships.models import Appointment, Meeting, Proposal
from lodestar.domain.mentorships.rules.appointments import Plan
from lodestar.domain.messaging.models import Letter
from tests.factories.mentorships import (
    let_pass,
    make_appointment,
    make_mentorship,
    make_proposal,
    the_two,
)
from tests.races import at_once, on_postgresql

pytestmark = [pytest.mark.django_db(transaction=True), on_postgresql]
REPEATS = range(5)


def plan(days):
    return Plan((now() + timedelta(days=days),))


@pytest.mark.parametrize("turn", REPEATS)
def test_both_propose_at_once_and_one_proposal_stands_which_both_see(turn):
    mentorship = make_mentorship()
    ruth, amina = the_two(mentorship)
    seen = []

    refused = at_once(
        lambda: seen.append(actions.propose_times(mentorship, plan(2), by=ruth)),
        lambda: seen.append(actions.propose_times(mentorship, plan(3), by=amina)),
    )

    assert refused == []
    assert seen[0] == seen[1] == queries.open_proposal(mentorship)
    assert Proposal.objects.count() == 1
    assert Letter.objects.filter(kind="mentorships.times").count() == 1


@pytest.mark.parametrize("turn", REPEATS)
def test_a_yes_and_a_taking_back_at_once_end_in_one_of_the_two(turn):
    mentorship = make_mentorship()
    ruth, amina = the_two(mentorship)
    proposal = make_proposal(mentorship)
    at = proposal.times.first().starts_at

    refused = at_once(
        lambda: actions.confirm_time(proposal, by=amina, starts_at=at),
        lambda: actions.withdraw_times(proposal, by=ruth),
    )

    planned = Appointment.objects.count()
    assert len(refused) == 1
    assert Proposal.objects.get().status == ("confirmed" if planned else "withdrawn")


@pytest.mark.parametrize("turn", REPEATS)
def test_two_taps_on_we_met_log_one_meeting(turn):
    mentorship = make_mentorship()
    ruth, amina = the_two(mentorship)
    appointment = let_pass(make_appointment(mentorship))

    refused = at_once(
        lambda: actions.say_met(appointment, by=amina),
        lambda: actions.say_met(appointment, by=ruth),
    )

    assert refused == []
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize("turn", REPEATS)
def test_a_yes_while_the_mentorship_is_paused_leaves_nothing_planned(turn):
    mentorship = make_mentorship()
    ruth, amina = the_two(mentorship)
    proposal = make_proposal(mentorship)
    at = proposal.times.first().starts_at

    at_once(
        lambda: actions.confirm_time(proposal, by=amina, starts_at=at),
        lambda: actions.pause_mentorship(mentorship, by=ruth),
    )

    assert list(Appointment.objects.filter(status="planned")) == []
    assert queries.open_proposal(mentorship) is None


def test_two_clocks_ask_once():
    mentorship = make_mentorship()
    let_pass(make_appointment(mentorship))

    at_once(lambda: jobs.ask_whether_met(now()), lambda: jobs.ask_whether_met(now()))

    assert Letter.objects.filter(kind="mentorships.met").count() == 2
