"""Reads the tables of people as a design needs them, and says what does not count in them."""

from collections.abc import Sequence
from dataclasses import dataclass

from lodestar.engine.answers.headings import field_named
from lodestar.engine.answers.profiles import is_answer
from lodestar.engine.answers.values import number_of, plain, values_of
from lodestar.engine.matching.avoidance import AVOID, known_names, unknown_names
from lodestar.engine.matching.compiling import answers
from lodestar.engine.matching.constraints import USUAL_FIELD
from lodestar.engine.matching.listed_terms import ranked_names
from lodestar.engine.matching.problem import (
    ConstraintKind,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
)
from lodestar.web.cli.cohorts import Entry, entries_of, mentees_from, mentors_from
from lodestar.web.cli.design_files import StatedDesign, refuse_strange_headings
from lodestar.web.cli.doors import note
from lodestar.web.cli.pair_files import some_named
from lodestar.web.cli.phrases import counted
from lodestar.web.cli.sheets import Sheet
from lodestar.web.cli.topic_columns import known_topics

Person = Mentee | Mentor


@dataclass(frozen=True, slots=True)
class Told:
    """A table with its rows and the people read off them, in the same order."""

    sheet: Sheet
    entries: list[Entry]
    people: Sequence[Person]


def both_sides(
    mentees: Sheet, mentors: Sheet, stated: StatedDesign
) -> tuple[list[Mentee], list[Mentor]]:
    refuse_strange_headings(stated, mentees, mentors)
    topics = known_topics((mentees, mentors))
    entries = entries_of(mentees, "mentee", topics), entries_of(mentors, "mentor", topics)
    found = (
        mentees_from(mentees, entries[0]),
        mentors_from(mentors, entries[1], stated.capacity_field),
    )
    told = Told(mentees, entries[0], found[0]), Told(mentors, entries[1], found[1])
    say_what_does_not_count(told, stated.design)
    say_whom_nobody_can_choose(*told, stated.design)
    say_what_is_cut(told[1], stated)
    return found


def peers_in(sheet: Sheet, role: str, stated: StatedDesign) -> list[Mentee]:
    """Return peers, who look for one another."""
    refuse_strange_headings(stated, sheet, None)
    entries = entries_of(sheet, role, known_topics((sheet,)))
    found = mentees_from(sheet, entries)
    say_what_does_not_count((Told(sheet, entries, found),), stated.design)
    return found


def say_what_does_not_count(tables: Sequence[Told], design: Design) -> None:
    """Say who stands in a table twice, what is no number, and whom nobody is called."""
    everybody = [person for table in tables for person in table.people]
    known = (
        known_names(everybody) if any(one.answers.get(AVOID) for one in everybody) else frozenset()
    )
    numbers = fields_of_numbers(design)
    for table in tables:
        _say_who_stands_twice(table)
        for heading in table.sheet.headings:
            if field_named(heading) in numbers:
                _say_what_is_no_number(table, heading)
        _say_whom_nobody_is_called(table, known)


def fields_of_numbers(design: Design) -> set[str]:
    """Return the fields that a design compares as numbers."""
    found: set[str] = set()
    for criterion in design.criteria:
        if criterion.kind is CriterionKind.GAP and criterion.weight:
            found |= {criterion.mentee_field, criterion.mentor_field}
    for rule in design.constraints:
        if rule.kind is ConstraintKind.MIN_GAP:
            usual = USUAL_FIELD[rule.kind]
            found |= {rule.mentee_field or usual, rule.mentor_field or usual}
    return found


def _say_who_stands_twice(table: Told) -> None:
    first: dict[str, Entry] = {}
    for entry in table.entries:
        before = first.setdefault(entry.email, entry) if entry.email else entry
        if before is not entry:
            note(
                f"{table.sheet.name}: {entry.email} stands in row {before.row} as {before.key} and in row "
                f"{entry.row} as {entry.key}; both count. Remove one if this is one person."
            )


def _say_what_is_no_number(table: Told, heading: str) -> None:
    field = field_named(heading)
    unread = [
        (entry.row, entry.cells[field].strip())
        for entry, person in zip(table.entries, table.people, strict=True)
        if is_answer(entry.cells.get(field, "")) and number_of(person.answers.get(field)) is None
    ]
    if unread:
        row, cell = unread[0]
        counts = "counts" if len(unread) == 1 else "count"
        note(
            f"{table.sheet.name}: {counted(len(unread), 'answer')} under {heading} cannot be read as a "
            f"number and {counts} as blank, for example “{cell}” in row {row}."
        )


def _say_whom_nobody_is_called(table: Told, known: frozenset[str]) -> None:
    nobody = [
        (entry.row, name)
        for entry, person in zip(table.entries, table.people, strict=True)
        for name in unknown_names(person.answers.get(AVOID), known)
    ]
    if nobody:
        note(
            f"{table.sheet.name}: nobody in these files is called {some_named(nobody)}, so nobody is kept "
            "apart by it."
        )


def say_whom_nobody_can_choose(mentees: Told, mentors: Told, design: Design) -> None:
    """Say which names on ranked lists are no mentor's."""
    for criterion in design.criteria:
        if criterion.kind is not CriterionKind.RANKED:
            continue
        offered = [values_of(one) for one in answers(mentors.people, criterion.mentor_field)]
        known = {plain(value) for values in offered for value in values}
        lists = answers(mentees.people, criterion.mentee_field)
        nobody = [
            (entry.row, name)
            for entry, answer in zip(mentees.entries, lists, strict=True)
            for name in ranked_names(answer, known)
            if plain(name) not in known
        ]
        if nobody:
            note(
                f"{mentees.sheet.name}: no mentor is called {some_named(nobody)} under "
                f"{criterion.mentor_field}; such a choice counts nothing."
            )


def say_what_is_cut(mentors: Told, stated: StatedDesign) -> None:
    """Say whose places a design's maximum cuts."""
    most = stated.design.capacity_maximum
    rows = [
        entry.row
        for entry, mentor in zip(mentors.entries, mentors.people, strict=True)
        if isinstance(mentor, Mentor) and (mentor.capacity or 0) > most
    ]
    if rows and stated.name:
        note(
            f"{mentors.sheet.name}: {counted(len(rows), 'mentor')} {'states' if len(rows) == 1 else 'state'} "
            f"more than the {most:,} places that {stated.name} allows at most, for example in row {rows[0]}; "
            f"{most:,} count."
        )
