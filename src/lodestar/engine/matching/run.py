"""Who is matched with whom, why, and is it proven best? All of it, in order.

`run_match` is what the rest of Lodestar calls. The command line calls the same four steps one
by one (score_people, solve, certify, describe), because it times them.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.certificate import Certificate, Proof, prove
from lodestar.engine.matching.cohort import NOTHING_GIVEN, GivenPairs, Problem, score_people
from lodestar.engine.matching.covers import Cover, served_cover
from lodestar.engine.matching.explanation import MatchedPair, Rivals, explain_pair, rivals_among
from lodestar.engine.matching.left_out import (
    LEFT_FOR_LISTS,
    LEFT_FOR_STABLE,
    LEFT_FOR_TOTAL,
    SEARCH_STOPPED,
    Unmatched,
    explain_unmatched,
    groups_of,
    hall_sets,
    joined,
)
from lodestar.engine.matching.objectives import AIMS, best_listed
from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.problem import Design, Mentee, Mentor, Objective
from lodestar.engine.matching.scan_proof import Checked, prove_scanned
from lodestar.engine.matching.scanning import Progress, Scanned
from lodestar.engine.matching.solving import Listed, Pool, Solution, best_matching


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What one run found, sorted by mentee key. Plain data: it can be pickled and stored.

    `weights` are basis points by criterion; `prices` what one more place with a mentor is worth
    (points; only mentors with a price above 0), the smallest prices that prove the optimum, and
    `highest_prices` the largest. Serving one more mentee counts `serving` points in them.
    """

    pairs: tuple[MatchedPair, ...]
    unmatched: tuple[Unmatched, ...]
    certificate: Certificate
    weights: Mapping[str, int]
    prices: Mapping[str, int]
    highest_prices: Mapping[str, int]
    serving: int


@dataclass(frozen=True, slots=True, eq=False)
class Solved:
    """A settled solution of what the pins left open, and the pairs it was found among.

    `by_lists`: people's ranked choices came first, whose fingerprint is `lists_sha256`.
    """

    solution: Solution
    pool: Pool
    by_lists: bool = False
    lists_sha256: str = ""


LISTS_FIRST = "lists-first"


def always() -> bool:
    """Whether to go on, where nobody is in a hurry."""
    return True


def silent(_step: str, _share: float) -> None:
    """Tell nobody how far it has come."""


def run_match(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    given: GivenPairs = NOTHING_GIVEN,
    *,
    seed: int = 0,
) -> MatchResult:
    """Match mentees with mentors, prove the result, and explain every match and every gap.

    `given` are pins, bans and pairs that work together already. Raises
    MatchingError (one sentence for people) for inputs that contradict themselves and TooLargeError
    where no exact solver is at hand. Same inputs and seed, same result.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> result = run_match(
    ...     [Mentee("ana", {"topics": ("Interviews",)}), Mentee("bo", {"topics": ("Salary",)})],
    ...     [Mentor("mia", {"topics": ("Salary",)}), Mentor("noor", {"topics": ("Interviews",)})],
    ...     default_design(),
    ... )
    >>> [(pair.mentee, pair.mentor) for pair in result.pairs], result.certificate.gap
    ([('ana', 'noor'), ('bo', 'mia')], 0)
    """
    problem = score_people(mentees, mentors, design, given)
    solved = solve(problem, seed)
    return describe(problem, solved, certify(problem, solved), seed)


def solve(
    problem: Problem,
    seed: int,
    *,
    may_go_on: Callable[[], bool] = always,
    progress: Progress = silent,
) -> Solved:
    """Find the best matching of everyone who is not pinned.

    When `may_go_on` answers no, the best so far is settled; its proof then shows a gap. `progress`
    is told each step and how much of it is done (0 to 1).
    """
    drawn = problem.draw(seed)
    if problem.open_pairs is None:
        pool: Pool = Scanned(
            problem.open_scorer,
            drawn,
            bonus=problem.bonus,
            may_go_on=may_go_on,
            progress=progress,
        )
        return Solved(best_matching(pool, AIMS[problem.design.objective], drawn), pool)
    pairs = problem.open_pairs
    listed = Listed(pairs, problem.weight_of(pairs))
    return Solved(*best_listed(listed, problem.design.objective, drawn, problem.groups()))


def certify(problem: Problem, solved: Solved, progress: Progress = silent) -> Checked:
    """Prove the matching over all open eligible pairs, with one full scan."""
    claim = solved.solution.claim
    if problem.open_pairs is None:
        return prove_scanned(problem.open_scorer, claim, problem.bonus, progress)
    proof = prove(problem.open_pairs, solved.pool.weight, claim)
    return Checked(proof, len(problem.open_pairs), np.zeros(0, dtype=np.int64))


def describe(problem: Problem, solved: Solved, checked: Checked, seed: int) -> MatchResult:
    """Put the matching into words that add up: contributions, reasons, who is left out."""
    scorer, claim = problem.scorer, solved.solution.claim
    pinned = np.array(problem.pinned, dtype=np.int64).reshape(-1, 2)
    rows = np.concatenate([claim.mentee, pinned[:, 0]])
    columns = np.concatenate([claim.mentor, pinned[:, 1]])
    weighed = scorer.weigh(rows, columns)
    pairs = [
        _described(
            problem, solved, checked, place, (int(row), int(column), weighed.contributions[place])
        )
        for place, (row, column) in enumerate(zip(rows, columns, strict=True))
    ]
    pairs.sort(key=lambda pair: (pair.mentee, pair.mentor))
    keys = [mentor.key for mentor in scorer.mentors]
    return MatchResult(
        pairs=tuple(pairs),
        unmatched=_left_out(problem, solved, checked),
        certificate=_certificate(problem, solved, checked, tuple(pairs), seed),
        weights=dict(
            zip([c.name for c in scorer.compiled.criteria], scorer.compiled.share, strict=True)
        ),
        prices=_by_key(keys, claim.price),
        highest_prices=_by_key(keys, solved.solution.highest),
        serving=claim.serving,
    )


def weigh_pair(problem: Problem, mentee: str, mentor: str) -> MatchedPair:
    """Explain any pair, matched or not: its points, its rank, and the rule it would break.

    Answers "why not her?"; the seconds are in `score_people`, which every pair can share.
    Raises MatchingError when one of the two is not in the cohort.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> problem = score_people([Mentee("ana")], [Mentor("mia")], default_design())
    >>> weigh_pair(problem, "ana", "mia").score
    500000
    """
    row, column = problem.position_of(mentee, mentor)
    points = problem.scorer.weigh(np.array([row]), np.array([column])).contributions[0]
    pair = explain_pair(problem.scorer, row, column, points, _rivals(problem, row, column, points))
    return replace(pair, broken_rule=problem.scorer.broken_rules(row, np.array([column]))[0])


def mentees_above(problem: Problem, mentee: str, mentor: str) -> int:
    """Return how many other mentees, who may have this mentor, score higher with them (the mentor's side of a pair).

    Raises MatchingError when one of the two is not in the cohort.

    >>> from lodestar.engine.matching.problem import Criterion, CriterionKind
    >>> design = Design((Criterion("words", CriterionKind.CATEGORY, "field", "field", 1),), floor=0)
    >>> people = [Mentee("ana", {"field": "Law"}), Mentee("bo", {"field": "Art"})], [Mentor("mia", {"field": "Art"})]
    >>> problem = score_people(*people, design)
    >>> mentees_above(problem, "ana", "mia"), mentees_above(problem, "bo", "mia")
    (1, 0)
    """
    row, column = problem.position_of(mentee, mentor)
    rows = np.arange(len(problem.scorer.mentees))
    scores = problem.scorer.scores_of(rows, np.full(len(rows), column))
    own = int(problem.scorer.weigh(np.array([row]), np.array([column])).score[0])
    return int((np.delete(scores, row) > own).sum())


def _described(
    problem: Problem,
    solved: Solved,
    checked: Checked,
    place: int,
    pair: tuple[int, int, Ints],
) -> MatchedPair:
    """Explain one match; `place` is its number among the solved matches, the pins behind them."""
    row, column, points = pair
    is_pinned = place >= len(solved.solution.claim.mentee)
    if problem.pairs is not None or is_pinned:
        rivals = _rivals(problem, row, column, points)
    else:
        best = rivals_among(solved.pool.pairs, row, column, int(points.sum())).best
        rivals = Rivals(int(checked.rank[place]) - 1, best)
    found = explain_pair(problem.scorer, row, column, points, rivals)
    if not is_pinned and (row, column) not in problem.kept:
        return found
    broken = problem.scorer.broken_rules(row, np.array([column]))[0] if is_pinned else None
    return replace(found, pinned=is_pinned, broken_rule=broken, kept=(row, column) in problem.kept)


def _rivals(problem: Problem, row: int, column: int, points: Ints) -> Rivals:
    """Return a mentee's other mentors, from the list or by scoring them all."""
    pairs = problem.pairs if problem.pairs is not None else _row_of(problem, row)
    line = row if problem.pairs is not None else 0
    return rivals_among(pairs, line, column, int(points.sum()))


def _row_of(problem: Problem, row: int) -> EligiblePairs:
    columns = np.arange(len(problem.scorer.mentors))
    score = problem.scorer.scores_of(np.full(len(columns), row), columns)
    kept = np.flatnonzero(score >= 0)
    start = np.array([0, len(kept)])
    return EligiblePairs(start, kept, score[kept], problem.scorer.market.capacity)


def _left_out(problem: Problem, solved: Solved, checked: Checked) -> tuple[Unmatched, ...]:
    claim, otherwise = solved.solution.claim, _reason_to_leave_out(problem, solved)
    if problem.open_pairs is None:
        pairs, taken, cover = _cover_in_play(solved)
        groups = groups_of(pairs, cover) if cover is not None else ()
        # pairs that were not in play may join two groups, so only the whole is told
        groups = (joined(groups),) if groups else ()
        if checked.proof.served_bound not in (None, checked.proof.matched):
            groups, otherwise = (), SEARCH_STOPPED
    else:
        pairs = problem.open_pairs
        taken = pairs.positions_of(claim.mentee, claim.mentor)
        groups = hall_sets(pairs, taken)
    return explain_unmatched(problem.open_scorer, pairs, taken, groups, otherwise)


def _cover_in_play(solved: Solved) -> tuple[EligiblePairs, Taken, Cover | None]:
    """Let in pairs until none leads out of the cover that shows that no more can be served."""
    claim, pool = solved.solution.claim, solved.pool
    while True:
        pairs = pool.pairs
        taken = pairs.positions_of(claim.mentee, claim.mentor)
        cover = served_cover(pairs, taken, 0)
        if cover is None or not pool.widen_by_covers([cover]):
            return pairs, taken, cover


def _reason_to_leave_out(problem: Problem, solved: Solved) -> str:
    """Return why somebody has no mentor although there were places for them."""
    if solved.by_lists:
        return LEFT_FOR_LISTS
    is_stable = problem.design.objective is Objective.STABLE
    return LEFT_FOR_STABLE if is_stable else LEFT_FOR_TOTAL


def _by_key(keys: Sequence[str], numbers: Ints) -> dict[str, int]:
    return {keys[int(place)]: int(numbers[place]) for place in np.flatnonzero(numbers)}


def _certificate(
    problem: Problem,
    solved: Solved,
    checked: Checked,
    pairs: tuple[MatchedPair, ...],
    seed: int,
) -> Certificate:
    eligible = len(problem.pairs) if problem.pairs is not None else _eligible(problem, checked)
    return Certificate.of(
        _with_pins(problem, checked.proof, pairs),
        problem.scorer.market,
        eligible_pairs=eligible,
        objective=LISTS_FIRST if solved.by_lists else problem.design.objective.value,
        seed=seed,
        inputs_sha256=_sha256_of(problem, solved),
    )


def _sha256_of(problem: Problem, solved: Solved) -> str:
    """Return the fingerprint of everything that a result follows from, ranked choices too."""
    if not solved.by_lists:
        return problem.inputs_sha256
    return hashlib.sha256(f"{problem.inputs_sha256}:{solved.lists_sha256}".encode()).hexdigest()


def _eligible(problem: Problem, checked: Checked) -> int:
    """Count the scanned pairs, and the pinned ones that were taken out of the scan."""
    ends = np.array(problem.pinned, dtype=np.int64).reshape(-1, 2)
    pinned = problem.scorer.scores_of(ends[:, 0], ends[:, 1])
    return checked.eligible_pairs + int((pinned >= 0).sum())


def _with_pins(problem: Problem, proof: Proof, pairs: tuple[MatchedPair, ...]) -> Proof:
    """Count the pinned pairs in a proof of what they left open."""
    if not problem.pinned:
        return proof
    scores = [pair.score for pair in pairs if pair.pinned]
    ends = np.array(problem.pinned, dtype=np.int64)
    served = len(np.unique(ends[:, 0]))
    load = np.bincount(ends[:, 1], minlength=len(problem.scorer.mentors))
    filled = int(np.minimum(load, problem.scorer.market.minimum).sum())
    worst = min(pair.score for pair in pairs)
    return replace(
        proof,
        matched=proof.matched + served,
        pairs=proof.pairs + len(scores),
        filled=proof.filled + filled,
        total=proof.total + sum(scores),
        value=proof.value + sum(scores),
        bound=proof.bound + sum(scores),
        worst=worst,
        served_bound=_plus(proof.served_bound, served),
        filled_bound=_plus(proof.filled_bound, filled),
        worst_bound=None if proof.worst_bound is None else min(proof.worst_bound, min(scores)),
    )


def _plus(bound: int | None, more: int) -> int | None:
    return None if bound is None else bound + more
