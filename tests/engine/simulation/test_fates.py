import numpy as np
import pytest

from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.simulation.assumptions import Assumptions, Chance, Side
from lodestar.engine.simulation.fates import Event, applicants_of, people_of
from tests.engine.simulation.trials import likely

KEYS = [f"p{number}" for number in range(400)]
EVEN = Side(*(Chance(0.5) for _ in range(4)))


def test_the_same_seed_gives_the_same_fate_and_another_seed_another():
    mine, again, other = (people_of("mentee", KEYS, EVEN, seed) for seed in (1, 1, 2))

    assert mine.fallen_away(7).tolist() == again.fallen_away(7).tolist()
    assert mine.fallen_away(7).tolist() != other.fallen_away(7).tolist()


def test_a_fate_does_not_depend_on_who_else_is_there_nor_on_the_order():
    everybody = people_of("mentee", KEYS, EVEN, 1)
    few = people_of("mentee", KEYS[9:3:-1], EVEN, 1)

    assert (
        few.drawn(Event.SILENCE, 5).tolist() == everybody.drawn(Event.SILENCE, 5)[9:3:-1].tolist()
    )


def test_one_person_on_both_sides_has_two_fates():
    as_mentee, as_mentor = (people_of(role, KEYS, EVEN, 1) for role in ("mentee", "mentor"))

    assert as_mentee.fallen_away(0).tolist() != as_mentor.fallen_away(0).tolist()


@pytest.mark.parametrize("chance", [0.0, 0.1, 0.5, 1.0])
def test_chances_come_true_as_often_as_stated(chance):
    people = people_of("mentor", KEYS, Side(drop_out=Chance(chance)), 3)

    share = np.mean([people.drop_outs(draw) for draw in range(100)])

    assert share == pytest.approx(chance, abs=0.01)


def test_ways_of_falling_away_are_independent():
    people = people_of("mentee", KEYS, EVEN, 3)

    share = np.mean([people.fallen_away(draw) for draw in range(100)])

    assert share == pytest.approx(1 - 0.5**3, abs=0.01)


def test_falling_away_is_dropping_out_silence_in_the_first_run_or_not_showing_up():
    people = people_of("mentee", KEYS, EVEN, 3)

    away = people.drop_outs(4) | people.silent(4, 0) | people.no_shows(4)

    assert people.fallen_away(4).tolist() == away.tolist()


def test_each_match_run_draws_silence_anew():
    people = people_of("mentee", KEYS, EVEN, 3)

    assert people.silent(4, 0).tolist() != people.silent(4, 1).tolist()


def test_what_becomes_of_a_pair_depends_on_both_and_differs_by_side():
    pairs = EligiblePairs(
        np.zeros(3, dtype=int),
        np.zeros(0, dtype=int),
        np.zeros(0, dtype=int),
        np.ones(2, dtype=int),
    )
    here = applicants_of(pairs, (["a", "b"], ["x", "y"]), likely(0.5), 1)
    rows, columns = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])

    mine, theirs = here.of_pairs(3, rows, columns)
    alone, _ = here.of_pairs(3, rows[2:3], columns[2:3])

    drawn = np.concatenate([mine.no, mine.answer, theirs.no, theirs.answer])
    assert len(np.unique(drawn)) == 16
    assert (drawn >= 0).all()
    assert (drawn < 1).all()
    assert alone.no.tolist() == mine.no[2:3].tolist()


def test_empty_sides_have_no_fates():
    assert people_of("mentee", [], EVEN, 1).fallen_away(0).tolist() == []


def test_a_chance_for_nobody_here_is_refused():
    pairs = EligiblePairs(
        np.zeros(2, dtype=int),
        np.zeros(0, dtype=int),
        np.zeros(0, dtype=int),
        np.ones(1, dtype=int),
    )
    wrong = Assumptions(mentee=Side(decline=Chance(0.1, by_person={"zoe": 1})))

    with pytest.raises(MatchingError, match="no mentee here is called zoe"):
        applicants_of(pairs, (["a"], ["x"]), wrong, 1)
