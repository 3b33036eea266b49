"""What does a rehearsal take along from the real database? What is decided, and never who takes part."""

import json
from typing import Any, TypeGuard

from django.core import serializers
from django.db.models import Model

from lodestar.domain.people.queries import association
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.queries import coordinators_of
from lodestar.domain.programs.rules import phases_of

OFFICE = 5


def inputs_of(cohort: Cohort, design: Design) -> dict[str, Any]:
    """Return the association's name, the program, the design with all its parts, and the cohort's days.

    Of people it holds only the names of those who look after the program, because letters say them.
    """
    days = phases_of(cohort)
    return {
        "rows": rows_of(design),
        "design": design.public_id,
        "cohort": {
            "name": cohort.name,
            "days": {name: getattr(days, name).isoformat() for name in days.__slots__},
        },
        "office": [
            [each.person.given_name, each.person.family_name]
            for each in coordinators_of(cohort.program)[:OFFICE]
        ],
    }


def rows_of(design: Design) -> list[Any]:
    """Return the rows themselves, whatever parts a design comes to have."""
    house, program = association(), design.program
    house.mark, house.mark_type = None, ""
    program.like = None
    rows: list[Model] = [house, program, design]
    for part in parts_of_a_design():
        rows += part._default_manager.filter(design=design).order_by("pk")
    return json.loads(serializers.serialize("json", rows))  # type: ignore[no-any-return]


def parts_of_a_design() -> list[type[Model]]:
    """Return the kinds of row that belong to a design: its own room's, but for the cohorts that keep it."""
    links = Design._meta.get_fields(include_hidden=True)
    kinds = {link.related_model for link in links if link.one_to_many}
    parts = [kind for kind in kinds if isinstance(kind, type) and is_part(kind)]
    return sorted(parts, key=lambda part: part.__name__)


def is_part(kind: type) -> TypeGuard[type[Model]]:
    return issubclass(kind, Model) and kind is not Cohort and kind._meta.app_label == "programs"
