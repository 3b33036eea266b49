import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.simulation.assumptions import Procedure
from lodestar.engine.simulation.rates import (
    NAMES,
    NEVER_MET,
    Believed,
    Days,
    Rate,
    published_rates,
)
from tests.tried_on import tried_on

SHARES = st.floats(0.01, 0.99)


def test_every_published_figure_states_where_it_comes_from_and_what_it_counts_for():
    rates = published_rates()

    assert tuple(rates) == NAMES
    assert {rate.weight for rate in rates.values()} == {20}
    assert all(len(rate.source) > 20 for rate in rates.values())
    assert rates[NEVER_MET].published == 0.1


@tried_on(200)
@given(SHARES, st.integers(0, 500), st.integers(0, 500))
def test_a_figure_lies_between_the_published_one_and_the_own_history(published, count, more):
    rate = Rate(published, "x", count=count, of=count + more)
    own = count / (count + more) if count + more else published

    assert min(published, own) - 1e-12 <= rate.usual <= max(published, own) + 1e-12
    assert rate.bounds[0] <= rate.usual <= rate.bounds[1]


def test_a_longer_history_counts_for_more_and_is_surer():
    few, many = (Rate(0.05, "x", count=n, of=4 * n) for n in (5, 100))

    assert few.usual < many.usual < 0.25
    assert few.bounds[1] - few.bounds[0] > many.bounds[1] - many.bounds[0]


def test_a_typed_figure_takes_the_place_of_both_and_is_as_sure():
    typed = Rate(0.05, "x", count=5, of=20, typed=0.3)

    assert (typed.usual, typed.people) == (0.3, 40)
    assert round(typed.shrunk, 3) == 0.15


@pytest.mark.parametrize("certain", [0.0, 1.0])
def test_what_is_certain_is_drawn_as_certain(certain):
    rate = Rate(0.5, "x", typed=certain)

    assert rate.bounds == (certain, certain)
    assert rate.drawn(3, (1, 2)).tolist() == [certain] * 3


def test_rates_are_drawn_as_often_as_their_bounds_say():
    rate = Rate(0.2, "x", count=3, of=30)
    drawn = rate.drawn(20_000, (1, 2))

    inside = (drawn >= rate.bounds[0]) & (drawn <= rate.bounds[1])
    assert np.mean(inside) == pytest.approx(0.9, abs=0.01)
    assert np.mean(drawn) == pytest.approx(rate.usual, abs=0.005)
    assert drawn.tolist() == rate.drawn(20_000, (1, 2)).tolist()


@pytest.mark.parametrize("wrong", [1.2, -0.1, float("nan"), "0.1"])
def test_an_impossible_rate_is_refused_with_a_sentence(wrong):
    with pytest.raises(MatchingError, match="is not a chance from 0 to 1"):
        Rate(0.1, "x", typed=wrong)


@pytest.mark.parametrize("wrong", [{"count": 3, "of": 2}, {"count": -1}, {"weight": 0}])
def test_an_impossible_history_is_refused(wrong):
    with pytest.raises(MatchingError, match="a count lies between nothing and the whole"):
        Rate(0.1, "x", **wrong)


def test_days_are_weighed_as_they_were_seen():
    days = Days((1, 1, 0), "x", weight=10, counts=(0, 0, 0, 30))

    drawn = days.drawn(4_000, (3,))

    assert days.usual == (5, 5, 0, 30)
    assert drawn.shape == (4_000, 4)
    assert (drawn[:, 3] == 1).all()
    assert drawn[:, 0].mean() == pytest.approx(5 / 40, abs=0.01)
    assert (drawn[:, 1] == drawn[:, 2]).all()


def test_silence_is_no_answer_within_the_usual_five_days():
    here = Believed().assumptions()

    assert here.mentor.silence.usual == 0.05
    assert len(here.reply_time) == Procedure().reply_days


def test_a_pair_that_never_meets_is_shared_by_both_sides():
    here = Believed().assumptions()

    comes = (1 - here.mentee.no_show.usual) * (1 - here.mentor.no_show.usual)
    assert comes == pytest.approx(0.9)
    assert here.mentee.no_show.source.startswith("about 1 in 10 pairs failed")


def test_every_rate_has_numbers_of_its_own():
    drawn = Believed().drawn(50, seed=4)

    assert len({tuple(values.tolist()) for values in drawn.values()}) == len(NAMES)
    assert tuple(drawn) == NAMES
