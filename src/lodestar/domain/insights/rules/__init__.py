"""Which counts may be told to people outside, and does a link to a roadmap still open?"""

from collections.abc import Sequence
from datetime import datetime

from lodestar.domain.insights.models import RoadmapLink
from lodestar.engine.measures.rates import MINIMUM

LINK_DAYS = (7, 30, 90)
MOST_LINKS = 20


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


def is_live(link: RoadmapLink, now: datetime) -> bool:
    return link.revoked_at is None and now < link.expires_at
