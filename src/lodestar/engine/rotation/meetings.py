"""Who should meet at a mixer, whatever the order of the rounds?

Level by level, strictly in this order: under `fewest-idle` and `even` the most meetings; under `even`
then the most even spread, which is the least sum of everybody's squared number of meetings (Harvey et al.
2006, semi-matchings); the largest total of points; one lottery among equals. Each level is solved
exactly on all sets that are best by the levels before it, which complementary slackness describes (as in
faces.py), and one scan proves all levels together.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.lottery import FINEST, Drawn, mixed
from lodestar.engine.matching.pairs import Bools, EligiblePairs, Ints
from lodestar.engine.matching.problem import PERFECT
from lodestar.engine.rotation.meeting_flow import (
    NEVER,
    Terms,
    free_terms,
    heaviest_meetings,
    rows_of,
    worth_of,
)
from lodestar.engine.rotation.meeting_prices import MeetingPrices, prices_of
from lodestar.engine.rotation.meeting_proof import MeetingProof, prove_meetings

FEW_PAIRS = 20_000
SPARE_CANDIDATES = 10


class Aim(StrEnum):
    """What comes before the total of points: nothing, fewest idle seats, or an even spread as well."""

    TOTAL = "total"
    FEWEST_IDLE = "fewest-idle"
    EVEN = "even"


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """The aim, the most meetings that all tables hold, and how many each person has had already."""

    aim: Aim
    limit: int
    mentee_before: Ints
    mentor_before: Ints


@dataclass(frozen=True, slots=True, eq=False)
class MeetingSet:
    """The best set of meetings (positions of pairs, ascending), proven.

    `total` is points. No set of as many meetings, spread as evenly where the aim asks for that, totals more than
    `bound`. `rank` compares sets: first by what comes before the total, then by the total.
    """

    taken: Taken
    total: int
    bound: int
    rank: tuple[int, int]
    proof: MeetingProof


@dataclass(frozen=True, slots=True, eq=False)
class _Stage:
    """All sets that are best so far: pairs still in play, and what each person must and may have.

    `position` says where each pair stands among all; `is_held` is true for a pair that every one of these sets
    holds; `is_full` says that every set holds exactly `limit` meetings.
    """

    pairs: EligiblePairs
    position: Taken
    is_held: Bools
    least: tuple[Ints, Ints]
    most: tuple[Ints, Ints]
    limit: int
    is_full: bool = False

    def terms(self, duty: int) -> Terms:
        mentee, mentor = (
            rows_of(most, least, duty) for most, least in zip(self.most, self.least, strict=True)
        )
        return Terms(mentee, mentor, self.limit)

    def asked(self, weight: NDArray[np.int64], duty: int) -> NDArray[np.int64]:
        """Return weights that also ask for what every set must hold."""
        return weight + duty * self.is_held + duty * self.is_full


@dataclass(frozen=True, slots=True, eq=False)
class _Level:
    """One solved level: its terms and weights by pair, a best set (positions of its pairs) and prices."""

    terms: Terms
    weight: NDArray[np.int64]
    taken: Taken
    prices: MeetingPrices
    duty: int = 0

    @property
    def prices_without_duty(self) -> MeetingPrices:
        """The prices of the pairs' own weights, where a duty was put on each to fill the tables."""
        prices = self.prices
        return MeetingPrices(prices.mentee, prices.mentor - self.duty, prices.table - self.duty)


def best_meetings(pairs: EligiblePairs, wanted: Wanted, drawn: Drawn) -> MeetingSet:
    """Return the best set of meetings. `demand` and `capacity` of the pairs are the most by person.

    Raises TooLargeError beyond what is exact at hand.

    >>> from lodestar.engine.matching.lottery import draw
    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 4, 5, 1]), np.array([1, 1]))
    >>> nobody = np.zeros(2, dtype=np.int64)
    >>> best_meetings(pairs, Wanted(Aim.EVEN, 9, nobody, nobody), draw(1, "ab", "xy")).taken.tolist()
    [0, 3]
    """
    score = pairs.score.astype(np.int64)
    weight, terms = first_terms(pairs, wanted)
    stage = _whole(pairs, wanted.limit)
    first = None
    if wanted.aim is not Aim.TOTAL:
        first = _solved(stage, weight, terms, score)
        stage = _narrowed(stage, first)
    second = _solved_with_duty(stage, score[stage.position])
    taken = _drawn(_narrowed(stage, second), drawn)
    proof, scale = _whole_proof(pairs, wanted, taken, first, second)
    before, total = rank = rank_of(pairs, wanted, taken)
    return MeetingSet(taken, total, proof.bound - scale * before, rank, proof)


def rank_of(pairs: EligiblePairs, wanted: Wanted, taken: Taken) -> tuple[int, int]:
    """Return by what a set of meetings is compared: what comes before the total, then the total."""
    total = int(pairs.score[taken].sum())
    if wanted.aim is Aim.TOTAL:
        return 0, total
    return worth_of(pairs, taken, *first_terms(pairs, wanted)), total


def first_terms(pairs: EligiblePairs, wanted: Wanted) -> tuple[NDArray[np.int64], Terms]:
    """Return weights and terms that put what comes before the total in one sum.

    One more meeting makes at most one mentee and one mentor less even, so it counts more than both
    could lose.
    """
    most = pairs.demands, pairs.capacity
    if wanted.aim is not Aim.EVEN:
        return np.ones(len(pairs), dtype=np.int64), free_terms(*most, wanted.limit)
    before = wanted.mentee_before, wanted.mentor_before
    gains = [_evenness(side, had) for side, had in zip(most, before, strict=True)]
    dearest = sum(int(-gain[gain != NEVER].min(initial=0)) for gain in gains)
    return np.full(len(pairs), dearest + 1), Terms(gains[0], gains[1], wanted.limit)


def _evenness(most: Ints, before: Ints) -> NDArray[np.int64]:
    """Return by how much each further meeting raises the square of a person's meetings, negative."""
    gain = rows_of(most)
    step = 2 * (np.arange(gain.shape[1]) + before[:, None]) + 1
    return np.where(gain == NEVER, NEVER, -step)


def _whole(pairs: EligiblePairs, limit: int) -> _Stage:
    nobody = np.zeros(pairs.mentees, dtype=np.int64), np.zeros(pairs.mentors, dtype=np.int64)
    most = pairs.demands.astype(np.int64), pairs.capacity.astype(np.int64)
    is_held = np.zeros(len(pairs), dtype=bool)
    return _Stage(pairs, np.arange(len(pairs)), is_held, nobody, most, limit)


def _solved_with_duty(stage: _Stage, weight: NDArray[np.int64]) -> _Level:
    """Solve a level whose sets stay best by the levels before."""
    duty = _duty(stage.pairs, weight)
    level = _solved(stage, stage.asked(weight, duty), stage.terms(duty), weight)
    return replace(level, duty=duty * stage.is_full)


def _duty(pairs: EligiblePairs, weight: Ints) -> int:
    """Return what outweighs all that a detour through the network can gain: it passes nobody twice."""
    return (min(pairs.mentees, pairs.mentors) + 2) * int(weight.max(initial=0)) + 1


def _solved(stage: _Stage, weight: NDArray[np.int64], terms: Terms, liking: Ints) -> _Level:
    """Solve on each person's best pairs by `liking`, and add pairs that prices do not pay, until none is."""
    pairs = stage.pairs
    depth = 2 * max(gain.shape[1] for gain in (terms.mentee_gain, terms.mentor_gain))
    chosen = candidates(pairs, liking, depth + SPARE_CANDIDATES)
    mentee = pairs.mentee_of_each()
    while True:
        some, some_weight = pairs.only(chosen), weight[chosen]
        taken = heaviest_meetings(some, some_weight, terms)
        prices = prices_of(some, taken, some_weight, terms)
        missing = (prices.surplus(mentee, pairs.mentor, weight) > 0) & ~chosen
        if not missing.any():
            return _Level(terms, weight, np.flatnonzero(chosen)[taken], prices)
        chosen |= missing


def candidates(pairs: EligiblePairs, liking: Ints, depth: int) -> Bools:
    """Return which pairs are among the best `depth` of their mentee or of their mentor.

    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 4, 5, 1]), np.array([1, 1]))
    >>> candidates(pairs, pairs.score, 1).tolist()
    [True, True, True, True]
    """
    if len(pairs) <= FEW_PAIRS:
        return np.ones(len(pairs), dtype=bool)
    chosen = np.zeros(len(pairs), dtype=bool)
    by_mentor = np.argsort(pairs.mentor, kind="stable")
    mentor_start = np.searchsorted(pairs.mentor[by_mentor], np.arange(pairs.mentors + 1))
    everything = np.arange(len(pairs))
    for start, order in ((pairs.start, everything), (mentor_start, by_mentor)):
        for first, last in zip(start[:-1].tolist(), start[1:].tolist(), strict=True):
            among = order[first:last]
            if len(among) > depth:
                among = among[np.argpartition(-liking[among], depth)[:depth]]
            chosen[among] = True
    return chosen


def _narrowed(stage: _Stage, level: _Level) -> _Stage:
    """Return the sets that are best by this level too (complementary slackness)."""
    pairs, prices = stage.pairs, level.prices
    surplus = prices.surplus(pairs.mentee_of_each(), pairs.mentor, level.weight)
    keep = surplus >= 0
    mentee = _in_use(level.terms.mentee_gain, prices.mentee)
    mentor = _in_use(level.terms.mentor_gain, prices.mentor - prices.table)
    return replace(
        stage,
        pairs=pairs.only(keep),
        position=stage.position[keep],
        is_held=surplus[keep] > 0,
        least=(mentee[0], mentor[0]),
        most=(mentee[1], mentor[1]),
        is_full=stage.is_full or prices.table > 0,
    )


def _in_use(gain: NDArray[np.int64], price: NDArray[np.int64]) -> tuple[Ints, Ints]:
    """Return how many meetings pay more than nothing at a price, and how many pay at least nothing."""
    sold = np.where(gain == NEVER, NEVER, gain + price[:, None])
    return (sold > 0).sum(axis=1), (sold >= 0).sum(axis=1)


def _drawn(stage: _Stage, drawn: Drawn) -> Taken:
    """Let the lottery choose among equals: the set whose pairs' lots add up to the most."""
    chance = lots_of(stage.pairs, drawn)
    duty = _duty(stage.pairs, chance)
    taken = heaviest_meetings(stage.pairs, stage.asked(chance, duty), stage.terms(duty))
    return stage.position[taken]


def lots_of(pairs: EligiblePairs, drawn: Drawn) -> NDArray[np.int64]:
    """Return each pair's lot, from 1 to FINEST, mixed from both tickets."""
    lot = mixed(drawn.mentee[pairs.mentee_of_each()], drawn.mentor[pairs.mentor])
    return (lot % np.uint64(FINEST)).astype(np.int64) + 1


def _whole_proof(
    pairs: EligiblePairs, wanted: Wanted, taken: Taken, first: _Level | None, second: _Level
) -> tuple[MeetingProof, int]:
    """Prove all levels in one sum, in which a point of the first counts more than every total.

    Returns the proof and how much such a point counts (0: there was no such level).
    """
    score = pairs.score.astype(np.int64)
    late = second.prices_without_duty
    if first is None:
        terms = free_terms(pairs.demands, pairs.capacity, wanted.limit)
        return prove_meetings(pairs, score, terms, taken, late), 0
    prices = first.prices
    farthest = int(np.abs(late.mentee).max(initial=0)) + int(np.abs(late.mentor).max(initial=0))
    scale = PERFECT * (first.terms.most + 1) + farthest + abs(late.table) + 1
    terms = Terms(
        _scaled(first.terms.mentee_gain, scale),
        _scaled(first.terms.mentor_gain, scale),
        wanted.limit,
    )
    together = MeetingPrices(
        scale * prices.mentee + late.mentee,
        scale * prices.mentor + late.mentor,
        scale * prices.table + late.table,
    )
    return prove_meetings(pairs, scale * first.weight + score, terms, taken, together), scale


def _scaled(gain: NDArray[np.int64], scale: int) -> NDArray[np.int64]:
    never = gain == NEVER
    return np.where(never, NEVER, scale * np.where(never, 0, gain))
