"""What does the engine know of mentees, mentors and the design of a program?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

Answer = str | int | float | bool | tuple[str, ...] | Mapping[str, int] | None
"""One answer. Text, a number, several values in order, or values with a strength or
importance of 1 to 3. `None`, an empty text and an empty tuple all mean "left blank"."""

PERFECT = 1_000_000
WHOLE_WEIGHT = 10_000
FLOOR = 200_000
KEEP_BONUS = 50_000
MOST_PLACES = 100_000
REFERENCE_DATE = date(2026, 1, 15)


class MatchingError(ValueError):
    """The inputs cannot be matched as they are; the message is one sentence for people."""


class TooLargeError(MatchingError):
    """No exact solver at hand can promise an answer at this size."""


class CriterionKind(StrEnum):
    """How two answers are compared."""

    TOPICS = "topics"
    CATEGORY = "category"
    HIERARCHY = "hierarchy"
    TIMEZONE = "timezone"
    LANGUAGE = "language"
    GAP = "gap"
    OPT_IN = "opt_in"
    TEXT = "text"
    RANKED = "ranked"
    AVAILABILITY = "availability"


class TextMethod(StrEnum):
    """How two texts are compared: by telling words, by themes of all texts, by a language model."""

    WORDS = "words"
    THEMES = "themes"
    MEANING = "meaning"


class ConstraintKind(StrEnum):
    """Why two people may not be paired."""

    COMMON_LANGUAGE = "common_language"
    MAX_HOURS_APART = "max_hours_apart"
    NOT_SAME = "not_same"
    MUST_SHARE = "must_share"
    MIN_GAP = "min_gap"
    AVOID = "avoid"
    BLOCKED = "blocked"
    PAST_PAIR = "past_pair"


# Rules that read a list of named people, and always hold: nobody is told to soften them.
LISTED = (ConstraintKind.BLOCKED, ConstraintKind.PAST_PAIR, ConstraintKind.AVOID)


class Objective(StrEnum):
    """What the best whole set of pairs means; docs/matching.md says each in words."""

    WORST_FIRST = "worst-first"
    SERVED = "served"
    TOTAL = "total"
    NASH = "nash"
    SOFT_MIN = "soft-min"
    BANDS = "bands"
    RANK_MAXIMAL = "rank-maximal"
    STABLE = "stable"
    BALANCED = "balanced"


@dataclass(frozen=True, slots=True)
class Mentee:
    """One mentee: a key that is unique among the mentees, and answers by field name.

    `demand` is how many mentors they would like; a second one only where nobody goes without.
    """

    key: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    demand: int = 1


@dataclass(frozen=True, slots=True)
class Mentor:
    """One mentor: capacity in places, and the load they should reach; `None` is the design's default."""

    key: str
    answers: Mapping[str, Answer] = field(default_factory=dict)
    capacity: int | None = None
    minimum: int | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    """Something matching weighs. Weights are relative; `low` and `high` only serve `gap`.

    `method` says how texts are compared.
    """

    name: str
    kind: CriterionKind
    mentee_field: str
    mentor_field: str
    weight: int
    low: int = 4
    high: int = 15
    method: TextMethod = TextMethod.WORDS


@dataclass(frozen=True, slots=True)
class Constraint:
    """Something no pair may break. `value` is hours, years, or the field of `not_same`."""

    name: str
    kind: ConstraintKind
    value: float | str | bool | None = None
    mentee_field: str = ""
    mentor_field: str = ""


@dataclass(frozen=True, slots=True)
class Design:
    """The rules of one program: what is weighed, what is forbidden, what is best.

    `floor` is a score (0 to 1,000,000) under which a pair is not proposed; `keep_bonus` the points
    by which a pair that already works is favoured when people are matched again. `group_field` names
    the mentees' answer that `balanced` evens out. `reference_on` is the day on which clocks are
    compared, so that daylight saving cannot change a re-run.
    """

    criteria: tuple[Criterion, ...]
    constraints: tuple[Constraint, ...] = ()
    capacity_default: int = 1
    capacity_maximum: int = MOST_PLACES
    minimum_default: int = 0
    objective: Objective = Objective.WORST_FIRST
    floor: int = FLOOR
    keep_bonus: int = KEEP_BONUS
    group_field: str = ""
    missing: str = "neutral"
    reference_on: date = REFERENCE_DATE


def shares(weights: list[int]) -> list[int]:
    """Turn relative weights into basis points that sum to 10,000, by largest remainder.

    >>> shares([30, 12, 9])
    [5882, 2353, 1765]
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise MatchingError("The weights of the criteria must be positive: give one at least 1.")
    whole = [weight * WHOLE_WEIGHT // total for weight in weights]
    rest = [weight * WHOLE_WEIGHT % total for weight in weights]
    by_rest = sorted(range(len(weights)), key=lambda index: (-rest[index], index))
    for index in by_rest[: WHOLE_WEIGHT - sum(whole)]:
        whole[index] += 1
    return whole


def capacity_of(mentor: Mentor, design: Design) -> int:
    """Return how many places a mentor has, within the limits of the design."""
    stated = design.capacity_default if mentor.capacity is None else mentor.capacity
    return max(0, min(stated, design.capacity_maximum))


def minimum_of(mentor: Mentor, design: Design) -> int:
    """Return the load a mentor should reach, never more than their places."""
    stated = design.minimum_default if mentor.minimum is None else mentor.minimum
    return max(0, min(stated, capacity_of(mentor, design)))
