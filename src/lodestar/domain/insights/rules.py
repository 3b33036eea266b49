"""Which counts may be told to people outside?"""

from collections.abc import Sequence

from lodestar.engine.measures.rates import MINIMUM


def tellable(nested: Sequence[int]) -> list[int | None]:
    """Return counts of people, each within the one before; None where one would point at a few.

    A count is told where nobody or at least five people are in it, and nobody or at least five are
    left over from the last count told: otherwise subtracting the two would point at them.

    >>> tellable([12, 11, 6, 0]), tellable([4])
    ([12, None, 6, 0], [None])
    """
    told: list[int | None] = []
    last: int | None = None
    for count in nested:
        left = 0 if last is None else last - count
        is_safe = not (0 < count < MINIMUM or 0 < left < MINIMUM)
        told.append(count if is_safe else None)
        last = count if is_safe else last
    return told
