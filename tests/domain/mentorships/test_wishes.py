"""After the end: somebody new, or the same partner again; told to nobody unless both wish it."""

from datetime import timedelta

import pytest

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, set_clock
from lodestar.domain.mentorships import actions, queries
from lodestar.domain.mentorships.models import Mentorship, Wish
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.programs import make_cohort

pytestmark = pytest.mark.django_db
Kind, Reason = Wish.Kind, Mentorship.EndReason


@pytest.fixture
def cohort():
    return make_cohort()


@pytest.fixture
def mentorship(cohort):
    return make_mentorship(cohort)


def test_whoever_ends_it_can_ask_for_somebody_new_in_the_same_breath(cohort, mentorship):
    _mentor, mentee = the_two(mentorship)

    actions.end_mentorship(mentorship, by=mentee, reason=Reason.FIT, wishes=[Kind.NEW])

    assert [waits.participant.person for waits in queries.waiting_for_new(cohort)] == [mentee]
    assert queries.own_wishes(mentorship, mentee) == {"new"}


def test_who_waits_longest_comes_first_and_a_wish_keeps_its_day(cohort):
    first, second = make_mentorship(cohort), make_mentorship(cohort, mentee=make_person("Bo"))
    for pair in (second, first):
        _mentor, mentee = the_two(pair)
        actions.end_mentorship(pair, by=mentee, reason=Reason.TIME, wishes=[Kind.NEW])
        moment = now() + timedelta(hours=1)
        set_clock(lambda moment=moment: moment)
    actions.wish_for(second, Kind.NEW, by=the_two(second)[1])

    waiting = [waits.participant.person for waits in queries.waiting_for_new(cohort)]

    assert waiting == [the_two(second)[1], the_two(first)[1]]


def test_a_wish_taken_back_is_none(cohort, mentorship):
    _mentor, mentee = the_two(mentorship)
    actions.end_mentorship(mentorship, by=mentee, reason=Reason.FIT, wishes=[Kind.NEW])

    actions.take_back_wish(mentorship, Kind.NEW, by=mentee)
    actions.take_back_wish(mentorship, Kind.NEW, by=mentee)

    assert queries.waiting_for_new(cohort) == []


def test_nobody_waits_while_it_goes_on_or_once_the_cohort_is_over(cohort, mentorship):
    mentor, mentee = the_two(mentorship)

    with pytest.raises(RefusedError, match="still goes on"):
        actions.wish_for(mentorship, Kind.NEW, by=mentee)
    actions.end_mentorship(mentorship, by=mentor, reason=Reason.LIFE)
    with pytest.raises(RefusedError, match="not yours"):
        actions.wish_for(mentorship, Kind.NEW, by=make_person("Eve", "Else"))
    moment = now() + timedelta(days=900)
    set_clock(lambda: moment)
    with pytest.raises(RefusedError, match="over for you"):
        actions.wish_for(mentorship, Kind.NEW, by=mentee)
    actions.wish_for(mentorship, Kind.AGAIN, by=mentee)

    assert queries.own_wishes(mentorship, mentee) == {"again"}


def test_only_two_wishes_for_the_same_partner_are_an_agreement(cohort, mentorship):
    mentor, mentee = the_two(mentorship)
    actions.end_mentorship(mentorship, by=mentee, reason=Reason.COMPLETE, wishes=[Kind.AGAIN])

    alone = queries.wish_each_other(mentorship), queries.pairs_who_wish_again([cohort])
    actions.wish_for(mentorship, Kind.AGAIN, by=mentor)

    assert alone == (False, [])
    assert queries.wish_each_other(mentorship)
    assert queries.pairs_who_wish_again([cohort]) == [(mentor, mentee)]
    assert queries.own_wishes(mentorship, mentor) == {"again"}
