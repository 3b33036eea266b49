"""Reads who is at a mixer, and what took place already, from an office's tables."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations

from lodestar.engine.answers.headings import field_named
from lodestar.engine.rotation.attendance import Attendee, Held
from lodestar.web.cli.doors import note
from lodestar.web.cli.pair_files import some_named
from lodestar.web.cli.sheets import FileFault, Sheet, as_meant, columns_of

ROLES = {"mentor": True, "mentors": True, "mentee": False, "mentees": False}
NO = ("no", "n", "0", "false")
PLAIN_HEADINGS = ("person", "mentee", "mentor")
PERSON_HEADINGS = ("person", "key", "email")


@dataclass(frozen=True, slots=True)
class Names:
    """The key of each mentee and each mentor by what a list may call them: the key, the e-mail address."""

    mentee: Mapping[str, str] = field(default_factory=dict)
    mentor: Mapping[str, str] = field(default_factory=dict)

    def key_of(self, name: str, *, is_mentor: bool) -> str:
        """Return the key of somebody; what they are called, for somebody who is new."""
        known = self.mentor if is_mentor else self.mentee
        return known.get(name) or known.get(name.casefold()) or name

    def key_of_either(self, name: str) -> str:
        """Return the key of somebody of whom only the name is known."""
        key = self.key_of(name, is_mentor=False)
        return self.key_of(name, is_mentor=True) if key == name else key

    def knows(self, name: str, *, is_mentor: bool) -> bool:
        """Whether somebody of this side is called so."""
        known = self.mentor if is_mentor else self.mentee
        return name in known or name.casefold() in known

    def joined_by(self, attendance: list[Attendee]) -> "Names":
        """Return the same names and those of everybody who is here."""
        here: dict[bool, dict[str, str]] = {True: {}, False: {}}
        for person in attendance:
            here[person.is_mentor][person.key] = person.key
        return Names({**self.mentee, **here[False]}, {**self.mentor, **here[True]})


def people_of(sheet: Sheet, names: Names, rounds: int, tables: int) -> list[Attendee]:
    """Return who is here, for rounds and at tables that there are."""
    heading = _heading_of_people(sheet)
    if "role" not in _columns(sheet):
        raise FileFault(f"{sheet.name} needs a heading role: mentor or mentee for each person.")
    found: dict[int, Attendee] = {}
    for row, said in _rows(sheet):
        name, role = said[heading], said["role"].casefold()
        if not name:
            raise FileFault(
                f"{sheet.name}, row {row}, {heading}: write an ID or an e-mail address."
            )
        if role not in ROLES:
            raise FileFault(
                f"{sheet.name}, row {row}, role: “{said['role']}” is neither mentor nor mentee. Write "
                "one of the two."
            )
        is_mentor = ROLES[role]
        found[row] = Attendee(
            names.key_of(name, is_mentor=is_mentor),
            is_mentor,
            first_round=_number(sheet, row, said, "from_round") or 1,
            last_round=_number(sheet, row, said, "to_round"),
            table=_number(sheet, row, said, "table"),
        )
    if not found:
        raise FileFault(f"{sheet.name} holds headings but nobody: add a row for each person.")
    _refuse_repeated(sheet, found)
    for row, person in found.items():
        _refuse_what_there_is_not(f"{sheet.name}, row {row}", person, rounds, tables)
    return list(found.values())


def _refuse_repeated(sheet: Sheet, people: Mapping[int, Attendee]) -> None:
    """Refuse somebody who stands there twice, and a table that two people must have."""
    seen: dict[str, int] = {}
    owner: dict[int, int] = {}
    for row, person in people.items():
        first = seen.setdefault(person.key, row)
        if first != row:
            raise FileFault(
                f"{sheet.name}, row {row}: {person.key} is in the attendance twice, first in row {first}. Keep "
                "one row."
            )
        first = owner.setdefault(person.table, row) if person.table else row
        if first != row:
            raise FileFault(
                f"{sheet.name}, row {row}, table: {people[first].key} (row {first}) and {person.key} both need "
                f"table {person.table}. Give each a table of their own."
            )


def _refuse_what_there_is_not(where: str, person: Attendee, rounds: int, tables: int) -> None:
    last = rounds if person.last_round is None else person.last_round
    if not 1 <= person.first_round <= last <= rounds:
        raise FileFault(
            f"{where}: {person.key} is here from round {person.first_round} to round {last}. Both must be from 1 "
            f"to {rounds}, in this order."
        )
    if person.table is not None and not 1 <= person.table <= tables:
        raise FileFault(
            f"{where}, table: {person.key} needs table {person.table}. Choose one from 1 to {tables}."
        )


def say_who_is_new(sheet: Sheet, names: Names) -> None:
    """Say who of the attendance has no points: somebody new, or an ID with a mistake in it."""
    heading = _heading_of_people(sheet)
    new = [
        (row, said[heading])
        for row, said in _rows(sheet)
        if not names.knows(said[heading], is_mentor=ROLES[said["role"].casefold()])
    ]
    if new:
        note(
            f"{sheet.name}: nobody with points is called {some_named(new)} in this role; whoever is new counts "
            "at the mean."
        )


def say_who_is_nobody(sheet: Sheet, names: Names) -> None:
    """Say who of what was held is neither here nor has points."""
    columns = _columns(sheet)
    sides: dict[str, tuple[bool, ...]] = {"mentee": (False,), "mentor": (True,)}
    if not sides.keys() <= columns.keys():
        sides = {_heading_of_people(sheet): (False, True)}
    nobody = [
        (row, said[heading])
        for row, said in _rows(sheet)
        for heading, either in sides.items()
        if not any(names.knows(said[heading], is_mentor=is_mentor) for is_mentor in either)
    ]
    if nobody:
        note(
            f"{sheet.name}: nobody here is called {some_named(nobody)}; whom they met may be met again."
        )


def held_of(sheet: Sheet, names: Names) -> Held:
    """Return what took place, from a list of meetings or of seats."""
    columns = _columns(sheet)
    if "round" not in columns:
        raise FileFault(f"{sheet.name} needs a heading round.")
    if {"mentee", "mentor"} <= columns.keys():
        groups = _meetings(sheet, names)
    else:
        groups = _seats(sheet, names)
    met: set[frozenset[str]] = set()
    last: dict[str, tuple[int, int]] = {}
    rounds = 0
    for number, table, people in groups:
        rounds = max(rounds, number)
        met.update(map(frozenset, combinations(people, 2)))
        for person in people if table else ():
            last[person] = max(last.get(person, (0, 0)), (number, table))
    return Held(rounds, frozenset(met), {person: table for person, (_, table) in last.items()})


def _meetings(sheet: Sheet, names: Names) -> Iterator[tuple[int, int, list[str]]]:
    for row, said in _rows(sheet):
        number, table = _round(sheet, row, said), _number(sheet, row, said, "table") or 0
        pair = [
            names.key_of(said["mentee"], is_mentor=False),
            names.key_of(said["mentor"], is_mentor=True),
        ]
        yield number, table, pair if said.get("met", "").casefold() not in NO else []


def _seats(sheet: Sheet, names: Names) -> Iterator[tuple[int, int, list[str]]]:
    heading = _heading_of_people(sheet)
    if "table" not in _columns(sheet):
        raise FileFault(f"{sheet.name} needs headings mentee and mentor, or person and table.")
    people: dict[tuple[int, int], list[str]] = {}
    for row, said in _rows(sheet):
        number, table = _round(sheet, row, said), _number(sheet, row, said, "table")
        if table is None:
            raise FileFault(f"{sheet.name}, row {row}, table: write the number of the table.")
        together = people.setdefault((number, table), [])
        if said.get("met", "").casefold() not in NO:
            together.append(names.key_of_either(said[heading]))
    for (number, table), together in people.items():
        yield number, table, together


def _columns(sheet: Sheet) -> dict[str, int]:
    """Return where each of our fields stands; some headings keep their plain sense here, none twice."""
    columns_of(sheet)
    found: dict[str, int] = {}
    for place, heading in enumerate(sheet.headings):
        plain = heading.casefold()
        found.setdefault(plain if plain in PLAIN_HEADINGS else field_named(heading), place)
    return found


def _heading_of_people(sheet: Sheet) -> str:
    columns = _columns(sheet)
    for heading in PERSON_HEADINGS:
        if heading in columns:
            return heading
    raise FileFault(f"{sheet.name} needs a heading person: the ID or e-mail address of each.")


def _rows(sheet: Sheet) -> Iterator[tuple[int, dict[str, str]]]:
    columns = _columns(sheet)
    for row, cells in sheet.rows:
        yield row, {name: as_meant("".join(cells[at : at + 1])) for name, at in columns.items()}


def _round(sheet: Sheet, row: int, said: Mapping[str, str]) -> int:
    number = _number(sheet, row, said, "round")
    if not number:
        raise FileFault(f"{sheet.name}, row {row}, round: write the number of the round, from 1.")
    return number


def _number(sheet: Sheet, row: int, said: Mapping[str, str], name: str) -> int | None:
    cell = said.get(name, "")
    if not cell:
        return None
    if not re.fullmatch(r"\d{1,6}(\.0+)?", cell):
        raise FileFault(
            f"{sheet.name}, row {row}, {name}: “{cell}” is not a whole number. Write digits, for example "
            "2, or leave it blank."
        )
    return int(float(cell))
