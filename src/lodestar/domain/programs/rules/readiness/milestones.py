"""What contradicts itself in what happens when?"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Audience, Milestone
from lodestar.domain.programs.rules.milestones import Dated, is_for, share_people, when_in_words
from lodestar.domain.programs.rules.pulses import FEWEST_DAYS_BETWEEN_PULSES, pulse_days
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where, advises, stops

Kind, ForWhom = Milestone.Kind, Milestone.ForWhom
A_WEEK = timedelta(days=7)
MOST_IN_A_WEEK = 3


def _dated(plan: Plan, *kinds: str) -> list[Dated]:
    return [each for each in plan.dated if each.milestone.kind in kinds]


def _told(each: Dated, **days: date) -> dict[str, object]:
    """Return the name of a milestone and days as a person reads them."""
    shown = {"first": each.starts_on, "last": each.ends_on} | days
    return {"name": each.milestone} | {key: date_format(on, "j F Y") for key, on in shown.items()}


@stops(Where.MILESTONES)
def before_applications_open(plan: Plan, _on: date) -> Iterator[Told]:
    for each in plan.dated:
        if plan.cohort and each.starts_on < plan.cohort.opens_on:
            yield (
                _("“%(name)s” would be on %(first)s, before applications open on %(opens)s.")
                % _told(each, opens=plan.cohort.opens_on),
                _("Give it a later day."),
            )


@stops(Where.MILESTONES)
def goes_on_after_the_end(plan: Plan, _on: date) -> Iterator[Told]:
    for each in plan.dated:
        is_survey = each.milestone.kind == Kind.SURVEY
        if plan.cohort and not is_survey and each.ends_on > plan.cohort.ends_on:
            yield (
                _("“%(name)s” would go on until %(last)s, but the cohort ends on %(ends)s.")
                % _told(each, ends=plan.cohort.ends_on),
                _("Give it an earlier day, or let the cohort end later."),
            )


@advises(Where.MILESTONES)
def survey_after_the_end(plan: Plan, _on: date) -> Iterator[Told]:
    for each in _dated(plan, Kind.SURVEY):
        if plan.cohort and each.starts_on > plan.cohort.ends_on:
            yield (
                _("“%(name)s” would begin on %(first)s, after the cohort ended on %(ends)s.")
                % _told(each, ends=plan.cohort.ends_on),
                _("Ask while people still meet: in the last two weeks many more answer."),
            )


@stops(Where.MILESTONES)
def mentors_prepared_after_the_start(plan: Plan, _on: date) -> Iterator[Told]:
    for each in _prepares_mentors(plan):
        if plan.cohort and each.ends_on > plan.cohort.starts_on:
            yield (
                _("“%(name)s” prepares mentors until %(last)s, but they begin on %(starts)s.")
                % _told(each, starts=plan.cohort.starts_on),
                _("Prepare them sooner; what comes later is an event."),
            )


@advises(Where.MILESTONES)
def mentors_prepared_after_matching(plan: Plan, _on: date) -> Iterator[Told]:
    cohort = plan.cohort
    for each in _prepares_mentors(plan):
        if cohort and cohort.matching_on < each.ends_on <= cohort.starts_on:
            yield (
                _(
                    "“%(name)s” prepares mentors until %(last)s, but matching begins on %(matching)s: some would "
                    "be proposed who never came."
                )
                % _told(each, matching=cohort.matching_on),
                _("Let it end before matching begins."),
            )


def _prepares_mentors(plan: Plan) -> list[Dated]:
    prepares = _dated(plan, Kind.PREPARATION)
    return [each for each in prepares if is_for(each.milestone, Audience.Role.MENTOR)]


@advises(Where.MILESTONES)
def event_before_anybody_is_matched(plan: Plan, _on: date) -> Iterator[Told]:
    for each in _dated(plan, Kind.EVENT):
        is_for_both = each.milestone.for_whom == ForWhom.BOTH
        if plan.cohort and is_for_both and each.starts_on < plan.cohort.matching_on:
            yield (
                _(
                    "“%(name)s” is for mentors and mentees together, but on %(first)s nobody has a partner: matching "
                    "begins on %(matching)s."
                )
                % _told(each, matching=plan.cohort.matching_on),
                _("Move it behind the start, unless people are meant to get to know each other."),
            )


@advises(Where.MILESTONES)
def over_before_the_last_can_apply(plan: Plan, _on: date) -> Iterator[Told]:
    for each in _dated(plan, Kind.ONBOARDING, Kind.PREPARATION):
        cohort = plan.cohort
        if cohort and cohort.opens_on <= each.ends_on <= cohort.closes_on:
            yield (
                _(
                    "“%(name)s” is over on %(last)s, but people can apply until %(closes)s: who comes last misses it."
                )
                % _told(each, closes=cohort.closes_on),
                _("Let it end some days after applications close."),
            )


@advises(Where.MILESTONES)
def first_steps_after_the_start(plan: Plan, _on: date) -> Iterator[Told]:
    for each in _dated(plan, Kind.ONBOARDING):
        if plan.cohort and each.starts_on > plan.cohort.starts_on:
            yield (
                _("The first steps “%(name)s” come on %(first)s, after the start on %(starts)s.")
                % _told(each, starts=plan.cohort.starts_on),
                _("Put them before the start, or call them something else."),
            )


@advises(Where.MILESTONES)
def two_events_on_one_day(plan: Plan, _on: date) -> Iterator[Told]:
    for one, other in combinations(_dated(plan, Kind.EVENT), 2):
        if other.starts_on <= one.ends_on and share_people(one.milestone, other.milestone):
            told = _told(other) | {"one": one.milestone}
            yield (
                _("“%(one)s” and “%(name)s” are both on %(first)s, for the same people.") % told,
                _("Move one of them, or make one of the two."),
            )


@advises(Where.MILESTONES)
def survey_beside_a_pulse(plan: Plan, _on: date) -> Iterator[Told]:
    """A thought only: each pair is asked on days of its own, counted from when both said yes."""
    for each in _dated(plan, Kind.SURVEY):
        near = [day for day in _pulse_days(plan) if _is_near(each.starts_on, day)]
        for pulse in near[:1]:
            yield (
                _(
                    "“%(name)s” would begin on %(first)s, and the short questions come on %(pulse)s: people would be "
                    "asked twice within 14 days."
                )
                % _told(each, pulse=pulse),
                _("Leave at least two weeks between them."),
            )


@stops(Where.MILESTONES)
def two_surveys_close_together(plan: Plan, _on: date) -> Iterator[Told]:
    for one, other in combinations(_dated(plan, Kind.SURVEY), 2):
        is_near = _is_near(one.starts_on, other.starts_on)
        if is_near and share_people(one.milestone, other.milestone):
            told = _told(other, earlier=one.starts_on) | {"one": one.milestone}
            yield (
                _(
                    "“%(one)s” on %(earlier)s and “%(name)s” on %(first)s would ask the same people twice within "
                    "14 days."
                )
                % told,
                _("Leave at least two weeks between them, or make one of the two."),
            )


def _pulse_days(plan: Plan) -> list[date]:
    """Return the days on which people whose mentorship begins with the cohort are asked how it goes."""
    if plan.cohort is None:
        return []
    after = pulse_days(plan.design, plan.running_days)
    return [plan.cohort.starts_on + timedelta(days=days) for days in after]


def _is_near(one: date, other: date) -> bool:
    return abs((one - other).days) < FEWEST_DAYS_BETWEEN_PULSES


@stops(Where.MILESTONES)
def one_milestone_twice(plan: Plan, _on: date) -> Iterator[Told]:
    for one, other in combinations(plan.milestones, 2):
        is_same = _moment(one) == _moment(other) and share_people(one, other)
        if is_same and one.name.casefold() == other.name.casefold():
            yield (
                _("“%(name)s” is there twice, %(when)s.")
                % {"name": one, "when": when_in_words(one)},
                _("Keep one of them."),
            )


def _moment(milestone: Milestone) -> tuple[str, int]:
    return milestone.anchor, milestone.offset_days


@advises(Where.MILESTONES)
def too_much_in_one_week(plan: Plan, _on: date) -> Iterator[Told]:
    for role in Audience.Role:
        mine = [each for each in plan.dated if is_for(each.milestone, role)]
        weeks = [_week_from(first, mine) for first in mine]
        busiest = max(weeks, key=len, default=[])
        if len(busiest) > MOST_IN_A_WEEK:
            yield (
                _("In the week from %(first)s on, %(count)d things begin for %(who)s.")
                % (_told(busiest[0]) | {"count": len(busiest), "who": role.label}),
                _("Spread them: whoever is busy does one thing a week."),
            )


def _week_from(first: Dated, all_of_them: list[Dated]) -> list[Dated]:
    return [e for e in all_of_them if first.starts_on <= e.starts_on < first.starts_on + A_WEEK]


@advises(Where.MILESTONES)
def already_past(plan: Plan, on: date) -> Iterator[Told]:
    for each in plan.dated:
        if plan.cohort and plan.cohort.published_at is None and each.ends_on < on:
            yield (
                _("“%(name)s” would be over on %(last)s, which is past.") % _told(each),
                _("Give it a later day, or take it out."),
            )


@advises(Where.MILESTONES)
def nobody_is_welcomed(plan: Plan, _on: date) -> Iterator[Told]:
    """Looked at once there is any milestone: who plans days should also plan the first steps."""
    welcomes = [each for each in plan.milestones if each.kind == Kind.ONBOARDING]
    for role in Audience.Role if plan.milestones else ():
        if not any(is_for(each, role) for each in welcomes):
            yield (
                _("No first steps are planned for %(who)s, so they wait and do not know for what.")
                % {"who": role.label},
                _("Say what they do first, and when."),
            )


@advises(Where.MILESTONES)
def event_without_a_place(plan: Plan, _on: date) -> Iterator[Told]:
    for each in plan.milestones:
        if each.kind == Kind.EVENT and not each.place.strip():
            yield (
                _("Nobody knows yet where “%(name)s” takes place.") % {"name": each},
                _("Write down the room, or “online”."),
            )


@advises(Where.MILESTONES)
def milestone_without_words(plan: Plan, _on: date) -> Iterator[Told]:
    for each in plan.milestones:
        if not each.text.strip():
            yield (
                _("“%(name)s” is a day and a name; nothing says what people do then.")
                % {"name": each},
                _("Write a sentence or two."),
            )


CHECKS: tuple[Check, ...] = (
    before_applications_open,
    goes_on_after_the_end,
    survey_after_the_end,
    mentors_prepared_after_the_start,
    mentors_prepared_after_matching,
    event_before_anybody_is_matched,
    over_before_the_last_can_apply,
    first_steps_after_the_start,
    two_events_on_one_day,
    survey_beside_a_pulse,
    two_surveys_close_together,
    one_milestone_twice,
    too_much_in_one_week,
    already_past,
    nobody_is_welcomed,
    event_without_a_place,
    milestone_without_words,
)
