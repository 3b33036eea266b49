"""How many come through each step, and where are the others lost?"""

from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeVar

from lodestar.engine.measures.rates import MINIMUM, Share, share_of

Someone = TypeVar("Someone", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Step:
    """Who came this far: how many, which share of the step before and of all, and who did not."""

    name: str
    count: int
    lost: int
    of_previous: Share | None
    of_all: Share


def nested(steps: Iterable[tuple[str, AbstractSet[Someone]]]) -> list[tuple[str, int]]:
    """Count each step among those who took every step before it.

    >>> nested([("applied", {1, 2, 3}), ("matched", {2, 3}), ("met", {3, 9})])
    [('applied', 3), ('matched', 2), ('met', 1)]
    """
    counts: list[tuple[str, int]] = []
    still: AbstractSet[Someone] | None = None
    for name, people in steps:
        still = people if still is None else still & people
        counts.append((name, len(still)))
    return counts


def funnel(counts: Sequence[tuple[str, int]], *, minimum: int = MINIMUM) -> list[Step]:
    """Return the steps of a funnel with their shares; a later step never holds more people.

    >>> [(s.name, s.count, s.lost) for s in funnel([("applied", 10), ("met", 6)])]
    [('applied', 10, 0), ('met', 6, 4)]
    """
    steps: list[Step] = []
    for name, count in counts:
        before = steps[-1].count if steps else count
        if count > before:
            raise ValueError(f"More people at {name!r} than at the step before.")
        whole = steps[0].count if steps else count
        previous = share_of(count, before, minimum=minimum) if steps else None
        of_all = share_of(count, whole, minimum=minimum)
        steps.append(Step(name, count, before - count, previous, of_all))
    return steps
