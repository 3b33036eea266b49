"""Which programs and cohorts are there, who runs them, and are they ready?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from lodestar.domain.audit.queries import first_actors, pseudonym_of
from lodestar.domain.common.find import one
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs import rules
from lodestar.domain.programs.models import Cohort, Coordinator, Design, Program
from lodestar.domain.programs.rules.differences import Version, differences
from lodestar.domain.programs.rules.readiness import Contradiction, Plan, why_not_open

State = Cohort.State


def public_programs() -> QuerySet[Program]:
    """Programs whose page anybody may read."""
    return Program.objects.filter(is_public=True).order_by("name", "pk")


def public_program(slug: str) -> Program:
    return one(public_programs(), slug=slug)


def public_cohorts(program: Program) -> QuerySet[Cohort]:
    """The published cohorts of a program, the latest first."""
    published = program.cohorts.filter(published_at__isnull=False)
    return published.select_related("design", "program").order_by("-opens_on", "-pk")


def cohort_to_show(program: Program, on: date) -> Cohort | None:
    """The cohort that a visitor cares about: the open one, else the next, else the last."""
    cohorts = list(public_cohorts(program))
    still_open = [cohort for cohort in cohorts if rules.is_open(cohort, on)]
    ahead = [cohort for cohort in cohorts if cohort.opens_on > on]
    chosen = [*still_open[::-1][:1], *ahead[::-1][:1], *cohorts[:1]]
    return chosen[0] if chosen else None


@dataclass(frozen=True, slots=True)
class Offer:
    """A public program with the cohort that matters now, if there is one."""

    program: Program
    cohort: Cohort | None
    state: Cohort.State | None


def offer_of(program: Program, on: date) -> Offer:
    cohort = cohort_to_show(program, on)
    return Offer(program, cohort, rules.state_of(cohort, on) if cohort else None)


def offers(on: date) -> list[Offer]:
    """Every public program for a front page; those open for applications first."""
    found = [offer_of(program, on) for program in public_programs()]
    return sorted(found, key=lambda offer: offer.state != Cohort.State.OPEN)


def programs_for(person: Person) -> QuerySet[Program]:
    """Programs that this person coordinates; an association admin has none by that alone."""
    mine = Coordinator.objects.filter(person=person).values("program")
    cohorts = Prefetch(
        "cohorts", Cohort.objects.select_related("design").order_by("-opens_on", "-pk")
    )
    return Program.objects.filter(pk__in=mine).prefetch_related(cohorts).order_by("name", "pk")


def program_for(person: Person, key: str) -> Program:
    return one(programs_for(person), public_id=key)


def cohorts_for(person: Person) -> QuerySet[Cohort]:
    mine = Coordinator.objects.filter(person=person).values("program")
    return Cohort.objects.filter(program__in=mine).select_related("program", "design")


def cohort_for(person: Person, key: str) -> Cohort:
    """A cohort of a program that this person coordinates."""
    return one(cohorts_for(person), public_id=key)


def cohort_that_matters(program: Program, on: date) -> Cohort | None:
    """The cohort on which the office works now: one that fills or is matched, else one that runs.

    After these the next one planned, and at last the one that ended last.
    """
    cohorts = list(program.cohorts.select_related("program", "design").order_by("starts_on", "pk"))
    by_state: dict[Cohort.State, list[Cohort]] = {}
    for cohort in cohorts:
        by_state.setdefault(rules.state_of(cohort, on), []).append(cohort)
    for state in (State.MATCHING, State.CLOSED, State.OPEN, State.RUNNING, State.PLANNED):
        if state in by_state:
            return by_state[state][0]
    return cohorts[-1] if cohorts else None


def trial_run_before(cohort: Cohort) -> Cohort | None:
    """The last trial run of the same program that opened no later than this cohort."""
    trials = Cohort.objects.filter(program=cohort.program_id, is_pilot=True)
    earlier = trials.filter(opens_on__lte=cohort.opens_on).exclude(pk=cohort.pk)
    return earlier.order_by("-opens_on", "-pk").first()


def is_coordinator(person: Person | None, program: Program) -> bool:
    return (
        person is not None and Coordinator.objects.filter(person=person, program=program).exists()
    )


def coordinates_anything(person: Person | None) -> bool:
    return person is not None and Coordinator.objects.filter(person=person).exists()


def may_create_program(person: Person) -> bool:
    """Admins begin programs; so do those who already run one."""
    return has_role(person, Role.Kind.ADMIN) or coordinates_anything(person)


def coordinators_of(program: Program) -> QuerySet[Coordinator]:
    """Return those who look after a program; whoever is shut out looks after nothing."""
    present = program.coordinators.filter(person__blocked_at=None)
    return present.select_related("person").order_by("pk")


def coordinator_for(person: Person, key: str) -> Coordinator:
    """One coordinator of a program that this person coordinates."""
    programs = programs_for(person).values("pk")
    rows = Coordinator.objects.filter(program__in=programs)
    return one(rows.select_related("program", "person"), public_id=key)


def latest_design(program: Program) -> Design:
    return one(program.designs.order_by("-version")[:1])


@dataclass(frozen=True, slots=True)
class VersionStory:
    """One version of a design: who began it, which cohorts keep it, and what it changed.

    `begun_by` is None for somebody who does not look after the program now; `changes` is None for the
    first version.
    """

    design: Design
    begun_by: Person | None
    cohorts: list[Cohort]
    changes: list[str] | None


def versions_of(program: Program) -> list[VersionStory]:
    """Return every version of a program's design, the latest first.

    The trail tells who copied a version; the first one came with the program itself.
    """
    parts = ("goals", "criteria", "constraints", "cohorts")
    designs = list(program.designs.order_by("version").prefetch_related(*parts))
    versions = [version_of(design) for design in designs]
    office = {pseudonym_of(each.person_id): each.person for each in coordinators_of(program)}
    office.pop("", None)  # somebody who never did anything has no pseudonym yet
    beginners = first_actors("design.copied", designs)
    founder = first_actors("program.created", [program]).get(program.public_id, "")
    stories = [
        VersionStory(
            design=new.design,
            begun_by=office.get(beginners.get(new.design.public_id, founder)),
            cohorts=sorted(new.design.cohorts.all(), key=lambda cohort: cohort.opens_on),
            changes=differences(old, new) if old else None,
        )
        for old, new in zip([None, *versions], versions, strict=False)
    ]
    return stories[::-1]


def version_of(design: Design) -> Version:
    return Version(
        design=design,
        goals=sorted(design.goals.all(), key=lambda goal: goal.pk),
        criteria=list(design.criteria.all()),
        constraints=sorted(design.constraints.all(), key=lambda constraint: constraint.pk),
    )


def plan_of(cohort: Cohort) -> Plan:
    design = cohort.design
    return Plan(
        cohort=cohort,
        design=design,
        goals=list(design.goals.order_by("pk")),
        criteria=list(design.criteria.all()),
        constraints=list(design.constraints.order_by("pk")),
        coordinators=list(coordinators_of(cohort.program)),
    )


def contradictions_of(cohort: Cohort, on: date) -> list[Contradiction]:
    """What stands in the way of opening this cohort."""
    return why_not_open(plan_of(cohort), on)


def cohorts_to_freeze(on: date) -> QuerySet[Cohort]:
    """Published cohorts that closed for applications and whose answers still move."""
    return Cohort.objects.filter(
        published_at__isnull=False, frozen_at=None, closes_on__lt=on
    ).order_by("pk")
