"""How does a key come to sign somebody in, and how does it stop?"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.models import Passkey, Person

MOST_PASSKEYS = 12


@transaction.atomic
def add_passkey(
    person: Person, *, by: Person, name: str, credential_id: str, credential: bytes
) -> Passkey:
    """Let a key sign somebody in from now on."""
    person = person.locked()
    if Passkey.objects.filter(person=person).count() >= MOST_PASSKEYS:
        raise RefusedError(_("You have as many passkeys as we keep. Remove one that you no longer use first."))  # fmt: skip
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise RefusedError(_("This passkey is known already. Nothing was changed."))
    passkey = Passkey(person=person, name=name, credential_id=credential_id, credential=credential)
    passkey.full_clean()
    passkey.save()
    record("passkey.added", passkey, by=by, about=person)
    return passkey


@transaction.atomic
def name_passkey(passkey: Passkey, *, by: Person, name: str) -> Passkey:
    passkey = passkey.locked()
    passkey.name = name
    passkey.full_clean()
    passkey.save(update_fields=["name"])
    record("passkey.named", passkey, by=by, about=by)
    return passkey


@transaction.atomic
def remove_passkey(passkey: Passkey, *, by: Person) -> None:
    """Let a key open nothing any more; a mailed code still does."""
    record("passkey.removed", passkey, by=by, about=by)
    passkey.delete()


def use_passkey(passkey: Passkey, *, now: datetime) -> None:
    """Note that a key has just signed somebody in."""
    Passkey.objects.filter(pk=passkey.pk).update(used_at=now)
