"""Do the forecast's intervals hold what they promise, and how long does one take?

    python -m bench.forecast [--cohorts 200] [--draws 500] [--workers 2] [--skip-alumni]

Truth that is known: each made-up cohort has rates of its own, drawn from the published figures with their stated weight.
An earlier cohort of so many people shows them in part; a forecast is made from what it showed; then the cohort is played once
with the true rates and other fates. Target: the 90 % intervals hold what happened in 85 to 95 % of the cohorts.
Beside it stands the same with rates taken as known (the published ones, or the history's alone), and a world whose true
rates are twice the published ones, where the promise is not made and only a history can mend it.
Last: 500 draws of 2,000 x 2,000 real alumni in a job, target under 2 minutes.
"""

import argparse
import multiprocessing
import os
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from bench.families import cohort
from lodestar.engine.limits import run_limited
from lodestar.engine.matching.cohort import score_people
from lodestar.engine.measures.rates import wilson
from lodestar.engine.simulation.assumptions import Procedure
from lodestar.engine.simulation.fates import applicants_of
from lodestar.engine.simulation.forecast import NINE_OF_TEN, drawn_figures
from lodestar.engine.simulation.forecast_report import Pool, forecast_pool
from lodestar.engine.simulation.matchers import BestMatcher
from lodestar.engine.simulation.program import figures_of, play
from lodestar.engine.simulation.rates import Believed, Days, Rate, published_rates
from lodestar.engine.simulation.spreads import predicted
from lodestar.engine.simulation.wind_tunnel import setting_of
from lodestar.web.cli import simulate_files
from tests.real_data import ROOT

MEASURES = {
    "accepted": "both said yes", "met": "met", "first_meeting_half": "days to the first meeting, half",
    "score_mean": "mean score", "staff_hours": "staff hours", "pulses_answered": "pulses answered",
}  # fmt: skip
SEEN = (0, 30, 100, 300)
FAMILIES = ("realistic", "scarce", "popular", "abundant")
PROCEDURE = Procedure(pulses=3)
SURE = 1e6
WAYS = ("forecast", "published, as if known", "history, as if known")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--cohorts", type=int, default=200)
    parser.add_argument("--draws", type=int, default=500)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--skip-alumni", action="store_true")
    chosen = parser.parse_args()
    if not chosen.skip_alumni:
        time_alumni()
    for world, factor in (("as published", 1.0), ("twice as bad as published", 2.0)):
        began = time.perf_counter()
        with multiprocessing.get_context("spawn").Pool(chosen.workers) as pool:
            rows = pool.map(
                partial(tried, draws=chosen.draws, factor=factor), range(chosen.cohorts), 1
            )
        print_table(world, rows, time.perf_counter() - began)


def tried(number: int, *, draws: int, factor: float) -> tuple[int, dict[tuple[str, str], bool]]:
    """Forecast one cohort and play it; return whom was seen before, and which intervals held."""
    dice = np.random.default_rng([number, round(10 * factor)])
    truth, days = true_rates(dice, factor), true_days(dice)
    seen = SEEN[number % len(SEEN)]
    believed = shown(truth, days, seen, dice)
    mentees, mentors = int(dice.integers(30, 90)), int(dice.integers(25, 60))
    people = cohort(FAMILIES[number // len(SEEN) % len(FAMILIES)], mentees, mentors, number)
    problem = score_people(*people)
    setting = setting_of(problem, believed.assumptions(), PROCEDURE, number)
    happened = figures_in(setting, problem, truth, days)
    held = {}
    for way, belief in ways(believed).items():
        figures, _ = drawn_figures(setting, belief, draws)
        for measure in MEASURES:
            spread = predicted(figures[measure], NINE_OF_TEN)
            held[way, measure] = spread.low <= happened[measure] <= spread.high
    return seen, held


def true_rates(dice: np.random.Generator, factor: float) -> dict[str, float]:
    """Draw the rates of one association."""
    found = {}
    for name, rate in published_rates().items():
        mean = rate.published / factor if name.endswith("answer") else rate.published * factor
        found[name] = float(dice.beta(mean * rate.weight, (1 - mean) * rate.weight))
    return found


def true_days(dice: np.random.Generator) -> np.ndarray:
    return dice.dirichlet(np.array(Believed().meeting.usual))


def shown(
    truth: dict[str, float], days: np.ndarray, seen: int, dice: np.random.Generator
) -> Believed:
    """Return what is believed after an earlier cohort of so many people."""
    rates = {
        name: replace(rate, count=int(dice.binomial(seen, truth[name])), of=seen)
        for name, rate in published_rates().items()
    }
    met = tuple(dice.multinomial(seen, days).tolist())
    return Believed(rates, replace(Believed().meeting, counts=met))


def ways(believed: Believed) -> dict[str, Believed]:
    """Return the belief, and beside it the same rates as if they were known."""
    published = {name: replace(rate, count=0, of=0) for name, rate in believed.rates.items()}
    alone = {
        name: replace(rate, typed=rate.count / rate.of) if rate.of else rate
        for name, rate in believed.rates.items()
    }
    return {
        WAYS[0]: believed,
        WAYS[1]: sure(published, replace(believed.meeting, counts=())),
        WAYS[2]: sure(alone, believed.meeting),
    }


def sure(rates: dict[str, Rate], meeting: Days) -> Believed:
    known = {name: replace(rate, typed=rate.usual, weight=SURE) for name, rate in rates.items()}
    return Believed(known, Days(meeting.usual, "known", weight=SURE))


def figures_in(setting, problem, truth: dict[str, float], days: np.ndarray) -> dict[str, float]:  # type: ignore[no-untyped-def]
    """Play a cohort once with its true rates, and fates that no forecast has met."""
    real = Believed({n: Rate(rate, "true") for n, rate in truth.items()}, Days(tuple(days), "true"))
    keys = setting.mentee_keys, setting.mentor_keys
    here = applicants_of(setting.pairs, keys, real.assumptions(), 1_000_000 + setting.seed)
    matcher = BestMatcher(problem, setting.pairs, setting.seed)
    return figures_of(play(here, PROCEDURE, matcher, 0), here, real.hours)


def print_table(
    world: str, rows: list[tuple[int, dict[tuple[str, str], bool]]], seconds: float
) -> None:
    print(f"\nTrue rates {world}: {len(rows)} cohorts, {seconds:,.0f} s. 90 % intervals held in %")
    groups = [("all", rows), *((f"{n} seen", [r for r in rows if r[0] == n]) for n in SEEN)]
    for way in WAYS:
        print(f"\n{way:38}" + "".join(f"{name:>15}" for name, _ in groups))
        for measure, words in MEASURES.items():
            cells = [share([held[way, measure] for _, held in some]) for _, some in groups]
            print(f"{words:38}" + "".join(f"{cell:>15}" for cell in cells), flush=True)


def share(held: list[bool]) -> str:
    low, high = wilson(sum(held), len(held))
    return f"{100 * sum(held) / max(1, len(held)):.1f} ({100 * low:.0f}-{100 * high:.0f})"


def time_alumni() -> None:
    """Time 500 draws of 2,000 x 2,000 real alumni in a child process with the job's limits."""
    folder = (
        Path(os.environ.get("LODESTAR_DATA", ROOT.parent / "shared" / "data")) / "alumni-import"
    )
    if not folder.is_dir():
        print("alumni-import is not here: nothing timed.")
        return
    files = [str(folder / f"{role}-2000.csv") for role in ("mentees", "mentors")]
    options = simulate_files.parser().parse_args(
        ["--mentees", files[0], "--mentors", files[1], "--out", "unused.json"]
    )
    problem, _ = simulate_files.read_problem(options)
    pool = Pool(problem.scorer.mentees, problem.scorer.mentors, problem.design)
    told: list[float] = []
    began = time.perf_counter()
    report = run_limited(
        forecast_pool, (pool, Believed(), PROCEDURE), {}, seconds=600, mebibytes=2_048,
        hear=told.append,
    )  # fmt: skip
    met = report["expected"]["met"]
    print(
        f"2,000 x 2,000 alumni, {report['inputs']['eligible_pairs']:,} pairs, "
        f"{report['draws']} draws ({report['exact_draws']} exact), in a job with {len(told)} reports of progress: "
        f"{time.perf_counter() - began:.0f} s; {met['mean']:,.0f} meet ({met['low']:,.0f} to {met['high']:,.0f})",
        flush=True,
    )


if __name__ == "__main__":
    main()
