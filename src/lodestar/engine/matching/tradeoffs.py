"""What does each choice cost, before it is made: objectives, the fairness slider, single rules?

Every option is solved exactly on the same scores and set beside the largest total, so that a coordinator
sees the price of fairness, of stability, or of one rule, instead of being told that there is one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.fairness.audit import group_gap
from lodestar.engine.matching.certificate import Claim, prove
from lodestar.engine.matching.cohort import Problem, rescored
from lodestar.engine.matching.lottery import Drawn
from lodestar.engine.matching.objectives import best_listed, ranks_of, softened_scores
from lodestar.engine.matching.pairs import NOBODY, EligiblePairs
from lodestar.engine.matching.problem import (
    LISTED,
    Design,
    MatchingError,
    Objective,
)
from lodestar.engine.matching.run import certify, solve
from lodestar.engine.matching.solving import SERVE, Listed, best_matching
from lodestar.engine.measures.evenness import gini

FLOOR = "floor"
LOWEST_TENTH = 10
THETAS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a whole matching gives.

    `served` mentees, `total` points, the `worst` match, the mean of the `lowest_tenth` of the matches,
    `first_choices` (mentees with their best mentor), `blocking_pairs`, the Gini of points over the mentees
    served (0 is even), and the largest gap between the means of two groups (points; None without groups).
    """

    served: int
    total: int
    worst: int
    lowest_tenth: int
    first_choices: int
    blocking_pairs: int
    gini: float
    group_gap: int | None


@dataclass(frozen=True, slots=True)
class Option:
    """An objective with what it gives; `share` is its total relative to the largest any objective has."""

    objective: str
    outcome: Outcome
    share: float


@dataclass(frozen=True, slots=True)
class SliderStep:
    """One position of the fairness slider: `theta` 0 looks at the total alone, more at the worst-off."""

    theta: float
    outcome: Outcome
    share: float


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What a matching gains if one rule falls: pairs it forbids now, and what relaxing it brings.

    `alone` pairs break this rule and no other. `served`, `worst` and `total` are differences of the
    best matchings without the rule and with it; `stranded` mentees have no eligible mentor only
    because of it.
    """

    rule: str
    forbids: int
    alone: int
    stranded: int
    served: int
    worst: int
    total: int


def compare_objectives(problem: Problem, seed: int = 0) -> tuple[Option, ...]:
    """Return every objective with its price, in the order of the list of objectives.

    `balanced` is left out where the design names no group field in which two groups answered, and `first
    come, first served` is added as a reference: every mentee in the order of their keys takes the best
    place left. Raises MatchingError for cohorts too large to list.
    """
    pairs = _listed(problem)
    drawn, groups = problem.draw(seed), problem.groups()
    listed = Listed(pairs, problem.weight_of(pairs))
    outcomes: dict[str, Outcome] = {}
    for objective in Objective:
        if objective is Objective.BALANCED and len(set(groups) - {""}) < 2:
            continue
        claim = best_listed(listed, objective, drawn, groups)[0].claim
        outcomes[objective.value] = outcome_of(problem, claim, groups)
    reference = first_come_first_served(pairs, listed, drawn)
    outcomes["first come, first served"] = outcome_of(problem, reference, groups)
    most = max(1, *(outcome.total for outcome in outcomes.values()))
    return tuple(Option(name, outcome, outcome.total / most) for name, outcome in outcomes.items())


def fairness_curve(
    problem: Problem, thetas: Sequence[float] = THETAS, seed: int = 0
) -> tuple[SliderStep, ...]:
    """Return the whole curve of the fairness slider: one exact solve for each position.

    All serve the most mentees; a position is a concave function of the score (Atkinson 1970).
    """
    pairs = _listed(problem)
    drawn, groups = problem.draw(seed), problem.groups()
    found = []
    for theta in thetas:
        weight = softened_scores(pairs.score, theta)
        claim = best_matching(Listed(pairs, weight), SERVE, drawn).claim
        found.append((theta, outcome_of(problem, claim, groups)))
    most = max(1, *(outcome.total for _, outcome in found))
    return tuple(SliderStep(theta, outcome, outcome.total / most) for theta, outcome in found)


def outcome_of(problem: Problem, claim: Claim, groups: Sequence[str]) -> Outcome:
    """Return what a matching of what the pins left open gives, together with the pins.

    Blocking pairs are counted among what is open: pins are not for them to break.
    """
    mentee, mentor, points = _with_pins(problem, claim)
    score = np.sort(points)
    every, left = problem.pairs, _listed(problem)
    proof = prove(left, left.score, replace(claim, least=0))
    received = np.zeros(len(groups), dtype=np.int64)
    np.maximum.at(received, mentee, points)
    is_grouped = len({group for group in groups if group}) > 1
    tenth = score[: max(1, len(score) // LOWEST_TENTH)]
    taken = every.positions_of(mentee, mentor) if every is not None else np.zeros(0, dtype=np.int64)
    return Outcome(
        served=len(np.unique(mentee)),
        total=int(score.sum()),
        worst=int(score[0]) if len(score) else 0,
        lowest_tenth=int(tenth.mean()) if len(score) else 0,
        first_choices=_first_choices(every, taken),
        blocking_pairs=proof.blocking_pairs,
        gini=round(gini(received[received > 0]), 4),
        group_gap=round(group_gap(received, [g or None for g in groups])) if is_grouped else None,
    )


def _with_pins(
    problem: Problem, claim: Claim
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Return both ends and the score of every match, the pins behind the others."""
    pinned = np.array(problem.pinned, dtype=np.int64).reshape(-1, 2)
    mentee = np.concatenate([claim.mentee, pinned[:, 0]])
    mentor = np.concatenate([claim.mentor, pinned[:, 1]])
    return mentee, mentor, problem.scorer.weigh(mentee, mentor).score


def _first_choices(pairs: EligiblePairs | None, taken: NDArray[np.int64]) -> int:
    """Count the matches that are some mentee's best; a pin that breaks a rule is nobody's choice."""
    return 0 if pairs is None else int((ranks_of(pairs)[taken[taken != NOBODY]] == 1).sum())


def first_come_first_served(pairs: EligiblePairs, listed: Listed, drawn: Drawn) -> Claim:
    """Return what happens when mentees take the best place left, one after the other."""
    left = pairs.capacity.copy()
    mentee, mentor = [], []
    for row in range(pairs.mentees):
        span = slice(int(pairs.start[row]), int(pairs.start[row + 1]))
        order = np.argsort(-pairs.score[span].astype(np.int64), kind="stable")
        free = [column for column in pairs.mentor[span][order].tolist() if left[column] > 0]
        for column in free[: int(pairs.demands[row])]:
            left[column] -= 1
            mentee.append(row)
            mentor.append(column)
    claim = best_matching(listed, SERVE, drawn).claim
    ends = np.array(mentee, dtype=np.int64), np.array(mentor, dtype=np.int64)
    order = np.lexsort(ends[::-1])
    return replace(claim, mentee=ends[0][order], mentor=ends[1][order], least=0, ceiling=None)


def rule_prices(problem: Problem, seed: int = 0) -> tuple[RulePrice, ...]:
    """Return what each rule of the design costs, and the floor: relaxed, solved again, compared.

    Bans and past pairs are not for relaxing and are left out. The most mentees first.
    """
    before = certify(problem, solve(problem, seed)).proof
    prices = []
    for name, relaxed in _relaxations(problem.design):
        other = rescored(problem, design=relaxed)
        after = certify(other, solve(other, seed)).proof
        forbids, alone, stranded = _forbidden(problem, other, name)
        prices.append(
            RulePrice(
                name,
                forbids,
                alone,
                stranded,
                after.matched - before.matched,
                (after.worst or 0) - (before.worst or 0),
                after.total - before.total,
            )
        )
    return tuple(sorted(prices, key=lambda p: (-p.served, -p.total, p.rule)))


def _relaxations(design: Design) -> list[tuple[str, Design]]:
    """Return the design without each of its rules in turn, and without the floor."""
    found = [
        (
            rule.name,
            replace(design, constraints=tuple(r for r in design.constraints if r is not rule)),
        )
        for rule in design.constraints
        if rule.kind not in LISTED
    ]
    return [*found, (FLOOR, replace(design, floor=0))] if design.floor else found


def _forbidden(problem: Problem, relaxed: Problem, name: str) -> tuple[int, int, int]:
    """Count the pairs a rule forbids, those that nothing else forbids, and whom it alone strands."""
    breaks = alone = stranded = 0
    columns = np.arange(len(problem.scorer.mentors))
    rule = problem.scorer.compiled.rules.get(name)
    for row in range(len(problem.scorer.mentees)):
        line = np.full(len(columns), row)
        now = problem.scorer.scores_of(line, columns) >= 0
        then = relaxed.scorer.scores_of(line, columns) >= 0
        broken = (
            rule.broken_by(row, columns)
            if rule is not None
            else problem.scorer.weigh(line, columns).score < problem.scorer.floor
        )
        breaks += int(broken.sum())
        alone += int((then & ~now).sum())
        stranded += bool(then.any() and not now.any())
    return breaks, alone, stranded


def _listed(problem: Problem) -> EligiblePairs:
    if problem.open_pairs is None:
        raise MatchingError(
            "Options are compared for cohorts of up to 2,000,000 pairs of a mentee with a mentor."
        )
    return problem.open_pairs
