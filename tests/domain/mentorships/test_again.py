"""Matched again in mid-program, and kept together where both wish it."""

import pytest

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching import actions as matching
from lodestar.domain.matching.models import Match, PairRule
from lodestar.domain.matching.queries.solving import engine_arguments, engine_options, function_for
from lodestar.domain.mentorships import actions, jobs
from lodestar.domain.mentorships.models import Mentorship, Wish
from lodestar.domain.programs.models import Constraint
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import make_people, publish
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
Kind, Reason = Wish.Kind, Mentorship.EndReason


@pytest.fixture
def cohort():
    return make_cohort()


@pytest.fixture
def lena():
    return make_person("Lena", "Berg")


def ended(cohort, *wishes, mentee=None):
    """Return a mentorship that its mentee has ended."""
    mentorship = make_mentorship(cohort, mentee=mentee)
    for side in (mentorship.match.mentor, mentorship.match.mentee):
        type(side).objects.filter(pk=side.pk).update(places_taken=1)
    actions.end_mentorship(mentorship, by=the_two(mentorship)[1], reason=Reason.FIT, wishes=wishes)
    return mentorship


def computed(run):
    claimed = matching.claim_run(now())
    found = function_for(claimed)(*engine_arguments(claimed), **engine_options(claimed))
    assert matching.runs.store_found(claimed, found)
    run.refresh_from_db()
    return run


def test_those_who_wait_are_matched_with_whoever_is_free_and_no_pair_is_broken(cohort, lena):
    going_on = make_mentorship(cohort, mentee=make_person("Zuri"))
    before = ended(cohort, Kind.NEW)
    make_people(cohort, mentees=1, mentors=1)

    run = computed(actions.request_rematch(cohort, by=lena))
    publish(run, by=lena)

    assert [entry["key"] for entry in run.inputs["mentees"]] == [before.match.mentee.public_id]
    [match] = run.matches.all()
    assert (match.mentee, match.origin) == (before.match.mentee, "rematch")
    assert match.mentor != before.match.mentor
    assert match.status == Match.Status.PROPOSED
    going_on.refresh_from_db()
    assert going_on.status == Mentorship.Status.ACTIVE


def test_never_the_same_partner_in_the_same_cohort(cohort, lena):
    ended(cohort, Kind.NEW)

    run = computed(actions.request_rematch(cohort, by=lena))

    assert run.matches.count() == 0
    assert [left.reason for left in run.unmatched.filter(participant__role="mentee")] == [
        "no_eligible_mentor"
    ]


def test_without_anybody_who_waits_there_is_no_run(cohort, lena):
    make_mentorship(cohort)

    with pytest.raises(RefusedError, match="No mentee waits"):
        actions.request_rematch(cohort, by=lena)


def wished(cohort, *who):
    mentorship = ended(cohort)
    for number in who:
        actions.wish_for(mentorship, Kind.AGAIN, by=the_two(mentorship)[number])
    return the_two(mentorship)


@pytest.mark.parametrize(("who", "pins"), [([0, 1], 1), ([0], 0), ([1], 0)])
def test_only_two_who_both_wish_it_are_kept_together_next_time(cohort, who, pins):
    Constraint.objects.create(design=cohort.design, kind="past_pair")
    mentor, mentee = wished(cohort, *who)
    following = make_cohort(cohort.program, design=cohort.design)
    make_mentor(following, mentor)
    make_mentee(following, mentee)

    jobs.pin_wishes(now())
    jobs.pin_wishes(now())

    assert PairRule.objects.filter(cohort=following, kind="pin").count() == pins


def test_a_ban_or_a_rule_stands_against_a_wish(cohort, lena):
    Constraint.objects.create(design=cohort.design, kind="common_language")
    mentor, mentee = wished(cohort, 0, 1)
    following = make_cohort(cohort.program, design=cohort.design)
    banned = make_mentor(following, mentor), make_mentee(following, mentee)
    matching.ban_pair(*banned, by=lena, reason="They share a household")

    assert actions.pin_wishes(following) == 0
    PairRule.objects.all().delete()
    type(banned[0]).objects.filter(pk=banned[0].pk).update(answers={"languages": ["fr"]})
    type(banned[0]).objects.filter(pk=banned[1].pk).update(answers={"languages": ["en"]})
    assert actions.pin_wishes(following) == 0
    type(banned[0]).objects.filter(pk=banned[1].pk).update(answers={"languages": ["fr"]})
    assert actions.pin_wishes(following) == 1


def test_whoever_takes_the_wish_back_is_not_kept_together(cohort, lena):
    mentor, mentee = wished(cohort, 0, 1)
    following = make_cohort(cohort.program, design=cohort.design)
    make_mentor(following, mentor)
    make_mentee(following, mentee)
    assert actions.pin_wishes(following) == 1

    actions.take_back_wish(Mentorship.objects.get(), Kind.AGAIN, by=mentor)

    assert PairRule.objects.count() == 0
    assert actions.pin_wishes(following) == 0
