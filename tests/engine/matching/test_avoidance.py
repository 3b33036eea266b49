from dataclasses import replace

import pytest

from lodestar.engine.matching.avoidance import known_names, unknown_names
from lodestar.engine.matching.defaults import default_design
from lodestar.engine.matching.problem import Constraint, ConstraintKind, Mentee, Mentor
from lodestar.engine.matching.scorer import Scorer

JO = Mentor("M-1", {"first_name": "Jo", "last_name": "Fox", "email": "jo@example.org"})
ED = Mentor("M-2", {"name": "Ed Ox", "employer": "Acme, Inc."})
MIA = Mentor("M-3", {"name": "Mia Elk"})
MENTORS = (JO, ED, MIA)
DESIGN = replace(default_design(), floor=0)


def broken(mentee: Mentee, design=DESIGN, mentors=MENTORS) -> list[str | None]:
    scorer = Scorer([mentee], mentors, design, bans={})
    return scorer.broken_rules(0, range(len(mentors)))


@pytest.mark.parametrize(
    ("said", "forbidden"),
    [
        ("M-1", [0]),
        ("JO@example.org", [0]),
        ("Jo  Fox", [0]),
        ("Fox, Jo", [0]),
        ("Jo Fox, Ed Ox", [0, 1]),
        (("Jo Fox", "m-2"), [0, 1]),
        ("Fox,Jo, Ed Ox,Mia Elk", [0, 1, 2]),
        ("Acme, Inc.", [1]),
        ("Mia Elk, Acme, Inc.", [1, 2]),
        ("Zoe Yak", []),
        ("nobody", []),
    ],
)
def test_whoever_is_named_is_avoided_however_they_are_called(said, forbidden):
    found = broken(Mentee("E-1", {"avoid": said}))

    assert found == ["avoid" if place in forbidden else None for place in range(len(MENTORS))]


@pytest.mark.parametrize(
    "constraints",
    [DESIGN.constraints, (), (Constraint("clock", ConstraintKind.MAX_HOURS_APART, 4),)],
)
def test_lists_of_whom_to_avoid_hold_under_every_design_on_either_side(constraints):
    design = replace(DESIGN, constraints=constraints)
    wary = replace(MIA, answers={"avoid": "E-1"})

    assert broken(Mentee("E-1", {"avoid": "M-2"}), design, (JO, ED, wary)) == [
        None,
        "avoid",
        "avoid",
    ]


def test_a_design_that_reads_another_column_says_otherwise():
    rule = Constraint("apart", ConstraintKind.AVOID, None, "keep_away", "keep_away")
    design = replace(DESIGN, constraints=(rule,))

    found = broken(Mentee("E-1", {"avoid": "M-1", "keep_away": "M-2"}), design)

    assert found == [None, "apart", None]


@pytest.mark.parametrize(
    ("mentee", "forbidden"),
    [
        (Mentee("M-3"), [2]),
        (Mentee("E-1", {"email": "JO@example.org"}), [0]),
        (Mentee("E-1", {"email": ("old@example.org", "jo@example.org")}), [0]),
        (Mentee("jo@example.org"), []),
    ],
)
def test_nobody_is_paired_with_themselves_whatever_their_id(mentee, forbidden):
    assert broken(mentee) == ["same_person" if place in forbidden else None for place in range(3)]


def test_names_that_match_nobody_are_told():
    known = known_names(MENTORS)

    assert unknown_names("Jo Fox, Zoe Yak, Acme, Inc., M-9", known) == ["Zoe Yak", "M-9"]
    assert unknown_names("nobody", known) == []
