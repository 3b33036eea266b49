"""What does somebody find who looks around, in which order, and why?"""

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from lodestar.domain.directory import rules
from lodestar.domain.directory.models import Shelf
from lodestar.domain.directory.queries.fit import Mine
from lodestar.domain.directory.queries.found import (
    EXACT,
    MOST_COUNTED,
    Reader,
    by_words,
    counted,
    filtered,
    is_narrow,
    shown_to,
)
from lodestar.domain.directory.queries.promising import (
    MOST_WEIGHED,
    Row,
    Worth,
    promises,
    rows_to_weigh,
)
from lodestar.domain.directory.queries.seen import Seen, seen_of
from lodestar.domain.directory.queries.wishes import Wish
from lodestar.domain.matching.models import Bookmark
from lodestar.domain.matching.queries import bookmarks_of
from lodestar.engine.answers.searching import tokens_of
from lodestar.engine.matching.finding import Fit

PAGE_SIZE = 18
MOST_PAGES = MOST_WEIGHED // PAGE_SIZE


@dataclass(frozen=True)
class Choice:
    """One thing to filter by; `count` is known where everybody found was looked at."""

    value: str
    label: str
    count: int | None = None


@dataclass(frozen=True)
class Results:
    """One page of what was found. `total` is a count up to a limit; `reachable` can be leafed through."""

    people: list[Seen]
    total: int
    reachable: int
    page: int
    spelling: str
    left_out: list[str]
    choices: Mapping[str, list[Choice]] = field(default_factory=dict)
    is_known: bool = True

    @property
    def is_more(self) -> bool:
        return self.total > MOST_COUNTED

    @property
    def page_count(self) -> int:
        return max(1, -(-self.reachable // PAGE_SIZE))

    @property
    def is_cut(self) -> bool:
        """Tell if there are more than can be leafed through."""
        return self.total > MOST_WEIGHED

    @property
    def next_page(self) -> int | None:
        return self.page + 1 if self.page < self.page_count else None

    @property
    def last_page(self) -> int | None:
        return self.page - 1 if self.page > 1 else None


def found_by(reader: Reader, wish: Wish, *, page: int) -> Results:
    """Return a page of people, those who suit the reader best first.

    The number of questions to the database does not grow with the number of people.
    """
    shelf = shelf_of(reader)
    zones = shelf.zones if shelf else []
    found = filtered(shown_to(reader, wish), wish, reader, zones)
    found, spelling, wrote = by_words(found, wish.text, rules.meanings_of(wish.text))
    mine = Mine(reader.participant)
    held_by = held_by_of(shelf)
    worth = Worth(promises(mine.answers, mine.design), held_by)
    total, narrow = counted(found), is_narrow(wish, held_by)
    cohort = reader.participant.cohort_id
    rows = rows_to_weigh(found, total, worth, cohort, is_narrow=narrow, wrote=wrote)
    fit = mine.fit(rows)
    notes = {note.about_id: note.kind for note in bookmarks_of(reader.participant)}
    order = in_order(rows, fit, notes, wish.text, reader, wrote)
    page = min(max(1, page), max(1, -(-len(order) // PAGE_SIZE)))
    here = order[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    left_out = Counter(code for code in fit.broken if code and not is_untold(code))
    return Results(
        seen_of(reader, mine, fit, [(place, rows[place]) for place in here], notes),
        total,
        len(order),
        page,
        spelling,
        rules.left_out_in_words(left_out),
        choices_of(shelf, rows if total <= MOST_WEIGHED else None, order),
        shelf is not None,
    )


def is_untold(code: str) -> bool:
    """What two people, or an office, decided about one pair is not counted before others."""
    return code in ("banned", "blocked", "declined", "same_person", "past_pair")


def shelf_of(reader: Reader) -> Shelf | None:
    cohort = reader.participant.cohort
    return Shelf.objects.filter(cohort=cohort, policy=rules.policy_of(cohort.design)).first()


def held_by_of(shelf: Shelf | None) -> dict[str, int]:
    """Return how many named each term that many named."""
    told = shelf.choices.values() if shelf else ()
    return {str(term): int(count) for choices in told for term, _label, count in choices}


def in_order(
    rows: Sequence[Row],
    fit: Fit,
    notes: Mapping[int, str],
    text: str,
    reader: Reader,
    wrote: Collection[int],
) -> list[int]:
    """Return the positions of those who may be met: by name, who wrote the words, kept ones, then by fit less price.

    The price of a mentor is what their place is worth to others in the current optimum, so that not
    everybody is led to the same few. Equals stand in an order of the reader's own.
    """
    asked = tokens_of(text)
    own = reader.participant.public_id

    def place_of(place: int) -> tuple[bool, bool, bool, int, bytes]:
        row = rows[place]
        return (
            not is_name(row.name, asked),
            row.pk not in wrote,
            notes.get(row.participant) != Bookmark.Kind.KEPT,
            row.price - fit.scores[place],
            hashlib.sha256(f"{own}:{row.key}".encode()).digest(),
        )

    met = [place for place, code in enumerate(fit.broken) if code is None]
    return sorted(met, key=place_of)


def is_name(name: str, asked: Sequence[str]) -> bool:
    """Tell if every word that was asked for begins a word of the name."""
    words = tokens_of(name) if asked else []
    return bool(asked) and all(any(word.startswith(each) for word in words) for each in asked)


def choices_of(
    shelf: Shelf | None, rows: Sequence[Row] | None, order: Sequence[int]
) -> dict[str, list[Choice]]:
    """Return what can be filtered by; with counts where everybody found was looked at."""
    counts = Counter(term for place in order for term in rows[place].terms) if rows else Counter()
    told: dict[str, list[Choice]] = {}
    for kind, choices in (shelf.choices if shelf else {}).items():
        told[kind] = [
            Choice(term.partition(":")[2], label, counts.get(term, 0) if rows is not None else None)
            for term, label, _count in choices
        ]
    return told


__all__ = ["EXACT", "MOST_PAGES", "PAGE_SIZE", "Choice", "Results", "found_by"]
