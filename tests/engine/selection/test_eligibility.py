"""What the rules of a design say of somebody."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.selection.eligibility import Kind, Outcome, Rule, judge

YEARS = Rule(Kind.YEARS, "class_year", first=2015, last=2022)
OUTCOMES = list(Outcome)


@pytest.mark.parametrize(
    ("rule", "said", "outcome"),
    [
        (YEARS, 2015, "eligible"),
        (YEARS, 2022, "eligible"),
        (YEARS, 2003, "outside"),
        (YEARS, None, "unsure"),
        (YEARS, True, "unsure"),
        (Rule(Kind.YEARS, "class_year", first=2015), 2200, "eligible"),
        (Rule(Kind.YEARS, "class_year", last=2015), 2016, "outside"),
        (Rule(Kind.AT_LEAST, "hours", first=2), 2, "eligible"),
        (Rule(Kind.AT_LEAST, "hours", first=2), 1, "outside"),
        (Rule(Kind.SAME, "country", values=("Kenya", "Chile")), "kenya ", "eligible"),
        (Rule(Kind.SAME, "country", values=("Kenya",)), "Ken", "outside"),
        (Rule(Kind.SAME, "country", values=("Kenya",)), " ", "unsure"),
        (Rule(Kind.CONTAINS, "field", values=("law",)), "Law and policy", "eligible"),
        (Rule(Kind.CONTAINS, "field", values=("law",)), "History", "outside"),
        (Rule(Kind.CHOSEN, "q_sport", values=("Chess", "Sailing")), "Chess", "eligible"),
        (Rule(Kind.CHOSEN, "q_sport", values=("Chess",)), ["Running", "Chess"], "eligible"),
        (Rule(Kind.CHOSEN, "q_sport", values=("Chess",)), ["Running"], "outside"),
        (Rule(Kind.CHOSEN, "q_scale", values=("4", "5")), 5, "eligible"),
        (Rule(Kind.CHOSEN, "q_sport", values=("Chess",)), None, "unsure"),
        (Rule(Kind.CHOSEN, "q_sport", values=("Chess",)), [], "unsure"),
        (Rule(Kind.ON_ROLL, "on_roll"), True, "eligible"),
        (Rule(Kind.ON_ROLL, "on_roll"), False, "unsure"),
        (Rule(Kind.VERIFIED, "verified"), None, "unsure"),
    ],
)
def test_a_binding_rule_decides_and_another_only_remarks(rule, said, outcome):
    binding = Rule(rule.kind, rule.fact, True, rule.first, rule.last, rule.values)
    remarked = "eligible" if outcome == "eligible" else "remark"

    assert judge([binding], {rule.fact: said}).outcome == outcome
    assert judge([rule], {rule.fact: said}).outcome == remarked


def test_what_is_known_to_be_outside_comes_before_what_nobody_can_tell():
    rules = [
        Rule(Kind.VERIFIED, "verified", is_binding=True),
        Rule(Kind.YEARS, "class_year", is_binding=True, first=2015),
        Rule(Kind.SAME, "country", values=("Kenya",)),
    ]

    found = judge(rules, {"class_year": 2003, "country": "Chile"})

    assert found.outcome == Outcome.OUTSIDE
    assert [f.rule.fact for f in found.against] == ["class_year"]
    assert [f.rule.fact for f in found.unknown] == ["verified"]
    assert [f.rule.fact for f in found.remarks] == ["country"]


rules = st.builds(
    Rule,
    kind=st.sampled_from([Kind.YEARS, Kind.AT_LEAST]),
    fact=st.sampled_from("ab"),
    is_binding=st.booleans(),
    first=st.integers(0, 9) | st.none(),
)
facts = st.dictionaries(st.sampled_from("ab"), st.integers(0, 9) | st.none())


@given(st.lists(rules, max_size=4), rules, facts)
def test_one_more_rule_never_makes_anybody_more_eligible(some, more, said):
    before, after = judge(some, said), judge([*some, more], said)

    assert OUTCOMES.index(after.outcome) >= OUTCOMES.index(before.outcome)


@given(st.lists(rules, max_size=4), facts)
def test_whoever_meets_all_has_no_findings_and_the_other_way_round(some, said):
    found = judge(some, said)

    assert (found.outcome == Outcome.ELIGIBLE) == (not found.findings)
