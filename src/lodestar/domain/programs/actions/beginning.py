"""How does a program come to be: from a template, or like another one?"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.models import random_id
from lodestar.domain.common.time import today
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions.designs import (
    AudienceWish,
    GoalWish,
    copied,
    write_audiences,
    write_constraints,
    write_criteria,
    write_goals,
    write_selection,
)
from lodestar.domain.programs.actions.milestones import write_milestones
from lodestar.domain.programs.actions.programs import require_coordinator
from lodestar.domain.programs.models import Audience, Coordinator, Design, Program
from lodestar.domain.programs.queries import latest_design, may_create_program
from lodestar.domain.programs.rules import moved_on
from lodestar.domain.programs.rules.defaults import criteria_of, topics_of
from lodestar.domain.programs.rules.templates import Template, template_named


@transaction.atomic
def create_program(
    *, by: Person, name: str, promise: str, description: str = "", template: str = ""
) -> Program:
    """Begin a program with a finished design to change; whoever begins it coordinates it."""
    chosen = template_named(template)
    program = _begun(by, Program(name=name, promise=promise, template=chosen.key), description)
    design = begin_design(program, chosen, today())
    record("design.begun", design, by=by, template=chosen.key)
    return program


def without_name(words: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Return what is said in further languages of a program that is like another but called otherwise."""
    return {
        language: {name: text for name, text in said.items() if name != "name"}
        for language, said in words.items()
    }


@transaction.atomic
def clone_program(program: Program, *, by: Person, name: str) -> Program:
    """Begin a program like another: the rules stay, the days move on by whole years."""
    program = program.locked()
    require_coordinator(by, program)
    copy = Program(
        name=name, promise=program.promise, contact_email=program.contact_email,
        template=program.template, like=program, words=without_name(program.words),
    )  # fmt: skip
    copy = _begun(by, copy, program.description)
    design = copied(latest_design(program), copy, 1)
    for goal in design.goals.filter(due_on__lt=today()):
        goal.due_on = goal.due_on and moved_on(goal.due_on, today())
        goal.save()
    record("design.cloned", design, by=by, like=program.public_id)
    return copy


def _begun(by: Person, program: Program, description: str) -> Program:
    if not may_create_program(by):
        raise RefusedError(
            _(
                "Programs are begun by the admins of the association. Ask one of them to begin yours."
            )
        )
    program.name, program.promise = program.name.strip(), program.promise.strip()
    program.description, program.slug = description, free_slug(program.name)
    program.full_clean()
    program.save()
    record("program.created", program, by=by)
    coordinator = Coordinator.objects.create(program=program, person=by)
    record("coordinator.appointed", coordinator, by=by, about=by)
    return program


def free_slug(name: str) -> str:
    """Return an address for the program's page that nobody uses yet."""
    slug = slugify(name)[:50].strip("-") or "program"
    taken = set(Program.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, 100))
    fallback = f"{slug}-{random_id()[:8]}"
    return next((free for free in [slug, *numbered] if free not in taken), fallback)


SURVEYS: dict[str, object] = {"asks_midpoint": True, "asks_closing": True}


def begin_design(program: Program, template: Template, on: date) -> Design:
    """Write the first version, filled with what usually works."""
    design = Design(
        program=program,
        version=1,
        topics=topics_of(template.topics),
        expected_of_mentors=_lines(template.expected_of_mentors),
        expected_of_mentees=_lines(template.expected_of_mentees),
        format=template.format,
        mode=template.mode,
        ways=list(template.ways),
        **{**SURVEYS, **template.numbers},
    )
    design.full_clean()
    design.save()
    write_audiences(
        design,
        [AudienceWish(role, *template.classes(role, on)) for role in Audience.Role.values],
    )
    write_goals(design, [GoalWish(metric, target) for metric, target in template.goals])
    write_criteria(design, criteria_of(template.criteria))
    write_constraints(design, template.constraints)
    write_milestones(design, template.milestones)
    write_selection(design, template.selection)
    return design


def _lines(texts: tuple[object, ...]) -> str:
    return "\n".join(str(text) for text in texts)
