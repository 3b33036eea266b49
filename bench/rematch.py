"""Prints what a keep-bonus keeps and costs when a cohort is matched again in mid-program.

python -m bench.rematch [--mentees 1000] [--mentors 400] [--seeds 3]

A cohort is matched; then one mentor in fifteen leaves, one mentee in twenty leaves, and new mentees and mentors
join. Pairs of which both are still there are healthy. Every bonus is one exact solve; shares are means of the seeds.
"""

import argparse
import random

import numpy as np

from bench.families import FAMILIES, cohort
from lodestar.engine.matching.cohort import GivenPairs, Problem, score_people
from lodestar.engine.matching.solving import SERVE, Listed, best_matching
from lodestar.engine.rescue.rematching import KeepPoint, keep_curve_of

MENTORS_LEAVING, MENTEES_LEAVING, JOINING = 1 / 15, 1 / 20, 1 / 20


def rematch_curve(family: str, mentees: int, mentors: int, seed: int) -> tuple[KeepPoint, ...]:
    draw = random.Random(f"{family} {seed}")
    joining = round(JOINING * mentees), round(JOINING * mentors)
    told, offered, design = cohort(family, mentees + joining[0], mentors + joining[1], seed)
    problem = score_people(told[:mentees], offered[:mentors], design)
    kept = matched_keys(problem, seed)
    told = [one for n, one in enumerate(told) if n >= mentees or draw.random() > MENTEES_LEAVING]
    offered = [
        one for n, one in enumerate(offered) if n >= mentors or draw.random() > MENTORS_LEAVING
    ]
    again = score_people(told, offered, design, GivenPairs(kept=kept))
    return keep_curve_of(again, seed)


def matched_keys(problem: Problem, seed: int) -> list[tuple[str, str]]:
    pairs, scorer = problem.pairs, problem.scorer
    if pairs is None:
        raise SystemExit("Choose a smaller cohort: its pairs must be listed.")
    claim = best_matching(Listed(pairs, pairs.score), SERVE, problem.draw(seed)).claim
    return [
        (scorer.mentees[row].key, scorer.mentors[column].key)
        for row, column in zip(claim.mentee.tolist(), claim.mentor.tolist(), strict=True)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mentees", type=int, default=1_000)
    parser.add_argument("--mentors", type=int, default=400)
    parser.add_argument("--seeds", type=int, default=3)
    chosen = parser.parse_args()
    size = f"{chosen.mentees:,} mentees x {chosen.mentors:,} mentors, {chosen.seeds} seeds"
    print(f"Re-match: {size}; kept share of healthy pairs, and total against from scratch")
    print("reference: bonus 0.05 keeps about 97 % for 0.3 % of the total; 0 breaks 17-18 %")
    print(f"{'family':10} {'healthy':>8}", end="")
    columns = None
    for family in FAMILIES:
        curves = [
            rematch_curve(family, chosen.mentees, chosen.mentors, seed)
            for seed in range(1, chosen.seeds + 1)
        ]
        if columns is None:
            columns = [point.bonus for point in curves[0]]
            print("".join(f" {f'bonus {bonus / 1e6:.2f}':>18}" for bonus in columns))
        healthy = np.mean([curve[0].keepable for curve in curves])
        print(f"{family:10} {healthy:8.0f}", end="")
        for points in zip(*curves, strict=True):
            kept = np.mean([point.kept_share for point in points])
            total = np.mean([point.total_share for point in points])
            print(f"  {kept:7.1%} {total:8.3%}", end="")
        print(flush=True)


if __name__ == "__main__":
    main()
