"""When in the week do two people both have time, on their own clocks?

Free hours as people write them ("Mon 18-20; weekends", "weekday evenings") become half hours of a week in
UTC, in winter and in summer; what counts is the smaller overlap of the two seasons, so that an hour found
is there all year. More free time never lowers a score, so nothing is gained by holding any back.
"""

import re
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from lodestar.engine.answers.values import offset_minutes, plain, values_of
from lodestar.engine.matching.criteria import Answers, Bools, Finding
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import Answer, Mentee, Mentor

Spans = list[tuple[float, float]]

HALF_HOURS = 7 * 48
ENOUGH = 4  # half hours a week that both have free: two hours count in full
HALF_A_YEAR = timedelta(days=182)
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GROUPS = {
    "weekday": range(5),
    "workday": range(5),
    "weekend": range(5, 7),
    "daily": range(7),
    "every day": range(7),
    "any": range(7),
}
PARTS = {
    "early": (6, 9),
    "morning": (8, 12),
    "lunch": (12, 14),
    "noon": (12, 14),
    "afternoon": (13, 18),
    "evening": (18, 22),
    "night": (20, 24),
}
WAKING = (8, 22)
DAY = re.compile(r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b")
DAY_RANGE = re.compile(
    r"\b(mon|tue|wed|thu|fri|sat|sun)[a-z]*\s*(?:-|–|to)\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*\b"
)
HOURS = re.compile(
    r"(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?\s*(?:-|–|to|until)\s*(\d{1,2})(?:[:.h](\d{2}))?\s*(am|pm)?"
)


def week_of_each(answers: Answers, people: Sequence[Mentee | Mentor], on: date) -> list[Answer]:
    """Return each person's free half hours in UTC as text that compares: winter's, then summer's.

    Without a time zone, or without hours that can be read, the answer counts as blank.
    """
    return [
        _week(answer, person.answers.get("time_zone"), on)
        for answer, person in zip(answers, people, strict=True)
    ]


def _week(answer: Answer, zone: Answer, on: date) -> Answer:
    free = free_half_hours(" ; ".join(values_of(answer)))
    shifts = [offset_minutes(zone, day) for day in (on, on + HALF_A_YEAR)]
    if not free.any() or None in shifts:
        return None
    return "|".join(
        "".join("1" if on else "0" for on in np.roll(free, -round((shift or 0) / 30)))
        for shift in shifts
    )


def free_half_hours(text: str) -> Bools:
    """Return which of the week's 336 half hours (from Monday 0:00, own clock) somebody names.

    >>> np.flatnonzero(free_half_hours("Tuesday 18-19:30")).tolist()
    [84, 85, 86]
    >>> int(free_half_hours("weekend mornings").sum()), int(free_half_hours("whenever").sum())
    (16, 0)
    """
    free = np.zeros(HALF_HOURS, dtype=bool)
    for clause in re.split(r"[;\n|]+", plain(text)):
        for days, hours in _day_times(clause):
            for first, last in hours:
                slots = np.arange(round(2 * first), round(2 * last))
                for day in days:
                    free[(slots + 48 * day) % HALF_HOURS] = True
    return free


def _day_times(clause: str) -> list[tuple[list[int], Spans]]:
    """Return which days go with which hours: "mon, wed evenings" are the evenings of both."""
    found: list[tuple[list[int], Spans]] = []
    waiting: list[int] = []
    for piece in clause.split(","):
        waiting += _days_in(piece)
        if hours := _hours_in(piece):
            days = waiting or (found[-1][0] if found else list(range(7)))
            found.append((days, hours))
            waiting = []
    return [*found, (waiting, [WAKING])] if waiting else found


def _days_in(text: str) -> list[int]:
    if spans := DAY_RANGE.findall(text):
        first, last = (DAYS.index(name) for name in spans[0])
        return [day % 7 for day in range(first, last + 1 + 7 * (last < first))]
    if named := DAY.findall(text):
        return [DAYS.index(name) for name in named]
    return next((list(days) for group, days in GROUPS.items() if group in text), [])


def _hours_in(text: str) -> Spans:
    found = [_span(*match.groups()) for match in HOURS.finditer(text)]
    spans = [span for span in found if span]
    return spans or [hours for part, hours in PARTS.items() if part in text]


def _span(
    first: str, first_minute: str, first_half: str, last: str, last_minute: str, last_half: str
) -> tuple[float, float] | None:
    """Return a span of hours; the second one's am or pm also serves the first."""
    begin = _hour(first, first_minute, first_half or last_half)
    end = _hour(last, last_minute, last_half)
    if begin > 24 or end > 24:
        return None
    return (begin, end) if begin < end else (begin, end + 24)


def _hour(hour: str, minute: str, half: str) -> float:
    number = int(hour) + int(minute or 0) / 60
    if half == "pm" and number < 12:
        return number + 12
    return number - 12 if half == "am" and number >= 12 else number


class AvailabilityMeasure:
    """Free time in common: two hours a week or more count as 100, in proportion below."""

    def __init__(self, mentees: Answers, mentors: Answers) -> None:
        self.mentee_answered = np.array([answer is not None for answer in mentees], dtype=bool)
        self.mentor_answered = np.array([answer is not None for answer in mentors], dtype=bool)
        self.mentees, self.mentors = _seasons(mentees), _seasons(mentors)

    def half_hours(self, rows: Ints, columns: Ints) -> Ints:
        """Return the half hours a week that both have free, in the season with fewer."""
        winter, summer = (
            mine[rows] @ theirs[columns].T
            for mine, theirs in zip(self.mentees, self.mentors, strict=True)
        )
        fewer: Ints = np.minimum(winter, summer).astype(np.int32)
        return fewer

    def closeness(self, rows: Ints, columns: Ints) -> Ints:
        """Return 0 to 100 for each of these mentees' weeks with each of these mentors'."""
        return np.minimum(self.half_hours(rows, columns), ENOUGH) * np.int32(100 // ENOUGH)

    def finding(self, row: int, column: int) -> Finding | None:
        """Return the hours a week in common."""
        half_hours = int(self.half_hours(np.array([row]), np.array([column]))[0, 0])
        return ("hours_in_common", (f"{half_hours / 2:g}",)) if half_hours else None


def _seasons(answers: Answers) -> tuple[np.ndarray, np.ndarray]:
    """Lay out everybody's half hours in winter and in summer (people x 336)."""
    blank = "0" * HALF_HOURS
    seasons: list[list[bytes]] = [[], []]
    for answer in answers:
        halves = str(answer).split("|") if answer is not None else [blank, blank]
        for season, half in zip(seasons, halves, strict=True):
            season.append(half.encode())
    tables = [
        np.frombuffer(b"".join(season), dtype=np.uint8).reshape(-1, HALF_HOURS) - ord("0")
        for season in seasons
    ]
    return tables[0].astype(np.float32), tables[1].astype(np.float32)
