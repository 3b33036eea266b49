"""What is said about a program, and who runs it?"""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.people.rules import is_language
from lodestar.domain.programs.models import Coordinator, Program, Reviewer
from lodestar.domain.programs.queries import coordinators_of, is_coordinator

SAID = ("name", "promise", "description", "contact_email", "is_public")


def require_coordinator(person: Person, program: Program) -> None:
    if not is_coordinator(person, program):
        raise RefusedError(_("Only a coordinator of this program can do that."))


@transaction.atomic
def edit_program(
    program: Program, *, by: Person, seen: Mapping[str, object] | None = None, **changes: object
) -> Program:
    """Change name, promise, description, contact_email or is_public.

    `seen` holds what `by` had before them: what somebody else changed since is not overwritten.
    """
    program = program.locked()
    require_coordinator(by, program)
    if any(getattr(program, name) != was for name, was in (seen or {}).items()):
        raise RefusedError(
            _("Somebody else changed the same at the same moment, so nothing of yours was saved.")
        )
    for name in SAID:
        if name in changes:
            setattr(program, name, changes[name])
    program.full_clean()
    program.save()
    record("program.edited", program, by=by, fields=sorted(changes))
    return program


@transaction.atomic
def word_program(
    program: Program, words: Mapping[str, Mapping[str, str]], *, by: Person
) -> Program:
    """Keep name, promise and description in further languages; a blank one is read as it is."""
    program = program.locked()
    require_coordinator(by, program)
    kept = {}
    for language, told in words.items():
        if not is_language(language) or not set(told) <= set(Program.TOLD):
            raise RefusedError(_("There is no such language here. Nothing was changed."))
        if said := {name: text.strip() for name, text in told.items() if text.strip()}:
            kept[language] = said
    if program.words != kept:
        program.words = kept
        program.full_clean()
        program.save()
        record("program.worded", program, by=by, languages=sorted(kept))
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


@transaction.atomic
def appoint_reviewer(program: Program, *, person: Person, by: Person) -> Reviewer:
    """Let somebody read applications of the program; appointing them twice changes nothing."""
    require_coordinator(by, program)
    reviewer, is_new = Reviewer.objects.get_or_create(program=program, person=person)
    if is_new:
        record("reviewer.appointed", reviewer, by=by, about=person)
    return reviewer


@transaction.atomic
def release_reviewer(reviewer: Reviewer, *, by: Person) -> None:
    """Let somebody read no more applications of the program."""
    require_coordinator(by, reviewer.program)
    record("reviewer.released", reviewer, by=by, about=reviewer.person)
    reviewer.delete()
