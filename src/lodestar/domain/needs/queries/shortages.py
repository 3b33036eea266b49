"""What did a report find, line by line, and what of it may be passed on?"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lodestar.domain.needs.models import NeedsReport, RecruitmentGoal
from lodestar.domain.needs.queries.demand import RANKED
from lodestar.domain.needs.queries.goals import Progress
from lodestar.domain.needs.queries.recruits import fillers
from lodestar.domain.needs.rules import Kind, field_in_words, in_order, value_in_words, who

SMALLEST_SHARED = 5
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Shortage:
    """One value that mentees want: how many, what is offered, what one more mentor with it would bring.

    `firsts` name it before anything else, nothing where a field has no order; `fit` is what it adds, of 100.
    `goal` is the goal of the plan that is reached, `is_since` whether that was after the report.
    """

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
    firsts: int | None
    points: int
    fillers: int
    goal: RecruitmentGoal | None = None
    is_since: bool = False

    @property
    def fit(self) -> int:
        return hundredths(self.points)


def hundredths(points: int) -> int:
    """Return points of which a million are a perfect match, of a hundred."""
    return round(points / 10_000)


@dataclass(frozen=True, slots=True)
class Relief:
    """So many mentors of one kind, as part of the plan that serves the most."""

    field: str
    value: str
    who: str
    count: int


def reached_in(plan: Iterable[Progress]) -> dict[Kind, Progress]:
    """Return the goals that are reached, by what they ask for; those for any mentor are none of these."""
    return {
        (each.goal.field, each.goal.value): each
        for each in plan
        if each.is_reached and each.goal.field
    }


def settled_since(report: NeedsReport, plan: Iterable[Progress]) -> dict[Kind, bool]:
    """Return the kinds whose goal is reached, each with whether the report does not know of it yet."""
    at = report.frozen_at or report.created_at
    return {
        kind: bool(each.reached_at and each.reached_at > at)
        for kind, each in reached_in(plan).items()
    }


def shortages_of(report: NeedsReport, plan: Sequence[Progress] = ()) -> list[Shortage]:
    """Return what is wanted, that first of which one more mentor serves the most; what is won steps back."""
    listed, reached = fillers(report), reached_in(plan)
    settled = settled_since(report, plan)
    return [
        shortage_from(each, listed, reached, settled)
        for each in in_order(report.result.get("values", []), settled)
    ]


def shortage_from(
    value: Mapping[str, Any],
    listed: Mapping[Kind, int],
    reached: Mapping[Kind, Progress],
    settled: Mapping[Kind, bool],
) -> Shortage:
    kind = field, said = value["field"], value["value"]
    told = {
        name: value[name] for name in ("wanted", "places", "met", "unserved", "serves", "points")
    }
    return Shortage(
        field=field,
        value=said,
        field_name=field_in_words(field),
        name=value_in_words(field, said),
        who=who(field, said),
        firsts=value.get("firsts") if field in RANKED else None,
        fillers=listed.get(kind, 0),
        goal=reached[kind].goal if kind in reached else None,
        is_since=settled.get(kind, False),
        **told,
    )


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
