"""What contradicts itself in the goals of a design?"""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.common.numbers import in_digits
from lodestar.domain.programs.models import Goal
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where, advises, stops

Metric = Goal.Metric
SHARES = (Metric.SERVED_SHARE, Metric.MET_SHARE, Metric.ANSWER_SHARE)
FROM_PULSES = (Metric.ANSWER_SHARE, Metric.USEFULNESS)
LARGEST_SHARE, LARGEST_GRADE = 100, 5


@stops(Where.GOALS)
def no_goal_has_a_target(plan: Plan, _on: date) -> Iterator[Told]:
    if not any(goal.target > 0 for goal in plan.goals):
        yield (
            _("No goal has a target, so nobody could say whether this worked."),
            _("Set at least one goal with a target."),
        )


@stops(Where.GOALS)
def goal_beyond_its_scale(plan: Plan, _on: date) -> Iterator[Told]:
    for goal in plan.goals:
        most = LARGEST_SHARE if goal.metric in SHARES else LARGEST_GRADE
        if goal.metric != Metric.MENTEES_SERVED and goal.target > most:
            yield (
                _("The goal “%(goal)s” is %(target)s, but more than %(most)d cannot be reached.")
                % {"goal": goal, "target": in_digits(goal.target), "most": most},
                _("Lower the target."),
            )


@stops(Where.GOALS)
def goal_below_where_it_stands(plan: Plan, _on: date) -> Iterator[Told]:
    for goal in plan.goals:
        if goal.baseline is not None and 0 < goal.target <= goal.baseline:
            yield (
                _("The goal “%(goal)s” is %(target)s, but it already stands at %(baseline)s.")
                % {
                    "goal": goal,
                    "target": in_digits(goal.target),
                    "baseline": in_digits(goal.baseline),
                },
                _("Aim higher, or leave the goal out."),
            )


@stops(Where.GOALS)
def two_targets_for_one_measure(plan: Plan, _on: date) -> Iterator[Told]:
    counted = Counter((goal.metric, goal.due_on) for goal in plan.goals if goal.target > 0)
    for (metric, _due), count in counted.items():
        if count > 1:
            yield (
                _("“%(goal)s” has %(count)d targets for the same day.")
                % {"goal": Metric(metric).label, "count": count},
                _("Keep one of them."),
            )


@stops(Where.GOALS)
def goal_due_before_the_start(plan: Plan, _on: date) -> Iterator[Told]:
    for goal in plan.goals:
        if plan.cohort and goal.due_on and goal.due_on < plan.cohort.starts_on:
            yield (
                _("The goal “%(goal)s” is due before the mentorships start.") % {"goal": goal},
                _("Give the goal a later day."),
            )


@stops(Where.GOALS)
def goal_due_in_the_past(plan: Plan, on: date) -> Iterator[Told]:
    """Before a cohort is planned there is no start to hold it against, but there is today."""
    for goal in plan.goals:
        if plan.cohort is None and goal.due_on and goal.due_on < on:
            yield (
                _("The goal “%(goal)s” is due on %(day)s, which is past.")
                % {"goal": goal, "day": date_format(goal.due_on, "j F Y")},
                _("Give the goal a day ahead."),
            )


@stops(Where.GOALS)
def goal_due_before_anybody_is_asked(plan: Plan, _on: date) -> Iterator[Told]:
    """A goal that rests on pulses needs one before its day."""
    if plan.cohort is None:
        return
    asked_on = plan.cohort.starts_on + timedelta(days=plan.design.pulse_first_days)
    for goal in plan.goals:
        is_due = goal.due_on and plan.cohort.starts_on <= goal.due_on < asked_on
        if goal.metric in FROM_PULSES and is_due:
            yield (
                _("The goal “%(goal)s” is due before anybody is asked for the first time.")
                % {"goal": goal},
                _("Give the goal a later day, or ask sooner."),
            )


@stops(Where.GOALS)
def goal_due_before_anybody_can_have_met(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.cohort is None:
        return
    met_by = plan.cohort.starts_on + timedelta(days=plan.design.first_meeting_days)
    for goal in plan.goals:
        is_due = goal.due_on and plan.cohort.starts_on <= goal.due_on < met_by
        if goal.metric == Metric.MET_SHARE and is_due:
            yield (
                _("The goal “%(goal)s” is due before people are expected to have met.")
                % {"goal": goal},
                _("Give the goal a later day."),
            )


@advises(Where.GOALS)
def goal_without_a_day(plan: Plan, _on: date) -> Iterator[Told]:
    for goal in plan.goals:
        if goal.target > 0 and goal.due_on is None:
            yield (
                _("The goal “%(goal)s” has no day by which it should be reached.") % {"goal": goal},
                _("Give it a day; the end of the cohort is a good one."),
            )


@advises(Where.GOALS)
def goals_only_count_heads(plan: Plan, _on: date) -> Iterator[Told]:
    aimed = {goal.metric for goal in plan.goals if goal.target > 0}
    if aimed and aimed <= {Metric.MENTEES_SERVED, Metric.SERVED_SHARE}:
        yield (
            _("The goals count who has a mentor, and none says whether that helped."),
            _("Add a goal on meeting or on usefulness."),
        )


CHECKS: tuple[Check, ...] = (
    no_goal_has_a_target,
    goal_beyond_its_scale,
    goal_below_where_it_stands,
    two_targets_for_one_measure,
    goal_due_before_the_start,
    goal_due_in_the_past,
    goal_due_before_anybody_is_asked,
    goal_due_before_anybody_can_have_met,
    goal_without_a_day,
    goals_only_count_heads,
)
