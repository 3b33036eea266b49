"""What stands when a rehearsal begins? The association, its program and design, its office, and a cohort."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core import serializers

from lodestar.demo.rehearsal.clock import go_to
from lodestar.domain.people.actions.accounts import admit, name_person
from lodestar.domain.people.actions.roles import appoint
from lodestar.domain.people.models import Person, Role
from lodestar.domain.programs.actions import appoint_coordinator, create_cohort
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules import Phases
from lodestar.domain.programs.rules.ways import Way, in_order, uses

BEFORE_OPENING = timedelta(days=7)


@dataclass(frozen=True)
class World:
    """The house as it stands before anybody has heard of the cohort."""

    cohort: Cohort
    design: Design
    office: list[Person]

    @property
    def coordinator(self) -> Person:
        return self.office[0]


def raise_world(given: Mapping[str, Any]) -> World:
    """Put up what was taken along, and plan the cohort by the office's own action."""
    days = {name: date.fromisoformat(day) for name, day in given["cohort"]["days"].items()}
    phases = Phases(**days)
    go_to(phases.opens_on - BEFORE_OPENING, 9)
    for row in serializers.deserialize("json", json.dumps(given["rows"])):
        row.save()
    design = Design.objects.get(public_id=given["design"])
    let_the_office_match(design)
    office = staff(given["office"])
    appoint(office[0], Role.Kind.ADMIN, by=None)
    for person in office:
        appoint_coordinator(design.program, person=person, by=office[0])
    cohort = create_cohort(
        design.program, by=office[0], name=given["cohort"]["name"], phases=phases
    )
    return World(cohort, design, office)


def let_the_office_match(design: Design) -> None:
    """Add the office's way, because test people neither ask nor make lists."""
    if not uses(design, Way.OFFICE):
        design.ways = in_order([*design.ways, Way.OFFICE])
        design.save(update_fields=["ways"])


def staff(names: list[list[str]]) -> list[Person]:
    """Return people named like the office, at addresses that exist nowhere."""
    found = []
    for number, (given_name, family_name) in enumerate(names or [["Office", ""]], start=1):
        person = admit(f"office-{number}@rehearsal.invalid").person
        if person is None:
            raise LookupError(given_name)
        found.append(name_person(person, given_name=given_name, family_name=family_name, by=person))
    return found
