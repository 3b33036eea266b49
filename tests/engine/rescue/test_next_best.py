"""Whoever waits longest is never without for somebody who waits less."""

from dataclasses import replace
from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.defaults import default_design
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import Mentee, Mentor
from lodestar.engine.matching.run import run_match
from lodestar.engine.rescue.beside import run_with_standbys, standbys_beside
from lodestar.engine.rescue.next_best import (
    Source,
    Turns,
    match_longest_first,
    next_partners,
    served_in_turn,
)

# Who may have which of four mentors, as four bits for each mentee.
EDGES = st.lists(st.integers(0, 15), max_size=6).map(
    lambda rows: [{n for n in range(4) if row >> n & 1} for row in rows]
)
PLACES = st.tuples(*[st.integers(0, 2)] * 4).map(list)


def pairs_of(edges, places):
    start = np.cumsum([0, *(len(each) for each in edges)])
    mentor = np.array([one for each in edges for one in sorted(each)], dtype=np.int64)
    return EligiblePairs(start, mentor, np.ones(len(mentor), dtype=np.int64), np.array(places))


def can_be_served(edges, places, chosen):
    """Try every way, as a child would."""
    if not chosen:
        return True
    first, *rest = chosen
    return any(
        can_be_served(edges, [p - (n == m) for n, p in enumerate(places)], rest)
        for m in edges[first]
        if places[m] > 0
    )


@given(EDGES, PLACES)
def test_each_in_turn_is_served_who_can_be_beside_all_before(edges, places):
    expected: list[int] = []
    for mentee in range(len(edges)):
        if can_be_served(edges, places, [*expected, mentee]):
            expected.append(mentee)

    turns = range(len(edges))
    assert served_in_turn(pairs_of(edges, places), turns) == frozenset(expected)


@given(EDGES, PLACES)
def test_no_larger_set_could_be_served(edges, places):
    most = max(
        size
        for size in range(len(edges) + 1)
        for chosen in combinations(range(len(edges)), size)
        if can_be_served(edges, places, list(chosen))
    )

    assert len(served_in_turn(pairs_of(edges, places), range(len(edges))[::-1])) == most


@pytest.mark.parametrize("order", list(permutations(["ana", "bo", "cy"])))
def test_the_longest_waiting_has_the_place_and_the_others_are_told_why(order):
    mentees = [Mentee(key, {"topics": ("Pay",)}) for key in order]
    given = GivenPairs(bans={("bo", "mia"): "declined"})

    result = match_longest_first(mentees, [Mentor("mia", {}, 1)], default_design(), given)

    first, second = (key for key in order if key != "bo")
    assert [pair.mentee for pair in result.pairs] == [first]
    assert [left.mentee for left in result.unmatched] == sorted(["bo", second])


@pytest.mark.parametrize("order", list(permutations(["ana", "bo"])))
def test_of_two_who_have_the_same_standby_whoever_waits_longer_is_first(order):
    mentees = [Mentee(key) for key in order]
    standbys = {key: ["mia"] for key in order}

    found = next_partners(
        mentees, [Mentor("mia", {}, 1)], default_design(), turns=Turns(standbys=standbys)
    )

    assert [(each.pair.mentee, each.source) for each in found] == [(order[0], Source.STANDBY)]


def test_where_everybody_has_a_place_the_design_decides_alone():
    mentees = [Mentee("bo", {"topics": ("Pay",)}), Mentee("ana", {"topics": ("Interviews",)})]
    mentors = [
        Mentor("mia", {"topics": ("Interviews",)}, 1),
        Mentor("noor", {"topics": ("Pay",)}, 1),
    ]

    assert match_longest_first(mentees, mentors, default_design()) == run_match(
        mentees, mentors, default_design()
    )


def test_a_standby_steps_in_unless_kept_apart_and_the_rest_are_matched():
    mentees = [Mentee("ana"), Mentee("bo"), Mentee("cy")]
    mentors = [Mentor("mia", {}, 1), Mentor("noor", {}, 1), Mentor("pia", {}, 1)]
    given = GivenPairs(bans={("ana", "mia"): "declined"})

    found = next_partners(
        mentees,
        mentors,
        default_design(),
        given,
        turns=Turns(standbys={"ana": ["mia", "noor"], "bo": ["noor"]}),
    )

    by_mentee = {each.pair.mentee: (each.pair.mentor, each.source) for each in found}
    assert by_mentee["ana"] == ("noor", Source.STANDBY)
    assert {by_mentee["bo"][0], by_mentee["cy"][0]} == {"mia", "pia"}


def test_the_next_on_an_own_list_comes_before_a_standby_and_before_the_floor():
    mentees = [Mentee("ana", {"topics": ("Pay",)}), Mentee("bo"), Mentee("cy")]
    mentors = [Mentor(key, {"topics": ("Interviews",)}, 1) for key in ("mia", "noor", "pia")]
    design = replace(default_design(), floor=999_999)
    turns = Turns(lists={"ana": ["gone", "mia", "noor"], "bo": ["mia"]}, standbys={"ana": ["noor"]})

    found = next_partners(mentees, mentors, design, turns=replace(turns, fills=False))

    assert [(n.pair.mentee, n.pair.mentor, n.source) for n in found] == [
        ("ana", "mia", Source.LIST)
    ]


def test_nobody_is_proposed_whom_a_rule_forbids():
    given = GivenPairs(bans={("ana", "mia"): "past_pair"})

    assert next_partners([Mentee("ana")], [Mentor("mia")], default_design(), given) == ()
    assert next_partners([], [Mentor("mia")], default_design()) == ()


def test_a_run_with_standbys_is_the_run_itself():
    mentees = [Mentee(f"m{n}", {"topics": ("Pay",)}) for n in range(3)]
    mentors = [Mentor(f"t{n}", {"topics": ("Pay",)}, 2) for n in range(3)]

    found = run_with_standbys(mentees, mentors, default_design(), seed=7)
    result = run_match(mentees, mentors, default_design(), seed=7)

    assert found.result == result
    problem = score_people(mentees, mentors, default_design())
    assert len(found.standbys) == len(standbys_beside(problem, result, 7).standbys)
    matched = {(pair.mentee, pair.mentor) for pair in result.pairs}
    assert not matched & {(s.mentee, s.mentor) for s in found.standbys}
