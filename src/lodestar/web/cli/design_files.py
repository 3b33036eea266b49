"""Reads a design.toml, and holds the headings that it names against those of the tables."""

import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from lodestar.engine.answers.headings import field_named
from lodestar.engine.answers.profiles import AS_WRITTEN
from lodestar.engine.matching.constraints import USUAL_FIELD
from lodestar.engine.matching.designs import design_from
from lodestar.engine.matching.problem import LISTED, ConstraintKind, Design, MatchingError
from lodestar.web.cli.doors import note
from lodestar.web.cli.sheets import FileFault, Sheet, read_bytes, refuse_repeated

READ_OFF = {
    "key": ("key", "email", "name", "first_name"),
    "time_zone": ("country", "region"),
    "place": ("country", "region", "city"),
    "topics": ("goal",),
    "role": ("goal",),
}
NAMING_A_FIELD = (ConstraintKind.NOT_SAME, ConstraintKind.MUST_SHARE)
SIDES = ("mentee_field", "mentor_field")
MOST_NAMED = 12

Tables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Named:
    """A heading that a design names, and where in it."""

    where: str
    heading: str


@dataclass(frozen=True, slots=True)
class StatedDesign:
    """A design.toml, read once: its name, its tables as they stand, and what they make.

    Without a file the name and the tables are empty, and the design is the usual one.
    """

    name: str
    tables: Tables
    design: Design

    @property
    def capacity_field(self) -> str:
        """The heading under which mentors state their places."""
        return str(self.tables.get("capacity", {}).get("field", ""))


def read_design(path: Path | None) -> StatedDesign:
    if path is None:
        return StatedDesign("", {}, design_from({}))
    try:
        tables = tomllib.loads(read_bytes(path).decode("utf-8-sig"))
        return StatedDesign(path.name, tables, design_from(tables))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileFault(f"{path.name} is not valid TOML: {error}.") from None
    except MatchingError as error:
        raise FileFault(f"{path.name}, {error}") from None


def refuse_strange_headings(stated: StatedDesign, mentees: Sheet, mentors: Sheet | None) -> None:
    """Refuse a design that names a heading which no file has; `mentors` None: there are only peers.

    What a rule reads without naming it may be missing, and is only said.
    """
    tables, sheets = stated.tables, [mentees, *([mentors] if mentors else [])]
    for named in headings_weighed(tables):
        _refuse_strange(stated.name, named, sheets)
    if mentors and stated.capacity_field:
        _refuse_strange(stated.name, Named("[capacity] field", stated.capacity_field), [mentors])
    if field := tables.get("objective", {}).get("group_field"):
        _refuse_strange(stated.name, Named("[objective] group_field", str(field)), [mentees])
    for kind in kinds_without_field(tables):
        if not is_told(USUAL_FIELD[kind], fields_of(sheets)):
            note(f"{stated.name}: no file has a heading for {kind}, so this rule forbids nobody.")


def headings_weighed(tables: Tables) -> Iterator[Named]:
    """Yield what the criteria and constraints of a valid design compare."""
    for number, row in enumerate(tables.get("criteria", ()), 1):
        stated = [
            Named(f"criterion {number}, {side}", str(row[side])) for side in SIDES if row.get(side)
        ]
        yield from stated or [
            Named(f"criterion {number}, name", str(row.get("name") or row["kind"]))
        ]
    for number, row in enumerate(tables.get("constraints", ()), 1):
        stated = [
            Named(f"constraint {number}, {side}", str(row[side])) for side in SIDES if row.get(side)
        ]
        if row["kind"] in NAMING_A_FIELD and not stated:
            field = str(row.get("value") or USUAL_FIELD[ConstraintKind(row["kind"])])
            stated = [Named(f"constraint {number}, value", field)]
        yield from stated


def kinds_without_field(tables: Tables) -> Iterator[ConstraintKind]:
    """Yield the kinds of rules that read their usual field."""
    for row in tables.get("constraints", ()):
        kind = ConstraintKind(row["kind"])
        is_named = any(row.get(side) for side in SIDES)
        if kind not in (*NAMING_A_FIELD, *LISTED) and not is_named:
            yield kind


def fields_of(sheets: Sequence[Sheet]) -> set[str]:
    """Return our fields of all headings of some tables."""
    return {field_named(heading) for sheet in sheets for heading in sheet.headings if heading}


def is_told(field: str, there: Collection[str]) -> bool:
    """Whether a field stands in the tables, or is read off one that does.

    >>> is_told("time_zone", {"country"}), is_told("wishs", {"topics"})
    (True, False)
    """
    return any(one in there for one in (field, *READ_OFF.get(field, ())))


def _refuse_strange(design: str, named: Named, sheets: Sequence[Sheet]) -> None:
    field = field_named(named.heading).removesuffix(AS_WRITTEN)
    if is_told(field, fields_of(sheets)):
        for sheet in sheets:
            refuse_repeated(sheet, [field])
        return
    headings = dict.fromkeys(heading for sheet in sheets for heading in sheet.headings if heading)
    plain = {heading.casefold(): heading for heading in headings}
    near = get_close_matches(named.heading.casefold(), plain, n=1)
    there = f"The nearest is “{plain[near[0]]}”" if near else f"There are {_some(list(headings))}"
    files = " nor ".join(sheet.name for sheet in sheets)
    raise FileFault(
        f"{design}, {named.where}: {'neither ' if len(sheets) > 1 else ''}{files} has "
        f"{'a' if len(sheets) > 1 else 'no'} heading “{named.heading}”. {there}."
    )


def _some(headings: Sequence[str]) -> str:
    more = len(headings) - MOST_NAMED
    return ", ".join(headings[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
