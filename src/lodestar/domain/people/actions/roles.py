"""Who gets a role for the whole association, and who gives it back?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import can_sign_in, has_role, is_last_admin


@transaction.atomic
def appoint(person: Person, kind: Role.Kind, *, by: Person | None) -> Role:
    """Give a person a role; appointing twice changes nothing. `by` is None for the operator."""
    if by is not None:
        _only_admins(by)
        if not can_sign_in(person):
            raise RefusedError(
                _("Only somebody who can sign in can be appointed. Nothing was changed.")
            )
    role, is_new = Role.objects.get_or_create(person=person, kind=kind)
    if is_new:
        record("role.appointed", role, by=by, about=person, kind=str(kind))
    return role


@transaction.atomic
def withdraw_role(person: Person, kind: Role.Kind, *, by: Person) -> None:
    """Take a role back; one admin who can sign in always stays."""
    _only_admins(by)
    roles = list(Role.objects.select_for_update().filter(kind=kind).order_by("pk"))
    held = next((role for role in roles if role.person_id == person.pk), None)
    if held is None:
        return
    if kind == Role.Kind.ADMIN and is_last_admin(person):
        raise RefusedError(
            _("Somebody has to look after the association: appoint another admin first.")
        )
    record("role.withdrawn", held, by=by, about=person, kind=str(kind))
    held.delete()


def _only_admins(by: Person) -> None:
    if not has_role(by, Role.Kind.ADMIN):
        raise NotFoundError
