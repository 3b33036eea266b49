"""What contradicts itself in whom a program is for, and who looks after it?"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Audience, Constraint, Goal
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where, advises, stops

FEWEST_IN_AUDIENCE = 10
YEARS_AHEAD = 8
FIRST_CLASS = 1900


@stops(Where.PROGRAM)
def nobody_looks_after_it(plan: Plan, _on: date) -> Iterator[Told]:
    if not plan.coordinators:
        yield _("Nobody looks after this program."), _("Appoint a coordinator.")


@advises(Where.PROGRAM)
def only_one_looks_after_it(plan: Plan, _on: date) -> Iterator[Told]:
    if len(plan.coordinators) == 1:
        yield (
            _("One person alone looks after this program, and people fall ill or go on leave."),
            _("Appoint a second coordinator."),
        )


@advises(Where.PROGRAM)
def nothing_is_said_about_it(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.program and not plan.program.description.strip():
        yield (
            _("Its public page says no more than one sentence."),
            _("Write for whom it is, why, and what people do in it."),
        )


@stops(Where.AUDIENCE)
def years_run_backwards(plan: Plan, _on: date) -> Iterator[Told]:
    for audience in plan.audiences:
        first, last = audience.class_year_from, audience.class_year_to
        if first and last and first > last:
            told = {"who": audience, "first": first, "last": last}
            yield (
                _("The classes of %(who)s would run from %(first)d back to %(last)d.") % told,
                _("Put the earlier year first."),
            )


@stops(Where.AUDIENCE)
def years_nobody_has(plan: Plan, on: date) -> Iterator[Told]:
    for audience in plan.audiences:
        for year in (audience.class_year_from, audience.class_year_to):
            if year and not FIRST_CLASS <= year <= on.year + YEARS_AHEAD:
                yield (
                    _("The year %(year)d for %(who)s is no class year.")
                    % {"year": year, "who": audience},
                    _("Correct the year."),
                )


@stops(Where.AUDIENCE)
def nobody_on_the_roll(plan: Plan, _on: date) -> Iterator[Told]:
    for audience in plan.audiences:
        if plan.counted.get(audience.role) == 0:
            yield (
                _("Nobody on the alumni roll is in the audience of %(who)s.") % {"who": audience},
                _("Take a rule out, or import the people it is for."),
            )


@advises(Where.AUDIENCE)
def hardly_anybody_on_the_roll(plan: Plan, _on: date) -> Iterator[Told]:
    for audience in plan.audiences:
        count = plan.counted.get(audience.role, FEWEST_IN_AUDIENCE)
        if 0 < count < FEWEST_IN_AUDIENCE:
            yield (
                ngettext(
                    "Only %(count)d person on the roll is in the audience of %(who)s.",
                    "Only %(count)d people on the roll are in the audience of %(who)s.",
                    count,
                )
                % {"count": count, "who": audience},
                _("Take a rule out: not everybody you invite will come."),
            )


@stops(Where.AUDIENCE)
def goal_larger_than_the_audience(plan: Plan, _on: date) -> Iterator[Told]:
    there = plan.counted.get(Audience.Role.MENTEE)
    for goal in plan.goals:
        if goal.metric == Goal.Metric.MENTEES_SERVED and there and goal.target > there:
            yield (
                _(
                    "The goal is %(target)d mentees, but only %(there)d people are in their audience."
                )
                % {"target": goal.target, "there": there},
                _("Lower the goal, or widen the audience."),
            )


@stops(Where.AUDIENCE)
def mentors_no_older_than_mentees(plan: Plan, _on: date) -> Iterator[Told]:
    mentors, mentees = (plan.audience(role) for role in Audience.Role)
    asks_for_years = plan.has_rule(Constraint.Kind.MIN_GAP)
    if not (mentors and mentees and asks_for_years):
        return
    earliest, latest = mentors.class_year_from, mentees.class_year_to
    if earliest and latest and earliest > latest:
        yield (
            _(
                "Mentors have to be some years ahead, but they would be of class %(mentors)d or later, and "
                "mentees of %(mentees)d or earlier."
            )
            % {"mentors": earliest, "mentees": latest},
            _("Let earlier classes be mentors, or take the rule on years ahead out."),
        )


@advises(Where.EXPECTATIONS)
def nobody_knows_what_is_expected(plan: Plan, _on: date) -> Iterator[Told]:
    said = {
        Audience.Role.MENTOR: plan.design.expected_of_mentors,
        Audience.Role.MENTEE: plan.design.expected_of_mentees,
    }
    for role, text in said.items():
        takes_part = plan.has_mentors or role == Audience.Role.MENTEE
        if takes_part and not text.strip():
            yield (
                _("Nothing says what is expected of %(who)s.") % {"who": role.label},
                _("Write down two or three things they can count on doing."),
            )


CHECKS: tuple[Check, ...] = (
    nobody_looks_after_it,
    only_one_looks_after_it,
    nothing_is_said_about_it,
    years_run_backwards,
    years_nobody_has,
    nobody_on_the_roll,
    hardly_anybody_on_the_roll,
    goal_larger_than_the_audience,
    mentors_no_older_than_mentees,
    nobody_knows_what_is_expected,
)
