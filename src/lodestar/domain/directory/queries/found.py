"""Which listings fit a wish, and which of them are the most promising for this reader?

Whether somebody is free, hidden, shut out or gone is asked of the participant's own row, never of
the copy. The promise of a listing is a cheap first guess of how well it fits: the points of the
design's criteria for what both named. Only the most promising are then weighed in full.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from lodestar.domain.applications.models import Participant
from lodestar.domain.directory import rules
from lodestar.domain.directory.models import Facet, Listing
from lodestar.domain.directory.queries.wishes import KEPT, LATER, SET_ASIDE, Wish
from lodestar.domain.directory.queries.words import index
from lodestar.domain.matching.models import Bookmark
from lodestar.domain.people.queries import kept_apart_from
from lodestar.engine.answers.searching import asked_for

MOST_COUNTED = 1_000
FEW_ENOUGH = 10_000
ENOUGH = 12
HALF_DAY, WHOLE_DAY = 12 * 60, 24 * 60


@dataclass(frozen=True)
class Reader:
    """Who looks, on which day, and what is known of them."""

    participant: Participant
    on: date

    @property
    def zone(self) -> str:
        return str(self.participant.answers.get("time_zone") or self.participant.person.time_zone)


def findable(reader: Reader) -> QuerySet[Listing]:
    """Return everybody whom this reader may find, free or not."""
    own = reader.participant
    here = Listing.objects.filter(
        cohort=own.cohort_id,
        role=rules.sought_by(own.role) or "",
        policy=rules.policy_of(own.cohort.design),
        participant__left_at=None,
        participant__hidden_at=None,
        participant__person__blocked_at=None,
    )
    apart = kept_apart_from(own.person)
    return here.exclude(participant__person__in={own.person_id, *apart})


def free_on(on: date) -> Q:
    """Whoever has a free place and no pause."""
    back = Q(participant__paused_until=None) | Q(participant__paused_until__lte=on)
    return back & Q(participant__places_taken__lt=F("participant__capacity"))


def shown_to(reader: Reader, wish: Wish) -> QuerySet[Listing]:
    """Return the shelf that the reader looks at: who is free, who is not, or their own list."""
    found = findable(reader)
    notes = Bookmark.objects.filter(owner=reader.participant)
    not_for_me = notes.filter(kind=Bookmark.Kind.NOT_FOR_ME).values("about")
    if wish.show == KEPT:
        return found.filter(participant__in=notes.filter(kind=Bookmark.Kind.KEPT).values("about"))
    if wish.show == SET_ASIDE:
        return found.filter(participant__in=not_for_me)
    rest = found.exclude(participant__in=not_for_me)
    return (
        rest.exclude(free_on(reader.on)) if wish.show == LATER else rest.filter(free_on(reader.on))
    )


def filtered(
    found: QuerySet[Listing], wish: Wish, reader: Reader, zones: list[str]
) -> QuerySet[Listing]:
    """Keep those who named everything that is filtered by."""
    for term in wish.terms:
        named = Facet.objects.filter(cohort=reader.participant.cohort_id, term=term)
        found = found.filter(pk__in=named.values("listing"))
    if wish.hours is not None:
        found = found.filter(hours__gte=wish.hours)
    if wish.together is not None:
        found = found.filter(zone__in=zones_together(reader.zone, zones, wish.together, reader.on))
    return found


def zones_together(own: str, zones: list[str], hours: int, on: date) -> list[str]:
    """Return the time zones whose day from nine to nine has so many hours in common with one's own."""
    mine = minutes_of(own, on)
    if mine is None:
        return []
    offsets = {zone: minutes_of(zone, on) for zone in zones}
    return [
        zone
        for zone, offset in offsets.items()
        if offset is not None and HALF_DAY - apart(mine, offset) >= hours * 60
    ]


def apart(one: int, other: int) -> int:
    minutes = abs(one - other) % WHOLE_DAY
    return min(minutes, WHOLE_DAY - minutes)


def minutes_of(zone: str, on: date) -> int | None:
    try:
        offset = datetime(on.year, on.month, on.day, 12, tzinfo=ZoneInfo(zone)).utcoffset()
    except (ValueError, OSError, LookupError):
        return None
    return int(offset.total_seconds()) // 60 if offset is not None else None


EXACT, WIDER, NEAR = "exact", "wider", "near"
NOBODY: frozenset[int] = frozenset()


def by_words(
    found: QuerySet[Listing], text: str, meanings: list[str]
) -> tuple[QuerySet[Listing], str, frozenset[int]]:
    """Keep those in whose words the text stands; where these are few, what it means, or nearly so.

    Among those found by what it means, the few are told who wrote it themselves: they come first.
    """
    asked = asked_for(text)
    if not asked:
        return found, EXACT, NOBODY
    words = index()
    exact = found.filter(pk__in=words.exact([asked]))
    wrote = frozenset(exact.order_by().values_list("pk", flat=True)[:ENOUGH])
    others = [way for way in map(asked_for, meanings) if way and way != asked]
    if len(wrote) < ENOUGH and others:
        wider = found.filter(pk__in=words.exact([asked, *others]))
        wide_count = len(wider.values_list("pk")[:ENOUGH])
        if wide_count > len(wrote):
            return wider, WIDER, wrote
    if wrote:
        return exact, EXACT, NOBODY
    near = words.near(asked)
    if near is None:
        return exact, EXACT, NOBODY
    return found.filter(pk__in=near), NEAR, NOBODY


def is_narrow(wish: Wish, held_by: Mapping[str, int]) -> bool:
    """Tell if a wish leaves few enough people to be compared one by one."""
    if any(held_by.get(term, 0) <= FEW_ENOUGH for term in wish.terms):
        return True
    asked = asked_for(wish.text)
    if not asked:
        return False
    holding = Listing.objects.filter(pk__in=index().exact([asked]))
    return holding.order_by()[: FEW_ENOUGH + 1].count() <= FEW_ENOUGH


def counted(found: QuerySet[Listing]) -> int:
    """Count, but no further than is worth telling; one more than that means more."""
    return found.order_by()[: MOST_COUNTED + 1].count()
