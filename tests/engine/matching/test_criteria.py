from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.criteria import compile_criterion
from lodestar.engine.matching.problem import Answer, Criterion, CriterionKind

ON = date(2026, 1, 15)
ONE = np.array([0])
TOPIC_LISTS = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=8).map(tuple)


def compiled(kind: str, mentees: list[Answer], mentors: list[Answer]):
    return compile_criterion(Criterion("x", CriterionKind(kind), "x", "x", 1), mentees, mentors, ON)


def closeness(kind: str, mentee: Answer, mentor: Answer) -> int:
    return int(compiled(kind, [mentee], [mentor]).closeness(ONE, ONE)[0, 0])


@pytest.mark.parametrize(
    ("kind", "mentee", "mentor", "expected"),
    [
        ("topics", ("Salary", "Interviews"), ("interviews ", "SALARY"), 100),
        ("topics", ("Salary", "Interviews"), ("Salary",), 50),
        ("topics", ("Salary",), ("Python",), 0),
        ("topics", {"Salary": 3, "Interviews": 1}, ("Salary",), 75),
        ("topics", ("Salary",), {"Salary": 1}, 70),
        ("topics", ("Salary",), {"Salary": 3}, 100),
        ("category", "Remote", "remote", 100),
        ("category", "Remote", "On site", 0),
        ("category", ("a", "b"), ("b", "c"), 100),
        ("hierarchy", "Health > Care", "health > care", 100),
        ("hierarchy", "Health > Care", "Health > Biotech", 50),
        ("hierarchy", "Health", "Health > Biotech", 67),
        ("hierarchy", "Health", "Law", 0),
        ("timezone", "Europe/Berlin", "Europe/Berlin", 100),
        ("timezone", "Europe/Berlin", "Europe/London", 91),
        ("timezone", "Europe/London", "Asia/Tokyo", 25),
        ("timezone", "Pacific/Auckland", "Pacific/Honolulu", 91),
        ("language", ("Arabic", "French"), ("French", "Arabic"), 100),
        ("language", ("Arabic", "French"), ("French",), 80),
        ("language", ("Arabic",), ("French",), 0),
        ("gap", 2, 10, 100),
        ("gap", "5-7 years", "8", 50),
        ("gap", 10, 3, 0),
        ("gap", 2020, 2010, 100),
        ("opt_in", ("first generation",), ("First Generation",), 100),
        ("ranked", ("mia", "noor"), "mia", 100),
        ("ranked", ("mia", "noor"), "noor", 50),
        ("ranked", ("mia", "noor"), "zoe", 0),
        ("text", "wind parks at sea", "sea wind", 100),
        ("text", "wind parks at sea", "banking", 0),
    ],
)
def test_closeness(kind, mentee, mentor, expected):
    assert closeness(kind, mentee, mentor) == expected


@given(TOPIC_LISTS, TOPIC_LISTS)
def test_topics_nobody_asked_for_never_raise_the_score(wanted, offered):
    padded = offered + tuple(topic for topic in "uvwxyz" if topic not in wanted)

    assert closeness("topics", wanted, padded) <= closeness("topics", wanted, offered)


@given(TOPIC_LISTS)
def test_ticking_everything_scores_below_offering_just_what_is_wanted(wanted):
    everything = tuple("abcdefghijklmnop")

    assert closeness("topics", wanted, everything) < closeness("topics", wanted, wanted) == 100


@pytest.mark.parametrize("kind", list(CriterionKind))
@pytest.mark.parametrize("blank", [None, "", (), {}, "   "])
def test_blank_answers_are_known_as_blank(kind, blank):
    measure = compiled(kind, [blank, "2"], ["3", blank])

    assert not measure.mentee_answered[0]
    assert not measure.mentor_answered[1]


@pytest.mark.parametrize("kind", list(CriterionKind))
@given(answers=st.lists(st.text(max_size=8), min_size=2, max_size=6))
def test_closeness_is_a_whole_number_from_0_to_100_for_any_text(kind, answers):
    half = len(answers) // 2
    measure = compiled(kind, answers[:half], answers[half:])

    found = measure.closeness(np.arange(half), np.arange(len(answers) - half))

    assert np.issubdtype(found.dtype, np.integer)
    assert found.min() >= 0
    assert found.max() <= 100


@pytest.mark.parametrize(
    ("kind", "mentee", "mentor", "expected"),
    [
        ("topics", ("Salary", "Python"), ("python", "Law"), ("shared", ("Python",))),
        ("hierarchy", "Health > Care", "Health > Biotech", ("same_family", ("Health",))),
        ("hierarchy", "Health > Care", "Health > Care", ("same", ("Health > Care",))),
        ("timezone", "Europe/Berlin", "Europe/London", ("hours_apart", ("1",))),
        ("timezone", "Europe/Berlin", "Asia/Tokyo", None),
        ("gap", 2, 10, ("years_ahead", ("8",))),
        ("gap", 10, 2, None),
        ("language", ("Arabic",), ("arabic", "French"), ("shared", ("Arabic",))),
        ("text", "wind parks at sea", "wind and law", ("words", ("wind",))),
        ("category", "a", "b", None),
    ],
)
def test_what_speaks_for_a_pair(kind, mentee, mentor, expected):
    assert compiled(kind, [mentee], [mentor]).finding(0, 0) == expected
