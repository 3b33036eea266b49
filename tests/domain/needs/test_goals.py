"""A recruitment plan: who wins how many until when, and how far it has come."""

from datetime import date, timedelta

import pytest
from django.utils.formats import date_format

from lodestar.domain.applications.models import Application
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.needs import actions, queries
from lodestar.domain.needs.models import RecruitmentGoal
from lodestar.domain.needs.rules import GoalWish
from tests.factories.applications import make_application
from tests.factories.needs import make_goal
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_coordinator, make_program

pytestmark = pytest.mark.django_db
SOON = date.today() + timedelta(days=9)  # noqa: DTZ011


def offers(cohort, **answers):
    return make_application(cohort, make_person(), role="mentor", answers=answers)


def test_a_goal_that_stands_is_changed_where_it_stands_and_never_replaced(cohort, lena):
    first = actions.set_goal(cohort, GoalWish(3, lena, SOON, "languages", "sw"), by=lena)
    with pytest.raises(RefusedError) as refused:
        actions.set_goal(cohort, GoalWish(1, lena, SOON, "languages", "sw"), by=lena)
    wish = GoalWish(5, lena, SOON, "languages", "sw", channel="Nairobi club")
    again = actions.set_goal(cohort, wish, by=lena, changes=first)

    assert str(refused.value) == (
        f"There is already a goal for these mentors: 3 by {date_format(SOON, 'j F Y')}, with Lena "
        "Berg. Change that one in the recruitment plan. Nothing was changed."
    )
    assert again == first
    assert list(RecruitmentGoal.objects.values_list("target", "channel")) == [(5, "Nairobi club")]


def test_a_goal_that_somebody_let_go_meanwhile_is_not_changed(cohort, lena):
    goal = make_goal(cohort, owner=lena, target=3)
    actions.drop_goal(goal, by=lena)

    with pytest.raises(RefusedError):
        actions.set_goal(cohort, GoalWish(5, lena, SOON), by=lena, changes=goal)

    assert list(RecruitmentGoal.objects.values_list("target", flat=True)) == [3]


def test_a_goal_is_due_today_or_later_unless_it_has_its_day_already(cohort, lena):
    yesterday = today() - timedelta(days=1)
    overdue = make_goal(cohort, owner=lena, due_on=yesterday)
    with pytest.raises(RefusedError) as refused:
        actions.set_goal(cohort, GoalWish(2, lena, yesterday, "languages", "sw"), by=lena)

    changed = actions.set_goal(cohort, GoalWish(2, lena, yesterday), by=lena, changes=overdue)

    day = date_format(yesterday, "j F Y")
    assert str(refused.value) == f"{day} has gone by; choose today or a later day."
    assert (changed.target, changed.due_on) == (2, yesterday)


def test_a_goal_needs_a_number_a_day_within_the_cohort_and_one_of_us(cohort, lena):
    stranger = make_person("Jonas", "Keller")
    over = make_cohort(make_program(coordinator=lena), opens_in=-400)
    for wish, of in (
        (GoalWish(0, lena, SOON), cohort),
        (GoalWish(1001, lena, SOON), cohort),
        (GoalWish(2, lena, cohort.ends_on + timedelta(days=1)), cohort),
        (GoalWish(2, stranger, SOON), cohort),
        (GoalWish(2, lena, over.ends_on), over),
    ):
        with pytest.raises(RefusedError):
            actions.set_goal(of, wish, by=lena)

    assert RecruitmentGoal.objects.count() == 0


def test_progress_is_read_off_the_applications_since(cohort, lena):
    offers(cohort, languages=["sw"])
    swahili = make_goal(cohort, owner=lena, field="languages", value="sw", target=2)
    anyone = make_goal(cohort, owner=lena, target=4)
    offers(cohort, languages=["en", "sw"])
    offers(cohort, languages=["en"])
    make_application(cohort, make_person(), answers={"languages": ["sw"]})
    make_application(cohort, make_person(), role="mentor", status="withdrawn")

    plan = {each.goal: each for each in queries.plan_of(cohort, today())}

    assert (plan[swahili].won, plan[swahili].left, plan[swahili].share) == (1, 1, 0.5)
    assert (plan[anyone].won, plan[anyone].is_reached, plan[anyone].is_late) == (2, False, False)
    assert (plan[swahili].reached_at, plan[anyone].reached_at) == (None, None)
    late = queries.plan_of(cohort, today() + timedelta(days=11))
    assert [each.is_late for each in late] == [True, True]


def test_more_than_the_target_fills_the_bar_and_no_more(cohort, lena):
    make_goal(cohort, owner=lena, target=1)
    for _ in range(3):
        offers(cohort)

    [only] = queries.plan_of(cohort, today())

    assert (only.won, only.share, only.left, only.is_reached) == (3, 1.0, 0, True)
    first = Application.objects.earliest("submitted_at")
    assert only.reached_at == first.submitted_at


def test_a_goal_let_go_is_gone_and_can_be_set_anew(cohort, lena):
    goal = make_goal(cohort, owner=lena, field="languages", value="sw")

    dropped = [actions.drop_goal(goal, by=lena) for _ in range(2)]
    anew = actions.set_goal(cohort, GoalWish(1, lena, SOON, "languages", "sw"), by=lena)

    assert dropped[0].dropped_at == dropped[1].dropped_at
    assert [each.goal for each in queries.plan_of(cohort, today())] == [anew]
    with pytest.raises(NotFoundError):
        queries.goal_for(lena, goal.public_id)


def test_only_coordinators_of_the_program_find_a_goal(cohort, lena):
    goal = make_goal(cohort, owner=lena)
    other = make_person("Tomás")
    make_coordinator(make_program(), other)

    assert queries.goal_for(lena, goal.public_id) == goal
    with pytest.raises(NotFoundError):
        queries.goal_for(other, goal.public_id)


def test_one_goal_and_many_cost_the_same(cohort, lena, django_assert_num_queries):
    for value in ("sw", "ar", "de"):
        make_goal(cohort, owner=lena, field="languages", value=value)
        offers(cohort, languages=[value])

    with django_assert_num_queries(2):
        assert [each.won for each in queries.plan_of(cohort, today())] == [1, 1, 1]
