from dataclasses import replace

import numpy as np
import pytest

from lodestar.engine.matching import cohort as cohorts
from lodestar.engine.matching import kernels
from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.problem import (
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
    Objective,
    TooLargeError,
)
from lodestar.engine.matching.run import MatchResult, certify, describe, run_match, solve
from tests.engine.matching.people import DESIGN, cohort

OBJECTIVES = (Objective.SERVED, Objective.TOTAL, Objective.WORST_FIRST)


@pytest.fixture
def scanned(monkeypatch):
    """Let every cohort count as too large to list."""
    monkeypatch.setattr(cohorts, "LISTED_CELLS", 0)


def both_ways(people, design: Design, given: GivenPairs, monkeypatch) -> list[MatchResult]:
    listed = run_match(*people, design, given, seed=3)
    monkeypatch.setattr(cohorts, "LISTED_CELLS", 0)
    return [listed, run_match(*people, design, given, seed=3)]


def beside_serving(result: MatchResult) -> dict[str, tuple[bool, int]]:
    """Return each price as (would leave somebody without a mentor, points beside that)."""
    serving = result.serving
    return {
        mentor: (price > serving / 2, price - serving * (price > serving / 2))
        for mentor, price in result.prices.items()
    }


@pytest.mark.parametrize("objective", OBJECTIVES)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_scanned_cohort_is_matched_as_a_listed_one(objective, seed, monkeypatch):
    people = cohort(120, 50, seed)
    design = replace(DESIGN, objective=objective)

    listed, scanned = both_ways(people, design, GivenPairs(), monkeypatch)

    assert scanned.certificate == listed.certificate
    assert scanned.pairs == listed.pairs
    assert beside_serving(scanned) == beside_serving(listed)
    assert listed.certificate.is_proven
    assert len(listed.unmatched) == len(scanned.unmatched) > 0


@pytest.mark.parametrize("objective", OBJECTIVES)
def test_pins_bans_kept_pairs_and_minimums_hold_when_scanned(objective, monkeypatch):
    mentees, mentors = cohort(90, 40, 5)
    mentors = [replace(mentor, capacity=2, minimum=1) for mentor in mentors]
    design = replace(DESIGN, objective=objective, floor=0)
    first = run_match(mentees, mentors, design)
    kept = [(pair.mentee, pair.mentor) for pair in first.pairs[::2]]
    given = GivenPairs(
        pins=[("e001", "m003"), ("e002", "m003"), ("e007", "m009")],
        bans={(pair.mentee, pair.mentor): "banned" for pair in first.pairs[1::4]},
        kept=[pair for pair in kept if pair[0] not in ("e001", "e002", "e007")],
    )

    listed, scanned = both_ways((mentees, mentors), design, given, monkeypatch)

    assert scanned.certificate == listed.certificate
    assert scanned.pairs == listed.pairs
    assert listed.certificate.is_proven
    assert any(pair.kept for pair in listed.pairs)


def test_compiled_or_plain_the_result_is_the_same(scanned, monkeypatch):
    people = cohort(80, 30, 4)
    plain = run_match(*people, DESIGN)

    monkeypatch.setattr(kernels, "COMPILED_FROM", 0)

    assert run_match(*people, DESIGN) == plain


def test_few_candidates_at_a_time_still_reach_the_optimum(monkeypatch):
    people = cohort(100, 30, 6)
    listed = run_match(*people, DESIGN)
    monkeypatch.setattr(cohorts, "LISTED_CELLS", 0)
    monkeypatch.setattr("lodestar.engine.matching.scanning.CANDIDATES", 1)
    monkeypatch.setattr("lodestar.engine.matching.scanning.NEWCOMERS", 1)

    scanned = run_match(*people, DESIGN)

    assert scanned.certificate == listed.certificate
    assert [(p.mentee, p.mentor) for p in scanned.pairs] == [
        (p.mentee, p.mentor) for p in listed.pairs
    ]


def test_out_of_time_gives_the_best_so_far_with_a_bound_above_it(scanned, monkeypatch):
    people = cohort(150, 40, 7)
    monkeypatch.setattr("lodestar.engine.matching.scanning.CANDIDATES", 1)
    monkeypatch.setattr("lodestar.engine.matching.scanning.NEWCOMERS", 1)
    best = run_match(*people, DESIGN).certificate
    problem = score_people(*people, DESIGN)

    solved = solve(problem, 0, may_go_on=lambda: False)
    found = describe(problem, solved, certify(problem, solved), 0).certificate

    assert not found.is_proven
    assert found.violators > 0
    assert found.matched <= best.matched <= found.served_bound
    assert found.value <= best.value or found.matched < best.matched
    worth = found.matched * solved.solution.claim.serving + found.bound
    assert worth >= best.matched * solved.solution.claim.serving + best.value


def test_progress_is_told_to_the_end_of_each_scan(scanned):
    told: dict[str, list[float]] = {}
    problem = score_people(*cohort(60, 20), DESIGN)

    solved = solve(problem, 0, progress=lambda step, share: told.setdefault(step, []).append(share))
    certify(problem, solved, lambda step, share: told.setdefault(step, []).append(share))

    assert {"candidates", "prices", "equals", "proof"} <= told.keys()
    assert all(shares[-1] == 1 and min(shares) > 0 for shares in told.values())


def test_equals_are_drawn_by_lot_also_when_scanned(scanned):
    design = Design((Criterion("way", CriterionKind.CATEGORY, "way", "way", 1),))
    mentees = [Mentee(f"e{n}", {"way": "a"}) for n in range(4)]
    mentors = [Mentor("m", {"way": "a"}, 1)]

    winners = {run_match(mentees, mentors, design, seed=n).pairs[0].mentee for n in range(40)}

    assert winners == {"e0", "e1", "e2", "e3"}


def test_two_mentors_each_are_refused_honestly_where_pairs_are_too_many(scanned):
    mentees, mentors = cohort(5, 5)

    with pytest.raises(TooLargeError, match="set every demand to 1"):
        run_match([replace(mentees[0], demand=2), *mentees[1:]], mentors, DESIGN)


def test_other_objectives_are_refused_honestly_where_pairs_are_too_many(monkeypatch):
    monkeypatch.setattr(cohorts, "LISTED_CELLS", 0)
    monkeypatch.setattr(cohorts, "MOST_LISTED_CELLS", 10)

    with pytest.raises(TooLargeError, match="choose worst-first, served or total"):
        run_match(*cohort(5, 5), replace(DESIGN, objective=Objective.NASH))


@pytest.mark.parametrize(("mentees", "mentors"), [(0, 0), (5, 0), (0, 5)])
def test_an_empty_side_is_no_fault_when_scanned(mentees, mentors, scanned):
    people = cohort(8, 8)

    result = run_match(people[0][:mentees], people[1][:mentors], DESIGN)

    assert (result.certificate.matched, result.certificate.gap) == (0, 0)
    assert len(result.unmatched) == mentees


def test_when_every_pair_is_forbidden_everybody_is_told_why(scanned):
    mentees, mentors = cohort(6, 3)
    bans = {(a.key, b.key): "banned" for a in mentees for b in mentors}

    result = run_match(mentees, mentors, DESIGN, GivenPairs(bans=bans))

    assert result.pairs == ()
    assert [person.reason for person in result.unmatched] == ["no_eligible_mentor"] * 6
    assert result.certificate.is_proven
    assert np.all([person.rules == {"banned": 3} for person in result.unmatched])
