"""Does a design, or a cohort on it, contradict itself?"""

from copy import copy
from dataclasses import replace
from datetime import date

from lodestar.domain.programs import rules
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.queries.programs import coordinators_of
from lodestar.domain.programs.queries.reach import people_on_roll, possible_by_role
from lodestar.domain.programs.rules.readiness import Contradiction, Plan, what_contradicts


def plan_of(design: Design, cohort: Cohort | None = None) -> Plan:
    """Return all that is decided, about a cohort or about the design alone."""
    program = design.program
    audiences = list(design.audiences.order_by("role"))
    others = program.cohorts.exclude(pk=cohort.pk) if cohort else program.cohorts.none()
    return Plan(
        design=design,
        cohort=cohort,
        program=program,
        goals=list(design.goals.order_by("pk")),
        criteria=list(design.criteria.all()),
        constraints=list(design.constraints.order_by("pk")),
        audiences=audiences,
        milestones=list(design.milestones.all()),
        counted=possible_by_role(audiences),
        coordinators=list(coordinators_of(program)),
        others=list(others.order_by("pk")),
        selection=list(design.selection.all()),
        eligibility=list(design.eligibility.all()),
        on_roll=people_on_roll(),
    )


def contradictions_of(cohort: Cohort, on: date) -> list[Contradiction]:
    """What contradicts itself in a cohort and its design; what stands in the way of opening first."""
    return what_contradicts(plan_of(cohort.design, cohort), on)


def contradictions_with(cohort: Cohort, *days: rules.Phases, on: date) -> list[list[Contradiction]]:
    """What would contradict itself with other days, which nobody has saved yet: a list for each set of days."""
    plan = plan_of(cohort.design, cohort)
    return [what_contradicts(replace(plan, cohort=moved(cohort, to)), on) for to in days]


def moved(cohort: Cohort, phases: rules.Phases) -> Cohort:
    """Return a copy with other days, which is not saved."""
    other = copy(cohort)
    for day in rules.DAYS:
        setattr(other, day, getattr(phases, day))
    return other


def obstacles_of(cohort: Cohort, on: date) -> list[Contradiction]:
    """What stands in the way of opening this cohort."""
    return [each for each in contradictions_of(cohort, on) if each.blocks]


def planned_on(design: Design) -> Cohort | None:
    """The next cohort that is planned on a design and not open yet."""
    return design.cohorts.filter(published_at=None).order_by("opens_on", "pk").first()


def contradictions_in(design: Design, planned: Cohort | None, on: date) -> list[Contradiction]:
    """What contradicts itself in a design, with the next cohort that is planned on it, if any."""
    return what_contradicts(plan_of(design, planned), on)
