"""Who wants no contact with whom? Nobody but the two rooms that must know ever learns of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people.models import Block, Person


@transaction.atomic
def block(blocked: Person, *, by: Person) -> Block:
    """Let two people be apart everywhere from now on; blocking twice changes nothing."""
    if blocked.pk == by.pk:
        raise RefusedError(_("Nobody can block themselves."))
    row, is_new = Block.objects.get_or_create(blocker=by, blocked=blocked, lifted_at=None)
    if is_new:
        record("person.blocked_somebody", row, by=by)
    return row


@transaction.atomic
def lift_block(row: Block, *, by: Person) -> None:
    """Take a block back; what was paused because of it stays so until the safeguarding lead lets it go."""
    if row.blocker_id != by.pk:
        raise RefusedError(_("This is not yours to take back."))
    if Block.objects.filter(pk=row.pk, lifted_at=None).update(lifted_at=now()):
        record("person.lifted_a_block", row, by=by)
