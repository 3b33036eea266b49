"""How is a cohort matched whose pairs are too many to list?

A few candidates of each person come into play first; they are solved exactly, and the prices of that
solution are held against every pair there is. A pair that the prices do not pay could change the answer
and comes into play, until there is none (column generation: Gilmore & Gomory 1961; Barnhart et al. 1998).
Nothing is certified here: scan_proof.py looks at every pair again, with code of its own.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.covers import Cover
from lodestar.engine.matching.kernels import Best, Floats, exact
from lodestar.engine.matching.lottery import Drawn, mixed
from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.prices import FAR, Prices
from lodestar.engine.matching.problem import TooLargeError
from lodestar.engine.matching.scorer import Block, Scorer

CANDIDATES = 16
CANDIDATES_IN_ALL = 1_200_000
NEWCOMERS = 32
MOST_TIES = 32

NOBODY = np.zeros(0, dtype=np.int64)

Progress = Callable[[str, float], None]
Seen = tuple[Floats, Floats]


class Scanned:
    """A pool that begins with candidates and is widened by scans over all pairs.

    `bonus` maps kept pairs (mentee, mentor) to points that count on top of their score. Once
    `may_go_on` answers no, nothing is widened any more, and the proof shows what is missing.
    """

    is_whole = False

    def __init__(
        self,
        scorer: Scorer,
        drawn: Drawn,
        *,
        bonus: dict[tuple[int, int], int],
        may_go_on: Callable[[], bool],
        progress: Progress,
    ) -> None:
        if np.any(scorer.market.demand > 1):
            raise TooLargeError(
                f"{len(scorer.mentees):,} mentees with {len(scorer.mentors):,} mentors are too many "
                "to give anyone more than one mentor: set every demand to 1."
            )
        self.scorer, self.drawn, self.bonus = scorer, drawn, bonus
        self.loops = scorer.loops
        self.may_go_on, self.progress = may_go_on, progress
        self.cells = 0
        self.seen: Seen | None = None
        self.seen_ties: Seen | None = None
        self.pairs = EligiblePairs(
            np.zeros(len(scorer.mentees) + 1, dtype=np.int64),
            np.zeros(0, dtype=np.int32),
            np.zeros(0, dtype=np.int32),
            scorer.market.capacity,
            scorer.market.demand,
            scorer.market.minimum,
        )
        self.looking = scorer.market.demand > 0
        self.weight: Ints = np.zeros(0, dtype=np.int64)
        self._begin()

    def _begin(self) -> None:
        """Bring into play each person's best few, and every pair with a bonus."""
        mentors = len(self.scorer.mentors)
        people = len(self.scorer.mentees) + mentors
        each = max(1, min(CANDIDATES, CANDIDATES_IN_ALL // people))
        limit = np.float32(self.scorer.floor - 1)
        by_mentee = self.loops.best(np.where(self.looking, limit, np.float32(np.inf)), each)
        has_place = self.scorer.market.capacity > 0
        by_mentor = self.loops.best(np.where(has_place, limit, np.float32(np.inf)), each)
        nothing = np.zeros(mentors, dtype=np.float32)
        for rows, columns, block in self._scan("candidates"):
            by_mentee.add_rows(block, rows, columns, nothing[columns], self.scorer.floor)
            by_mentor.add_columns(block, rows, columns, self.scorer.floor)
        found = [by_mentee.pairs(), by_mentor.pairs()[::-1]]
        kept = np.array(sorted(self.bonus), dtype=np.int64).reshape(-1, 2)
        self._add([*found, (kept[:, 0], kept[:, 1])])

    def widen_by_prices(self, prices: Prices, least: int) -> bool:
        """Bring into play the pairs that prices do not pay, of each mentee the few worst paid.

        What was looked at before is not looked at again where nothing became cheaper.
        """
        if not self.may_go_on():
            return False
        floor = max(least, self.scorer.floor)
        price, limit = self._limits(prices)
        best = self.loops.best(limit, NEWCOMERS)
        for rows, columns in _worth_a_look(self.seen, price, limit):
            for lines, some, block in self._scan("prices", rows, columns):
                best.add_rows(block, lines, some, price[some], floor)
        self.seen = _seen(price, limit, best)
        return self._add([best.pairs()])

    def _limits(self, prices: Prices) -> tuple[Floats, Floats]:
        """Return what a pair's points must exceed: price by mentor, and what each mentee has already."""
        price, limit = exact(prices.mentor, np.where(self.looking, -prices.offer, FAR))
        return price, limit

    def widen_by_covers(self, covers: Sequence[Cover]) -> bool:
        """Bring into play pairs that lead out of a cover, of each mentee the few best."""
        found = [self._ways_out(cover) for cover in covers if self.may_go_on()]
        return bool(found) and self._add(found)

    def _ways_out(self, cover: Cover) -> tuple[Ints, Ints]:
        inside = ~cover.mentee if cover.of_places else cover.mentee
        outside = cover.mentor if cover.of_places else ~cover.mentor
        least = max(cover.least, self.scorer.floor)
        limit = np.full(len(inside), least - 1, dtype=np.float32)
        best, price = self.loops.best(limit, NEWCOMERS), np.zeros(len(outside), dtype=np.float32)
        rows, columns = np.flatnonzero(inside), np.flatnonzero(outside)
        for lines, some, block in self._scan("covers", rows, columns):
            best.add_rows(block, lines, some, price[some], least)
        return best.pairs()

    def widen_by_ties(self, prices: Prices, least: int) -> bool:
        """Bring into play every pair that prices exactly pay, so that the lottery is about them too.

        Where a mentee has very many such pairs, a lot of their own draws MOST_TIES of them. Tells
        whether there were pairs that the prices do not even pay; these come into play as well.
        """
        if not self.may_go_on():
            return False
        price, limit = self._limits(prices)
        floor = max(least, self.scorer.floor)
        best = self.loops.best(limit, NEWCOMERS)
        mentees: list[Ints] = [NOBODY]
        mentors: list[Ints] = [NOBODY]
        for rows, columns in _worth_a_look(self.seen_ties, price, limit):
            for lines, some, block in self._scan("equals", rows, columns):
                best.add_rows(block, lines, some, price[some], floor)
                line, column = self.loops.equal_cells(block, price[some], floor, limit[lines])
                line, column = self._drawn(lines[line], some[column])
                mentees.append(line)
                mentors.append(column)
        self.seen_ties = _seen(price, limit, best)
        ties = self._drawn(np.concatenate(mentees), np.concatenate(mentors))
        is_unpaid = self._add([best.pairs()])
        self._add([ties])
        return is_unpaid

    def _drawn(self, mentee: Ints, mentor: Ints) -> tuple[Ints, Ints]:
        """Keep at most MOST_TIES mentors of each mentee, drawn by both tickets."""
        lot = mixed(self.drawn.mentee[mentee], self.drawn.mentor[mentor])
        order = np.lexsort((lot, mentee))
        mentee, mentor = mentee[order], mentor[order]
        rank = np.arange(len(mentee)) - np.searchsorted(mentee, mentee)
        return mentee[rank < MOST_TIES], mentor[rank < MOST_TIES]

    def _scan(
        self, what: str, rows: Ints | None = None, columns: Ints | None = None
    ) -> Iterator[Block]:
        """Yield all pairs, or some mentees with some mentors, and tell how far it has come."""
        width = len(self.scorer.mentors) if columns is None else len(columns)
        height = len(self.scorer.mentees) if rows is None else len(rows)
        seen = 0
        for block in self.scorer.blocks(rows, columns):
            yield block
            seen += block[2].size
            self.progress(what, seen / (width * height))
        self.cells += seen

    def _add(self, found: Sequence[tuple[Ints, Ints]]) -> bool:
        """Bring pairs into play; tell whether any is new."""
        width = max(1, len(self.scorer.mentors))
        present = self.pairs.mentee_of_each().astype(np.int64) * width + self.pairs.mentor
        wanted = np.concatenate(
            [mentee.astype(np.int64) * width + mentor for mentee, mentor in found]
        )
        new = _only_new(wanted, present)
        if not len(new):
            return False
        score = self.scorer.scores_of(new // width, new % width)
        new, score = new[score >= 0], score[score >= 0]
        keys = np.concatenate([present, new])
        order = np.argsort(keys, kind="stable")
        keys, scores = keys[order], np.concatenate([self.pairs.score, score])[order]
        start = np.searchsorted(keys // width, np.arange(len(self.scorer.mentees) + 1))
        self.pairs = replace(
            self.pairs,
            start=start.astype(np.int64),
            mentor=(keys % width).astype(np.int32),
            score=scores.astype(np.int32),
        )
        self.weight = self._weigh()
        return bool(len(new))

    def _weigh(self) -> NDArray[np.int64]:
        weight = self.pairs.score.astype(np.int64)
        if self.bonus:
            ends = np.array(sorted(self.bonus), dtype=np.int64).T
            place = self.pairs.positions_of(ends[0], ends[1])
            points = np.array([self.bonus[pair] for pair in sorted(self.bonus)])
            weight[place[place >= 0]] += points[place >= 0]
        return weight


def _seen(price: Floats, limit: Floats, best: Best) -> Seen:
    """Remember a scan; who had more newcomers than could be kept must be looked at again."""
    has_more = best.partner[:, -1] >= 0
    return price, np.where(has_more, np.inf, limit)


def _worth_a_look(seen: Seen | None, price: Floats, limit: Floats) -> list[tuple[Ints, Ints]]:
    """Return which mentees with which mentors may hold a pair that the prices last seen still paid."""
    everyone, anyone = np.arange(len(limit)), np.arange(len(price))
    if seen is None:
        return [(everyone, anyone)]
    dearer = limit < seen[1]
    cheaper = np.flatnonzero(price < seen[0])
    some = [(np.flatnonzero(dearer), anyone), (np.flatnonzero(~dearer), cheaper)]
    return [(rows, columns) for rows, columns in some if len(rows) and len(columns)]


def _only_new(wanted: Ints, present: Ints) -> NDArray[np.int64]:
    """Return the numbers that are not present yet, each once, ascending (`present` is ascending)."""
    ordered = np.sort(wanted).astype(np.int64)
    is_first = np.ones(len(ordered), dtype=bool)
    is_first[1:] = ordered[1:] != ordered[:-1]
    ordered = ordered[is_first]
    if not len(present):
        return ordered
    place = np.minimum(np.searchsorted(present, ordered), len(present) - 1)
    new: NDArray[np.int64] = ordered[present[place] != ordered]
    return new
