"""Which design does a `design.toml` describe?"""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from math import isfinite
from typing import Any, TypeVar

from lodestar.engine.answers.headings import field_named
from lodestar.engine.answers.profiles import AS_WRITTEN, IN_FAMILIES
from lodestar.engine.matching.constraints import USUAL_FIELD
from lodestar.engine.matching.defaults import CONSTRAINTS, CRITERIA
from lodestar.engine.matching.problem import (
    FLOOR,
    KEEP_BONUS,
    MOST_PLACES,
    PERFECT,
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    MatchingError,
    Objective,
    TextMethod,
)

SECTIONS = {
    "program": ("name", "format", "cadence_days"),
    "capacity": ("default", "maximum", "minimum", "field"),
    "objective": ("name", "floor", "keep_bonus", "group_field"),
    "missing": ("treatment",),
    "groups": ("least", "most"),
}
LISTS = ("criteria", "constraints", "group_rules")
CRITERION_KEYS = (
    "name", "kind", "mentee_field", "mentor_field", "weight", "low", "high", "method",
)  # fmt: skip
CONSTRAINT_KEYS = ("name", "kind", "value", "mentee_field", "mentor_field")
RESULT_COLUMNS = ("mentee", "mentor", "score")
OWN_KEY = "key"
FINEST_WEIGHT = 10_000
MOST = 1_000_000

Choice = TypeVar("Choice", bound=StrEnum)


def design_from(tables: Mapping[str, Any]) -> Design:
    """Return the design of a parsed design.toml; what it leaves out takes the usual value.

    Raises MatchingError naming the section, the key and the mend.

    >>> tables = {"criteria": [{"name": "fit", "kind": "topics", "mentee_field": "Skills"}]}
    >>> design_from(tables).criteria[0].mentee_field
    'topics'
    """
    _refuse_unknown(tables)
    capacity, objective = tables.get("capacity", {}), tables.get("objective", {})
    criteria = tuple(_criterion(row, n) for n, row in enumerate(tables.get("criteria", ()), 1))
    constraints = tuple(
        _constraint(row, n) for n, row in enumerate(tables.get("constraints", ()), 1)
    )
    _refuse_repeated([criterion.name for criterion in criteria], "criteria")
    _refuse_repeated([constraint.name for constraint in constraints], "constraints")
    treatment = tables.get("missing", {}).get("treatment", "neutral")
    if treatment != "neutral":
        raise MatchingError(
            f'[missing] treatment is "{treatment}": the one treatment is "neutral".'
        )
    return Design(
        criteria=criteria or CRITERIA,
        constraints=constraints if "constraints" in tables else CONSTRAINTS,
        capacity_default=_whole(capacity.get("default", 1), "[capacity] default"),
        capacity_maximum=_whole(capacity.get("maximum", MOST_PLACES), "[capacity] maximum"),
        minimum_default=_whole(capacity.get("minimum", 0), "[capacity] minimum"),
        objective=_choice(Objective, objective.get("name", "worst-first"), "[objective] name"),
        floor=_points(objective, "floor", FLOOR),
        keep_bonus=_points(objective, "keep_bonus", KEEP_BONUS),
        group_field=field_named(str(objective.get("group_field", ""))),
    )


def _criterion(row: Mapping[str, Any], number: int) -> Criterion:
    where = f"criterion {number}"
    _refuse_keys(row, CRITERION_KEYS, where)
    kind = _choice(CriterionKind, row.get("kind"), f"{where}, kind")
    name = str(row.get("name") or kind.value)
    mine = _field(kind, str(row.get("mentee_field") or row.get("mentor_field") or name))
    usual = OWN_KEY if kind is CriterionKind.RANKED else row.get("mentee_field") or name
    theirs = _field(kind, str(row.get("mentor_field") or usual))
    weight = row.get("weight", 1)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 <= weight <= MOST:
        raise MatchingError(f"{where}, weight: {weight!r} is not a number from 0 to {MOST:,}.")
    return Criterion(
        name,
        kind,
        mine,
        theirs,
        round(weight * FINEST_WEIGHT),
        low=_whole(row.get("low", 4), f"{where}, low"),
        high=_whole(row.get("high", 15), f"{where}, high"),
        method=_choice(TextMethod, row.get("method", "words"), f"{where}, method"),
    )


def _field(kind: CriterionKind, heading: str) -> str:
    """Clocks are read off a country too; words are compared as written, not by family."""
    field = field_named(heading)
    if kind is CriterionKind.TEXT and field in IN_FAMILIES:
        return field + AS_WRITTEN
    by_place = kind is CriterionKind.TIMEZONE and field in ("country", "region", "city", "place")
    return "time_zone" if by_place else field


def _constraint(row: Mapping[str, Any], number: int) -> Constraint:
    where = f"constraint {number}"
    _refuse_keys(row, CONSTRAINT_KEYS, where)
    kind = _choice(ConstraintKind, row.get("kind"), f"{where}, kind")
    value = row.get("value")
    if kind in (ConstraintKind.MAX_HOURS_APART, ConstraintKind.MIN_GAP) and (
        isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value)
    ):
        raise MatchingError(f"{where}, value: {kind} needs a number, for example value = 4.")
    if kind in (ConstraintKind.NOT_SAME, ConstraintKind.MUST_SHARE):
        value = field_named(str(value)) if value else USUAL_FIELD[kind]
    is_clock = kind is ConstraintKind.MAX_HOURS_APART
    zone = CriterionKind.TIMEZONE if is_clock else CriterionKind.CATEGORY
    mine, theirs = row.get("mentee_field"), row.get("mentor_field")
    return Constraint(
        name=str(row.get("name") or kind.value),
        kind=kind,
        value=value,
        mentee_field=_field(zone, str(mine or theirs)) if mine or theirs else "",
        mentor_field=_field(zone, str(theirs or mine)) if mine or theirs else "",
    )


def _refuse_unknown(tables: Mapping[str, Any]) -> None:
    _refuse_keys(tables, (*SECTIONS, *LISTS), "design")
    for section, keys in SECTIONS.items():
        table = tables.get(section, {})
        if not isinstance(table, Mapping):
            raise MatchingError(f"[{section}] must be a table of settings.")
        _refuse_keys(table, keys, f"[{section}]")
    for section in LISTS:
        rows = tables.get(section, ())
        if not isinstance(rows, Sequence) or not all(isinstance(row, Mapping) for row in rows):
            raise MatchingError(
                f"Write each of the {section.replace('_', ' ')} under its own [[{section}]]."
            )


def _refuse_keys(table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise MatchingError(f"{where}: {key} is not known here. Known are: {', '.join(known)}.")


def _refuse_repeated(names: Sequence[str], what: str) -> None:
    for name in names:
        if name in RESULT_COLUMNS:
            raise MatchingError(
                f"One of the {what} is called {name}, as a column of the results is."
            )
        if names.count(name) > 1:
            raise MatchingError(f"Two {what} are called {name}: give each its own name.")


def _choice(choices: type[Choice], value: object, where: str) -> Choice:
    if value not in [choice.value for choice in choices]:
        known = ", ".join(choice.value for choice in choices)
        raise MatchingError(f"{where}: {value!r} is not one of {known}.")
    return choices(str(value))


def _whole(value: object, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST:
        raise MatchingError(f"{where}: {value!r} is not a whole number from 0 to {MOST:,}.")
    return value


def _points(table: Mapping[str, Any], key: str, usual: int) -> int:
    """Return a share of a perfect score as points."""
    return round(_share(table.get(key, usual / PERFECT), f"[objective] {key}") * PERFECT)


def _share(value: object, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise MatchingError(f"{where}: {value!r} is not a number from 0 to 1.")
    return float(value)
