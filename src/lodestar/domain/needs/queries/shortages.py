"""What did a report find, line by line, and what of it may be passed on?"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lodestar.domain.needs.models import NeedsReport
from lodestar.domain.needs.queries.recruits import fillers
from lodestar.domain.needs.rules import field_in_words, value_in_words, who

SMALLEST_SHARED = 5
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Shortage:
    """One value that mentees want: how many, what is offered, what one more mentor with it would bring."""

    field: str
    value: str
    field_name: str
    name: str
    who: str
    wanted: int
    places: int
    met: int
    unserved: int
    serves: int
    points: int
    fillers: int


@dataclass(frozen=True, slots=True)
class Relief:
    """So many mentors of one kind, as part of the plan that serves the most."""

    field: str
    value: str
    who: str
    count: int


def shortages_of(report: NeedsReport) -> list[Shortage]:
    """Return what is wanted, that first of which one more mentor serves the most."""
    listed = fillers(report)
    return [
        Shortage(
            field=each["field"],
            value=each["value"],
            field_name=field_in_words(each["field"]),
            name=value_in_words(each["field"], each["value"]),
            who=who(each["field"], each["value"]),
            wanted=each["wanted"],
            places=each["places"],
            met=each["met"],
            unserved=each["unserved"],
            serves=each["serves"],
            points=each["points"],
            fillers=listed.get((each["field"], each["value"]), 0),
        )
        for each in report.result.get("values", [])
    ]


def relief_of(report: NeedsReport) -> list[Relief]:
    """Return the plan of a report by kind, in the order in which each is first needed."""
    counts: dict[tuple[str, str], int] = {}
    for step in report.result.get("relief", []):
        kind = step["field"], step["value"]
        counts[kind] = counts.get(kind, 0) + 1
    return [
        Relief(field, value, who(field, value, count), count)
        for (field, value), count in counts.items()
    ]


def served_with_relief(report: NeedsReport) -> int:
    """Return how many mentees are served once the whole plan has joined."""
    steps = report.result.get("relief", [])
    return int(steps[-1]["served"] if steps else report.result.get("served", 0))


def shared_table(report: NeedsReport) -> Iterator[list[object]]:
    """Return wants and places to be passed on: nothing that fewer than five want, no count below five."""
    yield [
        _("Field"),
        _("Value"),
        _("Mentees who want it"),
        _("Places"),
        _("One more mentor serves"),
    ]
    for each in shortages_of(report):
        if each.wanted >= SMALLEST_SHARED:
            yield [each.field_name, each.name, each.wanted, shared(each.places), each.serves]


def shared(count: int) -> object:
    return _("fewer than 5") if 0 < count < SMALLEST_SHARED else count
