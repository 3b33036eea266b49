"""How is a change written down?"""

from typing import Protocol

from django.db import models, transaction

from lodestar.domain.audit.models import Entry, PersonKey, Seal
from lodestar.domain.audit.queries import digest_of, pseudonym_from, unsealed_entries
from lodestar.domain.common.models import Fact


class Actor(Protocol):
    """Whoever has a key: a person."""

    @property
    def pk(self) -> int: ...


def record(
    verb: str, fact: Fact, *, by: Actor | None = None, about: Actor | None = None, **details: object
) -> Entry:
    """Write one entry; `by` is None for what time or a job did. Details hold no personal words."""
    return Entry.objects.create(
        verb=verb,
        kind=fact._meta.label_lower,
        key=fact.public_id,
        actor=name_for(by),
        subject=name_for(about),
        details=details,
    )


def name_for(person: Actor | None) -> str:
    if person is None:
        return ""
    key, _is_new = PersonKey.objects.get_or_create(person_key=person.pk)
    return pseudonym_from(key)


@transaction.atomic
def seal_entries() -> int:
    """Chain the entries written since the last time; return how many."""
    last = Seal.objects.select_for_update().order_by("-pk").first()
    previous = last.digest if last else ""
    entries = unsealed_entries()
    for entry in entries:
        previous = digest_of(entry, previous)
        Seal.objects.create(entry=entry, digest=previous)
    return len(entries)


def forget_pseudonym(person: models.Model) -> None:
    """Destroy the key, so that nobody can tell any more who the pseudonym was."""
    PersonKey.objects.filter(person_key=person.pk).delete()
