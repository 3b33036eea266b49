"""Turns an office's tables of mentees, mentors and pairs into what the engine knows."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lodestar.engine.answers.headings import FIELD_BY_HEADING, field_named
from lodestar.engine.answers.profiles import answers_from
from lodestar.engine.matching.chosen import Choice
from lodestar.engine.matching.problem import MOST_PLACES, Mentee, Mentor
from lodestar.web.cli.sheets import FileFault, Sheet, as_meant, columns_of, refuse_repeated
from lodestar.web.cli.topic_columns import with_topics_parted

JOINED = ("topics", "goal", "languages", "identity")
SINGLE = frozenset(FIELD_BY_HEADING.values()) - {*JOINED}


@dataclass(frozen=True, slots=True)
class Entry:
    """One person's row: where it stands, how the person is called in the results, what it says."""

    row: int
    key: str
    email: str
    cells: Mapping[str, str]


def entries_of(sheet: Sheet, role: str, topics: Collection[str] = ()) -> list[Entry]:
    """Return the people of a sheet; `topics` are known ones, which no comma parts."""
    return rows_of_people(with_topics_parted(sheet, topics), role)


def rows_of_people(sheet: Sheet, role: str) -> list[Entry]:
    """Return a sheet's rows as they stand; refuse a person, or a heading of ours, that is there twice.

    The key is the ID, else the e-mail address, else the role and the row number.
    """
    fields = [field_named(heading) for heading in sheet.headings]
    if not {"key", "email", "name", "first_name", *JOINED} & set(fields):
        raise FileFault(
            f"{sheet.name} has no heading that names people ({', '.join(sheet.headings[:6])}): "
            "give it an ID or Email column in its first row."
        )
    refuse_repeated(sheet, SINGLE)
    entries = list(_entries(sheet, fields, role))
    if not entries:
        raise FileFault(f"{sheet.name} holds headings but no {role}s: add a row for each.")
    seen: dict[str, int] = {}
    for entry in entries:
        if entry.key in seen:
            raise FileFault(
                f"{sheet.name}, row {entry.row}: {entry.key} already stands in row "
                f"{seen[entry.key]}. Keep one of the two rows."
            )
        seen[entry.key] = entry.row
    return entries


def _entries(sheet: Sheet, fields: Sequence[str], role: str) -> Iterator[Entry]:
    for row, cells in sheet.rows:
        said: dict[str, str] = {}
        for field, cell in zip(fields, cells, strict=False):
            if field in JOINED and said.get(field) and cell.strip():
                said[field] += "; " + cell
            elif not said.get(field):
                said[field] = cell
        email = said.get("email", "").strip().casefold()
        key = said.get("key", "").strip() or email or f"{role} in row {row}"
        yield Entry(row, key, email, said)


def mentees_from(sheet: Sheet, entries: Sequence[Entry]) -> list[Mentee]:
    """Return the people of a sheet who look for somebody."""
    return [
        Mentee(entry.key, answers_from(entry.cells), demand=_demand(sheet, entry))
        for entry in entries
    ]


def mentors_from(sheet: Sheet, entries: Sequence[Entry], capacity_field: str = "") -> list[Mentor]:
    """Return the mentors of a sheet, with places where a column states them."""
    field = field_named(capacity_field) if capacity_field else "capacity"
    return [
        Mentor(
            entry.key,
            answers_from(entry.cells),
            capacity=_count(sheet, entry, field),
            minimum=_count(sheet, entry, "minimum"),
        )
        for entry in entries
    ]


def _demand(sheet: Sheet, entry: Entry) -> int:
    wanted = _count(sheet, entry, "demand")
    return 1 if wanted is None else wanted


def _count(sheet: Sheet, entry: Entry, field: str) -> int | None:
    cell = entry.cells.get(field, "").strip()
    if not cell:
        return None
    if not re.fullmatch(r"\d{1,6}(\.0+)?", cell) or float(cell) > MOST_PLACES:
        raise FileFault(
            f"{sheet.name}, row {entry.row}, {field}: “{cell}” is not a whole number. "
            "Write digits, for example 2, or leave it blank."
        )
    return int(float(cell))


def keys_by_name(sheet: Sheet, role: str) -> dict[str, str]:
    """Return the key of each person by key and by e-mail address, where that is unique."""
    entries = rows_of_people(sheet, role)
    spread = Counter(entry.email for entry in entries)
    by_email = {
        entry.email: entry.key for entry in entries if spread[entry.email] == 1 and entry.email
    }
    return by_email | {entry.key: entry.key for entry in entries}


def rows_with(sheet: Sheet, first: str, second: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row's number with its cells by heading; refuse a sheet without these two headings."""
    columns = columns_of(sheet)
    if not {first, second} <= columns.keys():
        raise FileFault(f"{sheet.name} needs the headings {first} and {second} in its first row.")
    for row, cells in sheet.rows:
        yield row, {name: "".join(cells[at : at + 1]).strip() for name, at in columns.items()}


def pairs_of(
    sheet: Sheet,
    mentees: Mapping[str, str],
    mentors: Mapping[str, str],
    ends: tuple[str, str] = ("mentee", "mentor"),
) -> tuple[dict[tuple[str, str], str], list[tuple[int, str]]]:
    """Return named pairs with the reason column, and who is unknown (row, as it is written)."""
    pairs: dict[tuple[str, str], str] = {}
    unknown: list[tuple[int, str]] = []
    for row, said in rows_with(sheet, *ends):
        names = said[ends[0]], said[ends[1]]
        mentee, mentor = (
            key_of(name, keys) for name, keys in zip(names, (mentees, mentors), strict=True)
        )
        if mentee and mentor:
            pairs[mentee, mentor] = said.get("reason", "")
        else:
            unknown.append((row, names[1] if mentee else names[0]))
    return pairs, unknown


def key_of(name: str, keys: Mapping[str, str]) -> str | None:
    """Return the key of somebody as a list names them; our own files put a mark before some names."""
    for spelt in (name, as_meant(name)):
        if found := keys.get(spelt) or keys.get(spelt.casefold()):
            return found
    return None


def choices_of(
    sheet: Sheet, chooser: str, named: tuple[Mapping[str, str], Mapping[str, str]]
) -> list[Choice]:
    """Return one side's ranked choices; the rank is the order of the rows where none is stated."""
    chosen = "mentor" if chooser == "mentee" else "mentee"
    keys = dict(zip(("mentee", "mentor"), named, strict=True))
    found: list[Choice] = []
    earlier: Counter[str] = Counter()
    first_row: dict[tuple[str | None, str | None], int] = {}
    for row, said in rows_with(sheet, chooser, chosen):
        people = [key_of(said[side], keys[side]) for side in (chooser, chosen)]
        if not all(people):
            raise FileFault(
                f"{sheet.name}, row {row}: nobody in these files has that ID or address. Correct or "
                "remove the row."
            )
        if (people[0], people[1]) in first_row:
            raise FileFault(
                f"{sheet.name}, row {row}: {people[0]} chose {people[1]} in row "
                f"{first_row[people[0], people[1]]} already. Keep one of the two rows."
            )
        first_row[people[0], people[1]] = row
        earlier[str(people[0])] += 1
        found.append(
            Choice(str(people[0]), str(people[1]), _rank(sheet, row, said, earlier[str(people[0])]))
        )
    return found


def _rank(sheet: Sheet, row: int, said: Mapping[str, str], usual: int) -> int:
    cell = said.get("rank", "")
    if cell and not re.fullmatch(r"[1-9]\d{0,3}", cell):
        raise FileFault(f"{sheet.name}, row {row}, rank: “{cell}” is not a rank: write 1, 2, 3 ...")
    return int(cell) if cell else usual
