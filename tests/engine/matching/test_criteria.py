from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.compiling import Part, Settings, compile_part
from lodestar.engine.matching.problem import Answer, Criterion, CriterionKind, Mentee, Mentor

ON = date(2026, 1, 15)
ONE = np.array([0])
SHARE = 1_000
TOPIC_LISTS = st.lists(st.sampled_from("abcdefgh"), unique=True, min_size=1, max_size=8).map(tuple)


def compiled(kind: str, mentees: list[Answer], mentors: list[Answer], **settings) -> Part:
    criterion = Criterion("x", CriterionKind(kind), "x", "x", 1, **settings)
    zone = {"time_zone": "Europe/Berlin"}
    mine = [Mentee(f"e{n}", {"x": answer, **zone}) for n, answer in enumerate(mentees)]
    theirs = [Mentor(f"m{n}", {"x": answer, **zone}) for n, answer in enumerate(mentors)]
    return compile_part(criterion, SHARE, mine, theirs, Settings(ON))


def closeness(kind: str, mentee: Answer, mentor: Answer) -> float:
    """Return points as a percentage of what the criterion can give."""
    return float(compiled(kind, [mentee], [mentor]).points(ONE, ONE)[0]) / SHARE


@pytest.mark.parametrize(
    ("kind", "mentee", "mentor", "expected"),
    [
        ("topics", ("Salary", "Interviews"), ("interviews ", "SALARY"), 100),
        ("topics", ("Salary", "Interviews"), ("Salary",), 50),
        ("topics", ("Salary",), ("Salary", "Law", "Art"), 100),
        ("topics", ("Salary",), ("Python",), 0),
        ("topics", {"Salary": 3, "Interviews": 1}, ("Salary",), 75),
        ("topics", ("Salary",), {"Salary": 1}, 70),
        ("topics", ("Salary",), {"Salary": 3}, 100),
        ("topics", ("Work > Pay",), ("Work > Pay > Bonus",), 100),
        ("topics", ("Work > Pay",), ("Work",), 50),
        ("topics", ("Work > Pay",), ("Work > Law",), 25),
        ("topics", (">",), (">",), 100),
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
        ("text", "wind parks at sea", "banking at night", 0),
        ("availability", "Mon 18-20", "Monday evenings", 100),
        ("availability", "Mon 18-19", "Mon 18:30-21", 25),
        ("availability", "Mon 18-19", "Tue 18-19", 0),
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

    asked = closeness("topics", wanted, wanted[:6])

    assert closeness("topics", wanted, everything) < asked
    assert closeness("topics", wanted[:6], wanted[:6]) == 100


def test_over_everybody_offering_everything_gains_nothing_over_offering_any_six():
    topics = tuple("abcdefghijklmnopqrstuvwx")
    everyone = [(topic,) for topic in topics]
    rows, columns = np.arange(len(topics)), np.zeros(len(topics), dtype=int)

    six = compiled("topics", everyone, [topics[:6]]).points(rows, columns)
    everything = compiled("topics", everyone, [topics]).points(rows, columns)

    assert everything.sum() == six.sum() == 6 * 100 * SHARE


KINDS_WITH_ANSWERS = [kind for kind in CriterionKind if kind is not CriterionKind.RANKED]


@pytest.mark.parametrize("kind", KINDS_WITH_ANSWERS)
@pytest.mark.parametrize("blank", [None, "", (), {}, "   "])
def test_blank_answers_are_known_as_blank(kind, blank):
    part = compiled(kind, [blank, "2"], ["3", blank])

    assert not part.mentee_answered[0]
    assert not part.mentor_answered[1]


@pytest.mark.parametrize("kind", list(CriterionKind))
@given(answers=st.lists(st.text(max_size=8), min_size=2, max_size=6))
def test_points_are_whole_and_within_the_share_for_any_text(kind, answers):
    half = len(answers) // 2
    part = compiled(kind, answers[:half], answers[half:])
    rows, columns = np.divmod(np.arange(half * (len(answers) - half)), len(answers) - half)

    found = part.points(rows, columns)

    assert np.issubdtype(found.dtype, np.integer)
    assert found.min() >= 0
    assert found.max() <= 100 * SHARE


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -1.0, 10**30])
def test_numbers_no_one_can_mean_are_no_fault(number):
    part = compiled("gap", [number], [10])

    assert 0 <= part.points(ONE, ONE)[0] <= 100 * SHARE


@pytest.mark.parametrize(
    ("kind", "mentee", "mentor", "expected"),
    [
        ("topics", ("Salary", "Python"), ("python", "Law"), ("shared", ("Python",))),
        ("topics", ("Work > Pay",), ("Work > Law", "Art"), ("near", ("Work > Pay", "Work > Law"))),
        ("topics", ("Work > Pay",), ("Art",), None),
        ("hierarchy", "Health > Care", "Health > Biotech", ("same_family", ("Health",))),
        ("hierarchy", "Health > Care", "Health > Care", ("same", ("Health > Care",))),
        ("timezone", "Europe/Berlin", "Europe/London", ("hours_apart", ("1",))),
        ("timezone", "Europe/Berlin", "Asia/Tokyo", None),
        ("gap", 2, 10, ("years_ahead", ("8",))),
        ("gap", 10, 2, None),
        ("language", ("Arabic",), ("arabic", "French"), ("shared", ("Arabic",))),
        ("text", "wind parks at sea", "wind and law", ("words", ("wind",))),
        ("category", "a", "b", None),
        ("ranked", ("mia", "noor"), "noor", ("choice", ("2",))),
        ("ranked", ("mia", "noor"), "zoe", None),
        ("availability", "Mon 18-20", "Mon 18:30-21", ("hours_in_common", ("1.5",))),
    ],
)
def test_what_speaks_for_a_pair(kind, mentee, mentor, expected):
    assert compiled(kind, [mentee], [mentor]).finding(0, 0) == expected
