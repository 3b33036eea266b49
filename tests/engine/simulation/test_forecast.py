import json
from dataclasses import replace

import numpy as np
import pytest

from lodestar.engine.matching.cohort import score_people
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.measures.power import detectable
from lodestar.engine.simulation import forecast as module
from lodestar.engine.simulation.assumptions import Procedure
from lodestar.engine.simulation.comparing import differences
from lodestar.engine.simulation.forecast import (
    MEASURES,
    NINE_OF_TEN,
    QUALITY,
    drawn_figures,
    forecast,
)
from lodestar.engine.simulation.forecast_report import Pool, forecast_pool
from lodestar.engine.simulation.rates import Believed, Days, published_rates
from lodestar.engine.simulation.spreads import predicted, spread_of
from lodestar.engine.simulation.wind_tunnel import setting_of
from tests.engine.matching.people import DESIGN, cohort

MENTEES, MENTORS = cohort(14, 7)
PROCEDURE = Procedure(pulses=2)


@pytest.fixture(autouse=True)
def few_draws_beside(monkeypatch):
    """Play little of what stands beside a forecast; reliefs and sensitivity have tests of their own."""
    monkeypatch.setattr(module, "RELIEF_DRAWS", 20)
    monkeypatch.setattr(module, "SENSITIVITY_DRAWS", 5)


def typed(**rates: float) -> Believed:
    """Let everybody surely keep their word, besides the rates given as `mentor_silence=0.5`."""
    told = {name.replace("_", ".", 1): value for name, value in rates.items()}
    return Believed(
        {
            name: replace(rate, typed=told.get(name, 0.0))
            for name, rate in published_rates().items()
        },
        Days((1,), "at once", weight=1),
    )


def report(believed=None, mentees=MENTEES, mentors=MENTORS, seed=3, **options):
    pool = Pool(mentees, mentors, DESIGN)
    return forecast_pool(pool, believed or Believed(), PROCEDURE, seed=seed, **options)


def test_the_same_people_and_seed_give_the_same_report_in_any_order_of_rows():
    found = json.dumps(report(draws=40), allow_nan=False)

    assert found == json.dumps(report(mentees=MENTEES[::-1], mentors=MENTORS[::-1], draws=40))
    assert found != json.dumps(report(seed=4, draws=40))


def test_with_everybody_true_to_their_word_nothing_is_left_to_chance():
    found = report(typed(mentee_answer=1.0, mentor_answer=1.0), draws=40)

    planned = found["planned"]
    expected = {name: found["expected"][name] for name in ("met", "pulses_answered", "declined")}
    assert {name: (s["low"], s["mean"], s["high"]) for name, s in expected.items()} == {
        "met": (planned,) * 3,
        "pulses_answered": (planned * 2 * 2,) * 3,
        "declined": (0,) * 3,
    }
    able = detectable(planned, planned)
    assert found["power"]["first"] == planned
    assert found["power"]["rating"] == pytest.approx(able.rating, abs=1e-6)


def test_not_knowing_the_rates_makes_the_interval_wider():
    problem = score_people(*cohort(60, 50), DESIGN)
    unsure = Believed()
    sure = Believed({n: replace(r, weight=100_000) for n, r in unsure.rates.items()})
    setting = setting_of(problem, unsure.assumptions(), PROCEDURE, seed=0)

    wide, narrow = (
        spread_of(drawn_figures(setting, each, 100)[0]["met"], NINE_OF_TEN)
        for each in (unsure, sure)
    )

    assert wide.high - wide.low > 1.5 * (narrow.high - narrow.low)
    assert wide.mean == pytest.approx(narrow.mean, abs=2)


def test_where_exact_runs_take_too_long_some_check_the_others(monkeypatch):
    problem = score_people(MENTEES, MENTORS, DESIGN)
    exactly = forecast(problem, Believed(), PROCEDURE, 60)
    monkeypatch.setattr(module, "EXACT_PAIRS", 1)

    found = forecast(problem, Believed(), PROCEDURE, 60)

    assert (exactly.exact, exactly.checked) == (60, None)
    assert (found.exact, found.checked.draws) == (12, 12)
    assert abs(found.checked.mean) < 1
    assert len(found.figures["met"]) == 60
    for name in QUALITY:
        assert found.figures[name].tolist() == exactly.figures[name][:12].tolist()
    assert found.expected("score_mean").low < exactly.expected("score_mean").mean


def test_progress_only_grows_and_ends_near_the_whole():
    told: list[float] = []

    report(draws=40, tell=told.append)

    assert told == sorted(told)
    assert told[0] == 0
    assert 0.9 < told[-1] <= 1


def test_every_measure_is_told_and_what_is_kept_by_draw_is_complete():
    found = report(draws=45)

    assert tuple(found["expected"]) == MEASURES
    assert {len(values) for values in found["by_draw"].values()} == {45}
    assert found["rates"]["pair.never_met"]["published"] == 0.1
    assert found["rates"]["pair.never_met"]["low"] < 0.1 < found["rates"]["pair.never_met"]["high"]
    assert set(found["meeting"]) == {"published", "source", "weight", "counts", "usual"}


def test_two_forecasts_differ_by_what_was_changed_alone():
    first, same, worse = (
        report(believed, draws=60)["by_draw"]
        for believed in (typed(), typed(), typed(mentor_silence=0.6))
    )

    none = differences(first, same)["met"]
    less = differences(first, worse)["met"]

    assert (none.gain.mean, none.low, none.high) == (0, 0, 0)
    assert less.gain.high < 0
    assert less.low <= less.gain.mean <= less.high


def test_a_difference_of_few_draws_has_no_range():
    found = differences({"met": [1, 2]}, {"met": [2, 4], "else": [1]})

    assert list(found) == ["met"]
    assert (found["met"].gain.mean, found["met"].low) == (1.5, None)


def test_the_next_of_few_draws_lies_in_its_interval_as_often_as_promised():
    drawn = np.random.default_rng(5).normal(size=(4_000, 13))

    found = [predicted(row[:12], 0.9) for row in drawn]

    inside = [s.low <= row[12] <= s.high for s, row in zip(found, drawn, strict=True)]
    assert np.mean(inside) == pytest.approx(0.9, abs=0.015)
    assert predicted([1.0], 0.9).low is None


def test_too_many_draws_are_refused():
    with pytest.raises(MatchingError, match="ask for 1 to"):
        report(draws=0)
