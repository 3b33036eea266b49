"""Which programs and cohorts are there, and who runs them?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from lodestar.domain.common.find import one
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs import rules
from lodestar.domain.programs.models import Cohort, Coordinator, Program, Reviewer
from lodestar.domain.programs.rules.milestones import Dated, dated, is_for
from lodestar.domain.programs.rules.templates import template_named

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


def reviews_anything(person: Person | None) -> bool:
    return person is not None and Reviewer.objects.filter(person=person).exists()


def reviewers_of(program: Program) -> QuerySet[Reviewer]:
    """Return those who read applications of a program; whoever is shut out reads nothing."""
    present = program.reviewers.filter(person__blocked_at=None)
    return present.select_related("person").order_by("pk")


def reviewer_for(person: Person, key: str) -> Reviewer:
    """One reviewer of a program that this person coordinates."""
    programs = programs_for(person).values("pk")
    rows = Reviewer.objects.filter(program__in=programs)
    return one(rows.select_related("program", "person"), public_id=key)


def proposed_phases(program: Program, on: date, *, like_last: bool = True) -> rules.Phases:
    """Propose the days of the next cohort: like the last one a year on, else by the template."""
    source = program if program.cohorts.exists() else program.like
    source = source if like_last else None
    last = source.cohorts.order_by("-opens_on", "-pk").first() if source else None
    if last:
        return rules.moved_phases(rules.phases_of(last), on)
    return template_named(program.template).phases(rules.next_monday(on))


def proposed_trial_run(program: Program, on: date) -> rules.Phases:
    """Propose the days of a trial run of a program."""
    return template_named(program.template).phases_of_a_trial_run(rules.next_monday(on))


def milestones_of(cohort: Cohort, role: str = "") -> list[Dated]:
    """Return what happens when in a cohort, the earliest first; with a role, only what is meant for it."""
    found = [each for each in cohort.design.milestones.all() if not role or is_for(each, role)]
    return dated(found, rules.phases_of(cohort))


def cohorts_to_freeze(on: date) -> QuerySet[Cohort]:
    """Published cohorts that closed for applications and whose answers still move."""
    return Cohort.objects.filter(
        published_at__isnull=False, frozen_at=None, closes_on__lt=on
    ).order_by("pk")
