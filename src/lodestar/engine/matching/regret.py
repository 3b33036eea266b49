"""Why not her? What would another pair cost, and whom would it displace?

If offers and prices pay a pair's weight with so many points to spare, then no matching that holds the
pair is better than the best less these points (reduced cost; Ahuja, Magnanti & Orlin 1993, chapter 9); over
all prices that prove the matching, the most that is to spare is exactly the cost. One more solve with the
pair pinned names who would move.
"""

from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np

from lodestar.engine.matching.assignment import units_of
from lodestar.engine.matching.certificate import Claim
from lodestar.engine.matching.cohort import SCANNED, Problem
from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.prices import farthest_prices
from lodestar.engine.matching.problem import PERFECT, MatchingError
from lodestar.engine.matching.run import Solved, solve
from lodestar.engine.matching.scorer import BELOW_FLOOR


@dataclass(frozen=True, slots=True)
class Cost:
    """What something costs or brings: mentees with a mentor, minimum places filled, and points beside."""

    mentees: int
    points: int
    filled: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a whole matching: mentees with a mentor, its worst score and its total."""

    matched: tuple[int, int]
    worst: tuple[int, int]
    total: tuple[int, int]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Why a mentee does not have a certain mentor.

    `broken_rule` is the code of a rule (or `below_floor`), and then nothing else is told. `cost` is what the
    pair costs if the worst match may not fall (in a scanned cohort, at the least); None where the pair is
    itself below the worst match, and for objectives whose prices are not points. `change` is what one more solve with the pair found (before, after), and
    `displaced` who would have another mentor (mentee, mentor now, mentor then; None for none).
    """

    mentee: str
    mentor: str
    score: int
    broken_rule: str | None = None
    is_matched: bool = False
    cost: Cost | None = None
    change: Change | None = None
    displaced: tuple[tuple[str, str | None, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class PlacePrice:
    """What one more place with a mentor is worth: `low` is what it would bring, exactly.

    `high` is the largest price that proves the same matching: what taking a place away would cost, at
    the most.
    """

    mentor: str
    low: Cost
    high: Cost


def why_not(problem: Problem, solved: Solved, mentee: str, mentor: str, seed: int = 0) -> WhyNot:
    """Return why two people are not a match; raises MatchingError if one is not in the cohort.

    `seed` is that of the run, so that nothing else moves.

    >>> from lodestar.engine.matching.cohort import score_people
    >>> from lodestar.engine.matching.problem import Criterion, CriterionKind, Design, Mentee, Mentor
    >>> design = Design((Criterion("way", CriterionKind.GAP, "years", "years", 1),), objective="served")
    >>> people = [Mentee("ana", {"years": 1}), Mentee("bo", {"years": 2})], [Mentor("mia", {"years": 9}), Mentor("noor", {"years": 4})]
    >>> problem = score_people(*people, design)
    >>> why_not(problem, solve(problem, 0), "ana", "mia").cost
    Cost(mentees=0, points=250000, filled=0)
    """
    row, column = problem.position_of(mentee, mentor)
    one = np.array([row]), np.array([column])
    score = int(problem.scorer.weigh(*one).score[0])
    found = WhyNot(mentee, mentor, score, is_matched=_is_matched(problem, solved, row, column))
    if found.is_matched:
        return found
    rule = problem.scorer.broken_rules(row, one[1])[0]
    if rule is None and score < problem.scorer.floor:
        rule = BELOW_FLOOR
    if rule:
        return replace(found, broken_rule=rule)
    if problem.scorer.market.demand[row] == 1 and any(
        row == pinned for pinned, _ in problem.pinned
    ):
        raise MatchingError(f"{mentee} is pinned to somebody else: lift the pin first.")
    if solved.by_lists:
        return found
    other = _with_pair(problem, row, column, seed)
    return replace(
        found,
        cost=_cost(problem, solved, row, column),
        change=_change(problem, solved, other),
        displaced=_moved(problem, solved, other),
    )


def _is_matched(problem: Problem, solved: Solved, row: int, column: int) -> bool:
    return (row, column) in _pairs_of(problem, solved)


def _pairs_of(problem: Problem, solved: Solved) -> set[tuple[int, int]]:
    claim = solved.solution.claim
    return {*zip(claim.mentee.tolist(), claim.mentor.tolist(), strict=True), *problem.pinned}


def _with_pair(problem: Problem, row: int, column: int, seed: int) -> tuple[Problem, Solved]:
    """Solve once more with the pair pinned."""
    pinned = tuple(sorted((*problem.pinned, (row, column))))
    load = sum(1 for _, taken in pinned if taken == column)
    places = problem.scorer.market.capacity[column]
    if load > places:
        key = problem.scorer.mentors[column].key
        if not places:
            raise MatchingError(f"{key} has no place to give: raise their capacity first.")
        raise MatchingError(f"All places with {key} are pinned: lift a pin first.")
    fixed = replace(problem, pinned=pinned)
    return fixed, solve(fixed, seed)


def _cost(problem: Problem, solved: Solved, row: int, column: int) -> Cost | None:
    """Return what the pair costs if the worst match may not fall.

    None where it is itself below it, and where prices are not in points or do not prove the matching.
    """
    if problem.design.objective not in SCANNED or solved.by_lists:
        return None
    claim = solved.solution.claim
    weighed = problem.scorer.weigh(np.array([row]), np.array([column]))
    weight = int(weighed.score[0]) + problem.bonus.get((row, column), 0)
    if int(weighed.score[0]) < claim.least:
        return None
    pairs, weights = _in_play(solved)
    if problem.open_pairs is None:
        points = _slack(pairs, weights, claim, row, column) - weight
    else:
        taken = pairs.positions_of(claim.mentee, claim.mentor)
        units = units_of(pairs, claim.serving, claim.filling)
        farthest = farthest_prices(pairs, taken, weights, units, row)
        if farthest is None:
            return None
        points = int(farthest[column]) - weight
    return cost_of(max(points, 0), claim)


def _in_play(solved: Solved) -> tuple[EligiblePairs, Ints]:
    """Return the pairs that the solve allowed, with their weights."""
    enough = solved.pool.pairs.score >= solved.solution.claim.least
    return solved.pool.pairs.only(enough), solved.pool.weight[enough].astype(np.int64)


def _slack(pairs: EligiblePairs, weight: Ints, claim: Claim, row: int, column: int) -> int:
    """Return what a mentee gains by their own choice at these prices, and the price of the other place.

    Everybody has a best choice at prices that prove the matching.
    """
    span = slice(int(pairs.start[row]), int(pairs.start[row + 1]))
    surplus = weight[span] - claim.price[pairs.mentor[span]]
    nothing = -claim.serving * int(pairs.firsts[row])
    return max(int(surplus.max(initial=nothing)), nothing) + int(claim.price[column])


def cost_of(points: int, claim: Claim) -> Cost:
    """Part a number of points into mentees, minimum places and points, by what each counts in a claim."""
    mentees = _nearest(points, claim.serving)
    points -= mentees * claim.serving
    filled = _nearest(points, claim.filling) if claim.filling < claim.serving else 0
    return Cost(mentees, points - filled * claim.filling, filled)


def _nearest(points: int, unit: int) -> int:
    """Return how many whole units a number of points is nearest to.

    >>> _nearest(1_990, 1_000), _nearest(-30, 1_000), _nearest(30, 0)
    (2, 0, 0)
    """
    return (2 * points + unit) // (2 * unit) if unit else 0


def _change(problem: Problem, solved: Solved, other: tuple[Problem, Solved]) -> Change:
    now, then = _facts(problem, solved), _facts(*other)
    return Change(*zip(now, then, strict=True))


def _facts(problem: Problem, solved: Solved) -> tuple[int, int, int]:
    ends = np.array(sorted(_pairs_of(problem, solved)), dtype=np.int64).reshape(-1, 2)
    score = problem.scorer.weigh(ends[:, 0], ends[:, 1]).score
    return len(np.unique(ends[:, 0])), int(score.min(initial=PERFECT)), int(score.sum())


def _moved(
    problem: Problem, solved: Solved, other: tuple[Problem, Solved]
) -> tuple[tuple[str, str | None, str | None], ...]:
    before, after = _mentors_by_mentee(problem, solved), _mentors_by_mentee(*other)
    mentees, mentors = problem.scorer.mentees, problem.scorer.mentors
    moved = []
    for row in sorted(before.keys() | after.keys()):
        was, will = before.get(row, set()), after.get(row, set())
        for old, new in zip_longest(sorted(was - will), sorted(will - was)):
            names = [None if place is None else mentors[place].key for place in (old, new)]
            moved.append((mentees[row].key, names[0], names[1]))
    return tuple(moved)


def _mentors_by_mentee(problem: Problem, solved: Solved) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for mentee, mentor in _pairs_of(problem, solved):
        found.setdefault(mentee, set()).add(mentor)
    return found


def place_prices(problem: Problem, solved: Solved) -> tuple[PlacePrice, ...]:
    """Return between which prices one more place with each mentor lies; mentors at 0 are left out."""
    claim, highest = solved.solution.claim, solved.solution.highest
    found = []
    for column in np.flatnonzero((claim.price > 0) | (highest > 0)).tolist():
        low, high = (cost_of(int(prices[column]), claim) for prices in (claim.price, highest))
        found.append(PlacePrice(problem.scorer.mentors[column].key, low, high))
    return tuple(found)
