"""What is somebody's own: their work and studies, what the roll says of them, their devices and keys?"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from lodestar.domain.people.models import Device, Education, Passkey, Person, Position
from lodestar.domain.people.rules import STUDIES, WORK, ZONES
from lodestar.engine.answers.places import time_zone_of

ON_THE_ROLL = (
    "given_name", "family_name", "class_year", "city", "state", "country", "languages", "about",
)  # fmt: skip


def present_work(person: Person) -> Position:
    """Return what somebody works as now, their own word first; blank if we do not know."""
    current = person.positions.filter(is_current=True)
    return current.order_by("-is_said", "-pk").first() or Position()


def latest_studies(person: Person) -> Education:
    return person.educations.order_by("-is_said", "-year", "-pk").first() or Education()


def own_history(person: Person, model: type[Position] | type[Education]) -> list[Any]:
    """Return somebody's work, the present first, or their studies, the latest first."""
    order = ("-is_current", "-pk") if model is Position else ("-year", "-pk")
    return list(model._default_manager.filter(person=person).order_by(*order))


@dataclass(frozen=True)
class Untold:
    """What we hold of somebody from a list, and they have not said or confirmed."""

    fields: Mapping[str, Any]
    positions: list[Position]
    educations: list[Education]

    def __bool__(self) -> bool:
        return bool(self.fields or self.positions or self.educations)

    @property
    def fingerprint(self) -> str:
        """Return the same few letters for the same facts."""
        rows = [(row.pk, str(row)) for row in (*self.positions, *self.educations)]
        told = json.dumps([dict(self.fields), rows], sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def untold(person: Person) -> Untold:
    """Return what the association's records say of somebody that they may confirm or change."""
    known = {name: getattr(person, name) for name in ON_THE_ROLL if name not in person.said}
    fields = {name: value for name, value in known.items() if value not in ("", None, [])}
    work = [] if WORK in person.said else person.positions.filter(is_said=False).order_by("pk")
    studies = person.educations.filter(is_said=False).order_by("pk")
    return Untold(fields, list(work), [] if STUDIES in person.said else list(studies))


def zone_guess(person: Person) -> str:
    """Return the time zone to ask about: the one we have, else that of the place; "" once it was confirmed or unknown."""
    if "time_zone" in person.said:
        return ""
    known = person.time_zone if person.time_zone in ZONES else ""
    return known or time_zone_of(person.country, person.state) or ""


def own_devices(person: Person, since: datetime) -> QuerySet[Device]:
    """Return where this person is signed in, the latest first; what began before `since` has run out."""
    return Device.objects.filter(person=person, created_at__gte=since).order_by("-created_at")


def own_device_for(person: Person, key: str) -> Device | None:
    return Device.objects.filter(person=person, public_id=key).first()


def own_passkeys(person: Person) -> QuerySet[Passkey]:
    return Passkey.objects.filter(person=person).order_by("created_at", "pk")


def passkey_behind(credential_id: str) -> Passkey | None:
    """Return the passkey that a browser names, with its person."""
    rows = Passkey.objects.select_related("person__account").filter(credential_id=credential_id)
    return rows.filter(person__account__isnull=False).first()
