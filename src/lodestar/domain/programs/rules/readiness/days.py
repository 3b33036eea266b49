"""What contradicts itself in the days of a cohort?"""

from collections.abc import Iterator
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import phases_of, why_not_in_order
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where, advises, stops

SHORTEST_CALL_DAYS = 10
LONGEST_WAIT_DAYS = 45
LONGEST_PILOT_DAYS = 84
SHORTEST_COHORT_DAYS = 42


@stops(Where.COHORT)
def days_out_of_order(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.cohort:
        for sentence in why_not_in_order(phases_of(plan.cohort)):
            yield sentence, _("Choose other days.")


@stops(Where.COHORT)
def closed_before_it_opens_to_anybody(plan: Plan, on: date) -> Iterator[Told]:
    if plan.cohort and plan.cohort.closes_on < on:
        told = {"day": date_format(plan.cohort.closes_on, "j F Y")}
        yield (
            _("Applications would have closed on %(day)s, which is past.") % told,
            _("Choose a closing day ahead."),
        )


@advises(Where.COHORT)
def too_short_to_hear_of_it(plan: Plan, on: date) -> Iterator[Told]:
    if plan.cohort is None:
        return
    days = (plan.cohort.closes_on - max(on, plan.cohort.opens_on)).days
    if 0 <= days < SHORTEST_CALL_DAYS:
        yield (
            _("People would have %(days)d days to hear of it and to apply.") % {"days": days},
            _("Leave applications open for at least two weeks."),
        )


@advises(Where.COHORT)
def long_wait_after_applying(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.cohort is None:
        return
    days = (plan.cohort.starts_on - plan.cohort.closes_on).days
    if days > LONGEST_WAIT_DAYS:
        yield (
            _("Between the last day to apply and the start lie %(days)d days, and interest fades.")
            % {"days": days},
            _("Start sooner, or close later."),
        )


@advises(Where.COHORT)
def too_short_to_become_anything(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.cohort and not plan.cohort.is_pilot and 0 < plan.running_days < SHORTEST_COHORT_DAYS:
        yield (
            _("The mentorships would last %(days)d days; trust takes longer.")
            % {"days": plan.running_days},
            _("Let the cohort run for at least six weeks, or call it a trial run."),
        )


@advises(Where.COHORT)
def trial_run_that_lasts(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.cohort and plan.cohort.is_pilot and plan.running_days > LONGEST_PILOT_DAYS:
        yield (
            _("This trial run would last %(days)d days, and the launch waits for it.")
            % {"days": plan.running_days},
            _("Six to eight weeks show most troubles: end it sooner."),
        )


@stops(Where.COHORT)
def launch_before_its_trial_run_ends(plan: Plan, _on: date) -> Iterator[Told]:
    """A launch that opens while the trial run still goes on can learn nothing from it."""
    cohort = plan.cohort
    if cohort is None or cohort.is_pilot:
        return
    for other in plan.others:
        if other.is_pilot and other.starts_on <= cohort.opens_on < other.ends_on:
            yield (
                _("It would open on %(day)s, while the trial run “%(name)s” goes on until %(end)s.")
                % {
                    "day": date_format(cohort.opens_on, "j F Y"),
                    "name": other.name,
                    "end": date_format(other.ends_on, "j F Y"),
                },
                _("Open after the trial run has ended, so that what it shows can be mended first."),
            )


@advises(Where.COHORT)
def two_calls_at_once(plan: Plan, _on: date) -> Iterator[Told]:
    cohort = plan.cohort
    for other in plan.others if cohort else ():
        if _overlap(cohort, other):
            yield (
                _("People could apply to “%(name)s” at the same time, and would have to choose.")
                % {"name": other.name},
                _("Let one close before the other opens."),
            )


def _overlap(cohort: Cohort | None, other: Cohort) -> bool:
    return (
        cohort is not None
        and other.opens_on <= cohort.closes_on
        and cohort.opens_on <= other.closes_on
    )


CHECKS: tuple[Check, ...] = (
    days_out_of_order,
    closed_before_it_opens_to_anybody,
    too_short_to_hear_of_it,
    long_wait_after_applying,
    too_short_to_become_anything,
    trial_run_that_lasts,
    launch_before_its_trial_run_ends,
    two_calls_at_once,
)
