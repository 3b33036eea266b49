"""Lists put together at once: stable, within everybody's places, and blind to who came first."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.chosen import Choice
from lodestar.engine.matching.defaults import default_design
from lodestar.engine.matching.problem import Mentee, Mentor
from lodestar.engine.matching.windows import Lists, run_window
from tests.tried_on import tried_on

TOPICS = ("Pay", "Law", "Art", "Sea")


@st.composite
def windows(draw):
    """Return mentees, mentors, and some of their lists."""
    topics = st.lists(st.sampled_from(TOPICS), max_size=3, unique=True).map(tuple)
    mentees = [Mentee(f"e{n}", {"topics": draw(topics)}) for n in range(draw(st.integers(1, 7)))]
    mentors = [
        Mentor(f"m{n}", {"topics": draw(topics)}, draw(st.integers(0, 2)))
        for n in range(draw(st.integers(1, 5)))
    ]
    named = st.lists(st.sampled_from([m.key for m in mentors]), max_size=5, unique=True)
    choices = [
        Choice(mentee.key, mentor, rank)
        for mentee in mentees
        for rank, mentor in enumerate(draw(named), start=1)
    ]
    return mentees, mentors, choices


def pairs(result):
    return [(pair.mentee, pair.mentor) for pair in result.found.pairs]


@given(windows(), st.randoms(), st.booleans())
@tried_on(200)
def test_who_came_first_changes_nothing_and_nobody_is_envied_with_reason(window, dice, fills):
    mentees, mentors, choices = window
    once = run_window(mentees, mentors, default_design(), Lists(choices, fills), seed=7)

    for side in (mentees, mentors, choices):
        dice.shuffle(side)
    again = run_window(mentees, mentors, default_design(), Lists(choices, fills), seed=7)

    assert pairs(once) == pairs(again)
    assert once.facts.blocking_pairs == 0
    load = Counter(mentor for _, mentor in pairs(once))
    assert all(load[mentor.key] <= mentor.capacity for mentor in mentors)
    assert len({mentee for mentee, _ in pairs(once)}) == len(pairs(once))
    if not fills:
        assert {*pairs(once)} <= {(c.chooser, c.chosen) for c in choices}


def test_gaps_in_ranks_and_who_is_gone_change_nothing():
    people = [Mentee("ana"), Mentee("bo")], [Mentor("mia"), Mentor("noor")]
    close = [Choice("ana", "mia", 1), Choice("ana", "noor", 2)]
    apart = [Choice("ana", "gone", 1), Choice("ana", "mia", 4), Choice("ana", "noor", 9)]

    found = [pairs(run_window(*people, default_design(), Lists(c, False))) for c in (close, apart)]

    assert found == [[("ana", "mia")], [("ana", "mia")]]


@pytest.mark.parametrize(("fills", "served"), [(True, 2), (False, 1)])
def test_whom_the_lists_leave_over_is_matched_only_where_the_office_matches(fills, served):
    people = [Mentee("ana"), Mentee("bo")], [Mentor("mia"), Mentor("noor")]

    found = run_window(*people, default_design(), Lists([Choice("ana", "mia", 1)], fills))

    assert len(found.found.pairs) == served
    assert found.facts.matches_from_lists == 1


def test_whom_somebody_named_may_fit_less_than_whom_nobody_named():
    people = [Mentee("ana", {"topics": ("Pay",)})], [Mentor("mia", {"topics": ("Art",)})]
    wished = Lists([Choice("ana", "mia", 1)])

    assert pairs(run_window(*people, default_design(), wished)) == [("ana", "mia")]
