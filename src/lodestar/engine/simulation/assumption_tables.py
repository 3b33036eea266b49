"""Which assumptions does an `assumptions.toml` state?"""

from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.simulation.assumptions import (
    CHANCES,
    TIMES,
    Assumptions,
    Chance,
    Procedure,
    Side,
    StaffHours,
)

SECTIONS = ("mentee", "mentor", *TIMES, "hours", "procedure")
CHANCE_KEYS = ("usual", "low", "high", "source", "by_person")
YOURS = "given"


def assumptions_from(tables: Mapping[str, Any]) -> tuple[Assumptions, Procedure]:
    """Return the assumptions and the procedure of a parsed file; what it leaves out is usual.

    Raises MatchingError naming the section, the key and the mend.

    >>> found, procedure = assumptions_from({"mentor": {"decline": 0.1}, "procedure": {"rematches": 2}})
    >>> found.mentor.decline.usual, found.mentee.decline.usual, procedure.rematches
    (0.1, 0.05, 2)
    """
    _refuse_keys(tables, SECTIONS, "assumptions")
    usual = Assumptions()
    found = Assumptions(
        mentee=_side(_section(tables, "mentee"), usual.mentee, "[mentee]"),
        mentor=_side(_section(tables, "mentor"), usual.mentor, "[mentor]"),
        hours=_hours(_section(tables, "hours")),
    )
    for name in TIMES:
        if name in tables:
            source = name.replace("time", "source")
            stated: dict[str, Any] = {name: _weights(tables[name]), source: YOURS}
            found = replace(found, **stated)
    return found, _procedure(_section(tables, "procedure"))


def _weights(given: object) -> tuple[Any, ...]:
    is_list = isinstance(given, Sequence) and not isinstance(given, str)
    return tuple(given) if is_list else ()  # type: ignore[arg-type]


def _section(tables: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = tables.get(name, {})
    if not isinstance(section, Mapping):
        raise MatchingError(f"[{name}] must be a table of settings.")
    return section


def _side(section: Mapping[str, Any], usual: Side, where: str) -> Side:
    _refuse_keys(section, CHANCES, where)
    given = {
        name: _chance(value, getattr(usual, name), f"{where} {name}")
        for name, value in section.items()
    }
    return replace(usual, **given)


def _chance(value: object, usual: Chance, where: str) -> Chance:
    """A bare number is the usual chance; a table may also hold bounds, a source, and persons."""
    table = value if isinstance(value, Mapping) else {"usual": value}
    _refuse_keys(table, CHANCE_KEYS, where)
    persons = table.get("by_person", {})
    if not isinstance(persons, Mapping):
        raise MatchingError(
            f'{where}, by_person: write each person with their chance, for example {{ "E-101" = 0.5 }}.'
        )
    try:
        found = Chance(
            usual=table.get("usual", usual.usual),
            low=table.get("low", usual.low),
            high=table.get("high", usual.high),
            source=str(table.get("source", YOURS if "usual" in table else usual.source)),
            by_person=dict(persons),
        )
    except MatchingError as error:
        raise MatchingError(f"{where}: {error}") from None
    ends = table.get("low", found.low), found.usual, table.get("high", found.high)
    if not ends[0] <= ends[1] <= ends[2]:
        raise MatchingError(
            f"{where}: low {ends[0]:g}, usual {ends[1]:g} and high {ends[2]:g} must rise in this order. Correct "
            "one of them, or leave the bounds out."
        )
    return found


def _hours(section: Mapping[str, Any]) -> StaffHours:
    _refuse_keys(section, [found.name for found in fields(StaffHours)], "[hours]")
    try:
        return StaffHours(**({"source": YOURS} if section else {}) | dict(section))
    except MatchingError as error:
        raise MatchingError(f"[hours] {error}") from None


def _procedure(section: Mapping[str, Any]) -> Procedure:
    _refuse_keys(section, [found.name for found in fields(Procedure)], "[procedure]")
    try:
        return Procedure(**section)
    except MatchingError as error:
        raise MatchingError(f"[procedure] {error}") from None


def _refuse_keys(table: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in table:
        if key not in known:
            raise MatchingError(f"{where}: {key} is not known here. Known are: {', '.join(known)}.")
