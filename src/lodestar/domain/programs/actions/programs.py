"""How does a program come to be, and who runs it?"""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.models import random_id
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs.models import (
    Constraint,
    Coordinator,
    Criterion,
    Design,
    Goal,
    Program,
)
from lodestar.domain.programs.queries import (
    coordinators_of,
    is_coordinator,
    may_create_program,
)
from lodestar.domain.programs.rules import defaults


def require_coordinator(person: Person, program: Program) -> None:
    if not is_coordinator(person, program):
        raise RefusedError(_("Only a coordinator of this program can do that."))


@transaction.atomic
def create_program(*, by: Person, name: str, promise: str, description: str = "") -> Program:
    """Begin a program with a first design to change; whoever begins it coordinates it."""
    if not may_create_program(by):
        raise RefusedError(
            _(
                "Programs are begun by the admins of the association. Ask one of them to begin yours."
            )
        )
    program = Program(
        name=name.strip(), promise=promise.strip(), description=description, slug=free_slug(name)
    )
    program.full_clean()
    program.save()
    record("program.created", program, by=by)
    coordinator = Coordinator.objects.create(program=program, person=by)
    record("coordinator.appointed", coordinator, by=by, about=by)
    begin_design(program)
    return program


def free_slug(name: str) -> str:
    """Return an address for the program's page that nobody uses yet."""
    slug = slugify(name)[:50].strip("-") or "program"
    taken = set(Program.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    numbered = (f"{slug}-{number}" for number in range(2, 100))
    fallback = f"{slug}-{random_id()[:8]}"
    return next((free for free in [slug, *numbered] if free not in taken), fallback)


def begin_design(program: Program) -> Design:
    """Write the first version, filled with what usually works."""
    design = Design.objects.create(program=program, version=1, topics=defaults.default_topics())
    for metric, target in defaults.GOALS:
        Goal.objects.create(design=design, metric=metric, target=target)
    for position, wish in enumerate(defaults.default_criteria()):
        Criterion.objects.create(
            design=design,
            name=wish.name,
            kind=wish.kind,
            mentee_field=wish.field,
            mentor_field=wish.field,
            weight=wish.weight,
            position=position,
        )
    for rule in defaults.CONSTRAINTS:
        Constraint.objects.create(design=design, kind=rule.kind, value=rule.value)
    return design


@transaction.atomic
def edit_program(program: Program, *, by: Person, **changes: object) -> Program:
    """Change name, promise, description, contact_email or is_public."""
    program = program.locked()
    require_coordinator(by, program)
    for name in ("name", "promise", "description", "contact_email", "is_public"):
        if name in changes:
            setattr(program, name, changes[name])
    program.full_clean()
    program.save()
    record("program.edited", program, by=by, fields=sorted(changes))
    return program


@transaction.atomic
def appoint_coordinator(program: Program, *, person: Person, by: Person) -> Coordinator:
    """Let one more person run the program; appointing somebody twice changes nothing."""
    if not (is_coordinator(by, program) or has_role(by, Role.Kind.ADMIN)):
        raise RefusedError(_("Only a coordinator or an admin appoints coordinators."))
    coordinator, is_new = Coordinator.objects.get_or_create(program=program, person=person)
    if is_new:
        record("coordinator.appointed", coordinator, by=by, about=person)
    return coordinator


@transaction.atomic
def release_coordinator(coordinator: Coordinator, *, by: Person) -> None:
    """Take somebody out of the program's office; the last one stays."""
    program = coordinator.program.locked()
    require_coordinator(by, program)
    if not coordinators_of(program).exclude(pk=coordinator.pk).exists():
        raise RefusedError(
            _("A program needs somebody who looks after it. Appoint another coordinator first.")
        )
    record("coordinator.released", coordinator, by=by, about=coordinator.person)
    coordinator.delete()
