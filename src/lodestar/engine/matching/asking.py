"""Whom does a mentee ask next, and what follows from what came back?

One mentor after the other, in the order of a private list. A no, a silence, or a mentor who is no longer free sends
the question on to the next by itself; only what the mentee took back stops it. A mentor who has enough questions
to answer is passed over for now and stays on the list. Plain decisions, so that a trial can replay them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Fate(StrEnum):
    """What became of one choice."""

    OPEN = "open"
    ASKED = "asked"
    YES = "yes"
    NO = "no"
    LATER = "later"
    SILENT = "silent"
    NOT_FREE = "not_free"
    TAKEN_BACK = "taken_back"


class Standing(StrEnum):
    """Can a mentor be asked now?"""

    FREE = "free"
    BUSY = "busy"
    NOT_FREE = "not_free"


class Step(StrEnum):
    """What happens next for a mentee."""

    ASK = "ask"
    WAIT = "wait"
    DONE = "done"
    STOPPED = "stopped"
    NOBODY_LEFT = "nobody_left"


@dataclass(frozen=True, slots=True)
class Wish:
    """One mentor on a list, by key; `again_on` is the day from which whoever said "not now" may be asked again."""

    key: str
    rank: int
    fate: Fate = Fate.OPEN
    standing: Standing = Standing.FREE
    again_on: date | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """The next step, and whom it is about."""

    step: Step
    key: str = ""


def is_living(wish: Wish) -> bool:
    """Tell if a choice may still become a question: never put yet, or put off by the mentor.

    >>> is_living(Wish("ruth", 1)), is_living(Wish("ruth", 1, Fate.NO))
    (True, False)
    """
    return wish.fate in (Fate.OPEN, Fate.LATER) and wish.standing is not Standing.NOT_FREE


def may_be_asked(wish: Wish, on: date) -> bool:
    """Tell if a choice can be put to its mentor on this day."""
    is_time = wish.again_on is None or wish.again_on <= on
    return is_living(wish) and is_time and wish.standing is Standing.FREE


def next_step(wishes: Sequence[Wish], on: date, *, goes_on: bool = True) -> Next:
    """Return what happens next with a list; `goes_on` is false while the mentee has stopped it.

    Whoever waits for an answer waits; whoever got a yes is done. Else the first who may be asked is asked.

    >>> next_step([Wish("ruth", 2), Wish("noor", 1, Fate.NO), Wish("kofi", 3)], date(2027, 3, 1))
    Next(step=<Step.ASK: 'ask'>, key='ruth')
    """
    for fate, step in ((Fate.YES, Step.DONE), (Fate.ASKED, Step.WAIT)):
        if met := next((wish for wish in wishes if wish.fate is fate), None):
            return Next(step, met.key)
    if not goes_on:
        return Next(Step.STOPPED)
    in_order = sorted(wishes, key=lambda wish: (wish.rank, wish.key))
    if first := next((wish for wish in in_order if may_be_asked(wish, on)), None):
        return Next(Step.ASK, first.key)
    if later := next((wish for wish in in_order if is_living(wish)), None):
        return Next(Step.WAIT, later.key)
    return Next(Step.NOBODY_LEFT)


def standing_of(*, free_places: int, is_away: bool, waiting: int, most: int) -> Standing:
    """Return if a mentor can be asked: with a free place, not away, and not with enough to answer already.

    >>> standing_of(free_places=1, is_away=False, waiting=3, most=3)
    <Standing.BUSY: 'busy'>
    """
    if is_away or free_places < 1:
        return Standing.NOT_FREE
    return Standing.BUSY if waiting >= most else Standing.FREE
