"""What else could "best" mean, and which matching is best in that sense?

Worst-first, served and total are solving.py's. The others are for cohorts whose pairs can be listed; all of
them serve the most mentees first, but for `stable`, which puts blocking pairs first of all. Their
certificate holds them against the largest total, so that its gap is what they cost in points.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.fairness.audit import group_gap
from lodestar.engine.matching.assignment import Taken, heaviest_matching, units_of
from lodestar.engine.matching.faces import Face, face_of
from lodestar.engine.matching.lottery import Drawn, settle
from lodestar.engine.matching.pairs import EligiblePairs, Ints, ends_of
from lodestar.engine.matching.prices import lowest_prices
from lodestar.engine.matching.problem import PERFECT, MatchingError, Objective
from lodestar.engine.matching.solving import (
    SERVE,
    TOTAL,
    WORST_FIRST,
    Listed,
    Solution,
    best_matching,
)
from lodestar.engine.matching.stability import stable_by_score

AIMS = {Objective.SERVED: SERVE, Objective.TOTAL: TOTAL, Objective.WORST_FIRST: WORST_FIRST}
BANDS = tuple(range(100_000, PERFECT, 100_000))
SOFTNESS = 0.1
LEAST_SHARE = 0.02
FINE = 1_000_000_000
ROUNDS = 40
FIRST_STEP, CALMER, MOST_FACTOR = 8.0, 0.93, 20.0
EVEN_ENOUGH = 5_000


def best_listed(
    listed: Listed, objective: Objective, drawn: Drawn, groups: Sequence[str]
) -> tuple[Solution, Listed]:
    """Solve any objective on listed pairs; returns the solution and the weights it is proven by.

    `groups` names each mentee's group for `balanced`, blank for none. Raises MatchingError where
    fewer than two groups are named for it.
    """
    if objective in AIMS:
        return best_matching(listed, AIMS[objective], drawn), listed
    if objective in (Objective.NASH, Objective.SOFT_MIN):
        theta = 1.0 if objective is Objective.NASH else None
        softened = Listed(listed.pairs, softened_scores(listed.pairs.score, theta))
        return best_matching(softened, SERVE, drawn), softened
    reference = best_matching(listed, SERVE, drawn)
    taken = {
        Objective.BANDS: best_bands,
        Objective.RANK_MAXIMAL: most_first_choices,
        Objective.STABLE: stable_by_score,
    }
    if objective in taken:
        return with_matches(reference, listed.pairs, taken[objective](listed.pairs, drawn)), listed
    return most_even(listed, reference, drawn, groups), listed


def with_matches(solution: Solution, pairs: EligiblePairs, taken: Taken) -> Solution:
    """Return other matches held against the prices and covers of a solution."""
    mentee, mentor = ends_of(pairs, taken)
    claim = replace(solution.claim, mentee=mentee, mentor=mentor, least=0, ceiling=None)
    return replace(solution, claim=claim)


def softened_scores(score: Ints, theta: float | None) -> NDArray[np.int64]:
    """Return a concave function of scores, 0 to 1,000,000,000: the fairness slider.

    `theta` 0 leaves scores as they are; 1 is the logarithm, whose sum Nash bargaining maximises;
    larger values look more at the worst-off (Atkinson 1970). None is soft-min, 1 - exp(-score / 0.1).
    Scores under 2 percent count as 2 percent.

    >>> softened_scores(np.array([0, 250_000, PERFECT]), 1.0).tolist()
    [0, 645632360, 1000000000]
    """
    share = np.maximum(np.asarray(score, dtype=np.float64) / PERFECT, LEAST_SHARE)
    ends = np.array([LEAST_SHARE, 1.0])
    if theta is None:
        worth, least, most = (-np.exp(-x / SOFTNESS) for x in (share, ends[0], ends[1]))
    elif theta == 1.0:
        worth, least, most = (np.log(x) for x in (share, ends[0], ends[1]))
    else:
        power = 1 - theta
        worth, least, most = (x**power / power for x in (share, ends[0], ends[1]))
    scaled: NDArray[np.int64] = np.rint(FINE * (worth - least) / (most - least)).astype(np.int64)
    return scaled


def serving_face(pairs: EligiblePairs) -> Face:
    """Return all matchings that serve the most mentees and fill the most minimum places."""
    weight = np.zeros(len(pairs), dtype=np.int64)
    units = units_of(pairs, int(pairs.minimums.sum()) + 1, 1)
    taken = heaviest_matching(pairs, weight, units)
    return face_of(pairs, weight, units, lowest_prices(pairs, taken, weight, units))


def best_bands(pairs: EligiblePairs, drawn: Drawn) -> Taken:
    """Serve the most, then have the fewest matches under 0.1, then under 0.2 and so on; then the total."""
    steps = [(pairs.score >= band).astype(np.int64) for band in BANDS]
    return first_this_then_that(pairs, steps, drawn)


def most_first_choices(pairs: EligiblePairs, drawn: Drawn) -> Taken:
    """Serve the most, then give the most mentees their best mentor, then their second, and so on.

    Rank-maximal matching (Irving et al. 2006), after serving; ranks by each mentee's own scores.
    """
    rank = ranks_of(pairs)
    steps = [(rank == step).astype(np.int64) for step in range(1, int(rank.max(initial=0)) + 1)]
    return first_this_then_that(pairs, steps, drawn)


def first_this_then_that(
    pairs: EligiblePairs, steps: Sequence[NDArray[np.int64]], drawn: Drawn
) -> Taken:
    """Serve the most, then be heaviest by each of several weights in turn, then by the score."""
    face = serving_face(pairs)
    for weight in [*steps, pairs.score.astype(np.int64)]:
        if face.is_single:
            break
        face = face.narrowed(weight[face.position])
    return settle(face, drawn)


def ranks_of(pairs: EligiblePairs) -> NDArray[np.int64]:
    """Return each pair's rank for its mentee: 1 where no other mentor scores higher."""
    mentee = pairs.mentee_of_each()
    order = np.lexsort((-pairs.score.astype(np.int64), mentee))
    score, line = pairs.score[order], mentee[order]
    fresh = np.ones(len(order), dtype=bool)
    fresh[1:] = (score[1:] != score[:-1]) | (line[1:] != line[:-1])
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = first - pairs.start[line] + 1
    return rank


def most_even(listed: Listed, reference: Solution, drawn: Drawn, groups: Sequence[str]) -> Solution:
    """Serve the most with group means as even as a total allows (Lagrangian relaxation, Fisher 1981).

    Each group's scores get a factor: it rises for the groups whose mean is low and falls for the others,
    until all means lie within half a percent of a perfect score. The most even of all matchings seen is
    kept; nothing says that none is more even.
    """
    names = sorted({group for group in groups if group})
    if len(names) < 2:
        raise MatchingError(
            "The objective balanced needs a group_field in which at least two groups of mentees "
            "answered: name it under [objective] in the design."
        )
    codes = np.array([names.index(group) if group else -1 for group in groups])
    best, best_gap = reference, _gap(listed, reference, codes)
    factor, step = np.ones(len(names)), FIRST_STEP
    for _ in range(ROUNDS):
        found = _weighted(listed, factor, codes, drawn)
        gap = _gap(listed, found, codes)
        if gap < best_gap:
            best, best_gap = found, gap
        if best_gap <= EVEN_ENOUGH:
            break
        factor *= np.exp(step * _behind(listed, found, codes, len(names)) / PERFECT)
        factor /= factor.min()
        step *= CALMER
    taken = listed.pairs.positions_of(best.claim.mentee, best.claim.mentor)
    return with_matches(reference, listed.pairs, taken)


def _weighted(listed: Listed, factor: NDArray[np.float64], codes: Ints, drawn: Drawn) -> Solution:
    code = codes[listed.pairs.mentee_of_each()]
    of_pair = np.where(code >= 0, factor[code], 1.0)
    weight = np.rint(listed.weight * np.minimum(of_pair, MOST_FACTOR)).astype(np.int64)
    return best_matching(Listed(listed.pairs, weight), SERVE, drawn)


def _received(listed: Listed, solution: Solution) -> NDArray[np.int64]:
    """Return the score each mentee received; 0 for none."""
    taken = listed.pairs.positions_of(solution.claim.mentee, solution.claim.mentor)
    received = np.zeros(listed.pairs.mentees, dtype=np.int64)
    np.maximum.at(received, solution.claim.mentee, listed.pairs.score[taken])
    return received


def _gap(listed: Listed, solution: Solution, codes: Ints) -> float:
    return group_gap(_received(listed, solution), codes)


def _behind(listed: Listed, solution: Solution, codes: Ints, groups: int) -> NDArray[np.float64]:
    """Return by group how far its mean lies under the mean of all."""
    received = _received(listed, solution)
    counted = codes >= 0
    size = np.bincount(codes[counted], minlength=groups)
    mean = np.bincount(codes[counted], received[counted], minlength=groups) / np.maximum(size, 1)
    return float(received[counted].mean()) - mean
