"""How fast is a feasibility draw, and how many are served with and without a second matching?

    python -m bench.simulation [--mentees 1000] [--mentors 400] [--draws 200] [--away 0.05]

Target: at most 1.6 ms a draw at 1,000 x 400. Each draw counts three ways and finds the short groups; it is held
against scipy's maximum flow in the same run, which counts one way: with its graph built
anew for who is there, and the flow alone on a graph that stands ready. `--away` is each person's chance of falling away.
"""

import argparse
import time
from collections.abc import Callable

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_flow

from bench.families import FAMILIES, cohort
from lodestar.engine.matching.cohort import score_people
from lodestar.engine.matching.covers import most_served
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.simulation.assumptions import (
    Assumptions,
    Chance,
    Procedure,
    Side,
    StaffHours,
)
from lodestar.engine.simulation.fates import Applicants, applicants_of
from lodestar.engine.simulation.feasibility import Trial, feasibility
from lodestar.engine.simulation.matchers import BestMatcher, CountingMatcher
from lodestar.engine.simulation.program import play, simulate_program
from lodestar.engine.simulation.wind_tunnel import setting_of

SCIPY_DRAWS = 20
PLAYED = 20
EXACT = 2

NO_CHANCE = Chance(0.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--mentees", type=int, default=1_000)
    parser.add_argument("--mentors", type=int, default=400)
    parser.add_argument("--draws", type=int, default=200)
    parser.add_argument("--away", type=float, default=0.05, help="each person's chance")
    chosen = parser.parse_args()
    print(
        f"{chosen.mentees:,} x {chosen.mentors:,}, {chosen.draws} draws, each person away with chance "
        f"{chosen.away:g}; CPU time\n\n"
        "family        pairs   ms a draw   scipy anew  flow alone   ratio  |  nobody   once  again   best"
        "  second matching  |  played: counting ms   exact ms"
    )
    for family in FAMILIES:
        print(line_of(family, chosen), flush=True)


def line_of(family: str, chosen: argparse.Namespace) -> str:
    """Measure one family."""
    mentees, mentors, design = cohort(family, chosen.mentees, chosen.mentors)
    problem = score_people(mentees, mentors, design)
    setting = setting_of(problem, Assumptions(), Procedure(), seed=1)
    keys = setting.mentee_keys, setting.mentor_keys
    away = Side(NO_CHANCE, NO_CHANCE, NO_CHANCE, Chance(chosen.away))
    here = applicants_of(setting.pairs, keys, Assumptions(away, away), 1)
    trial = Trial(here, setting.planned)
    ours = milliseconds(trial.counts, chosen.draws)
    anew, alone = scipy_milliseconds(here, trial)
    found = feasibility(here, setting.planned, chosen.draws)
    share = [found.planned / len(mentees), *(found.counts.mean(axis=0) / len(mentees))]
    usual = applicants_of(setting.pairs, keys, Assumptions(), 1)
    counting = CountingMatcher(setting.pairs, setting.planned)
    played = milliseconds(lambda draw: play(usual, Procedure(), counting, draw), PLAYED)
    exact = BestMatcher(problem, setting.pairs, 1)
    began = time.process_time()
    simulate_program(usual, exact, Procedure(), StaffHours(), EXACT)
    exactly = 1_000 * (time.process_time() - began) / EXACT
    return (
        f"{family:10} {len(setting.pairs):8,} {ours:11.2f} {anew:12.1f} {alone:11.1f} {anew / ours:7.0f}"
        f"  | {100 * share[0]:6.1f}% {100 * share[1]:5.1f}% {100 * share[2]:5.1f}% {100 * share[3]:5.1f}%"
        f"  {100 * (share[2] - share[1]):+9.1f} points  | {played:20.1f} {exactly:10.0f}"
    )


def milliseconds(counted: Callable[[int], object], draws: int) -> float:
    began = time.process_time()
    for draw in range(draws):
        counted(draw)
    return 1_000 * (time.process_time() - began) / draws


def scipy_milliseconds(here: Applicants, trial: Trial) -> tuple[float, float]:
    """Time scipy's maximum flow with and without building its graph; refuse another count than ours."""
    built = flowing = 0.0
    for draw in range(SCIPY_DRAWS):
        pairs = there(here, draw)
        began = time.process_time()
        served = most_served(pairs, 0)
        built += time.process_time() - began
        graph = graph_of(pairs)
        began = time.process_time()
        flow = int(maximum_flow(graph, graph.shape[0] - 2, graph.shape[0] - 1).flow_value)
        flowing += time.process_time() - began
        if not served == flow == trial.counts(draw).best:
            raise SystemExit(f"Draw {draw}: {trial.counts(draw).best}, scipy counts {served}.")
    return 1_000 * built / SCIPY_DRAWS, 1_000 * flowing / SCIPY_DRAWS


def there(here: Applicants, draw: int) -> EligiblePairs:
    """Return the pairs of those who do not fall away."""
    mentees, mentors = (~side.fallen_away(draw) for side in (here.mentees, here.mentors))
    return here.pairs.only(mentees[here.pairs.mentee_of_each()] & mentors[here.pairs.mentor])


def graph_of(pairs: EligiblePairs) -> csr_array:
    mentees, mentors = pairs.mentees, pairs.mentors
    source, sink = mentees + mentors, mentees + mentors + 1
    ends = (
        np.concatenate([
            pairs.mentee_of_each(), np.full(mentees, source), mentees + np.arange(mentors)
        ]),
        np.concatenate([mentees + pairs.mentor, np.arange(mentees), np.full(mentors, sink)]),
    )  # fmt: skip
    room = np.concatenate([np.ones(len(pairs)), pairs.firsts, pairs.capacity]).astype(np.int32)
    return csr_array((room, ends), shape=(sink + 1, sink + 1))


if __name__ == "__main__":
    main()
