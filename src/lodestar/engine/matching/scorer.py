"""What does every pair score, and which pairs are eligible?

The score of a pair is a sum of whole-number points: each criterion adds its share, a broken rule takes more
than all criteria can give. Pairs are never laid out all at once: `blocks` yields them piece by piece,
small enough to stay in the processor's cache, and every scan (candidates, prices, proof) reads these.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers.meaning import LanguageModel
from lodestar.engine.matching.certificate import Market
from lodestar.engine.matching.compiling import Compiled, Settings, compile_cohort
from lodestar.engine.matching.kernels import Loops, loops_for
from lodestar.engine.matching.listed_terms import ListedPairs, RankedTerm, forbidden_pairs
from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.problem import (
    CriterionKind,
    Design,
    Mentee,
    Mentor,
    capacity_of,
    minimum_of,
)
from lodestar.engine.matching.terms import AnswersTerm, Points, RuleTerm
from lodestar.engine.matching.text_terms import TextTerm
from lodestar.engine.matching.topic_terms import TopicsTerm

BELOW_FLOOR = "below_floor"
NOT_ELIGIBLE = -1
LINES = 256
COLUMNS = 1_024
TABLE_CELLS = 16_000_000

Block = tuple[Ints, Ints, Points]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Single pairs weighed: points by pair and criterion, and what each scores in all."""

    contributions: NDArray[np.int64]
    score: NDArray[np.int64]


class Scorer:
    """A cohort of which every pair can be scored, singly or in blocks; people in the order given."""

    def __init__(
        self,
        mentees: Sequence[Mentee],
        mentors: Sequence[Mentor],
        design: Design,
        *,
        bans: Mapping[tuple[str, str], str],
        candidates: Sequence[Mentor] = (),
        model: LanguageModel | None = None,
    ) -> None:
        """Compile a cohort; `candidates` are mentors who might be won, scored but without a place.

        `model` reads texts by meaning, where a criterion asks for it.
        """
        self.mentees, self.mentors = tuple(mentees), (*mentors, *candidates)
        self.floor = design.floor
        self.counted, self.model = len(mentors), model
        settings = Settings(design.reference_on, self.counted, model)
        self.compiled = compile_cohort(mentees, self.mentors, design, bans, settings)
        without_place = [replace(candidate, capacity=0, minimum=0) for candidate in candidates]
        self.market = market_of(mentees, [*mentors, *without_place], design)
        self.loops = loops_for(len(self.mentees) * len(self.mentors))
        self.layout = Layout(self.compiled, len(self.mentees), self.loops)

    def blocks(self, rows: Ints | None = None, columns: Ints | None = None) -> Iterator[Block]:
        """Yield the points of all pairs (or of some mentees with some mentors) piece by piece.

        Each piece is (mentees, mentors, points); a pair is eligible where points reach the floor.
        Mentors ascend from piece to piece, and for the same mentors the mentees do. The array of
        points is only the caller's until the next piece.
        """
        rows = np.arange(len(self.mentees)) if rows is None else rows
        columns = np.arange(len(self.mentors)) if columns is None else columns
        width = max(64, min(COLUMNS, TABLE_CELLS // max(1, self.layout.row_count)))
        for first in range(0, len(columns), width):
            some = columns[first : first + width]
            across = self.layout.across(some)
            for top in range(0, len(rows), LINES):
                lines = rows[top : top + LINES]
                yield lines, some, self.layout.block(lines, some, across)

    def listed(self) -> EligiblePairs:
        """Return all eligible pairs in one list; for cohorts small enough to hold them."""
        table = np.full((len(self.mentees), len(self.mentors)), NOT_ELIGIBLE, dtype=np.int32)
        for rows, columns, block in self.blocks():
            table[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] = block
        mentee, mentor = np.nonzero(table >= self.floor)
        start = np.searchsorted(mentee, np.arange(len(self.mentees) + 1)).astype(np.int64)
        score = table[mentee, mentor]
        market = self.market
        loads = (market.capacity, market.demand, market.minimum, market.first)
        return EligiblePairs(start, mentor.astype(np.int32), score, *loads)

    def less(self, taken: Sequence[tuple[int, int]]) -> "Scorer":
        """Return a scorer of what is left when some pairs (positions) are settled beforehand."""
        if not taken:
            return self
        left = copy(self)
        left.market = market_less(self.market, taken)
        settled = {"settled": forbidden_pairs(taken, len(self.mentees))}
        left.compiled = replace(self.compiled, rules={**self.compiled.rules, **settled})
        left.layout = self.layout.with_rules(left.compiled, len(self.mentees))
        return left

    def weigh(self, rows: Ints, columns: Ints) -> Weighed:
        """Return contributions and scores for mentees paired one by one with mentors, rules aside."""
        parts = [part.points(rows, columns) for part in self.compiled.parts]
        contributions = (
            np.stack(parts, axis=1) if len(rows) else np.zeros((0, len(parts)), np.int64)
        )
        return Weighed(contributions, contributions.sum(axis=1))

    def scores_of(self, rows: Ints, columns: Ints) -> NDArray[np.int64]:
        """Return the scores of mentees paired one by one with mentors; -1 where not eligible."""
        score = self.weigh(rows, columns).score
        for rule in self.compiled.rules.values():
            points = rule.points if not isinstance(rule, ListedPairs) else rule.points_between
            score = np.where(points(rows, columns) < 0, NOT_ELIGIBLE, score)
        return np.where(score < self.floor, NOT_ELIGIBLE, score)

    def coverage(self, row: int, column: int) -> int:
        """Return the percent of the weight that rests on answers from both sides.

        Opt-in criteria count only where both opted in: keeping one's identity to oneself is no gap.
        """
        known = whole = 0
        compiled = self.compiled
        for criterion, share, part in zip(
            compiled.criteria, compiled.share, compiled.parts, strict=True
        ):
            both = bool(part.mentee_answered[row] and part.mentor_answered[column])
            if both or criterion.kind is not CriterionKind.OPT_IN:
                whole += share
                known += share * both
        return 100 * known // whole if whole else 0

    def broken_rules(self, row: int, columns: Ints) -> list[str | None]:
        """Return for each of these mentors the first rule that a pair with this mentee breaks."""
        first: list[str | None] = [None] * len(columns)
        for code, rule in reversed(tuple(self.compiled.rules.items())):
            for place in np.flatnonzero(rule.broken_by(row, columns)).tolist():
                first[place] = code
        return first

    def refusals(self, row: int) -> dict[str, int]:
        """Count for one mentee the mentors that each rule takes, the floor last; the most first."""
        columns = np.arange(len(self.mentors))
        codes = self.broken_rules(row, columns)
        score = self.weigh(np.full(len(columns), row), columns).score
        low = (score < self.floor).tolist()
        found = Counter(
            code or BELOW_FLOOR for code, is_low in zip(codes, low, strict=True) if code or is_low
        )
        return dict(sorted(found.items(), key=lambda entry: (-entry[1], entry[0])))


def market_of(mentees: Sequence[Mentee], mentors: Sequence[Mentor], design: Design) -> Market:
    """Return how many matches each person of a cohort may have."""
    demand = np.array([mentee.demand for mentee in mentees], dtype=np.int64)
    capacity = np.array([capacity_of(mentor, design) for mentor in mentors], dtype=np.int64)
    minimum = np.array([minimum_of(mentor, design) for mentor in mentors], dtype=np.int64)
    return Market(demand, np.minimum(demand, 1), capacity, minimum)


def market_less(market: Market, taken: Sequence[tuple[int, int]]) -> Market:
    """Return what is left when some pairs (positions) are settled; whoever is in one is served."""
    ends = np.array(taken, dtype=np.int64).reshape(-1, 2)
    mentee_load = np.bincount(ends[:, 0], minlength=len(market.demand))
    mentor_load = np.bincount(ends[:, 1], minlength=len(market.capacity))
    demand = np.maximum(market.demand - mentee_load, 0)
    first = np.where(mentee_load > 0, 0, market.first)
    minimum = np.maximum(market.minimum - mentor_load, 0)
    return Market(demand, first, market.capacity - mentor_load, minimum)


class Layout:
    """The parts of a score, arranged for adding up many pairs at once."""

    def __init__(self, compiled: Compiled, mentees: int, loops: Loops) -> None:
        self.loops = loops
        parts = [*compiled.parts, *compiled.rules.values()]
        self.tables = [
            part for part in parts if isinstance(part, AnswersTerm | TopicsTerm | RuleTerm)
        ]
        self.texts = [part for part in parts if isinstance(part, TextTerm)]
        self.ranked = [part for part in parts if isinstance(part, RankedTerm)]
        listed = [rule for rule in compiled.rules.values() if isinstance(rule, ListedPairs)]
        self.listed = ListedPairs.joined(listed, mentees) if any(map(len, listed)) else None
        self.row_count = max(1, sum(term.row_count for term in self.tables))
        self.sums = loops.row_sums(*self._picks(mentees), self.row_count)

    def with_rules(self, compiled: Compiled, mentees: int) -> "Layout":
        """Return the same layout with other listed pairs."""
        other = copy(self)
        listed = [rule for rule in compiled.rules.values() if isinstance(rule, ListedPairs)]
        other.listed = ListedPairs.joined(listed, mentees)
        return other

    def _picks(self, mentees: int) -> tuple[Ints, Ints]:
        """Return by mentee which rows of all tables, one under the other, they pick."""
        sizes = np.array([np.diff(term.start) for term in self.tables]).reshape(
            len(self.tables), mentees
        )
        start = np.concatenate([[0], np.cumsum(sizes.sum(axis=0))])
        codes = np.empty(int(start[-1]), dtype=np.int32)
        place, above = start[:-1].copy(), 0
        for term, size in zip(self.tables, sizes, strict=True):
            within = np.arange(int(size.sum())) - np.repeat(np.cumsum(size) - size, size)
            codes[np.repeat(place, size) + within] = term.rows + above
            place, above = place + size, above + term.row_count
        return start, codes

    def across(self, columns: Ints) -> "Across":
        """Prepare what all mentees need for these mentors."""
        tables = [term.table(columns) for term in self.tables]
        table = np.concatenate(tables) if tables else np.zeros((1, len(columns)), np.float32)
        return Across(table, tuple(term.across(columns) for term in self.texts))

    def block(self, rows: Ints, columns: Ints, across: "Across") -> Points:
        """Return the points of some mentees with the mentors that `across` was prepared for."""
        block = self.sums.block(across.table, rows)
        for term, texts in zip(self.texts, across.texts, strict=True):
            self.loops.add_likeness(block, term.dots(rows, texts), term.told(rows, columns))
        for ranked in self.ranked:
            ranked.add_to(block, rows, columns)
        if self.listed is not None:
            self.listed.add_to(block, rows, columns)
        return block


@dataclass(frozen=True, slots=True, eq=False)
class Across:
    """Points of every table row, and every text, for some mentors."""

    table: Points
    texts: tuple[Points, ...]
