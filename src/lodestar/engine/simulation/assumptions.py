"""What is assumed about people who are asked to be mentor and mentee, and where does it come from?"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.problem import MatchingError

FALLING = ("drop_out", "decline", "silence", "no_show")
CHANCES = (*FALLING, "answer")
MOST_REMATCHES = 5
MOST_PULSES = 12
MOST_DAYS = 60
TIMES = ("reply_time", "meeting_time")
MOST_HOURS = 1_000.0
HOURS = ("manual_case", "silence_case", "rematch", "ask", "rule")

Floats = NDArray[np.float64]

GUESS = "no published figure: a guess to be replaced by your own last cohort"
STIRLING = (
    "about 1 in 10 pairs failed in a small alumni e-mentoring scheme, shared between both sides"
)
GO_OR_STOP = "the usual go/no-go bound of 10 % unresolved silence, shared between both sides"
TWO_REMINDERS = "a guess: most answer at once, some after each of two reminders, a few too late"
SURVEYS = "the usual go/no-go bound of 60 % survey answers"
THREE_WEEKS = "the usual go/no-go bound of 70 % met within 21 days; its shape is a guess"


@dataclass(frozen=True, slots=True)
class Chance:
    """A chance from 0 to 1: the usual one, other ones by person's key, and where it comes from.

    `low` and `high` are between which bounds the usual one may really lie; they always hold it.
    """

    usual: float
    low: float = 1.0
    high: float = 0.0
    source: str = "given"
    by_person: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for chance in (self.usual, self.low, self.high, *self.by_person.values()):
            _refuse_no_chance(chance)
        object.__setattr__(self, "low", min(self.low, self.usual))
        object.__setattr__(self, "high", max(self.high, self.usual))

    def of(self, keys: Sequence[str]) -> Floats:
        """Return each person's chance, in the order of their keys.

        >>> Chance(0.1, by_person={"bo": 0.5}).of(["ana", "bo"]).tolist()
        [0.1, 0.5]
        """
        return np.array([self.by_person.get(key, self.usual) for key in keys], dtype=np.float64)


@dataclass(frozen=True, slots=True)
class Side:
    """What the people of one side may do: each a chance that holds for them alone.

    `drop_out` before anything is matched; `decline` one proposed match; `silence`, never to answer
    the letters of one match run; `no_show`, to say yes and never meet; `answer` one pulse when asked.
    """

    drop_out: Chance = field(default_factory=lambda: Chance(0.05, 0.0, 0.2, GUESS))
    decline: Chance = field(default_factory=lambda: Chance(0.05, 0.0, 0.2, GUESS))
    silence: Chance = field(default_factory=lambda: Chance(0.05, 0.0, 0.2, GO_OR_STOP))
    no_show: Chance = field(default_factory=lambda: Chance(0.05, 0.0, 0.2, STIRLING))
    answer: Chance = field(default_factory=lambda: Chance(0.6, 0.4, 0.8, SURVEYS))


@dataclass(frozen=True, slots=True)
class StaffHours:
    """Hours of staff work for one case of each kind.

    `manual_case`: a mentee whom no match run served; `silence_case`: a match that expired, or one that
    both accepted and that never met; `rematch`: a match proposed in a later run; `ask`: to ask one person to become a
    mentor or to take one more; `rule`: to talk a rule over and change it.
    """

    manual_case: float = 1.0
    silence_case: float = 0.5
    rematch: float = 0.25
    source: str = GUESS
    ask: float = 0.25
    rule: float = 2.0

    def __post_init__(self) -> None:
        for name in HOURS:
            hours = getattr(self, name)
            if not _is_number(hours) or not 0 <= hours <= MOST_HOURS:
                raise MatchingError(
                    f"{name}: {hours!r} is not a number of hours from 0 to {MOST_HOURS:,.0f}."
                )


@dataclass(frozen=True, slots=True)
class Assumptions:
    """Everything that is assumed about people.

    `reply_time` holds relative weights: how many of those who answer do so on the first working day,
    on the second, and so on. Whoever would answer after the deadline counts as silent. `meeting_time`
    holds the same for the working days from the yes that counts to a pair's first meeting.
    """

    mentee: Side = field(default_factory=Side)
    mentor: Side = field(default_factory=Side)
    reply_time: tuple[float, ...] = (40, 25, 15, 10, 5, 2, 1, 1, 1)
    reply_source: str = TWO_REMINDERS
    meeting_time: tuple[float, ...] = (
        1,
        3,
        4,
        5,
        6,
        6,
        6,
        6,
        6,
        6,
        5,
        5,
        4,
        4,
        3,
        3,
        3,
        3,
        2,
        2,
        2,
        2,
        2,
        2,
        2,
    )
    meeting_source: str = THREE_WEEKS
    hours: StaffHours = field(default_factory=StaffHours)

    def __post_init__(self) -> None:
        for name in TIMES:
            _refuse_no_time(name, getattr(self, name))


@dataclass(frozen=True, slots=True)
class Procedure:
    """What the office does, and when; days are working days.

    A proposed match is open for `reply_days` (the design's). Whoever is free again is matched anew in
    up to `rematches` further match runs, each `rematch_days` after the last answer. Pairs that never
    met are noticed after `first_meeting_days`, and matched anew once if `rematch_after_no_show`.
    Somebody who stayed silent is asked again only if `asks_silent_again`. Both sides of each pair that meets
    are asked `pulses` times how it goes.
    """

    reply_days: int = 5
    rematches: int = 1
    rematch_days: int = 2
    rematch_after_no_show: bool = True
    first_meeting_days: int = 10
    asks_silent_again: bool = False
    pulses: int = 0

    def __post_init__(self) -> None:
        _refuse_no_count("reply_days", self.reply_days, 1, MOST_DAYS)
        _refuse_no_count("rematches", self.rematches, 0, MOST_REMATCHES)
        _refuse_no_count("rematch_days", self.rematch_days, 0, MOST_DAYS)
        _refuse_no_count("first_meeting_days", self.first_meeting_days, 0, MOST_DAYS)
        _refuse_no_count("pulses", self.pulses, 0, MOST_PULSES)
        for name in ("rematch_after_no_show", "asks_silent_again"):
            if not isinstance(getattr(self, name), bool):
                raise MatchingError(f"{name}: {getattr(self, name)!r} is not true or false.")


def refuse_unknown_people(
    assumptions: Assumptions, mentees: Sequence[str], mentors: Sequence[str]
) -> None:
    """Refuse a chance for a person who is not in the cohort."""
    for role, side, keys in (
        ("mentee", assumptions.mentee, mentees),
        ("mentor", assumptions.mentor, mentors),
    ):
        here = set(keys)
        for name in CHANCES:
            unknown = sorted(set(getattr(side, name).by_person) - here)
            if unknown:
                raise MatchingError(
                    f"[{role}] {name}, by_person: no {role} here is called {unknown[0]}. "
                    "Correct or remove this line."
                )


def _refuse_no_time(name: str, weights: Sequence[float]) -> None:
    fits = all(_is_number(weight) and weight >= 0 for weight in weights)
    if not fits or not 0 < len(weights) <= MOST_DAYS or sum(weights) <= 0:
        raise MatchingError(
            f"{name} needs 1 to {MOST_DAYS} numbers of 0 or more, one for each working day, "
            f"for example {name} = [40, 30, 20, 10]."
        )


def _refuse_no_chance(value: object) -> None:
    if not _is_number(value) or not 0 <= value <= 1:  # type: ignore[operator]
        raise MatchingError(
            f"{value!r} is not a chance from 0 to 1: write 0.05 for one person in twenty."
        )


def _refuse_no_count(name: str, value: object, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise MatchingError(f"{name}: {value!r} is not a whole number from {least} to {most}.")


def _is_number(value: object) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and math.isfinite(value)  # type: ignore[arg-type]


NOBODY_FALLS_AWAY = Side(Chance(0.0), Chance(0.0), Chance(0.0), Chance(0.0))
