from dataclasses import replace

import numpy as np

from lodestar.engine.groups import program
from lodestar.engine.groups.groups import (
    Group,
    GroupMatching,
    GroupSizes,
    GroupTerms,
    RulePrice,
    group_matching,
    rule_prices,
)
from lodestar.engine.groups.reasons import (
    BREAKS_RULE,
    GROUP_TOO_SMALL,
    LeftOut,
    left_out_of,
)
from lodestar.engine.groups.rules import (
    Apart,
    AtMost,
    Rule,
)
from lodestar.engine.matching.left_out import NO_ELIGIBLE_MENTOR, PLACES_SHORT
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from tests.engine.matching.markets import tickets_for


def table(rows: list[list[int | None]], capacity: list[int]) -> EligiblePairs:
    """Pairs from a table of mentees by mentors; None is forbidden."""
    edges = [(i, j, s) for i, row in enumerate(rows) for j, s in enumerate(row) if s is not None]
    columns = np.array(edges, dtype=np.int64).reshape(-1, 3).T
    return from_edges(*columns, len(rows), np.array(capacity))


def solve(pairs: EligiblePairs, sizes: GroupSizes, rules: tuple[Rule, ...] = ()) -> GroupMatching:
    return group_matching(pairs, sizes, tickets_for(pairs), GroupTerms(rules))


def test_each_reason_for_being_left_out_has_its_sentence():
    pairs = table(
        [[9, None, None], [9, None, None], [8, None, None], [None, 5, None], [None, None, None]],
        [2, 2, 1],
    )

    found = solve(pairs, GroupSizes(2, 2))

    assert found.left == (
        LeftOut(2, PLACES_SHORT, "1 mentor who may have them has no place left, of 2 together."),
        LeftOut(
            3,
            GROUP_TOO_SMALL,
            "1 mentor who may have them has no group: a group needs 2, and of all who are without one at "
            "most 1 could join.",
        ),
        LeftOut(4, NO_ELIGIBLE_MENTOR, "No mentor who could take a group is eligible."),
    )


def test_a_rule_in_the_way_is_named_with_what_it_costs():
    pairs = table([[9], [9], [7], [5]], [4])
    rule = AtMost("employer", ("Acme", "Acme", "Acme", ""), 2)
    harmless = Apart("reports", ((2, 3),))

    found = solve(pairs, GroupSizes(2, 4), (rule,))
    told = rule_prices(pairs, GroupSizes(2, 4), tickets_for(pairs), GroupTerms((rule, harmless)))

    assert found.groups == (Group(0, (0, 1, 3), 23),)
    assert found.left == (
        LeftOut(
            2,
            BREAKS_RULE,
            "1 mentor who may have them has a group with a free place, but that would break 'employer'.",
            ("employer",),
        ),
    )
    assert told == (
        RulePrice("employer", 0, 2, True, "Rule 'employer' leaves nobody out and costs 2 points."),
        RulePrice("reports", 0, 0, True, "Rule 'reports' costs nothing."),
    )


def test_what_a_rule_costs_is_mentees_first_and_then_points():
    pairs = table([[9, 2], [9, 2], [7, 1]], [3, 3])
    strict = AtMost("employer", ("Acme",) * 3, 1)
    apart = Apart("reports", ((0, 1),))

    stranded = rule_prices(pairs, GroupSizes(2, 3), tickets_for(pairs), GroupTerms((strict,)))
    dearer = rule_prices(pairs, GroupSizes(1, 3), tickets_for(pairs), GroupTerms((apart,)))

    assert stranded[0] == RulePrice(
        "employer", 3, 25, True, "Without rule 'employer' 3 mentees more would have a group."
    )
    assert dearer[0] == RulePrice(
        "reports", 0, 7, True, "Rule 'reports' leaves nobody out and costs 7 points."
    )


def test_a_rule_that_no_group_can_meet_is_the_reason():
    pairs = table([[9], [9]], [2])
    rule = AtMost("employer", ("Acme", "Acme"), 1)

    assert solve(pairs, GroupSizes(2, 2), (rule,)).left[0] == LeftOut(
        0,
        BREAKS_RULE,
        "1 mentor who may have them has no group, but that would break 'employer'.",
        ("employer",),
    )


def test_an_estimate_says_that_it_is_one(monkeypatch):
    pairs = table([[900, 100], [900, 100], [100, 900]], [3, 3])
    rule = Apart("reports", ((0, 1),))
    monkeypatch.setattr(program.Program, "largest_total", lambda *_: None)

    price = rule_prices(pairs, GroupSizes(2, 3), tickets_for(pairs), GroupTerms((rule,)))[0]

    assert not price.is_proven
    assert price.sentence == (
        "Without rule 'reports' 1 mentee more would have a group. The search was stopped, so this is no more "
        "than an estimate."
    )


def test_a_mentee_who_has_a_mentor_already_is_not_left_out():
    pairs = replace(table([[5], [8]], [1]), first=np.array([0, 1]))

    assert left_out_of(pairs, {0: [1]}, 1) == ()


def test_nobody_eligible_leaves_everybody_out_with_a_reason():
    found = solve(table([[None], [None]], [2]), GroupSizes(2, 2))

    assert (found.groups, found.served, found.total, found.is_proven) == ((), 0, 0, True)
    assert [one.reason for one in found.left] == [NO_ELIGIBLE_MENTOR] * 2
