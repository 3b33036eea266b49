"""How much of what a mentee wants does a mentor offer?

Every wanted topic has a budget of points, its share of importance; a mentor earns it whole with the topic
itself, half for each step away in a tree of topics. A mentor's list counts in full up to FOCUS topics and
is spread thinner beyond, so that ticking everything gains nothing for either side.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array

from lodestar.engine.answers.values import path_of, plain, strengths_of, values_of
from lodestar.engine.matching.criteria import Finding, answered
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.prices import positions_in
from lodestar.engine.matching.problem import Answer
from lodestar.engine.matching.terms import COLUMNS_AT_ONCE, MIDDLE, Distinct, Points, rounded_mean

FULL = 100
FOCUS = 6
STRENGTH_PERCENT = {1: 70, 2: 85, 3: 100}
STEP_PERCENT = (100, 50, 25, 12, 6, 3)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A topic with the points that a mentee gives for it."""

    topic: str
    budget: int


class TopicsTerm:
    """Points for the wanted topics that are offered, with strength, nearness and focus."""

    row_count: int

    def __init__(
        self,
        mentees: Sequence[Answer],
        mentors: Sequence[Answer],
        share: int,
        counted: int | None = None,
    ) -> None:
        self.share = share
        self.mentee_values = [values_of(answer) for answer in mentees]
        self.mentor_values = [values_of(answer) for answer in mentors]
        self.mentee_answered = answered(self.mentee_values)
        self.mentor_answered = answered(self.mentor_values)
        self.mentors = Distinct(mentors, counted)
        self.topics: dict[str, int] = {}
        self.wanted: dict[Wanted, int] = {}
        self.start, self.rows = self._pick_rows(mentees)
        self.worth = self._worth()
        self.topic = np.array([self.topics[w.topic] for w in self.wanted], dtype=np.int64)
        self.budget = np.array([w.budget for w in self.wanted], dtype=np.int64)
        self.mean = self._means()
        self.blank = self._mean_of_mentees()
        self.row_count = len(self.wanted) + 1  # the last row is for mentees who left it blank

    def _pick_rows(self, mentees: Sequence[Answer]) -> tuple[Ints, Ints]:
        """Give every wanted topic with its budget a row, and every mentee the rows they pick."""
        rows: list[int] = []
        start = [0]
        for answer in mentees:
            importance = {topic: weight or 1 for topic, weight in strengths_of(answer).items()}
            for wanted in budgets(importance, self.share * FULL):
                self.topics.setdefault(wanted.topic, len(self.topics))
                rows.append(self.wanted.setdefault(wanted, len(self.wanted)))
            if not importance:
                rows.append(-1)
            start.append(len(rows))
        found = np.array(rows, dtype=np.int64)
        return np.array(start, dtype=np.int64), np.where(found < 0, len(self.wanted), found)

    def _worth(self) -> csc_array:
        """Return what each wanted topic is worth with each distinct offer (topics x offers, percent)."""
        stated = [strengths_of(answer) for answer in self.mentors.answers]
        unstated = STRENGTH_PERCENT[2] if any(any(s.values()) for s in stated) else FULL
        near = nearness(list(self.topics), {topic for offer in stated for topic in offer})
        rows: list[int] = []
        columns: list[int] = []
        worth: list[int] = []
        for place, offer in enumerate(stated):
            best: dict[int, int] = {}
            for topic, strength in offer.items():
                percent = STRENGTH_PERCENT.get(strength, unstated)
                for wanted, closeness in near.get(topic, ()):
                    best[wanted] = max(best.get(wanted, 0), percent * closeness)
            rows += best
            columns += [place] * len(best)
            spread = FULL * max(FOCUS, len(offer))
            worth += [value * FOCUS // spread for value in best.values()]
        shape = (len(self.topics), len(self.mentors))
        return csc_array((np.array(worth, dtype=np.int32), (rows, columns)), shape=shape)

    def _means(self) -> NDArray[np.int64]:
        """Return what each row counts with a silent mentor: its mean over those who answered."""
        spoke = np.flatnonzero(answered([values_of(answer) for answer in self.mentors.answers]))
        count = self.mentors.count[spoke].astype(np.int64)
        total = np.zeros(len(self.wanted), dtype=np.int64)
        for first in range(0, len(spoke), COLUMNS_AT_ONCE):
            some = slice(first, first + COLUMNS_AT_ONCE)
            total += self._offered(spoke[some]) @ count[some]
        if not count.sum():
            return self.budget * MIDDLE // FULL
        return rounded_mean(total, int(count.sum()), 0)

    def _mean_of_mentees(self) -> int:
        spoke = np.flatnonzero(self.mentee_answered)
        picked = self.rows[positions_in(self.start, spoke)]
        total = np.array([self.mean[picked].sum()])
        return int(rounded_mean(total, len(spoke), MIDDLE * self.share)[0])

    def _offered(self, offers: Ints) -> NDArray[np.int64]:
        """Return the points of every wanted topic with some distinct offers."""
        worth = self.worth[:, offers].toarray()[self.topic]
        points: NDArray[np.int64] = self.budget[:, None] * worth.astype(np.int64) // FULL
        return points

    def table(self, columns: Ints) -> Points:
        """Return the points of every row for these mentors."""
        worth = self.worth[:, self.mentors.code[columns]].toarray()
        table = np.empty((self.row_count, len(columns)), dtype=np.float32)
        table[:-1] = self.budget.astype(np.int32)[:, None] * worth[self.topic] // np.int32(FULL)
        table[-1] = self.blank
        silent = ~self.mentor_answered[columns]
        table[:-1, silent] = self.mean[:, None]
        return table

    def points(self, mentees: Ints, mentors: Ints) -> NDArray[np.int64]:
        """Return the points of mentees paired one by one with mentors."""
        rows = self.rows[positions_in(self.start, mentees)]
        of_pair = np.repeat(np.arange(len(mentees)), np.diff(self.start)[mentees])
        named = rows < len(self.wanted)
        rows, of_pair = rows[named], of_pair[named]
        offers = self.mentors.code[mentors]
        worth = self.worth[self.topic[rows], offers[of_pair]] if len(rows) else rows
        earned = self.budget[rows] * np.asarray(worth, dtype=np.int64) // FULL
        silent = ~self.mentor_answered[mentors][of_pair]
        points = np.where(self.mentee_answered[mentees], 0, self.blank)
        np.add.at(points, of_pair, np.where(silent, self.mean[rows], earned))
        return points

    def finding(self, mentee: int, mentor: int) -> Finding | None:
        """Return the topics both named, in the mentee's order; else the nearest two."""
        offered = {plain(value): value for value in self.mentor_values[mentor]}
        wanted = self.mentee_values[mentee]
        both = tuple(value for value in wanted if plain(value) in offered)
        if both:
            return "shared", both
        near = [
            (-closeness_of_topics(steps_of(value), steps_of(other)), value, other)
            for value in wanted
            for other in offered.values()
        ]
        best = min(near, default=(0, "", ""))
        return ("near", best[1:]) if best[0] < 0 else None


def budgets(importance: dict[str, int], points: int) -> list[Wanted]:
    """Share points out by importance, to the point, by largest remainder.

    >>> budgets({"salary": 2, "law": 1}, 100)
    [Wanted(topic='salary', budget=67), Wanted(topic='law', budget=33)]
    """
    total = sum(importance.values())
    whole = {topic: points * weight // total for topic, weight in importance.items()}
    rest = points - sum(whole.values())
    by_rest = sorted(importance, key=lambda topic: (-(points * importance[topic] % total), topic))
    for topic in by_rest[:rest]:
        whole[topic] += 1
    return [Wanted(topic, budget) for topic, budget in whole.items()]


def closeness_of_topics(wanted: tuple[str, ...], offered: tuple[str, ...]) -> int:
    """Return 100 for the topic itself or a more particular one, halved for each step away in the tree.

    >>> [closeness_of_topics(("work", "pay"), path) for path in [("work", "pay", "bonus"), ("work",), ("work", "law"), ("art",)]]
    [100, 50, 25, 0]
    """
    shared = 0
    for mine, theirs in zip(wanted, offered, strict=False):
        if mine != theirs:
            break
        shared += 1
    if not shared:
        return 0
    down = len(offered) - shared if shared < len(wanted) else 0
    steps = len(wanted) - shared + down
    return STEP_PERCENT[steps] if steps < len(STEP_PERCENT) else 0


def steps_of(topic: str) -> tuple[str, ...]:
    """Return the steps of a topic in the tree of topics; one that is no path is a step of its own."""
    return path_of(topic) or (topic,)


def nearness(wanted: Sequence[str], offered: set[str]) -> dict[str, list[tuple[int, int]]]:
    """Return for each offered topic the wanted ones (by position) it serves, and how closely."""
    paths = [steps_of(topic) for topic in wanted]
    by_root: dict[str, list[int]] = {}
    for place, path in enumerate(paths):
        by_root.setdefault(path[0], []).append(place)
    found: dict[str, list[tuple[int, int]]] = {}
    for topic in sorted(offered):
        path = steps_of(topic)
        alike = [(p, closeness_of_topics(paths[p], path)) for p in by_root.get(path[0], ())]
        found[topic] = [(place, closeness) for place, closeness in alike if closeness]
    return found
