"""Who waits where?

Whoever was carried over from an earlier cohort comes first, then the higher mean score, then who applied first.
Whoever the office placed by hand stands where it said; the others keep their order around them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

FEWEST_PLACES = 3
TIMES = 2


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody on a waitlist; a score nobody gave comes after every score, `moved_to` counts from 1."""

    key: int
    sent_at: datetime
    is_carried: bool = False
    score: int | None = None
    moved_to: int | None = None


def waiting_order(waiting: Sequence[Waiting]) -> list[int]:
    """Return the keys of those who wait, the next one first."""
    by_rule = sorted((each for each in waiting if each.moved_to is None), key=_by_rule)
    order = [each.key for each in by_rule]
    moved = [(each.moved_to, each.key) for each in waiting if each.moved_to is not None]
    for place, key in sorted(moved):
        order.insert(place - 1, key)
    return order


def _by_rule(each: Waiting) -> tuple[bool, int, datetime, int]:
    return (not each.is_carried, -(each.score or 0), each.sent_at, each.key)


def is_worth_telling(told: int, place: int) -> bool:
    """Tell if a place changed by so much that it is worth a letter: half or double, and three places or the front.

    >>> is_worth_telling(8, 4), is_worth_telling(8, 7), is_worth_telling(2, 1)
    (True, False, True)
    """
    if place == 1 < told:
        return True
    nearer, further = sorted((told, place))
    return further - nearer >= FEWEST_PLACES and further >= TIMES * nearer
