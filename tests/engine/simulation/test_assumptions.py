import pytest

from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.simulation.assumptions import (
    CHANCES,
    Assumptions,
    Chance,
    Procedure,
    Side,
    StaffHours,
    refuse_unknown_people,
)


def test_every_usual_chance_states_a_source_and_lies_between_its_bounds():
    for side in (Assumptions().mentee, Assumptions().mentor):
        for name in CHANCES:
            chance = getattr(side, name)
            assert chance.low <= chance.usual <= chance.high
            assert len(chance.source) > 20


def test_bounds_always_hold_the_usual_chance():
    assert (Chance(0.5, 0.1, 0.2).low, Chance(0.5, 0.1, 0.2).high) == (0.1, 0.5)
    assert (Chance(0.5).low, Chance(0.5).high) == (0.5, 0.5)


def test_a_person_may_have_a_chance_of_their_own():
    chance = Chance(0.1, by_person={"bo": 0.9})

    assert chance.of(["ana", "bo", "cy"]).tolist() == [0.1, 0.9, 0.1]


@pytest.mark.parametrize("wrong", [-0.1, 1.01, float("nan"), float("inf"), True, "0.5", None])
def test_a_chance_out_of_range_is_refused_with_a_sentence(wrong):
    with pytest.raises(MatchingError, match=r"is not a chance from 0 to 1: write 0\.05"):
        Chance(wrong)


def test_a_persons_chance_is_held_to_the_same_range():
    with pytest.raises(MatchingError, match=r"^2 is not a chance"):
        Chance(0.1, by_person={"bo": 2})


@pytest.mark.parametrize("wrong", [(), (0, 0), (1, -1), (1, float("nan")), ("1",), (1,) * 61])
def test_a_reply_time_that_is_none_is_refused(wrong):
    with pytest.raises(MatchingError, match="reply_time needs 1 to 60 numbers"):
        Assumptions(reply_time=wrong)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reply_days": 0}, "reply_days: 0 is not a whole number from 1 to 60."),
        ({"rematches": 6}, "rematches: 6 is not a whole number from 0 to 5."),
        ({"rematches": True}, "rematches: True is not a whole number from 0 to 5."),
        ({"rematch_days": 1.5}, "rematch_days: 1.5 is not a whole number from 0 to 60."),
        ({"first_meeting_days": -1}, "first_meeting_days: -1 is not a whole number from 0 to 60."),
        ({"asks_silent_again": "no"}, "asks_silent_again: 'no' is not true or false."),
    ],
)
def test_a_procedure_out_of_range_is_refused_with_a_sentence(wrong, said):
    with pytest.raises(MatchingError) as refused:
        Procedure(**wrong)

    assert str(refused.value) == said


def test_hours_are_never_negative():
    with pytest.raises(MatchingError, match="manual_case: -1 is not a number of hours"):
        StaffHours(manual_case=-1)


def test_a_chance_for_somebody_who_is_not_here_is_refused():
    assumptions = Assumptions(mentor=Side(silence=Chance(0.1, by_person={"zoe": 1})))

    with pytest.raises(MatchingError) as refused:
        refuse_unknown_people(assumptions, ["zoe"], ["mia"])

    assert str(refused.value) == (
        "[mentor] silence, by_person: no mentor here is called zoe. Correct or remove this line."
    )
