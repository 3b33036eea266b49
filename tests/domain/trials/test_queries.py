"""Who sees a forecast, what history shows, and what happened against what was expected."""

from datetime import timedelta

import pytest

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.mentorships.models import Meeting, Mentorship
from lodestar.domain.trials import queries
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries.actual import actual
from lodestar.domain.trials.queries.history import counts_of, days_to_meet
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.matching import make_match, make_people, make_run
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program
from tests.factories.trials import ask, computed, make_forecast, ready_forecast

pytestmark = pytest.mark.django_db
Answer, MStatus = Match.Answer, Match.Status


def test_only_coordinators_of_the_program_see_a_forecast(lena, cohort):
    tomas = make_person("Tomas", "Novak")
    make_cohort(make_program(coordinator=tomas))
    found = make_forecast(cohort)

    assert queries.forecast_for(lena, found.public_id) == found
    assert list(queries.forecasts_for(lena, cohort)) == [found]
    assert list(queries.forecasts_for(tomas, cohort)) == []
    with pytest.raises(NotFoundError):
        queries.forecast_for(tomas, found.public_id)


def test_a_forecast_is_held_only_against_ready_ones_of_its_cohort(lena, cohort):
    found, other = make_forecast(cohort), make_forecast(cohort)
    waiting = make_forecast(cohort, status=Forecast.Status.REQUESTED)
    elsewhere = make_forecast(make_cohort(cohort.program))

    assert list(queries.comparable(lena, found)) == [other]
    for key in (waiting.public_id, elsewhere.public_id, found.public_id):
        with pytest.raises(NotFoundError):
            queries.ready_forecast_in(lena, found, key)


def test_the_list_takes_as_many_questions_for_one_as_for_three(
    lena, cohort, django_assert_num_queries
):
    for _ in range(3):
        make_forecast(cohort, requested_by=lena)

    with django_assert_num_queries(1):
        assert len([str(f.requested_by) + str(f.design) for f in queries.forecasts_for(lena, cohort)]) == 3  # fmt: skip


def pair(run, *, mentor=Answer.ACCEPTED, mentee=Answer.ACCEPTED, status=MStatus.ACCEPTED):
    return make_match(run, mentor_answer=mentor, mentee_answer=mentee, status=status)


@pytest.fixture
def history(cohort):
    """An earlier cohort of the program: two pairs agreed, one said no, one was silent, one never met."""
    earlier = make_cohort(cohort.program, opens_in=-300)
    sent = now() - timedelta(days=200)
    run = make_run(earlier, status=MatchRun.Status.PUBLISHED, published_at=sent)
    matches = [pair(run), pair(run)]
    pair(run, mentor=Answer.DECLINED, mentee=Answer.WAITING, status=MStatus.DECLINED)
    pair(run, mentor=Answer.WAITING, status=MStatus.EXPIRED)
    pair(run, status=MStatus.WITHDRAWN)
    for match in matches:
        Mentorship.objects.create(match=match, began_at=sent + timedelta(days=7))
    met = Mentorship.objects.get(match=matches[0])
    for after in (14, 30):
        Meeting.objects.create(
            mentorship=met, held_on=(sent + timedelta(days=after)).date(), minutes=30,
            logged_by=matches[0].mentor.person,
        )  # fmt: skip
    for side, moment in ((matches[0].mentee, sent + timedelta(days=40)), (matches[0].mentor, None)):
        Pulse.objects.create(
            mentorship=met, participant=side, due_on=sent.date(), asked_at=sent,
            closes_at=sent + timedelta(days=60), answered_at=moment,
        )  # fmt: skip
    gone = make_mentee(earlier, make_person("Gone", "Early"), left_at=sent - timedelta(days=1))
    type(gone).objects.filter(cohort=earlier).update(created_at=sent - timedelta(days=9))
    return earlier


def test_history_counts_who_could_have_and_who_did(cohort, history):
    assert counts_of(cohort, now()) == {
        "pair.never_met": (1, 2),
        "mentor.drop_out": (0, 5),
        "mentor.silence": (1, 4),
        "mentor.decline": (1, 3),
        "mentor.answer": (0, 1),
        "mentee.drop_out": (1, 6),
        "mentee.silence": (0, 3),
        "mentee.decline": (0, 3),
        "mentee.answer": (1, 1),
    }
    assert sum(days_to_meet(cohort)) == 1
    assert len(days_to_meet(cohort)) == 5


def test_other_programs_and_the_cohort_itself_teach_nothing(history):
    elsewhere = make_cohort(make_program())

    for asked in (elsewhere, history):
        assert set(counts_of(asked, now()).values()) == {(0, 0)}
        assert days_to_meet(asked) == ()


def test_history_moves_the_published_figures_as_far_as_its_size_allows(cohort, history):
    rate = queries.believed_of(cohort, now()).rates["pair.never_met"]

    assert (rate.count, rate.of) == (1, 2)
    assert rate.usual == pytest.approx((20 * 0.1 + 1) / 22)


def test_what_happened_is_counted_as_the_forecast_counts(history):
    assert actual(history) == {
        "accepted": 2, "met": 1, "first_meeting_half": 10, "score_mean": 400_000,
        "pulses_answered": 1,
    }  # fmt: skip


def test_before_anything_happened_nothing_is_known(lena, cohort):
    make_people(cohort, 6, 4)
    found = computed(ask(cohort, by=lena))

    held = {each.name: each for each in queries.forecast_against_actual(found)}

    assert held["score_mean"].actual is None
    assert held["score_mean"].verdict == ""
    assert (held["met"].actual, held["met"].verdict) == (0, "below")
    assert held["met"].low <= held["met"].mean <= held["met"].high


def test_two_forecasts_of_the_same_people_are_paired(lena, cohort):
    first = ready_forecast(cohort, by=lena)
    second = ready_forecast(cohort, by=lena, people=None)

    found = queries.compared(first, second)

    assert found.is_paired
    assert {each.gain.mean for each in found.differences.values()} == {0}


def test_a_forecast_without_a_result_cannot_be_compared(cohort):
    waiting = make_forecast(cohort, status=Forecast.Status.REQUESTED)

    with pytest.raises(NotFoundError):
        queries.compared(make_forecast(cohort), waiting)


def test_past_cohorts_are_those_of_the_program_with_people(cohort, history):
    make_cohort(cohort.program)
    make_mentor(make_cohort(make_program()), make_person("Else", "Where"))

    assert list(queries.past_cohorts(cohort)) == [history]
    assert queries.past_cohort(cohort, history.public_id) == history
