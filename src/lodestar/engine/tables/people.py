"""Says who the people in the rows of a table are, and which rows are nobody."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lodestar.engine.forms.questions import Question
from lodestar.engine.tables import columns
from lodestar.engine.tables.asked import answer_in
from lodestar.engine.tables.columns import EMAIL_FIELDS
from lodestar.engine.tables.person import ImportedEducation, ImportedPerson, given_key, may_be_same
from lodestar.engine.tables.problems import Problem
from lodestar.engine.tables.reading import Row, Table
from lodestar.engine.tables.values import (
    addresses_in,
    band_in,
    choices_in,
    clean,
    clean_lines,
    is_marked,
    looks_like_address,
    numbers_in,
    role_in,
    same_text,
    split_name,
    year_in,
)

Places = Mapping[str, tuple[int, ...]]

# No longer than the fields in which people are kept. Half a name would be somebody else's.
NAME_LIMITS: Final[Mapping[str, int]] = {
    "given_name": 120,
    "family_name": 120,
    "full_name": 240,
    "external_id": 120,
}
TEXT_LIMITS: Final[Mapping[str, int]] = {
    "degree": 120,
    "field_of_study": 200,
    "school": 200,
    "employer": 200,
    "job_title": 200,
    "industry": 200,
    "city": 120,
    "state": 120,
    "country": 120,
    "time_zone": 64,
    "about": 4000,
    columns.ANSWER: 20_000,
}
MAX_HEADING = 120
PREVIEWS = frozenset({"survey preview", "survey test", "preview", "spam"})
DEAD = frozenset({"deceased", "verstorben", "décédé", "decede", "fallecido", "falecido"})
ORGANISATIONS = frozenset({"organization", "organisation", "org", "company", "business", "firma"})
GUEST = "info requested"
PREFERENCES: Final[Mapping[str, str]] = {
    "personal": "email_personal",
    "home": "email_personal",
    "private": "email_personal",
    "work": "email_work",
    "business": "email_work",
    "alternate": "email_alternate",
    "other": "email_alternate",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A person whose address occurs for the first time."""

    row: int
    person: ImportedPerson
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Merged:
    """A further row of a person found in the row `into`; what it says counts over the earlier."""

    row: int
    into: int
    person: ImportedPerson
    notes: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A row, or one person of it, that becomes nobody."""

    row: int
    problem: Problem


Outcome = Found | Merged | Refused


def people_in(table: Table, mapping: columns.Mapping) -> Iterator[Outcome]:
    """Go through the rows once, in their order, and say what becomes of each person in them."""
    headings = table.headings
    people = [(number, mapping.places(number)) for number in mapping.people_per_row]
    seen: dict[int, int] = {}
    for row in table.rows:
        if row.surplus:
            count = len(headings) + row.surplus
            values = {"count": count, "headings": len(headings)}
            yield Refused(row.number, Problem("too_many_cells", row.number, values=values))
            continue
        for number, places in people:
            if number == 1 or _is_anybody(row, places):
                outcome = _outcome(_Cells(row, places, headings), mapping.asked)
                yield outcome if isinstance(outcome, Refused) else _once(outcome, seen)


def _once(found: Found, seen: dict[int, int]) -> Outcome:
    """Say whether this address is new, a further row of its owner, or shared by two people.

    A million people must fit: what is kept of each is two numbers.
    """
    person, row = found.person, found.row
    key, name = hash(person.email) & (1 << 60) - 1, given_key(person)
    known = seen.setdefault(key, row << 32 | name)
    first, first_name = known >> 32, known & 0xFFFFFFFF
    if known == row << 32 | name:
        return found
    if not may_be_same(first_name, name):
        values: dict[str, str | int] = {"email": person.email, "first": first}
        return Refused(row, Problem("shared_address", row, "email", values))
    return Merged(row, first, person, found.notes)


def _is_anybody(row: Row, places: Places) -> bool:
    """A second person of a row exists once it has a name or an address."""
    names = ("given_name", "family_name", "full_name", *EMAIL_FIELDS)
    return any(row.cells[place].strip() for name in names for place in places.get(name, ()))


@dataclass(frozen=True, slots=True)
class _Cells:
    """One person's cells of one row, by field."""

    row: Row
    places: Places
    headings: Sequence[str]

    def all(self, field: str) -> list[str]:
        places = self.places.get(field)
        if places is None:
            return []
        return [cell for place in places if (cell := self.row.cells[place].strip())]

    def first(self, field: str) -> str:
        places = self.places.get(field)
        if places is None:
            return ""
        for place in places:
            if (cell := self.row.cells[place]) and (cell := clean(cell)):
                return cell
        return ""

    @property
    def may_hold_address(self) -> bool:
        return any(field in self.places for field in (*EMAIL_FIELDS, "phone"))

    def name(self, place: int) -> str:
        return self.headings[place][:MAX_HEADING]

    def heading(self, field: str) -> str:
        return self.name(self.places[field][0]) if field in self.places else ""

    def problem(self, code: str, field: str, **values: str | int) -> Problem:
        return Problem(code, self.row.number, self.heading(field) or field, values)


def _outcome(cells: _Cells, asked: Sequence[Question]) -> Found | Refused:
    problem = _why_nobody(cells)
    if problem is None:
        addresses, problem = _addresses(cells)
    if problem is None:
        problem = _too_long(cells)
    own: dict[str, object] = {}
    if problem is None:
        own, problem = _own(cells, asked)
    if problem is not None:
        return Refused(cells.row.number, problem)
    found = _found(cells, addresses)
    return replace(found, person=replace(found.person, own=tuple(own.items()))) if own else found


def _own(cells: _Cells, asked: Sequence[Question]) -> tuple[dict[str, object], Problem | None]:
    """Return the answers to the program's own questions; one that cannot be read would count for nothing."""
    found: dict[str, object] = {}
    for question in asked:
        answer, fault = answer_in(question, cells.all(question.key))
        if fault is not None:
            return {}, cells.problem(fault.code, question.key, **fault.values)
        if answer is not None:
            found[question.key] = answer
    return found, None


def _why_nobody(cells: _Cells) -> Problem | None:
    """Say why a row is not a person who may be imported."""
    statuses = {same_text(cell) for cell in cells.all("response_status")}
    if statuses & PREVIEWS:
        return cells.problem("preview", "response_status")
    if statuses & DEAD or any(is_marked(cell) for cell in cells.all("deceased")):
        return cells.problem("deceased", "deceased")
    for field in ("confidential", "no_contact"):
        if any(is_marked(cell) for cell in cells.all(field)):
            return cells.problem(field, field)
    named = [same_text(cells.first(field)) for field in ("given_name", "family_name", "full_name")]
    if GUEST in named:
        return cells.problem("guest", "given_name")
    return _why_organisation(cells, is_named=any(named))


def _why_organisation(cells: _Cells, *, is_named: bool) -> Problem | None:
    if cells.first("organisation") and not is_named:
        return cells.problem("organisation", "organisation")
    if same_text(cells.first("record_type")) in ORGANISATIONS:
        return cells.problem("organisation", "record_type")
    return None


def _addresses(cells: _Cells) -> tuple[tuple[str, ...], Problem | None]:
    """Return the person's addresses, the one that counts first."""
    found: list[str] = []
    first_wrong: tuple[str, str] | None = None
    for field in _email_order(cells):
        for cell in cells.all(field):
            addresses, wrong = addresses_in(cell)
            found.extend(addresses)
            if wrong and first_wrong is None:
                first_wrong = (field, wrong)
    if not found:
        found = [same_text(cell) for cell in cells.all("phone") if looks_like_address(cell)]
    if found:
        return tuple(dict.fromkeys(found)), None
    if first_wrong is not None:
        field, wrong = first_wrong
        return (), cells.problem("email_invalid", field, value=_short(wrong))
    code = "no_address" if cells.may_hold_address else "no_address_column"
    return (), cells.problem(code, next(iter(_email_order(cells))))


def _email_order(cells: _Cells) -> Iterable[str]:
    preferred = PREFERENCES.get(same_text(cells.first("email_preference")), "")
    order = [field for field in EMAIL_FIELDS if field in cells.places] or ["email"]
    return sorted(order, key=lambda field: field != preferred)


def _too_long(cells: _Cells) -> Problem | None:
    for field, limit in NAME_LIMITS.items():
        for place in cells.places.get(field, ()):
            count = len(cells.row.cells[place])
            if count > limit:
                values = {"count": count, "limit": limit}
                return Problem("too_long", cells.row.number, cells.name(place), values)
    return None


def _found(cells: _Cells, addresses: Sequence[str]) -> Found:
    notes: list[Problem] = []
    given, family, full = _names(cells)
    person = ImportedPerson(
        email=addresses[0],
        other_emails=tuple(addresses[1:]),
        given_name=given,
        family_name=family,
        full_name=full,
        educations=_educations(cells, notes),
        employer=_text(cells, "employer", notes),
        job_title=_text(cells, "job_title", notes),
        industry=_text(cells, "industry", notes),
        city=_text(cells, "city", notes),
        state=_text(cells, "state", notes),
        country=_text(cells, "country", notes),
        time_zone=_text(cells, "time_zone", notes),
        languages=choices_in(cells.all("languages")),
        role=_role(cells, notes),
        topics=choices_in(cells.all("topics")),
        goal=choices_in(cells.all("goal")),
        style=choices_in(cells.all("style")),
        tags=choices_in(cells.all("tags")),
        about=_cut("\n\n".join(map(clean_lines, cells.all("about"))), cells, "about", notes),
        capacity=_capacity(cells, notes),
        hours=_number(cells, "hours", notes),
        years_of_experience=_years(cells, notes),
        external_id=cells.first("external_id"),
        answers=_answers(cells, notes),
    )
    return Found(cells.row.number, person, tuple(notes))


def _names(cells: _Cells) -> tuple[str, str, str]:
    """Names stay as they are written, capitals included: nobody but the person knows better."""
    given, family = cells.first("given_name"), cells.first("family_name")
    full = cells.first("full_name")
    if full and not (given or family):
        given, family = split_name(full)
    whole = f"{given} {family}".strip()
    return given, family, whole


def _educations(cells: _Cells, notes: list[Problem]) -> tuple[ImportedEducation, ...]:
    year = None
    written = cells.all("class_year")
    for cell in written:
        year = year if year is not None else year_in(cell)
    if written and year is None:
        notes.append(cells.problem("value_unclear", "class_year", value=_short(written[0])))
    education = ImportedEducation(
        degree=_text(cells, "degree", notes),
        field_of_study=_text(cells, "field_of_study", notes),
        school=_text(cells, "school", notes),
        class_year=year,
    )
    return () if education == ImportedEducation() else (education,)


def _role(cells: _Cells, notes: list[Problem]) -> str:
    """A role is only ever mentor, mentee or both; no column of a file can give rights."""
    written = cells.first("role")
    role = role_in(written)
    if written and not role:
        notes.append(cells.problem("value_unclear", "role", value=_short(written)))
    return role or role_in(" ".join(cells.all("tags")))


def _number(cells: _Cells, field: str, notes: list[Problem]) -> float | None:
    """Of a range the smaller number counts, so that nobody promises more than was written."""
    written = cells.first(field)
    numbers = numbers_in(written)
    if written and not numbers:
        notes.append(cells.problem("value_unclear", field, value=_short(written)))
    return min(numbers) if numbers else None


def _capacity(cells: _Cells, notes: list[Problem]) -> int | None:
    number = _number(cells, "capacity", notes)
    return None if number is None else min(int(number), 1000)


def _years(cells: _Cells, notes: list[Problem]) -> float | None:
    """A band such as `5-7 years` counts as its middle."""
    numbers = band_in(cells.first("years_of_experience"))
    if not numbers:
        return _number(cells, "years_of_experience", notes)
    return sum(numbers) / len(numbers)


def _text(cells: _Cells, field: str, notes: list[Problem]) -> str:
    written = cells.first(field)
    return _cut(written, cells, field, notes) if len(written) > TEXT_LIMITS[field] else written


def _cut(text: str, cells: _Cells, field: str, notes: list[Problem]) -> str:
    limit = TEXT_LIMITS[field]
    if len(text) <= limit:
        return text
    notes.append(cells.problem("value_cut", field, count=len(text), limit=limit))
    return text[:limit].rstrip()


def _answers(cells: _Cells, notes: list[Problem]) -> tuple[tuple[str, str], ...]:
    places = cells.places.get(columns.ANSWER, ())
    written = ((cells.headings[place], clean_lines(cells.row.cells[place])) for place in places)
    return tuple(
        (heading, _cut(text, cells, columns.ANSWER, notes)) for heading, text in written if text
    )


def _short(text: str) -> str:
    plain = clean(text)
    return plain if len(plain) <= 60 else f"{plain[:59]}…"
