"""Is a matching really the best one, over pairs too many to list?

The same proof as in certificate.py, asked of every pair as the scorer computes it, block by block. It
shares no code with candidates, prices or solvers: a cheap look at fewer pairs once called a matching
best that was not.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.certificate import (
    Answer,
    Claim,
    Market,
    Proof,
    Question,
    conclude,
    matches_of,
    question_of,
)
from lodestar.engine.matching.covers import Cover
from lodestar.engine.matching.kernels import Limits, exact
from lodestar.engine.matching.problem import PERFECT, MatchingError
from lodestar.engine.matching.scanning import Progress
from lodestar.engine.matching.scorer import NOT_ELIGIBLE, Block, Scorer


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A proof, and what its scan saw besides: how many pairs are eligible, and each match's rank.

    `rank[i]` is how many mentors score higher for the mentee of match i, plus one.
    """

    proof: Proof
    eligible_pairs: int
    rank: NDArray[np.int64]


def prove_scanned(
    scorer: Scorer, claim: Claim, bonus: dict[tuple[int, int], int], progress: Progress
) -> Checked:
    """Check a claim with one full scan over all pairs of a scorer; one mentor for each mentee.

    `bonus` maps kept pairs (positions) to the points they count on top of their score.
    """
    market = scorer.market
    score = scorer.scores_of(claim.mentee, claim.mentor)
    if np.any(score == NOT_ELIGIBLE):
        raise MatchingError("The matching holds a pair that is not eligible.")
    extra = [bonus.get(pair, 0) for pair in zip(*_listed(claim), strict=True)]
    matches = matches_of(market, claim, score, score + np.array(extra, dtype=np.int64))
    question = question_of(market, claim, matches)
    own = np.full(len(scorer.mentees), 2**60, dtype=np.int64)
    own[claim.mentee] = score
    answer, above = _scan(scorer, question, own, progress)
    answer = _with_bonus(scorer, answer, question, bonus)
    proof = _clipped(market, claim, conclude(market, claim, matches, answer), bonus)
    return Checked(proof, answer.pairs, above[claim.mentee] + 1)


def _clipped(
    market: Market, claim: Claim, proof: Proof, bonus: dict[tuple[int, int], int]
) -> Proof:
    """Let the bound be no more than everybody served by perfect matches; a search cut short may say less."""
    people, places = int(market.demand.sum()), int(market.capacity.sum())
    perfect = min(people, places) * (PERFECT + max(bonus.values(), default=0))
    more = max(0, min(int(market.first.sum()), places) - proof.matched) * claim.serving
    minimums = int(np.minimum(market.minimum, market.capacity).sum())
    more += max(0, minimums - proof.filled) * claim.filling
    bound = min(proof.bound, perfect + more)
    return replace(proof, bound=bound, gap=bound - proof.value)


def _listed(claim: Claim) -> tuple[list[int], list[int]]:
    return claim.mentee.tolist(), claim.mentor.tolist()


def _scan(
    scorer: Scorer, question: Question, own: NDArray[np.int64], progress: Progress
) -> tuple[Answer, NDArray[np.int64]]:
    price, reserve = exact(question.price, question.reserve)
    lows = exact(question.mentee_low, question.mentor_low)
    (own_score,) = exact(own)
    least = max(question.least, scorer.floor)
    response = np.full(len(reserve), -np.inf, dtype=price.dtype)
    above = np.zeros(len(reserve), dtype=np.int64)
    counts = np.zeros(3, dtype=np.int64)
    leaks = np.zeros(3, dtype=np.int64)
    seen, cells = 0, len(reserve) * len(price)
    for rows, columns, block in scorer.blocks():
        best = response[rows]
        limits = Limits(price[columns], reserve[rows], lows[0][rows], lows[1][columns], least)
        counts += scorer.loops.audit(block, scorer.floor, limits, best)
        response[rows] = best
        above[rows] += scorer.loops.count_above(block, own_score[rows])
        leaks += [_leaks(scorer, (rows, columns, block), cover) for cover in question.covers]
        seen += block.size
        progress("proof", seen / cells)
    gain = np.where(question.demand > 0, np.maximum(response + question.serving, 0), 0)
    leaked = (int(leaks[0]), int(leaks[1]), int(leaks[2]))
    allowed, violating, blocking = counts.tolist()
    return Answer(gain.astype(np.int64), violating, blocking, leaked, allowed), above


def _leaks(scorer: Scorer, piece: Block, cover: Cover | None) -> int:
    if cover is None:
        return 0
    rows, columns, block = piece
    inside, outside = cover.mentee[rows], ~cover.mentor[columns]
    if cover.of_places:
        inside, outside = ~inside, ~outside
    return scorer.loops.count_leaks(block, max(cover.least, scorer.floor), inside, outside)


def _with_bonus(
    scorer: Scorer, answer: Answer, question: Question, bonus: dict[tuple[int, int], int]
) -> Answer:
    """Look again at the pairs with a bonus, whose weight is more than the score that was scanned."""
    if not bonus:
        return answer
    mentee, mentor = np.array(sorted(bonus), dtype=np.int64).T
    points = np.array([bonus[pair] for pair in sorted(bonus)], dtype=np.int64)
    score = scorer.scores_of(mentee, mentor)
    counts = score >= max(question.least, 0)
    mentee, mentor, score, points = mentee[counts], mentor[counts], score[counts], points[counts]
    surplus = score - question.price[mentor]
    response = answer.response.copy()
    np.maximum.at(response, mentee, surplus + points + question.serving[mentee])
    reserve = question.reserve[mentee]
    newly = int(((surplus <= reserve) & (surplus + points > reserve)).sum())
    return Answer(response, answer.violators + newly, answer.blocking, answer.leaks, answer.pairs)
