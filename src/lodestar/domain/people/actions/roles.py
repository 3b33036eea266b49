"""Who gets a role for the whole association?"""

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.people.models import Person, Role


@transaction.atomic
def appoint(person: Person, kind: Role.Kind, *, by: Person | None) -> Role:
    """Give a person a role; appointing twice changes nothing. `by` is None for the operator."""
    role, is_new = Role.objects.get_or_create(person=person, kind=kind)
    if is_new:
        record("role.appointed", role, by=by, about=person, kind=str(kind))
    return role
