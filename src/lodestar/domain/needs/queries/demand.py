"""How does what is wanted stand against what is offered, cell by cell?"""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date

from lodestar.domain.needs.queries.voices import Voice, mentees_in, mentors_in
from lodestar.domain.needs.rules import value_in_words
from lodestar.engine.answers.values import PATH_SEPARATOR, offset_minutes, plain, values_of

EVERYWHERE = ""
ROWS = ("topics", "industry", "function", "field_of_study", "languages", "country", "time_zone")
RANKED = ("topics", "languages")
COLUMNS = ("clock", "languages", "country", "industry", "function")
MOST_ROWS = 40
MOST_COLUMNS = 6
AMERICAS_END, MIDDLE_END = -90, 210  # minutes from UTC
A_DAY = date(2026, 1, 15)
Column = tuple[str, str]  # its value, and what it is called


@dataclass(frozen=True, slots=True)
class Cell:
    """Mentees who want a value, and the places of mentors who offer it, in one column.

    `shade` goes from 0, nobody wants it, over 1, places for all, to 4, no place at all.
    """

    row: str
    column: str
    name: str
    wanted: int
    places: int
    mentors: int

    @property
    def short(self) -> int:
        return max(0, self.wanted - self.places)

    @property
    def shade(self) -> int:
        if not self.wanted:
            return 0
        if not self.short:
            return 1
        return 4 if not self.places else 3 if self.wanted >= 2 * self.places else 2


@dataclass(frozen=True, slots=True)
class Row:
    """One value with its sum over everybody, and its cells in the order of the columns.

    `firsts` are the mentees who name it before anything else; what is not ranked has none.
    """

    value: str
    name: str
    firsts: int
    whole: Cell
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """What is wanted by row, parted by column; `left_out` rows are too rare to be listed."""

    field: str
    by: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    left_out: int

    @property
    def is_parted(self) -> bool:
        return self.by != self.field

    @property
    def is_ranked(self) -> bool:
        return self.field in RANKED

    @property
    def worst(self) -> Row | None:
        """Return the row that the most mentees go without, if any do."""
        short = [row for row in self.rows if row.whole.short]
        return max(short, key=lambda row: (row.whole.short, row.whole.wanted)) if short else None


def heat_map(voices: list[Voice], field: str, by: str) -> HeatMap:
    """Set wishes against places for each value of a field, parted by another; by itself it is not parted."""
    found, parts = by_value(voices, field), by_value(voices, by) if by != field else {}
    columns = [(value, value_in_words(by, value)) for value in list(parts)[:MOST_COLUMNS]]
    groups = [(column, {voice.key for voice in parts[column[0]]}) for column in columns]
    shown = list(found)[:MOST_ROWS]
    return HeatMap(
        field=field,
        by=by,
        columns=tuple(columns),
        rows=tuple(row_of(field, value, found[value], groups) for value in shown),
        left_out=len(found) - len(shown),
    )


def row_of(
    field: str, value: str, saying: list[Voice], groups: Sequence[tuple[Column, Set[str]]]
) -> Row:
    cells = [
        cell_of([voice for voice in saying if voice.key in keys], value, column)
        for column, keys in groups
    ]
    whole = cell_of(saying, value, (EVERYWHERE, ""))
    name, firsts = value_in_words(field, value), firsts_of(saying, field, value)
    return Row(value, name, firsts, whole, tuple(cells))


def firsts_of(saying: list[Voice], field: str, value: str) -> int:
    if field not in RANKED:
        return 0
    return sum(plain(told(voice, field)[0]) == plain(value) for voice in mentees_in(saying))


def cell_of(saying: list[Voice], row: str, column: Column) -> Cell:
    mentors = mentors_in(saying)
    return Cell(
        row=row,
        column=column[0],
        name=column[1],
        wanted=len(mentees_in(saying)),
        places=sum(mentor.places for mentor in mentors),
        mentors=len(mentors),
    )


def people_in(voices: list[Voice], *named: tuple[str, str]) -> list[Voice]:
    """Return who is behind a cell: everybody who says all the values that it stands for."""
    return [v for v in voices if all(says(v, field, value) for field, value in named if field)]


def says(voice: Voice, field: str, value: str) -> bool:
    return plain(value) in map(plain, told(voice, field))


def by_value(voices: list[Voice], field: str) -> dict[str, list[Voice]]:
    """Return who says each value of a field; what most mentees want first, then what most offer."""
    spelled: dict[str, str] = {}
    found: dict[str, list[Voice]] = {}
    for voice in voices:
        for value in told(voice, field):
            found.setdefault(spelled.setdefault(plain(value), value), []).append(voice)

    def order(value: str) -> tuple[int, int, str]:
        return -len(mentees_in(found[value])), -len(found[value]), plain(value)

    return {value: found[value] for value in sorted(found, key=order)}


def told(voice: Voice, field: str) -> Sequence[str]:
    """Return the values that somebody says in a field; country and part of the world follow from others."""
    if field == "clock":
        return (part_of_the_world(voice),)
    if field == "country":
        place = "".join(values_of(voice.read.get("place"))[:1])
        return place.split(PATH_SEPARATOR)[1:2]
    return values_of(voice.read.get(field))


def part_of_the_world(voice: Voice) -> str:
    minutes = offset_minutes(voice.read.get("time_zone"), A_DAY)
    if minutes is None:
        return ""
    if minutes < AMERICAS_END:
        return "americas"
    return "middle" if minutes <= MIDDLE_END else "east"
