"""Who might apply, where nobody has yet or too few?

Made-up people drawn from given ones: a bootstrap by person (Efron 1979), with single answers swapped for those of
other people so that no two are copies. Or, where only shares are known, each answer drawn on its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from lodestar.engine.answers.profiles import AS_WRITTEN
from lodestar.engine.answers.values import values_of
from lodestar.engine.matching.problem import Answer, MatchingError, Mentee, Mentor

SWAPPED = 0.15
MOST_MADE_UP = 100_000
ONE_PLACE = ("country", "region", "city", "place", "time_zone")
PERSONAL = ("key", "email", "name", "first_name", "last_name", "phone", "choices", "avoid")

Anyone = TypeVar("Anyone", Mentee, Mentor)
Marginals = Mapping[str, Mapping[str, float]]
"""By field, each value with its weight. A value may hold several, parted by `;`; an empty one is a blank."""


def synthetic_pool(
    templates: Sequence[Anyone], count: int, seed: int, *, swapped: float = SWAPPED
) -> list[Anyone]:
    """Return made-up people like the given ones, in no way the same people.

    Each takes all answers of one template drawn at random; then every answer is swapped, with the
    chance `swapped`, for that of another template drawn at random (what says one place, together). Kept in
    expectation: how often each answer and each blank occurs, capacities and demands; and how two
    answers go together, weakened by (1 - swapped)². Not kept: names, addresses, and lists of single people.
    Answers nobody gave never occur. Row order does not matter.

    >>> made = synthetic_pool([Mentee("ana", {"industry": "Law", "email": "ana@example.org"})], 2, seed=1)
    >>> [(mentee.key, mentee.answers) for mentee in made]
    [('made up 1', {'industry': 'Law'}), ('made up 2', {'industry': 'Law'})]
    """
    _refuse_bad_numbers(count, seed)
    if not 0 <= swapped <= 1:
        raise MatchingError(f"swapped: {swapped!r} is not a share from 0 to 1.")
    if not templates:
        raise MatchingError("Nobody is given to make people up from: give at least one person.")
    ordered = sorted(templates, key=lambda person: person.key)
    fields = sorted({field for person in ordered for field in person.answers} - set(PERSONAL))
    parts = sorted({_part(field) for field in fields})
    drawn = np.random.default_rng([seed, len(ordered)])
    who = drawn.integers(len(ordered), size=count)
    whose = np.where(
        drawn.random((count, len(parts))) < swapped,
        drawn.integers(len(ordered), size=(count, len(parts))),
        who[:, None],
    )[:, [parts.index(_part(field)) for field in fields]]
    keys = fresh_keys(count, {person.key for person in ordered})
    return [
        replace(
            ordered[who[place]],
            key=keys[place],
            answers=_answers(ordered, fields, whose[place].tolist()),
        )
        for place in range(count)
    ]


def pool_from_marginals(marginals: Marginals, count: int, seed: int) -> list[dict[str, Answer]]:
    """Return the answers of made-up people of whom only shares are known.

    Kept in expectation: how often each value occurs in each field. Not kept, because it is not
    known: how answers go together. Real cohorts usually have narrower shortages than these.

    >>> pool_from_marginals({"industry": {"Law": 1}, "languages": {"English; German": 2}}, 1, seed=1)
    [{'industry': 'Law', 'languages': ('English', 'German')}]
    """
    _refuse_bad_numbers(count, seed)
    drawn = np.random.default_rng(seed)
    columns: dict[str, list[str]] = {}
    for field in sorted(marginals):
        values = sorted(marginals[field])
        weights = np.array([marginals[field][value] for value in values], dtype=np.float64)
        if (
            not len(weights)
            or not np.isfinite(weights).all()
            or weights.min() < 0
            or not weights.sum()
        ):
            raise MatchingError(
                f"{field}: give each value a weight of 0 or more, and at least one above 0."
            )
        chosen = drawn.choice(len(values), size=count, p=weights / weights.sum())
        columns[field] = [values[place] for place in chosen.tolist()]
    return [
        {
            field: answer
            for field in columns
            if (answer := _parted(columns[field][place])) is not None
        }
        for place in range(count)
    ]


def fresh_keys(count: int, taken: set[str], name: str = "made up") -> list[str]:
    """Number made-up people with keys that nobody has.

    >>> fresh_keys(1, {"made up 1"})
    ['made up made up 1']
    """
    prefix = name
    while any(f"{prefix} {number}" in taken for number in range(1, count + 1)):
        prefix = f"{prefix} {name}"
    return [f"{prefix} {number}" for number in range(1, count + 1)]


def _part(field: str) -> str:
    """Return the name under which answers are swapped together, so that no one's clock belies their country."""
    return "place" if field in ONE_PLACE else field.removesuffix(AS_WRITTEN)


def _answers(
    people: Sequence[Mentee] | Sequence[Mentor], fields: Sequence[str], whose: Sequence[int]
) -> dict[str, Answer]:
    found = {
        field: people[place].answers.get(field) for field, place in zip(fields, whose, strict=True)
    }
    return {field: answer for field, answer in found.items() if answer is not None}


def _parted(value: str) -> Answer:
    values = values_of(tuple(value.split(";")))
    return (values[0] if len(values) == 1 else values) if values else None


def _refuse_bad_numbers(count: object, seed: int) -> None:
    if isinstance(count, bool) or not isinstance(count, int) or not 0 <= count <= MOST_MADE_UP:
        raise MatchingError(f"{count!r} people: ask for a whole number from 0 to {MOST_MADE_UP:,}.")
    if seed < 0:
        raise MatchingError(f"The seed {seed} is below 0: choose a whole number of 0 or more.")
