import pytest

from lodestar.engine.groups.rules import (
    Apart,
    AtMost,
    NotAlone,
    broken_rules,
    check_rules,
    in_order,
)
from lodestar.engine.matching.problem import MatchingError


@pytest.mark.parametrize(
    ("rules", "sentence"),
    [
        (
            (AtMost("a", ("x",) * 4, 1), Apart("a", ())),
            "Two rules are called 'a': give each a code of its own.",
        ),
        (
            (AtMost("a", ("x",), 1),),
            "Rule 'a' speaks of 1 people, and there are 4: give one value for each.",
        ),
        (
            (NotAlone("a", (True,)),),
            "Rule 'a' speaks of 1 people, and there are 4: give one value for each.",
        ),
        (
            (AtMost("a", ("x",) * 4, 0),),
            "Rule 'a' allows nobody at all: let it allow at least 1.",
        ),
        (
            (NotAlone("a", (True,) * 4, 1),),
            "Rule 'a' asks for company but is content with one: let it ask for at least 2.",
        ),
        (
            (NotAlone("a", (True,) * 4, 4),),
            "Rule 'a' wants 4 together in groups of at most 3: lower it.",
        ),
        (
            (Apart("a", ((1, 1),)),),
            "Rule 'a' keeps somebody apart from themselves: take that pair out.",
        ),
        (
            (Apart("a", ((0, 4),)),),
            "Rule 'a' names a person beyond the 4 there are: take that pair out.",
        ),
    ],
)
def test_rules_that_cannot_hold_are_refused_with_a_sentence(rules, sentence):
    with pytest.raises(MatchingError) as refusal:
        check_rules(rules, people=4, most=3)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("members", "broken"),
    [
        ((), ()),
        ((0,), ("kind",)),
        ((0, 1), ("employer",)),
        ((0, 2), ("reports", "kind")),
        ((1, 4), ()),
        ((0, 1, 2, 3), ("employer", "reports")),
    ],
)
def test_a_group_breaks_exactly_the_rules_it_breaks(members, broken):
    rules = (
        AtMost("employer", ("Acme", "Acme", "", "", "Beta"), 1),
        Apart("reports", ((0, 2),)),
        NotAlone("kind", (True, True, False, False, True)),
    )

    assert broken_rules(rules, members) == broken


def test_rules_follow_people_into_another_order():
    order = [2, 0, 1]

    assert in_order(AtMost("a", ("x", "y", "z"), 1), order) == AtMost("a", ("z", "x", "y"), 1)
    assert in_order(NotAlone("a", (True, False, False)), order) == NotAlone(
        "a", (False, True, False)
    )
    assert in_order(Apart("a", ((0, 2),)), order) == Apart("a", ((1, 0),))
