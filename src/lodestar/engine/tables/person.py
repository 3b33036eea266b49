"""What a file may say about one person, and how two rows become one."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar
from zlib import crc32

from lodestar.engine.tables.values import same_text

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ImportedEducation:
    """One degree as the row states it; any part may be blank."""

    degree: str = ""
    field_of_study: str = ""
    school: str = ""
    class_year: int | None = None


@dataclass(frozen=True, slots=True)
class ImportedPerson:
    """What a file says about one person; a blank means that it says nothing."""

    email: str
    other_emails: tuple[str, ...] = ()
    given_name: str = ""
    family_name: str = ""
    full_name: str = ""
    educations: tuple[ImportedEducation, ...] = ()
    employer: str = ""
    job_title: str = ""
    industry: str = ""
    city: str = ""
    state: str = ""
    country: str = ""
    time_zone: str = ""
    languages: tuple[str, ...] = ()
    role: str = ""
    topics: tuple[str, ...] = ()
    goal: tuple[str, ...] = ()
    style: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    about: str = ""
    capacity: int | None = None
    hours: float | None = None
    years_of_experience: float | None = None
    external_id: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    """Heading and text of each answered column that no field holds."""
    own: tuple[tuple[str, object], ...] = ()
    """Answers to the program's own questions, by their keys."""


def merged(earlier: ImportedPerson, later: ImportedPerson) -> ImportedPerson:
    """Return what two rows of one person say: the last answer counts, a blank says nothing.

    Degrees of both rows are kept, since registrars write one row for each.

    >>> first = ImportedPerson("ann@example.org", city="Graz", role="mentee")
    >>> both = merged(first, ImportedPerson("ann@example.org", role="mentor"))
    >>> both.city, both.role
    ('Graz', 'mentor')
    """
    said: dict[str, Any] = {
        field.name: value
        for field in fields(later)
        if (value := getattr(later, field.name)) not in ("", (), None)
    }
    said["educations"] = _each_once((*earlier.educations, *later.educations))
    said["other_emails"] = _each_once((*earlier.other_emails, *later.other_emails))
    said["answers"] = tuple({**dict(earlier.answers), **dict(later.answers)}.items())
    said["own"] = tuple({**dict(earlier.own), **dict(later.own)}.items())
    return replace(earlier, **said)


def _each_once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def given_key(person: ImportedPerson) -> int:
    """Return the given name in 32 bits: its first letter, and a check sum if there is more."""
    words = same_text(person.given_name).replace(".", " ").split()
    if not words:
        return 0
    check = crc32(words[0].encode()) & 0xFFFF if len(words[0]) > 1 else 0
    return (ord(words[0][0]) & 0xFFFF or 1) << 16 | check


def may_be_same(one: int, other: int) -> bool:
    """Two people who share an address differ in the given name; one person may marry.

    >>> ann, a, bob = (given_key(ImportedPerson("", given_name=n)) for n in ("Ann", "A.", "Bob"))
    >>> may_be_same(ann, a), may_be_same(ann, 0), may_be_same(ann, bob)
    (True, True, False)
    """
    if one == 0 or other == 0 or one == other:
        return True
    is_initial = one & 0xFFFF == 0 or other & 0xFFFF == 0
    return is_initial and one >> 16 == other >> 16
