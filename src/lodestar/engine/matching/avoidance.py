"""Whom did somebody ask to be kept apart from, and which of these names match nobody?"""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import chain

from lodestar.engine.answers.values import parted_by_commas, plain, values_of
from lodestar.engine.matching.listed_terms import ListedPairs, sharing_pairs
from lodestar.engine.matching.problem import Answer, MatchingError, Mentee, Mentor

AVOID = "avoid"
KNOWN_AS = ("email", "name", "employer")
NOBODY = frozenset(("nobody", "no one", "no-one", "no", "none", "anyone is fine"))
MOST_LISTED = 4_000_000

Answers = Sequence[Answer]
Person = Mentee | Mentor


def avoided_pairs(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], mine: Answers, theirs: Answers
) -> ListedPairs:
    """Keep apart whom either asked to be kept apart from: by key, address, name or employer."""
    names = [[names_of(person) for person in side] for side in (mentees, mentors)]
    known_mentees, known_mentors = (frozenset(chain.from_iterable(side)) for side in names)
    lists = [
        [list(names_in(answer, known)) for answer in side]
        for side, known in ((mine, known_mentors), (theirs, known_mentees))
    ]
    parts = (
        sharing_pairs(lists[0], names[1], most=MOST_LISTED),
        sharing_pairs(names[0], lists[1], most=MOST_LISTED),
    )
    found = [part for part in parts if part is not None]
    if len(found) < len(parts):
        raise MatchingError(
            f"The lists of whom to avoid name more than {MOST_LISTED:,} pairs: name people, not "
            "whole employers, or use the rule not_same."
        )
    return ListedPairs.joined(found, len(mentees))


def names_of(person: Person) -> tuple[str, ...]:
    """Return what a list may call somebody: the key, the address, the name either way round, the employer.

    >>> names_of(Mentor("M-1", {"first_name": "Jo", "last_name": "Fox"}))
    ('m-1', 'jo fox', 'fox, jo')
    """
    told = [value for name in KNOWN_AS for value in values_of(person.answers.get(name))]
    first, last = (
        " ".join(values_of(person.answers.get(name))) for name in ("first_name", "last_name")
    )
    whole = [f"{first} {last}", f"{last}, {first}"] if first and last else []
    return tuple(map(_spelt, (person.key, *told, *whole)))


def known_names(people: Sequence[Person]) -> frozenset[str]:
    """Return every name that a list may call these people."""
    return frozenset(name for person in people for name in names_of(person))


def names_in(answer: Answer, known: Collection[str]) -> Iterator[str]:
    """Yield whom an answer names; a comma parts names unless it stands within a known one.

    >>> list(names_in("Fox, Jo, Ed Ox", {"fox, jo", "ed ox"}))
    ['fox, jo', 'ed ox']
    """
    for value in values_of(answer):
        yield from map(plain, parted_by_commas(value, known))


def unknown_names(answer: Answer, known: Collection[str]) -> list[str]:
    """Return the names of a list that match nobody, as they were written."""
    named = [name for value in values_of(answer) for name in parted_by_commas(value, known)]
    return [name for name in named if plain(name) not in known and plain(name) not in NOBODY]


def _spelt(name: str) -> str:
    return re.sub(r"\s*,\s*", ", ", plain(name))
