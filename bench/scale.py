"""T1-T6: the exact engine beside dense scipy and bare OR-tools, on the same cohorts in the same run.

python -m bench.scale [T1 ...] [--full]         --full adds the largest sizes

Each side runs in a process of its own; figures are CPU seconds (user + system) and peak memory of it.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow
from scipy.optimize import linear_sum_assignment

from bench.families import FAMILIES, cohort
from lodestar.engine.matching import kernels
from lodestar.engine.matching.assignment import Units, heaviest_matching, units_of
from lodestar.engine.matching.cohort import score_people
from lodestar.engine.matching.lottery import draw
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.run import certify, solve
from lodestar.engine.matching.scanning import Scanned
from lodestar.engine.matching.scorer import Scorer

PLACE = "realistic"


def ours(family: str, mentees: int, mentors: int) -> dict[str, object]:
    """Compile, solve and prove; report what was found and what it cost."""
    people = cohort(family, mentees, mentors)
    began = cpu()
    problem = score_people(*people)
    scored = cpu()
    solved = solve(problem, 1)
    found = cpu()
    checked = certify(problem, solved)
    proof = checked.proof
    return {
        "matched": proof.matched,
        "total": proof.total,
        "gap": proof.gap,
        "violators": proof.violators,
        "pairs": checked.eligible_pairs,
        "cpu": cpu() - began,
        "parts": [round(scored - began, 2), round(found - scored, 2), round(cpu() - found, 2)],
        "mib": mebibytes(),
    }


def dense(family: str, mentees: int, mentors: int) -> dict[str, object]:
    """The textbook way: every score in one table, every place a column, one call of scipy.

    The table is filled by our own blocks, which is faster than a product of one-hot tables.
    """
    people = cohort(family, mentees, mentors)
    began = cpu()
    scorer = Scorer(*people, bans={})
    capacity = scorer.market.capacity
    serving = 2.0 * 10**6 * (mentees + 1)
    cost = np.zeros((mentees, int(capacity.sum())))
    first = np.concatenate([[0], np.cumsum(capacity)])
    for rows, columns, block in scorer.blocks():
        worth = np.where(block >= scorer.floor, -(block.astype(float) + serving), 0)
        places = slice(int(first[columns[0]]), int(first[columns[-1] + 1]))
        cost[rows[0] : rows[-1] + 1, places] = np.repeat(worth, capacity[columns], axis=1)
    row, place = linear_sum_assignment(cost)
    worth = -cost[row, place]
    served = worth > 0
    return {
        "matched": int(served.sum()),
        "total": int((worth[served] - serving).sum()),
        "cpu": cpu() - began,
        "mib": mebibytes(),
    }


def candidates_of(family: str, mentees: int, mentors: int) -> EligiblePairs:
    people = cohort(family, mentees, mentors)
    scorer = Scorer(*people, bans={})
    drawn = draw(1, [m.key for m in people[0]], [m.key for m in people[1]])
    pool = Scanned(scorer, drawn, bonus={}, may_go_on=lambda: True, progress=lambda *_: None)
    return pool.pairs


def sparse(family: str, mentees: int, mentors: int) -> dict[str, object]:
    """Our solve of a cohort's candidates, and OR-tools called directly on the same arcs."""
    pairs = candidates_of(family, mentees, mentors)
    units = units_of(pairs, 4_000_000, 2_000_000)
    weight = pairs.score.astype(np.int64)
    times: dict[str, list[float]] = {"ours": [], "bare": []}
    totals = set()
    for _ in range(3):
        for name, run in (
            ("ours", lambda: heaviest_matching(pairs, weight, units)),
            ("bare", lambda: bare(pairs, weight, units)),
        ):
            began = cpu()
            taken = run()
            times[name].append(cpu() - began)
            totals.add((len(taken), int(weight[taken].sum())))
    return {
        "pairs": len(pairs),
        "ours": min(times["ours"]),
        "bare": min(times["bare"]),
        "same": len(totals) == 1,
        "mib": mebibytes(),
    }


def bare(pairs: EligiblePairs, weight: np.ndarray, units: Units) -> np.ndarray:
    solver, n, m = SimpleMinCostFlow(), pairs.mentees, pairs.mentors
    mentee = np.repeat(np.arange(n), np.diff(pairs.start))
    arcs = solver.add_arcs_with_capacity_and_unit_cost(
        mentee, pairs.mentor + n, np.ones(len(pairs), dtype=np.int64), -weight - units.mentee_bonus
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(m) + n, np.full(m, n + m), pairs.capacity, np.zeros(m, dtype=np.int64)
    )
    solver.add_arcs_with_capacity_and_unit_cost(
        np.arange(n), np.full(n, n + m), np.ones(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    )
    solver.set_nodes_supplies(np.arange(n), np.ones(n, dtype=np.int64))
    solver.set_node_supply(n + m, -n)
    solver.solve()
    return np.flatnonzero(solver.flows(arcs) > 0)


def scan(family: str, mentees: int, mentors: int) -> dict[str, object]:
    """Nanoseconds for a pair: computed and compared with a limit, compiled and in plain numpy."""
    people = cohort(family, mentees, mentors)
    found: dict[str, object] = {}
    for name, has_it in (("compiled", True), ("numpy", False)):
        kernels.COMPILED_FROM = 0 if has_it else 10**15
        scorer = Scorer(*people, bans={})
        limit = np.full(mentees, 900_000, dtype=np.float32)
        nothing = np.zeros(mentors, dtype=np.float32)
        best = []
        for _ in range(4):
            keep = scorer.loops.best(limit, 8)
            began = cpu()
            for rows, columns, block in scorer.blocks():
                keep.add_rows(block, rows, columns, nothing[columns], 0)
            best.append((cpu() - began) / mentees / mentors * 1e9)
        found[name] = min(best)
    found["bound"] = bound(scorer)
    found["picks"] = len(scorer.layout.sums.codes) / mentees
    return found


def bound(scorer: Scorer) -> float:
    """Nanoseconds a pair for the text product and the additions alone, at the machine's own speed."""
    rng = np.random.default_rng(1)
    texts = rng.random((512, 48), dtype=np.float32), rng.random((48, 512), dtype=np.float32)
    line, total = rng.random(1_024, dtype=np.float32), np.zeros(1_024, dtype=np.float32)
    product = best_of(lambda: texts[0] @ texts[1], 400) / 512 / 512
    picks = len(scorer.layout.sums.codes) / len(scorer.mentees)
    adding = best_of(lambda: np.add(total, line, out=total), 20_000) / 1_024
    return (product + picks * adding) * 1e9


def best_of(action: Callable[[], object], times: int) -> float:
    found = []
    for _ in range(5):
        began = time.perf_counter()
        for _ in range(times):
            action()
        found.append((time.perf_counter() - began) / times)
    return min(found)


def cpu() -> float:
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


SIDES = {"ours": ours, "dense": dense, "sparse": sparse, "scan": scan}


def apart(side: str, family: str, mentees: int, mentors: int) -> dict[str, object]:
    """Run one side in a process of its own, with one thread for each product of tables."""
    command = [sys.executable, "-m", "bench.scale", "--side", side, family]
    command += [str(mentees), str(mentors)]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    found = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if found.returncode:
        raise SystemExit(found.stderr)
    return json.loads(found.stdout)


def exactness(full: bool) -> None:
    print("T1  matched and total against dense scipy (demand: equal; gap 0; 0 violators)")
    sizes = [(100, 60), (500, 200), (1_000, 400), (2_000, 800), (5_000, 2_000)]
    runs = [(family, *size) for family in FAMILIES for size in sizes]
    if full:
        runs.append((PLACE, 20_000, 8_000))
    for run in runs:
        mine, theirs = apart("ours", *run), apart("dense", *run)
        same = (mine["matched"], mine["total"]) == (theirs["matched"], theirs["total"])
        verdict = "equal" if same and not mine["gap"] and not mine["violators"] else "DIFFERENT"
        print(
            f"    {run[0]:10} {run[1]:>6,} x {run[2]:<6,} {mine['matched']:>6} served  {mine['total']:>15,}  {verdict}"
        )


def speed(full: bool) -> None:
    print(
        "T2  scores, solve and proof against dense scores and scipy, CPU (demand <= 0.5, stretch 0.2)"
    )
    for mentees, mentors in [(5_000, 2_000)] + ([(20_000, 8_000)] if full else []):
        mine, theirs = (
            apart("ours", PLACE, mentees, mentors),
            apart("dense", PLACE, mentees, mentors),
        )
        print(
            f"    {mentees:,} x {mentors:,}: {mine['cpu']:.1f} s {mine['parts']} against "
            f"{theirs['cpu']:.1f} s, ratio {mine['cpu'] / theirs['cpu']:.3f}; "
            f"{mine['mib']:.0f} against {theirs['mib']:.0f} MiB"
        )


def solver(full: bool) -> None:
    print("T3  sparse solve against bare OR-tools on the same pairs (demand <= 1.15)")
    for mentees, mentors in [(5_000, 2_000), (20_000, 8_000)] + (
        [(100_000, 40_000)] if full else []
    ):
        found = apart("sparse", PLACE, mentees, mentors)
        print(
            f"    {mentees:,} x {mentors:,}, {found['pairs']:,} pairs: {found['ours']:.2f} s against "
            f"{found['bare']:.2f} s, ratio {found['ours'] / found['bare']:.2f}, same {found['same']}"
        )


def scanning(_full: bool) -> None:
    print("T4  scan, ns a pair and core (demand <= 6.4, stretch 3.2)")
    found = apart("scan", PLACE, 20_000, 4_000)
    print(
        f"    compiled {found['compiled']:.2f}, numpy {found['numpy']:.2f}; text product and "
        f"{found['picks']:.1f} additions alone {found['bound']:.2f} "
        f"({found['bound'] / found['compiled']:.0%} of the compiled scan)"
    )


def large(full: bool) -> None:
    print("T5  peak memory (demand <= 512 MiB at 20,000 x 8,000; <= 1,229 MiB at 100,000 x 40,000)")
    print(
        "T6  100,000 x 40,000 certified against one bare solve of its candidates (demand <= 40, stretch 20)"
    )
    mine = apart("ours", PLACE, 20_000, 8_000)
    print(f"    20,000 x 8,000: {mine['mib']:.0f} MiB, gap {mine['gap']}, {mine['cpu']:.1f} s")
    if full:
        mine, bare_ = apart("ours", PLACE, 100_000, 40_000), apart("sparse", PLACE, 100_000, 40_000)
        print(
            f"    100,000 x 40,000: {mine['mib']:.0f} MiB, gap {mine['gap']}, {mine['pairs']:,} pairs, "
            f"{mine['cpu']:.0f} s {mine['parts']}; bare solve {bare_['bare']:.1f} s, "
            f"ratio {mine['cpu'] / bare_['bare']:.1f}"
        )


TARGETS = {"T1": exactness, "T2": speed, "T3": solver, "T4": scanning, "T5": large, "T6": large}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--full", action="store_true")
    parser.add_argument("--side", nargs=4, metavar=("SIDE", "FAMILY", "MENTEES", "MENTORS"))
    options = parser.parse_args()
    if options.side:
        side, family, mentees, mentors = options.side
        print(json.dumps(SIDES[side](family, int(mentees), int(mentors))))
        return
    for target in dict.fromkeys(TARGETS[name] for name in options.targets or TARGETS):
        target(options.full)


if __name__ == "__main__":
    main()
