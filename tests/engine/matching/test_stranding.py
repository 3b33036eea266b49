"""What each rule takes, held against asking every pair one by one."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lodestar.engine.matching import stranding as module
from lodestar.engine.matching.problem import Constraint, ConstraintKind, Design, Mentee, Mentor
from lodestar.engine.matching.stranding import RuleEffect, Stranding, stranding_of
from tests.engine.matching.people import CONSTRAINTS, CRITERIA, cohort

LANGUAGE = Constraint("tongue", ConstraintKind.COMMON_LANGUAGE)
BOSS = Constraint("boss", ConstraintKind.NOT_SAME, "employer")
AHEAD = Constraint("ahead", ConstraintKind.MIN_GAP, 3)
CLOCKS = Constraint("clocks", ConstraintKind.MAX_HOURS_APART, 5)
RULES = (LANGUAGE, BOSS, AHEAD, CLOCKS)

answers = st.fixed_dictionaries(
    {},
    optional={
        "languages": st.lists(st.sampled_from(["en", "de", "yo"]), max_size=2).map(tuple),
        "employer": st.sampled_from(["Acme", "Beta", ""]),
        "years": st.integers(0, 12),
        "time_zone": st.sampled_from(["Europe/Berlin", "Asia/Tokyo", "America/New_York"]),
    },
)


def design(*constraints):
    return Design(criteria=CRITERIA, constraints=constraints)


def broken_alone(constraint, mentee, mentor):
    """Ask one rule about one pair, through a cohort of two."""
    return stranding_of([mentee], [mentor], design(constraint), {}).eligible == 0


def by_hand(mentees, mentors, constraints, bans):
    """Count everything pair by pair."""
    codes = [*dict.fromkeys(bans.values()), *(rule.name for rule in constraints)]
    broken = {}
    for a in mentees:
        for b in mentors:
            found = {bans[a.key, b.key]} if (a.key, b.key) in bans else set()
            found |= {rule.name for rule in constraints if broken_alone(rule, a, b)}
            broken[a.key, b.key] = found

    def without(code, mine):
        return any(not found - {code} for pair, found in broken.items() if mine in pair)

    def stranded(code, people):
        return tuple(p.key for p in people if without(code, p.key) and not without(None, p.key))

    rules = tuple(
        RuleEffect(
            code,
            sum(code in found for found in broken.values()),
            sum(found == {code} for found in broken.values()),
            stranded(code, mentees),
            stranded(code, mentors),
        )
        for code in codes
    )
    nobody = [tuple(p.key for p in side if not without(None, p.key)) for side in (mentees, mentors)]
    open_pairs = sum(not found for found in broken.values())
    return Stranding(len(broken), open_pairs, rules, *nobody)


@given(
    st.lists(answers, max_size=4),
    st.lists(answers, max_size=4),
    st.sets(st.sampled_from(RULES)),
    st.sets(st.tuples(st.integers(0, 3), st.integers(0, 3))),
    st.sampled_from([1, 3, 512]),
)
@settings(max_examples=60, deadline=None)
def test_it_is_what_asking_every_pair_finds(told, offered, chosen, apart, width):
    mentees = [Mentee(f"e{n}", found) for n, found in enumerate(told)]
    mentors = [Mentor(f"m{n}", found) for n, found in enumerate(offered)]
    bans = {(f"e{a}", f"m{b}"): "banned" for a, b in apart if a < len(mentees) and b < len(mentors)}
    rules = tuple(rule for rule in RULES if rule in chosen)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "COLUMNS_AT_ONCE", width)
        found = stranding_of(mentees, mentors, design(*rules), bans)

    assert found == by_hand(mentees, mentors, rules, bans)


def test_a_rule_strands_whom_only_it_keeps_apart():
    mentees = [
        Mentee("ana", {"languages": ("pt",), "employer": "Acme"}),
        Mentee("ben", {"languages": ("en",)}),
        Mentee("cho", {"languages": ("ko",)}),
    ]
    mentors = [Mentor("max", {"languages": ("en",), "employer": "Acme"}), Mentor("zoe", {})]

    silent = stranding_of(mentees, mentors, design(LANGUAGE, BOSS), {})
    told = stranding_of(mentees, mentors[:1], design(LANGUAGE, BOSS), {})

    assert [(rule.code, bool(rule.mentees or rule.mentors)) for rule in silent.rules] == [
        ("tongue", False),
        ("boss", False),
    ]
    assert told == Stranding(
        pairs=3,
        eligible=1,
        rules=(
            RuleEffect("tongue", 2, 1, mentees=("cho",), mentors=()),
            RuleEffect("boss", 1, 0, mentees=(), mentors=()),
        ),
        mentees=("ana", "cho"),
        mentors=(),
    )


def test_nobody_at_all_is_no_trouble():
    assert stranding_of([], [], design(*RULES), {}).pairs == 0
    assert stranding_of([Mentee("e")], [], design(*RULES), {}).mentees == ("e",)


def test_two_thousand_by_two_thousand_take_a_moment():
    mentees, mentors = cohort(2_000, 2_000, 1)

    start = time.perf_counter()
    found = stranding_of(mentees, mentors, Design(criteria=CRITERIA, constraints=CONSTRAINTS), {})

    assert found.pairs == 4_000_000
    assert time.perf_counter() - start < 10
