"""Other weights, a few moves and every choice, held against each other on the same people."""

import pytest

from lodestar.engine.matching.cohort import GivenPairs
from lodestar.engine.matching.effects import (
    answer_why_not,
    effect_of_changes,
    effect_of_settings,
    trade_offs,
)
from lodestar.engine.matching.problem import (
    Criterion,
    CriterionKind,
    Design,
    MatchingError,
    Mentee,
    Mentor,
    Objective,
)
from lodestar.engine.matching.replaying import match_telling, replayed, result_as_data
from lodestar.engine.matching.run import run_match

WAY = Criterion("way", CriterionKind.GAP, "years", "years", 10)
TRADE = Criterion("trade", CriterionKind.CATEGORY, "trade", "trade", 10)
DESIGN = Design((WAY, TRADE), floor=0)
OTHER = Design((WAY, Criterion("trade", CriterionKind.CATEGORY, "trade", "trade", 0)), floor=0)


def people(count=12, places=1):
    trades = ("law", "health", "code")
    mentees = [
        Mentee(f"e{n:02d}", {"years": n % 5, "trade": trades[n % 3], "country": "ab"[n % 2]})
        for n in range(count)
    ]
    mentors = [
        Mentor(f"o{n:02d}", {"years": 4 + 3 * n % 17, "trade": trades[n % 2]}, places)
        for n in range(count)
    ]
    return mentees, mentors


def test_the_same_design_twice_moves_nobody():
    found = effect_of_settings(people(), (DESIGN, DESIGN), GivenPairs())

    assert found["own"] == found["tried"]
    assert (found["moved"], found["mentees"]) == (0, 12)


def test_two_settings_are_measured_by_the_scores_of_the_first():
    found = effect_of_settings(people(), (DESIGN, OTHER), GivenPairs(), group_field="country")

    assert found["own"]["total"] >= found["tried"]["total"]
    assert found["own"]["served"] == found["tried"]["served"] == 12
    assert {gap["measure"] for gap in found["own"]["gaps"]} == {"served", "score"}
    assert all(not gap["highest"] or gap["value"] is not None for gap in found["own"]["gaps"])


def test_small_groups_are_not_told_apart():
    found = effect_of_settings(people(6), (DESIGN, DESIGN), GivenPairs(), group_field="country")

    assert {gap["verdict"] for gap in found["own"]["gaps"]} == {"too_few"}


def test_no_choice_has_a_better_total_than_the_one_that_asks_for_it():
    told = []
    found = trade_offs(people(), DESIGN, GivenPairs(), tell=told.append)

    points = {(point["kind"], point["value"]): point for point in found["points"]}
    best = points["objective", "total"]["total"]
    worst = points["objective", "worst-first"]["worst"]
    full = [p for p in found["points"] if p["kind"] == "objective" and p["served"] == 12]
    assert all(point["total"] <= best for point in full)
    assert all(point["worst"] <= worst for point in full)
    assert points["objective", "stable"]["blocking"] == 0
    assert (told[-1], len(points)) == (1.0, len(Objective) - 1 + 6)


def test_every_choice_tells_how_far_apart_groups_are_where_they_are_large_enough():
    found = trade_offs(people(24), DESIGN, GivenPairs(), group_field="country")
    small = trade_offs(people(8), DESIGN, GivenPairs(), group_field="country")
    none = trade_offs(people(8), DESIGN, GivenPairs())

    gaps = [gap for point in found["points"] for gap in point["gaps"]]
    assert {gap["measure"] for gap in gaps} == {"served", "score"}
    assert "too_few" not in {gap["verdict"] for gap in gaps if gap["measure"] == "score"}
    assert {gap["verdict"] for point in small["points"] for gap in point["gaps"]} == {"too_few"}
    assert [point["gaps"] for point in none["points"]] == [[]] * len(none["points"])


def test_a_pin_costs_what_solving_again_says_and_names_who_moves():
    given = people(3)
    before = run_match(*given, DESIGN)
    mentor_of = {pair.mentee: pair.mentor for pair in before.pairs}

    found = effect_of_changes(
        given, DESIGN, GivenPairs(), GivenPairs(pins=[("e00", mentor_of["e01"])])
    )

    moved = {mentee: (was, now) for mentee, was, now in found["moved"]}
    assert moved["e00"] == ([mentor_of["e00"]], [mentor_of["e01"]])
    assert "e01" in moved
    assert found["after"]["total"] <= found["before"]["total"]


def test_a_drafted_pin_takes_the_place_of_an_earlier_one():
    given = people(3)

    found = effect_of_changes(
        given, DESIGN, GivenPairs(pins=[("e00", "o00")]), GivenPairs(pins=[("e00", "o02")])
    )

    assert found["moved"][0] == ["e00", ["o00"], ["o02"]]


def test_why_not_knows_the_rule_the_pair_and_strangers():
    given = people(3)
    bans = {("e00", "o00"): "banned"}

    assert (
        answer_why_not(given, DESIGN, GivenPairs(bans=bans), ("e00", "o00"))["broken_rule"]
        == "banned"
    )
    found = answer_why_not(given, DESIGN, GivenPairs(), ("e00", "o00"))
    assert sum(points for _name, points in found["contributions"]) == found["score"]
    with pytest.raises(MatchingError):
        answer_why_not(given, DESIGN, GivenPairs(), ("e00", "stranger"))


def test_a_run_that_tells_how_far_it_is_finds_the_same():
    told = []
    given = people()

    one = result_as_data(match_telling(*given, DESIGN, GivenPairs(), seed=3, tell=told.append))

    assert one == replayed(given, DESIGN, GivenPairs(), seed=3)
    assert told == sorted(told)
