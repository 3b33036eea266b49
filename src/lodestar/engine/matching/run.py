"""Who is matched with whom, why, and is it proven best? All of it, in order.

`run_match` is what the rest of Lodestar calls. The command line calls the same four steps one
by one (score_people, solve, certify, describe), because it times them.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.certificate import Certificate, Proof
from lodestar.engine.matching.explanation import (
    MatchedPair,
    Unmatched,
    explain_pair,
    explain_unmatched,
)
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import Design, MatchingError, Mentee, Mentor
from lodestar.engine.matching.scorer import Scored, score_cohort
from lodestar.engine.matching.solving import Solution, best_matching, proof_of

NEVER_PINNED = ("blocked", "banned")
NO_BANS: Mapping[tuple[str, str], str] = {}

Pins = Collection[tuple[str, str]]
Bans = Mapping[tuple[str, str], str]
Anyone = TypeVar("Anyone", Mentee, Mentor)


@dataclass(frozen=True, slots=True)
class MatchResult:
    """What one run found, sorted by mentee key. Plain data: it can be pickled and stored.

    `weights` are basis points by criterion; `prices` what one more place with a mentor is worth
    (points; only mentors with a price above 0), the smallest prices that prove the optimum.
    """

    pairs: tuple[MatchedPair, ...]
    unmatched: tuple[Unmatched, ...]
    certificate: Certificate
    weights: Mapping[str, int]
    prices: Mapping[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """A scored cohort with its pins taken out of the pairs that are left to solve."""

    scored: Scored
    design: Design
    pinned: Mapping[int, int]
    open_pairs: EligiblePairs
    inputs_sha256: str


def run_match(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    *,
    pins: Pins = (),
    bans: Bans = NO_BANS,
    seed: int = 0,
) -> MatchResult:
    """Match mentees with mentors, prove the result, and explain every match and every gap.

    `pins` are (mentee key, mentor key) pairs that must stay; they may break a rule, never a ban.
    `bans` maps such pairs to the code of why they may not meet: `blocked`, `past_pair`, `banned`.
    Raises MatchingError (one sentence for people) for inputs that contradict themselves and
    TooLargeError where no exact solver is at hand. Same inputs and seed, same result.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> result = run_match(
    ...     [Mentee("ana", {"topics": ("Interviews",)}), Mentee("bo", {"topics": ("Salary",)})],
    ...     [Mentor("mia", {"topics": ("Salary",)}), Mentor("noor", {"topics": ("Interviews",)})],
    ...     default_design(),
    ... )
    >>> [(pair.mentee, pair.mentor) for pair in result.pairs], result.certificate.gap
    ([('ana', 'noor'), ('bo', 'mia')], 0)
    """
    problem = score_people(mentees, mentors, design, pins=pins, bans=bans)
    solution = solve(problem, seed)
    return describe(problem, solution, certify(problem, solution), seed)


def score_people(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    *,
    pins: Pins = (),
    bans: Bans = NO_BANS,
) -> Problem:
    """Check the inputs, put them in order of their keys, and score every pair."""
    mentees, mentors = _in_order(mentees, "mentee"), _in_order(mentors, "mentor")
    _refuse_bad_demand(mentees)
    scored = score_cohort(mentees, mentors, design, bans=bans)
    pinned = _positions(pins, scored, bans)
    taken = np.bincount(np.array(list(pinned.values()), dtype=np.int64), minlength=len(mentors))
    left = scored.pairs.capacity - taken
    if np.any(left < 0):
        key = mentors[int(np.flatnonzero(left < 0)[0])].key
        raise MatchingError(f"Mentor {key} has more pinned mentees than places: remove a pin.")
    open_pairs = scored.pairs
    if pinned:
        is_open = np.ones(len(mentees), dtype=bool)
        is_open[list(pinned)] = False
        open_pairs = open_pairs.only(is_open[open_pairs.mentee_of_each()], left)
    return Problem(
        scored, design, pinned, open_pairs, _fingerprint(mentees, mentors, design, pins, bans)
    )


def solve(problem: Problem, seed: int) -> Solution:
    """Find the best matching of everyone who is not pinned."""
    scored = problem.scored
    return best_matching(
        problem.open_pairs,
        [mentee.key for mentee in scored.mentees],
        [mentor.key for mentor in scored.mentors],
        objective=problem.design.objective,
        seed=seed,
    )


def certify(problem: Problem, solution: Solution) -> Proof:
    """Prove the matching over all open eligible pairs."""
    return proof_of(problem.open_pairs, solution)


def describe(problem: Problem, solution: Solution, proof: Proof, seed: int) -> MatchResult:
    """Put the matching into words that add up: contributions, reasons, who is left out."""
    scored = problem.scored
    partner = _with_pins(solution.partner, problem.pinned)
    rows = np.flatnonzero(partner >= 0)
    points = scored.contributions(rows, partner[rows])
    found = [
        explain_pair(scored, int(row), int(partner[row]), points[place])
        for place, row in enumerate(rows)
    ]
    pairs = tuple(_mark_pin(pair, problem, int(row)) for pair, row in zip(found, rows, strict=True))
    return MatchResult(
        pairs=pairs,
        unmatched=_left_out(problem, solution),
        certificate=_certificate(problem, proof, pairs, seed),
        weights={c.name: s for c, s in zip(scored.criteria, scored.share, strict=True)},
        prices={
            scored.mentors[int(place)].key: int(solution.prices[place])
            for place in np.flatnonzero(solution.prices)
        },
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
    place = _positions([(mentee, mentor)], problem.scored, NO_BANS)
    row, column = next(iter(place.items()))
    points = problem.scored.contributions(np.array([row]), np.array([column]))[0]
    broken = problem.scored.rules.why_not(row, column)
    return replace(explain_pair(problem.scored, row, column, points), broken_rule=broken)


def _left_out(problem: Problem, solution: Solution) -> tuple[Unmatched, ...]:
    pinned = {problem.scored.mentees[row].key for row in problem.pinned}
    unmatched = explain_unmatched(problem.scored, problem.open_pairs, solution.partner)
    return tuple(person for person in unmatched if person.mentee not in pinned)


def _certificate(
    problem: Problem, proof: Proof, pairs: tuple[MatchedPair, ...], seed: int
) -> Certificate:
    fixed = [pair.score for pair in pairs if pair.pinned]
    found = Certificate.of(
        proof,
        problem.scored.pairs,
        objective=problem.design.objective,
        seed=seed,
        inputs_sha256=problem.inputs_sha256,
    )
    return replace(
        found,
        matched=found.matched + len(fixed),
        total=found.total + sum(fixed),
        bound=found.bound + sum(fixed),
        worst=min((pair.score for pair in pairs), default=None),
    )


def _mark_pin(pair: MatchedPair, problem: Problem, row: int) -> MatchedPair:
    if row not in problem.pinned:
        return pair
    broken = problem.scored.rules.why_not(row, problem.pinned[row])
    return replace(pair, pinned=True, broken_rule=broken)


def _with_pins(partner: NDArray[np.int64], pinned: Mapping[int, int]) -> NDArray[np.int64]:
    whole = partner.copy()
    whole[list(pinned)] = list(pinned.values())
    return whole


def _positions(pins: Pins, scored: Scored, bans: Bans) -> dict[int, int]:
    row_of = {mentee.key: place for place, mentee in enumerate(scored.mentees)}
    column_of = {mentor.key: place for place, mentor in enumerate(scored.mentors)}
    pinned: dict[int, int] = {}
    for mentee, mentor in sorted(set(pins)):
        if mentee not in row_of or mentor not in column_of:
            raise MatchingError(
                f"{mentee} and {mentor} are not both in this cohort: correct or remove this pair."
            )
        if bans.get((mentee, mentor)) in NEVER_PINNED or mentee == mentor:
            raise MatchingError(
                f"{mentee} and {mentor} are pinned together and kept apart: remove one of the two."
            )
        if row_of[mentee] in pinned:
            raise MatchingError(f"Mentee {mentee} is pinned to two mentors: keep one pin.")
        pinned[row_of[mentee]] = column_of[mentor]
    return pinned


def _in_order(people: Sequence[Anyone], role: str) -> tuple[Anyone, ...]:
    ordered = tuple(sorted(people, key=lambda person: person.key))
    for before, after in pairwise(ordered):
        if before.key == after.key:
            raise MatchingError(f"The {role} {after.key} is listed twice: keep one row.")
    return ordered


def _refuse_bad_demand(mentees: Sequence[Mentee]) -> None:
    for mentee in mentees:
        if mentee.demand != 1:
            raise MatchingError(
                f"Mentee {mentee.key} asks for {mentee.demand} mentors; a run gives each mentee one: "
                "set demand to 1."
            )


def _fingerprint(
    mentees: Sequence[Mentee], mentors: Sequence[Mentor], design: Design, pins: Pins, bans: Bans
) -> str:
    """Return SHA-256 of the inputs in one canonical form."""
    canonical = {
        "mentees": [[person.key, person.demand, dict(person.answers)] for person in mentees],
        "mentors": [[person.key, person.capacity, dict(person.answers)] for person in mentors],
        "design": asdict(design),
        "pins": sorted(map(list, set(pins))),
        "bans": sorted([*pair, code] for pair, code in bans.items()),
    }
    written = json.dumps(canonical, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()
