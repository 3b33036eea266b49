"""Which programs and cohorts are there, who runs them, and are they ready?"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from lodestar.domain.audit.queries import first_actors, pseudonym_of
from lodestar.domain.common.find import one
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs import rules
from lodestar.domain.programs.models import Audience, Cohort, Coordinator, Design, Program
from lodestar.domain.programs.rules.differences import Version, differences
from lodestar.domain.programs.rules.milestones import Dated, dated, is_for
from lodestar.domain.programs.rules.readiness import Contradiction, Plan, what_contradicts
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


LAST_YEAR = 9999
GOAL_FACTS = ("metric", "target", "baseline", "due_on")
PACE_FACTS = (
    "cadence_days", "hours_per_month", "capacity_default", "capacity_maximum", "reply_days",
    "first_meeting_days", "pulse_first_days", "pulse_every_days", "objective",
)  # fmt: skip
MILESTONE_FACTS = (
    "kind", "name", "for_whom", "anchor", "offset_days", "lasting_days", "place", "text",
)  # fmt: skip
SHAPE_FACTS = ("format", "mode")
CRITERION_FACTS = ("name", "kind", "mentee_field", "mentor_field", "weight")
SELECTION_FACTS = ("role", "name", "meaning", "answer", "weak", "fair", "strong")
SMALLEST_ROLL = 30


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


STATES: dict[str, Callable[[Design], Iterable[object]]] = {
    "goals": lambda design: design.goals.order_by("pk").values_list(*GOAL_FACTS),
    "audience": lambda design: design.audiences.order_by("role").values_list(
        "role", *rules.AUDIENCE_RULES
    ),
    "criteria": lambda design: design.criteria.values_list(*CRITERION_FACTS),
    "constraints": lambda design: design.constraints.order_by("kind").values_list("kind", "value"),
    "milestones": lambda design: design.milestones.values_list(*MILESTONE_FACTS),
    "topics": lambda design: design.topics,
    "expectations": lambda design: [design.expected_of_mentors, design.expected_of_mentees],
    "pace": lambda design: [getattr(design, name) for name in PACE_FACTS],
    "shape": lambda design: [getattr(design, name) for name in SHAPE_FACTS],
    "selection": lambda design: design.selection.values_list(*SELECTION_FACTS),
    "visibility": lambda design: sorted(design.visibility.items()),
}


def state_of_step(design: Design, *steps: str) -> str:
    """Return a fingerprint of what some steps of a design decide, to notice that somebody else changed them."""
    decided = [list(STATES[step](design)) for step in steps]
    return hashlib.sha256(repr(decided).encode()).hexdigest()[:16]


def state_of_design(design: Design) -> str:
    return state_of_step(design, *STATES)


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
    parts = ("goals", "criteria", "constraints", "audiences", "milestones", "selection", "cohorts")
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
        audiences=sorted(design.audiences.all(), key=lambda audience: audience.role),
        milestones=list(design.milestones.all()),
        selection=list(design.selection.all()),
    )


def milestones_of(cohort: Cohort, role: str = "") -> list[Dated]:
    """Return what happens when in a cohort, the earliest first; with a role, only what is meant for it."""
    found = [each for each in cohort.design.milestones.all() if not role or is_for(each, role)]
    return dated(found, rules.phases_of(cohort))


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


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people of the roll an audience has; `unknown` may be in it, the roll does not say."""

    inside: int
    unknown: int
    everybody: int


def asks_anything(audience: Audience) -> bool:
    """Whether an audience leaves anybody out."""
    return any(getattr(audience, name) for name in rules.AUDIENCE_RULES)


def reach_of(audience: Audience) -> Reach:
    """Count the people on the roll for whom a design is made in one role."""
    roll = Person.objects.filter(blocked_at=None)
    fits, may_fit = Q(), Q()
    for is_met, is_unknown in _rules_on_the_roll(audience):
        fits &= is_met
        may_fit &= is_met | is_unknown
    inside = roll.filter(fits).distinct().count()
    return Reach(inside, roll.filter(may_fit).distinct().count() - inside, roll.count())


def nowhere_on_the_roll(audience: Audience) -> list[str]:
    """Return the countries of an audience in which the roll knows nobody: often a slip of the pen."""
    known = Person.objects.filter(blocked_at=None).exclude(country="").order_by()
    homes = {country.casefold() for country in known.values_list("country", flat=True).distinct()}
    return [country for country in audience.countries if country.casefold() not in homes]


def possible_by_role(audiences: Sequence[Audience]) -> dict[str, int]:
    """Count who may be in each audience that leaves anybody out; a roll not yet imported says nothing."""
    reaches = {each.role: reach_of(each) for each in audiences if asks_anything(each)}
    return {
        role: r.inside + r.unknown for role, r in reaches.items() if r.everybody >= SMALLEST_ROLL
    }


def _rules_on_the_roll(audience: Audience) -> list[tuple[Q, Q]]:
    """Return each rule of an audience as who meets it, and of whom the roll does not know."""
    found = []
    first, last = audience.class_year_from, audience.class_year_to
    if first or last:
        met = Q(class_year__gte=first or 0) & Q(class_year__lte=last or LAST_YEAR)
        found.append((met, Q(class_year=None)))
    if audience.countries:
        found.append((_any_of("country__iexact", audience.countries), Q(country="")))
    if audience.fields_of_study:
        met = _any_of("educations__field__icontains", audience.fields_of_study)
        found.append((met, Q(educations=None) | Q(educations__field="")))
    if audience.industries:
        met = _any_of("positions__industry__icontains", audience.industries)
        found.append((met, Q(positions=None) | Q(positions__industry="")))
    return found


def _any_of(lookup: str, values: list[str]) -> Q:
    found = Q()
    for value in values:
        found |= Q(**{lookup: value})
    return found


def cohorts_to_freeze(on: date) -> QuerySet[Cohort]:
    """Published cohorts that closed for applications and whose answers still move."""
    return Cohort.objects.filter(
        published_at__isnull=False, frozen_at=None, closes_on__lt=on
    ).order_by("pk")
