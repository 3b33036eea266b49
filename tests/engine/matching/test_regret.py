from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given

from lodestar.engine.matching import cohort as cohorts
from lodestar.engine.matching.assignment import units_of
from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.pairs import loads_of
from lodestar.engine.matching.prices import farthest_prices
from lodestar.engine.matching.problem import MatchingError, Objective
from lodestar.engine.matching.regret import Change, Cost, place_prices, why_not
from lodestar.engine.matching.run import solve
from lodestar.engine.matching.solving import SERVE, Listed, best_matching
from tests.engine.matching.markets import every_matching, tickets_for, wide_instances
from tests.engine.matching.people import DESIGN, cohort
from tests.tried_on import tried_on

SERVED = replace(DESIGN, objective=Objective.SERVED)


@given(wide_instances())
@tried_on(80)
def test_the_cost_of_every_pair_is_exactly_what_brute_force_finds(pairs):
    solution = best_matching(Listed(pairs, pairs.score), SERVE, tickets_for(pairs))
    units = units_of(pairs, solution.claim.serving, solution.claim.filling)
    taken = pairs.positions_of(solution.claim.mentee, solution.claim.mentor)
    worth = {
        tuple(m): int(pairs.score[m].sum()) + units.worth(*loads_of(pairs, m))
        for m in every_matching(pairs)
    }
    best = max(worth.values())

    for row in range(pairs.mentees):
        farthest = farthest_prices(pairs, taken, pairs.score.astype(np.int64), units, row)
        for place in range(int(pairs.start[row]), int(pairs.start[row + 1])):
            with_it = [value for m, value in worth.items() if place in m]
            if not with_it or place in taken:
                continue
            cost = int(farthest[pairs.mentor[place]]) - int(pairs.score[place])
            assert cost == best - max(with_it)


@pytest.fixture(scope="module")
def served():
    problem = score_people(*cohort(60, 25), SERVED)
    return problem, solve(problem, 0)


def pairs_to_ask(problem, count: int) -> list[tuple[str, str]]:
    rng = np.random.default_rng(1)
    mentees, mentors = problem.scorer.mentees, problem.scorer.mentors
    return [
        (mentees[int(a)].key, mentors[int(b)].key)
        for a, b in zip(rng.integers(0, 60, count), rng.integers(0, 25, count), strict=True)
    ]


def test_the_cost_is_what_one_more_solve_finds_and_names_who_moves(served):
    problem, solved = served
    asked = 0
    for mentee, mentor in pairs_to_ask(problem, 60):
        try:
            found = why_not(problem, solved, mentee, mentor)
        except MatchingError:
            continue
        if found.broken_rule or found.is_matched:
            continue
        asked += 1
        matched, total = found.change.matched, found.change.total
        assert found.cost.mentees == matched[0] - matched[1]
        assert found.cost.points == total[0] - total[1]
        assert (mentee, mentor) in [(moved[0], moved[2]) for moved in found.displaced]
    assert asked > 10


def test_the_bound_of_a_scanned_cohort_is_never_above_the_exact_cost(served, monkeypatch):
    problem, solved = served
    monkeypatch.setattr(cohorts, "LISTED_CELLS", 0)
    large = score_people(*cohort(60, 25), SERVED)
    scanned = solve(large, 0)

    for mentee, mentor in pairs_to_ask(problem, 40):
        try:
            exact = why_not(problem, solved, mentee, mentor).cost
            bound = why_not(large, scanned, mentee, mentor).cost
        except MatchingError:
            continue
        if exact is not None:
            assert (bound.mentees, bound.points) <= (exact.mentees, exact.points)


def test_a_rule_is_named_before_any_cost(served):
    problem, solved = served
    mentee, mentor = next(
        (mentee.key, mentor.key)
        for mentee in problem.scorer.mentees
        for mentor in problem.scorer.mentors
        if problem.scorer.broken_rules(*_ends(problem, mentee, mentor))[0] == "tongue"
    )

    found = why_not(problem, solved, mentee, mentor)

    assert (found.broken_rule, found.cost, found.displaced) == ("tongue", None, ())


def _ends(problem, mentee, mentor):
    row, column = problem.position_of(mentee.key, mentor.key)
    return row, np.array([column])


def test_a_match_needs_no_reason_against_it(served):
    problem, solved = served
    claim = solved.solution.claim
    mentee = problem.scorer.mentees[claim.mentee[0]].key
    mentor = problem.scorer.mentors[claim.mentor[0]].key

    assert why_not(problem, solved, mentee, mentor).is_matched


def test_under_worst_first_a_pair_below_the_worst_has_no_price_but_a_consequence():
    people = cohort(60, 25)
    problem = score_people(*people, replace(DESIGN, floor=0))
    solved = solve(problem, 0)
    least = solved.solution.claim.least
    low = problem.pairs.score < least
    capacity = problem.scorer.market.capacity[problem.pairs.mentor]
    place = int(np.flatnonzero(low & (capacity > 0))[0])
    mentee = problem.scorer.mentees[problem.pairs.mentee_of_each()[place]].key
    mentor = problem.scorer.mentors[problem.pairs.mentor[place]].key

    found = why_not(problem, solved, mentee, mentor)

    assert found.cost is None
    assert found.change.worst == (least, int(problem.pairs.score[place]))


def test_pins_are_said_to_stand_in_the_way():
    problem = score_people(*cohort(20, 8), SERVED, GivenPairs(pins=[("e001", "m002")]))
    solved = solve(problem, 0)
    row = problem.position_of("e001", "m002")[0]
    columns = np.flatnonzero(problem.scorer.scores_of(np.full(8, row), np.arange(8)) >= 0)
    other = next(problem.scorer.mentors[c].key for c in columns if c != 2)

    with pytest.raises(MatchingError, match="lift the pin first"):
        why_not(problem, solved, "e001", other)


def test_somebody_without_places_is_said_to_have_none():
    mentees, mentors, design = *cohort(20, 8), SERVED
    mentors[2] = replace(mentors[2], capacity=0)
    problem = score_people(mentees, mentors, design)
    solved = solve(problem, 0)
    eligible = problem.scorer.scores_of(np.arange(20), np.full(20, 2)) >= 0

    with pytest.raises(MatchingError, match="m002 has no place to give: raise their capacity"):
        why_not(problem, solved, problem.scorer.mentees[int(np.argmax(eligible))].key, "m002")


def test_a_place_has_a_price_from_the_least_to_the_most(served):
    problem, solved = served
    prices = place_prices(problem, solved)

    assert prices
    worth = [[(c.mentees, c.points) for c in (price.low, price.high)] for price in prices]
    assert all(low <= high for low, high in worth)
    assert any(price.low.mentees for price in prices)


def test_costs_are_told_in_mentees_and_points():
    assert Change((3, 2), (5, 5), (9, 6)).matched == (3, 2)
    assert Cost(1, -4) != Cost(0, 4)
