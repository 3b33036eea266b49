"""Programs, their designs and their cohorts."""

from datetime import timedelta
from itertools import count

from lodestar.domain.common.time import now, today
from lodestar.domain.people.models import Role
from lodestar.domain.programs.models import (
    Cohort,
    Coordinator,
    Criterion,
    Design,
    Goal,
    Program,
    Reviewer,
    SelectionCriterion,
)
from lodestar.domain.programs.rules.defaults import CRITERIA
from tests.factories.people import make_person, make_role

numbers = count(1)
OUTSIDERS = ("member", "other coordinator", "admin", "lead")


def make_program(name="First Steps", *, coordinator=None, is_public=True, **fields):
    fields.setdefault("slug", f"first-steps-{next(numbers)}")
    fields.setdefault("promise", "A mentor for your first years after college.")
    program = Program.objects.create(name=name, is_public=is_public, **fields)
    if coordinator:
        make_coordinator(program, coordinator)
    return program


def make_coordinator(program, person=None):
    person = person or make_person("Lena", "Berg")
    return Coordinator.objects.create(program=program, person=person)


def make_reviewer(program, person=None):
    person = person or make_person("Rosa", "Lindt")
    return Reviewer.objects.create(program=program, person=person)


def make_outsider(who):
    """Return somebody who is not this program's coordinator: a member, another's, an admin, the lead."""
    person = make_person()
    match who:
        case "other coordinator":
            make_coordinator(make_program("First Steps"), person)
        case "admin":
            make_role(person, Role.Kind.ADMIN)
        case "lead":
            make_role(person, Role.Kind.SAFEGUARDING)
    return person


def make_design(program=None, *, with_goal=True, with_criterion=True, **fields):
    program = program or make_program()
    fields.setdefault("version", program.designs.count() + 1)
    fields.setdefault("undo_minutes", 0)
    fields.setdefault("topics", [{"group": "Work", "topics": ["Finding work", "Interviews"]}])
    design = Design.objects.create(program=program, **fields)
    if with_goal:
        Goal.objects.create(design=design, metric=Goal.Metric.MENTEES_SERVED, target=30)
    if with_criterion:
        make_criterion(design)
    return design


def make_usual_design(program=None, **fields):
    """Return a design that weighs what a new program weighs."""
    design = make_design(program, with_criterion=False, **fields)
    for name, kind, field, weight in CRITERIA:
        make_criterion(design, str(name), kind, field, weight)
    return design


def make_criterion(design, name="Topics", kind="topics", field="topics", weight=30, **fields):
    return Criterion.objects.create(
        design=design,
        name=name,
        kind=kind,
        mentee_field=field,
        mentor_field=field,
        weight=weight,
        **fields,
    )


def make_selection(design, name="Why now", *, role="mentee", **fields):
    """Return one thing by which applications of a role are read, with its three levels."""
    levels = {"weak": "Nothing speaks for now.", "fair": "A step.", "strong": "A step they tried."}
    return SelectionCriterion.objects.create(
        design=design, role=role, name=name, **(levels | fields)
    )


def make_cohort(program=None, *, opens_in=-7, is_published=True, **fields):
    """Return a cohort that opened a week ago; `opens_in` days moves all its dates together."""
    program = program or make_program()
    fields.setdefault("design", program.designs.last() or make_design(program))
    fields.setdefault("name", f"Cohort {next(numbers)}")
    first = today() + timedelta(days=opens_in)
    days = {"opens_on": 0, "closes_on": 21, "matching_on": 28, "starts_on": 42, "ends_on": 222}
    dates = {name: first + timedelta(days=day) for name, day in days.items()}
    published_at = now() if is_published else None
    return Cohort.objects.create(program=program, published_at=published_at, **(dates | fields))
