"""Prints T13: rolling admission against hindsight (demand: >= 0.93, never below weekly batches).

python -m bench.rolling [--seeds 20] [--mentees 300] [--mentors 130] [--weeks 20] [--workers 2]

Same arrivals for every way. Hindsight is the largest total of everybody over all places, bound to no week: nobody can
pass it. Forecasts draw on another cohort of the same size and family (last year's), and on who came so far.
"""

import argparse
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from bench.families import FAMILIES, cohort
from lodestar.engine.admission.replays import (
    EXAMPLE,
    Arrivals,
    Expected,
    RollingRun,
    hindsight,
    simulate_rolling,
)
from lodestar.engine.admission.rolling import RollingPolicy, Way
from lodestar.engine.matching.cohort import Problem, score_people
from lodestar.engine.matching.pairs import Ints

LAST_YEAR = "last year "
POLICIES = {
    "first come": RollingPolicy(way=Way.FIRST_COME),
    "batches": RollingPolicy(way=Way.BATCHES),
    "prices": RollingPolicy(),
    "promised": RollingPolicy(is_promised=True),
}
PROMISED_SEEDS = 5
WRONG_SEEDS = 3


@dataclass(frozen=True, slots=True)
class Season:
    """One cohort to replay: whose family, whose examples (blank for none), and how many were expected."""

    family: str
    seed: int
    size: tuple[int, int, int]
    examples_of: str
    expects: float = 1.0


@dataclass(frozen=True, slots=True)
class Replayed:
    """What each policy gave of hindsight, whom it served, and how long people waited."""

    share: dict[str, float]
    served: dict[str, float]
    waited: dict[str, float]

    @property
    def gain(self) -> float:
        return self.share["prices"] - self.share["batches"]


def problem_of(season: Season) -> Problem:
    mentees, mentors, _ = season.size
    told, offered, design = cohort(season.family, mentees, mentors, season.seed, method="words")
    if season.examples_of:
        past = cohort(season.examples_of, mentees, mentors, season.seed + 1_000, method="words")
        told += [replace(one, key=LAST_YEAR + one.key) for one in past[0]]
        offered += [replace(one, key=LAST_YEAR + one.key) for one in past[1]]
    return score_people(told, offered, design)


def arrivals_of(season: Season, problem: Problem, arrive: bool) -> tuple[Arrivals, Expected]:
    mentees, mentors, weeks = season.size
    if problem.pairs is None:
        raise SystemExit("Choose a smaller cohort: its pairs must be listed.")
    random = np.random.default_rng([season.seed, mentees, mentors, arrive])
    keys = [one.key for one in problem.scorer.mentees], [one.key for one in problem.scorer.mentors]
    mentee_week = weeks_of(keys[0], random.integers(0, weeks, mentees))
    opening = random.random(mentors) < (0.5 if arrive else 2)
    mentor_week = weeks_of(keys[1], np.where(opening, 0, random.integers(1, weeks, mentors)))
    later = mentors / 2 / (weeks - 1) if arrive else 0.0
    expected = Expected(
        np.full(weeks, season.expects * mentees / weeks),
        np.array([mentors - later * (weeks - 1), *[later] * (weeks - 1)]),
    )
    return Arrivals(problem.pairs, *keys, mentee_week, mentor_week, weeks), expected


def weeks_of(keys: Sequence[str], weeks: Ints) -> Ints:
    """Return the week of each person; last year's people are examples."""
    return np.array(
        [EXAMPLE if key.startswith(LAST_YEAR) else int(weeks[int(key[1:])]) for key in keys]
    )


def replay(season: Season, problem: Problem, arrive: bool, names: Sequence[str]) -> Replayed:
    arrivals, expected = arrivals_of(season, problem, arrive)
    best, most = hindsight(arrivals)
    runs: dict[str, RollingRun] = {
        name: simulate_rolling(arrivals, expected, POLICIES[name], season.seed) for name in names
    }
    return Replayed(
        {name: run.total / best for name, run in runs.items()},
        {name: run.served / most for name, run in runs.items()},
        {name: run.mean_weeks_waited for name, run in runs.items()},
    )


def replay_both(season: Season) -> tuple[Replayed, Replayed]:
    names = tuple(POLICIES)[: 4 if season.seed <= PROMISED_SEEDS else 3]
    problem = problem_of(season)
    return replay(season, problem, False, names), replay(season, problem, True, names)


def replay_wrong(season: Season) -> Replayed:
    return replay(season, problem_of(season), False, ("batches", "prices"))


def print_tables(pool: ProcessPoolExecutor, size: tuple[int, int, int], seeds: int) -> None:
    found = {
        family: list(
            pool.map(replay_both, [Season(family, seed + 1, size, family) for seed in range(seeds)])
        )
        for family in FAMILIES
    }
    for arrive, title in enumerate(
        ("all there at the start", "half there at the start, half coming week by week")
    ):
        print(f"\nMentors {title}")
        print(
            f"{'share of hindsight':19}{'first come':>11}{'batches':>9}{'PRICES':>8}{'promised':>10} |"
            f"{'least gain':>11}{'below':>7} | served: {'batches':>8}{'prices':>8} |"
            f"{'weeks waited':>13}{'promised':>9}"
        )
        for family, both in found.items():
            print_line(family, [one[arrive] for one in both])
        print_line("mean", [one[arrive] for both in found.values() for one in both])


def print_line(name: str, found: Sequence[Replayed]) -> None:
    def mean(of: str, which: str) -> float:
        numbers = [getattr(one, of)[which] for one in found if which in getattr(one, of)]
        return float(np.mean(numbers))

    gains = [one.gain for one in found]
    below = f"{sum(gain < 0 for gain in gains)}/{len(gains)}"
    print(
        f"{name:19}{mean('share', 'first come'):11.3f}{mean('share', 'batches'):9.3f}"
        f"{mean('share', 'prices'):8.3f}{mean('share', 'promised'):10.3f} |{min(gains):+11.3f}"
        f"{below:>7} |{mean('served', 'batches'):17.3f}{mean('served', 'prices'):8.3f} |"
        f"{mean('waited', 'prices'):13.2f}{mean('waited', 'promised'):9.2f}",
        flush=True,
    )


def print_wrong_forecasts(pool: ProcessPoolExecutor, size: tuple[int, int, int]) -> None:
    print(f"\nWhen the forecast is wrong (mentors there at the start, {WRONG_SEEDS} seeds)")
    cases = {
        "half as many expected": [("realistic", "realistic", 0.5), ("abundant", "abundant", 0.5)],
        "twice as many expected": [("realistic", "realistic", 2.0), ("abundant", "abundant", 2.0)],
        "no examples but who came": [("realistic", "", 1.0), ("abundant", "", 1.0)],
        "examples of another kind": [
            ("realistic", "popular", 1.0),
            ("popular", "realistic", 1.0),
            ("abundant", "popular", 1.0),
        ],
    }
    for name, pairs in cases.items():
        for family, examples, expects in pairs:
            seasons = [
                Season(family, seed + 1, size, examples, expects) for seed in range(WRONG_SEEDS)
            ]
            found = list(pool.map(replay_wrong, seasons))
            batches, prices = (
                np.mean([one.share[way] for one in found]) for way in ("batches", "prices")
            )
            least = min(one.gain for one in found)
            print(
                f"{name:26}{family:10}: batches {batches:.3f}, prices {prices:.3f}, least gain {least:+.3f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--mentees", type=int, default=300)
    parser.add_argument("--mentors", type=int, default=130)
    parser.add_argument("--weeks", type=int, default=20)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    size = chosen.mentees, chosen.mentors, chosen.weeks
    print(
        f"T13 rolling admission: {size[0]} mentees x {size[1]} mentors over {size[2]} weeks, "
        f"{chosen.seeds} seeds a family (promised: {min(PROMISED_SEEDS, chosen.seeds)})"
    )
    began = time.perf_counter()
    with ProcessPoolExecutor(chosen.workers) as pool:
        print_tables(pool, size, chosen.seeds)
        print_wrong_forecasts(pool, size)
    print(f"{time.perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
