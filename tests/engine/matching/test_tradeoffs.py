from dataclasses import replace

import pytest

from lodestar.engine.matching import cohort as cohorts
from lodestar.engine.matching.cohort import score_people
from lodestar.engine.matching.problem import ConstraintKind, MatchingError, Objective
from lodestar.engine.matching.run import run_match
from lodestar.engine.matching.tradeoffs import compare_objectives, fairness_curve, rule_prices
from tests.engine.matching.people import CONSTRAINTS, DESIGN, cohort

GROUPED = replace(DESIGN, group_field="way", floor=0)


@pytest.fixture(scope="module")
def options():
    problem = score_people(*cohort(70, 30), GROUPED)
    return {option.objective: option for option in compare_objectives(problem)}


def test_every_objective_is_set_beside_the_largest_total(options):
    assert list(options) == [*(o.value for o in Objective), "first come, first served"]
    assert options["total"].share == 1.0
    assert all(0 < option.share <= 1 for option in options.values())


def test_each_objective_is_best_at_what_it_is_for(options):
    outcomes = {name: option.outcome for name, option in options.items()}
    most = max(outcome.served for outcome in outcomes.values())
    serving = {n: o for n, o in outcomes.items() if o.served == most and n != "total"}

    assert outcomes["worst-first"].worst == max(o.worst for o in serving.values())
    assert outcomes["rank-maximal"].first_choices == max(o.first_choices for o in serving.values())
    assert outcomes["stable"].blocking_pairs == 0
    assert outcomes["balanced"].group_gap <= outcomes["served"].group_gap
    assert outcomes["served"].total == max(o.total for o in serving.values())


def test_without_groups_balanced_is_left_out():
    problem = score_people(*cohort(20, 10), DESIGN)

    assert "balanced" not in [option.objective for option in compare_objectives(problem)]


def test_the_slider_goes_from_the_total_to_the_worst_off():
    curve = fairness_curve(score_people(*cohort(70, 30), GROUPED))

    totals = [step.outcome.total for step in curve]
    assert [step.theta for step in curve] == sorted(step.theta for step in curve)
    assert curve[0].share == 1.0
    assert totals == sorted(totals, reverse=True)
    assert curve[-1].outcome.lowest_tenth >= curve[0].outcome.lowest_tenth
    assert len({step.outcome.served for step in curve}) == 1


def test_each_rule_is_priced_by_solving_without_it():
    mentees, mentors = cohort(60, 5)
    people = mentees, [replace(mentor, capacity=10) for mentor in mentors]
    prices = {price.rule: price for price in rule_prices(score_people(*people, DESIGN))}
    before = run_match(*people, DESIGN).certificate

    # What people want of one another is not for relaxing.
    relaxable = [rule for rule in CONSTRAINTS if rule.kind is not ConstraintKind.AVOID]
    assert prices.keys() == {*(rule.name for rule in relaxable), "floor"}
    for rule in relaxable:
        others = tuple(other for other in CONSTRAINTS if other is not rule)
        after = run_match(*people, replace(DESIGN, constraints=others)).certificate
        assert prices[rule.name].served == after.matched - before.matched >= 0
        assert prices[rule.name].total == after.total - before.total
        assert prices[rule.name].alone == after.eligible_pairs - before.eligible_pairs
        assert prices[rule.name].forbids >= prices[rule.name].alone
    assert max(price.served for price in prices.values()) > 0


def test_cohorts_too_large_to_list_are_refused_with_a_sentence(monkeypatch):
    monkeypatch.setattr(cohorts, "LISTED_CELLS", 0)
    problem = score_people(*cohort(5, 5), DESIGN)

    for ask in (compare_objectives, fairness_curve):
        with pytest.raises(MatchingError, match="cohorts of up to 2,000,000 pairs"):
            ask(problem)


def test_an_empty_cohort_has_nothing_to_compare():
    problem = score_people([], [], DESIGN)

    assert {option.outcome.served for option in compare_objectives(problem)} == {0}
    assert {step.outcome.total for step in fairness_curve(problem)} == {0}
