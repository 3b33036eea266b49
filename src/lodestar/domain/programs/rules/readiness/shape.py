"""What contradicts the format of a program, and the way in which two people meet?"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Audience, Constraint, Criterion, Design
from lodestar.domain.programs.rules.readiness.plans import (
    Check,
    Plan,
    Told,
    Where,
    advises,
    stops,
    with_shares,
)

Format, Mode, Role = Design.Format, Design.Mode, Audience.Role
PLACES = {"place", "city", "country"}
MOST_OF_PLACE_ONLINE = 10
HOURS_TO_TRAVEL = 3
LONGEST_FOR_ONE_TALK_DAYS = 84
MOST_PLACES_ONE_TO_ONE = 3


def _share_of_place(plan: Plan) -> int:
    shares = with_shares(plan.weighed)
    return sum(share for c, share in shares if {c.mentee_field, c.mentor_field} & PLACES)


def _meets_in_person(plan: Plan) -> bool:
    return plan.design.mode == Mode.IN_PERSON


def _is_reverse(plan: Plan) -> bool:
    return plan.design.format == Format.REVERSE


@stops(Where.SHAPE)
def in_person_wherever_people_live(plan: Plan, _on: date) -> Iterator[Told]:
    if _meets_in_person(plan) and not _share_of_place(plan):
        yield (
            _("People are to meet in person, but matching does not look at where they live."),
            _("Give the place a weight, or let people meet online."),
        )


@stops(Where.SHAPE)
def in_person_across_countries(plan: Plan, _on: date) -> Iterator[Told]:
    sides = [plan.audience(role) for role in Role]
    named = [{c.casefold() for c in side.countries} if side else set() for side in sides]
    if _meets_in_person(plan) and all(named) and not set.intersection(*named):
        yield (
            _(
                "People are to meet in person, but mentors and mentees would live in different countries."
            ),
            _("Let both sides come from one country, or let people meet online."),
        )


@stops(Where.SHAPE)
def in_person_with_clocks_far_apart(plan: Plan, _on: date) -> Iterator[Told]:
    for rule in plan.constraints if _meets_in_person(plan) else ():
        is_clock = rule.kind == Constraint.Kind.MAX_HOURS_APART
        if is_clock and rule.value.isdecimal() and int(rule.value) > HOURS_TO_TRAVEL:
            yield (
                _(
                    "People are to meet in person, but their clocks may be %(hours)s hours apart, "
                    "which is another continent."
                )
                % {"hours": rule.value},
                _("Allow an hour at most, or let people meet online."),
            )


@advises(Where.SHAPE)
def online_but_place_weighs_much(plan: Plan, _on: date) -> Iterator[Told]:
    share = _share_of_place(plan)
    if plan.design.mode == Mode.ONLINE and share > MOST_OF_PLACE_ONLINE:
        yield (
            _("People meet online, but where they live is %(share)d of 100.") % {"share": share},
            _("Lower the weight of the place, or let them meet in person too."),
        )


@stops(Where.SHAPE)
def one_talk_in_a_long_cohort(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.meets_once and plan.running_days > LONGEST_FOR_ONE_TALK_DAYS:
        yield (
            _("Two people talk once, but the cohort runs for %(weeks)d weeks.")
            % {"weeks": plan.running_days // 7},
            _("Let the cohort end after six weeks, or choose a format that lasts for months."),
        )


@advises(Where.SHAPE)
def one_talk_but_a_pace_for_more(plan: Plan, _on: date) -> Iterator[Told]:
    talks = plan.running_days // max(1, plan.design.cadence_days)
    if plan.meets_once and talks > 1:
        yield (
            _(
                "Two people talk once, but at the pace of this design they would talk %(talks)d times."
            )
            % {"talks": talks},
            _("Let as many days lie between two talks as the cohort has."),
        )


@advises(Where.SHAPE)
def one_talk_asked_about_again(plan: Plan, _on: date) -> Iterator[Told]:
    design = plan.design
    second = design.pulse_first_days + design.pulse_every_days
    if plan.meets_once and second < plan.running_days:
        yield (
            _("Two people talk once, but are asked how it goes a second time on day %(day)d.")
            % {"day": second},
            _("Let the cohort be over by then, or ask again later."),
        )


@stops(Where.SHAPE)
def younger_mentors_have_to_be_ahead(plan: Plan, _on: date) -> Iterator[Told]:
    asks = plan.has_rule(Constraint.Kind.MIN_GAP)
    if _is_reverse(plan) and asks:
        yield (
            _("The mentor is the younger one, but a rule asks that mentors are some years ahead."),
            _("Switch the rule on years ahead off, or choose another format."),
        )


@stops(Where.SHAPE)
def younger_mentors_gain_by_years_ahead(plan: Plan, _on: date) -> Iterator[Told]:
    for criterion in plan.weighed if _is_reverse(plan) else ():
        if criterion.kind == Criterion.Kind.GAP:
            yield (
                _(
                    "The mentor is the younger one, but “%(name)s” gives full marks to mentors some years ahead."
                )
                % {"name": criterion.name},
                _("Set its weight to 0, or choose another format."),
            )


def _are_mentors_older(plan: Plan) -> bool:
    """Every mentor would be of an earlier class than every mentee."""
    mentors, mentees = plan.audience(Role.MENTOR), plan.audience(Role.MENTEE)
    last = mentors.class_year_to if mentors else None
    first = mentees.class_year_from if mentees else None
    return bool(last and first and last < first)


def _are_mentors_younger(plan: Plan) -> bool:
    """Every mentor would be of a later class than every mentee."""
    mentors, mentees = plan.audience(Role.MENTOR), plan.audience(Role.MENTEE)
    first = mentors.class_year_from if mentors else None
    last = mentees.class_year_to if mentees else None
    return bool(last and first and first > last)


@stops(Where.SHAPE)
def younger_mentors_who_are_older(plan: Plan, _on: date) -> Iterator[Told]:
    if _is_reverse(plan) and _are_mentors_older(plan):
        yield (
            _("The mentor is the younger one, but all mentors would be of earlier classes than all mentees."),
            _("Exchange the class years of the two sides, or choose another format."),
        )  # fmt: skip


@advises(Where.SHAPE)
def mentors_younger_without_saying_so(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.design.format == Format.ONE_TO_ONE and _are_mentors_younger(plan):
        yield (
            _("All mentors would be of later classes than all mentees, and nothing tells people so."),
            _("Choose the format in which the younger one is the mentor."),
        )  # fmt: skip


@advises(Where.SHAPE)
def one_to_one_with_many(plan: Plan, _on: date) -> Iterator[Told]:
    most = plan.design.capacity_maximum
    is_pairs = not plan.meets_once and not plan.design.makes_groups
    if is_pairs and most > MOST_PLACES_ONE_TO_ONE:
        yield (
            _("Two people are to meet for months, but a mentor may take %(most)d mentees.")
            % {"most": most},
            _("Lower the most places: three are a lot to look after."),
        )


CHECKS: tuple[Check, ...] = (
    in_person_wherever_people_live,
    in_person_across_countries,
    in_person_with_clocks_far_apart,
    online_but_place_weighs_much,
    one_talk_in_a_long_cohort,
    one_talk_but_a_pace_for_more,
    one_talk_asked_about_again,
    younger_mentors_have_to_be_ahead,
    younger_mentors_gain_by_years_ahead,
    younger_mentors_who_are_older,
    mentors_younger_without_saying_so,
    one_to_one_with_many,
)
