"""What does the trail say, and is it whole?"""

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime

from lodestar.domain.audit.models import Entry, PersonKey, Seal
from lodestar.domain.common.models import Fact


def pseudonym_of(person_key: int) -> str:
    """Return the keyed pseudonym under which a person appears, or "" once it is forgotten."""
    key = PersonKey.objects.filter(person_key=person_key).first()
    return pseudonym_from(key) if key else ""


def pseudonym_from(key: PersonKey) -> str:
    return hmac.new(bytes(key.secret), b"person", hashlib.sha256).hexdigest()[:32]


def first_actors(verb: str, facts: Iterable[Fact]) -> dict[str, str]:
    """Return the pseudonym of whoever did something first, by the public id of the fact."""
    keys = {fact.public_id: fact._meta.label_lower for fact in facts}
    found = Entry.objects.filter(verb=verb, kind__in=set(keys.values()), key__in=keys)
    return dict(found.order_by("-pk").values_list("key", "actor"))


def moments_of(fact: Fact, verbs: Iterable[str]) -> list[tuple[str, datetime]]:
    """Return when each of some things was done to a fact, in their order; by whom stays in the trail."""
    found = Entry.objects.filter(kind=fact._meta.label_lower, key=fact.public_id, verb__in=verbs)
    return list(found.order_by("pk").values_list("verb", "at"))


def digest_of(entry: Entry, previous: str) -> str:
    """Return the link of the chain for an entry after the link before it."""
    told = [entry.pk, entry.at.isoformat(), entry.verb, entry.kind, entry.key]
    told += [entry.actor, entry.subject, entry.details, previous]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def first_broken_seal() -> Seal | None:
    """Return the first link that does not follow from its entry and the link before it."""
    previous = ""
    for seal in Seal.objects.select_related("entry").order_by("pk").iterator():
        if seal.digest != digest_of(seal.entry, previous):
            return seal
        previous = seal.digest
    return None


def unsealed_entries() -> list[Entry]:
    return list(Entry.objects.filter(seal=None).order_by("pk")[:1000])
