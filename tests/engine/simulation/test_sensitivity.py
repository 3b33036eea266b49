from dataclasses import replace

import numpy as np

from lodestar.engine.matching.cohort import score_people
from lodestar.engine.simulation.assumptions import NOBODY_FALLS_AWAY, Assumptions, Chance, Procedure
from lodestar.engine.simulation.pace import Pace
from lodestar.engine.simulation.sensitivity import (
    REPLY_TIME,
    mean_day,
    sensitivity,
    variations,
)
from lodestar.engine.simulation.wind_tunnel import setting_of
from tests.engine.matching.people import DESIGN, cohort
from tests.engine.simulation.trials import likely

MENTEES, MENTORS = cohort(16, 10)


def setting(assumptions: Assumptions):
    return setting_of(score_people(MENTEES, MENTORS, DESIGN), assumptions, Procedure(), seed=1)


def test_only_the_assumption_with_room_to_move_moves_the_outcome():
    unsure = replace(NOBODY_FALLS_AWAY, drop_out=Chance(0.0, 0.0, 1.0))
    assumptions = Assumptions(unsure, NOBODY_FALLS_AWAY, reply_time=(1,))

    found = sensitivity(setting(assumptions), draws=3)

    met = found.met.mean
    assert found.bars[0].name == "mentee.drop_out"
    assert (found.bars[0].at_low.mean, found.bars[0].at_high.mean) == (0, -met)
    assert {bar.name: bar.width for bar in found.bars[1:]} == {
        **{f"mentee.{name}": 0 for name in ("decline", "no_show", "silence")},
        **{f"mentor.{name}": 0 for name in ("decline", "drop_out", "no_show", "silence")},
        REPLY_TIME: 0,
    }


def test_the_widest_bar_comes_first_and_all_are_held_against_the_same_draws():
    found = sensitivity(setting(likely(0.1)), draws=20)

    widths = [bar.width for bar in found.bars]
    assert widths == sorted(widths, reverse=True)
    assert {bar.at_high.draws for bar in found.bars} == {20}
    assert len(found.bars) == found.asked == 9


def test_fewer_who_fall_away_are_never_worse_on_the_mean():
    found = sensitivity(setting(Assumptions()), draws=30)

    for bar in found.bars:
        assert bar.at_low.high >= 0
        assert bar.at_high.low <= 0


def test_each_assumption_is_varied_alone_and_persons_keep_their_own():
    usual = Assumptions()
    own = replace(usual.mentor.silence, by_person={"m001": 1.0})
    assumptions = replace(usual, mentor=replace(usual.mentor, silence=own))

    found = {each.name: each for each in variations(assumptions)}

    silent = found["mentor.silence"]
    assert silent.at_high == replace(
        assumptions, mentor=replace(assumptions.mentor, silence=replace(own, usual=0.2))
    )
    assert silent.at_low.mentor.silence.by_person == {"m001": 1.0}
    assert (silent.low, silent.high) == (0.0, 0.2)


def test_answers_come_on_the_first_day_or_two_days_later():
    found = list(variations(Assumptions(reply_time=(1, 1))))[-1]

    assert (found.at_low.reply_time, found.at_high.reply_time) == ((1.0,), (0.0, 0.0, 1, 1))
    assert (found.low, found.high) == (1.0, 3.5)
    assert mean_day((0, 0, 1)) == 3


def test_when_time_is_up_the_bars_so_far_are_told():
    left = iter([True, True, True, False])

    found = sensitivity(setting(likely(0.1)), 5, Pace(may_go_on=lambda _: next(left)))
    nothing = sensitivity(setting(likely(0.1)), 5, Pace(may_go_on=lambda _: False))

    assert (len(found.bars), found.asked, found.draws) == (2, 9, 5)
    assert (nothing.bars, nothing.draws, nothing.met.mean) == ((), 0, None)
    assert np.isfinite(found.met.mean)
