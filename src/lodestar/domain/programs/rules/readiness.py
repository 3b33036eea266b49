"""What in a design and its cohort contradicts itself, and how is it mended?"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Cohort, Constraint, Criterion, Design, Goal
from lodestar.domain.programs.rules import phases_of, why_not_capacity, why_not_in_order
from lodestar.domain.programs.rules.defaults import topic_names

ASKED_FIELDS = frozenset(
    {
        "topics", "industry", "function", "field_of_study", "languages", "time_zone", "country",
        "city", "place", "years_of_experience", "class_year", "about", "style", "gender",
        "hours_per_month", "employer",
    }
)  # fmt: skip
NEEDS_NUMBER = {Constraint.Kind.MAX_HOURS_APART, Constraint.Kind.MIN_GAP}


class Where(StrEnum):
    """On which page a contradiction is mended."""

    PROGRAM = "program"
    DESIGN = "design"
    COHORT = "cohort"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One thing that stands in the way of opening, and the smallest mend."""

    sentence: str
    mend: str
    where: Where


@dataclass(frozen=True, slots=True)
class Plan:
    """All that is decided about a cohort before it opens."""

    cohort: Cohort
    design: Design
    goals: Sequence[Goal] = ()
    criteria: Sequence[Criterion] = ()
    constraints: Sequence[Constraint] = ()
    coordinators: Sequence[object] = field(default=())


def why_not_open(plan: Plan, on: date) -> list[Contradiction]:
    """List what contradicts itself; an empty list means that the cohort can open."""
    return [
        *_about_people(plan),
        *_about_dates(plan, on),
        *_about_goals(plan),
        *_about_criteria(plan),
        *_about_constraints(plan),
        *_about_pace(plan),
    ]


def _about_people(plan: Plan) -> list[Contradiction]:
    if plan.coordinators:
        return []
    return [
        Contradiction(
            _("Nobody looks after this program."), _("Appoint a coordinator."), Where.PROGRAM
        )
    ]


def _about_dates(plan: Plan, on: date) -> list[Contradiction]:
    mend = _("Choose other days.")
    found = [
        Contradiction(sentence, mend, Where.COHORT)
        for sentence in why_not_in_order(phases_of(plan.cohort))
    ]
    if plan.cohort.closes_on < on:
        sentence = _("Applications would have closed on %(day)s, which is past.") % {
            "day": date_format(plan.cohort.closes_on, "j F Y")
        }
        found.append(Contradiction(sentence, _("Choose a closing day ahead."), Where.COHORT))
    return found


def _about_goals(plan: Plan) -> list[Contradiction]:
    if not any(goal.target > 0 for goal in plan.goals):
        return [
            Contradiction(
                _("No goal has a target, so nobody could say whether this worked."),
                _("Set at least one goal with a target."),
                Where.DESIGN,
            )
        ]
    return [
        Contradiction(
            _("The goal “%(goal)s” is due before the mentorships start.") % {"goal": goal},
            _("Give the goal a later day."),
            Where.DESIGN,
        )
        for goal in plan.goals
        if goal.due_on and goal.due_on < plan.cohort.starts_on
    ]


def _about_criteria(plan: Plan) -> list[Contradiction]:
    weighed = [criterion for criterion in plan.criteria if criterion.weight > 0]
    asked = [c for c in weighed if {c.mentee_field, c.mentor_field} <= ASKED_FIELDS]
    if not asked:
        return [
            Contradiction(
                _("Nothing that matching weighs is asked in the application form."),
                _("Give at least one criterion of the form a weight."),
                Where.DESIGN,
            )
        ]
    found = [
        Contradiction(
            _("“%(name)s” is weighed, but no form asks for it.") % {"name": criterion.name},
            _("Set its weight to 0, or remove it."),
            Where.DESIGN,
        )
        for criterion in weighed
        if criterion not in asked
    ]
    if any(c.kind == Criterion.Kind.TOPICS for c in weighed) and not topic_names(
        plan.design.topics
    ):
        found.append(
            Contradiction(
                _("Topics are weighed, but there is no topic to choose."),
                _("Write down at least a few topics."),
                Where.DESIGN,
            )
        )
    return found


def _about_constraints(plan: Plan) -> list[Contradiction]:
    return [
        Contradiction(
            _("The rule “%(rule)s” has no number.") % {"rule": constraint.get_kind_display()},
            _("Give it a number, or switch it off."),
            Where.DESIGN,
        )
        for constraint in plan.constraints
        if constraint.kind in NEEDS_NUMBER and not _is_number(constraint.value)
    ]


def _about_pace(plan: Plan) -> list[Contradiction]:
    design, cohort = plan.design, plan.cohort
    found = []
    if sentence := why_not_capacity(design.capacity_default, design.capacity_maximum):
        found.append(Contradiction(sentence, _("Change the places of a mentor."), Where.DESIGN))
    running = (cohort.ends_on - cohort.starts_on).days
    if 0 < running < design.cadence_days:
        told = {"cadence": design.cadence_days, "running": running}
        found.append(
            Contradiction(
                _("People would meet every %(cadence)d days, but the cohort runs for %(running)d.")
                % told,
                _("Let them meet more often, or let the cohort run longer."),
                Where.DESIGN,
            )
        )
    waiting = (cohort.starts_on - cohort.matching_on).days
    if 0 <= waiting < design.reply_days:
        told = {"reply": design.reply_days, "waiting": waiting}
        found.append(
            Contradiction(
                _(
                    "People have %(reply)d days to answer a match, but the start comes "
                    "%(waiting)d days after matching begins."
                )
                % told,
                _("Start later, or give fewer days to answer."),
                Where.COHORT,
            )
        )
    return found


def _is_number(text: str) -> bool:
    try:
        return float(text) >= 0
    except ValueError:
        return False
