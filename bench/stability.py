"""Prints T7 (deferred acceptance against the package `matching`), T14 (lists first, then fill) and ties.

python -m bench.stability [--peers FOLDER] [--instances FOLDER] [--seed N]

The package is installed in an environment of its own: in FOLDER, kept for the next time, or in a
temporary one. Both sides solve the same instance in the same run; seconds are processor time:
ours of the fastest of several runs, the package's of its one run.
"""

import argparse
import csv
import json
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching

from bench.peers import peer_python
from lodestar.engine.matching.lists import Choices, lists_first, mutual_lists
from lodestar.engine.matching.lottery import Drawn, draw
from lodestar.engine.matching.pairs import EligiblePairs, from_edges
from lodestar.engine.matching.solving import SERVE, Listed, best_matching
from lodestar.engine.matching.stability import (
    RankedLists,
    by_lottery,
    count_blocking_pairs_of_lists,
    deferred_acceptance,
    promoted_acceptance,
    ranked_lists,
    stable_by_score,
)

Ints = NDArray[np.int64]

PEER = "matching==1.4.3"
PEER_PROGRAM = """
import json, sys, threading, time, warnings
from matching.games import HospitalResident

warnings.simplefilter("ignore")
with open(sys.argv[1]) as file:
    instance = json.load(file)
mentees = {f"e{n}": [f"m{m}" for m in row] for n, row in enumerate(instance["mentees"])}
mentors = {f"m{n}": [f"e{e}" for e in row] for n, row in enumerate(instance["mentors"])}
places = {f"m{n}": places for n, places in enumerate(instance["capacity"])}
found = {}

def solve():
    began = time.process_time()
    game = HospitalResident.create_from_dictionaries(mentees, mentors, places)
    ready = time.process_time()
    partner = [-1] * len(mentees)
    for mentor, matched in game.solve().items():
        for mentee in matched:
            partner[int(mentee.name[1:])] = int(mentor.name[1:])
    found.update(partner=partner, create=ready - began, solve=time.process_time() - ready)

# The package copies its players recursively and fails at Python's own limit at this size.
sys.setrecursionlimit(10**7)
threading.stack_size(2**29)
thread = threading.Thread(target=solve)
thread.start()
thread.join()
json.dump(found, sys.stdout)
"""


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """Both sides' choices, and places by mentor."""

    mentee_choices: Choices
    mentor_choices: Choices
    mentees: int
    capacity: Ints

    def lists(self) -> RankedLists:
        return mutual_lists(
            self.mentee_choices, self.mentor_choices, mentees=self.mentees, capacity=self.capacity
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path, help="where the environment of the package is kept")
    parser.add_argument("--instances", type=Path, help="a folder of instances as in `solve`")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        compare_with_the_package(options.peers or Path(scratch), Path(scratch), options.seed)
    print_ties(options.seed)
    print_lists_first(options.instances, options.seed)


def compare_with_the_package(peers: Path, scratch: Path, seed: int) -> None:
    python = peer_python(peers, PEER)
    print(f"T7  deferred acceptance against {PEER}, lists of 20 (demand: same answer, >= 50 times)")
    print(f"{'people':>17} {'same':>5} {'ours':>9} {'theirs':>9} {'times':>7}   what is timed")
    for mentees, mentors, most_places in ((5000, 5000, 1), (5000, 2000, 4), (500, 200, 4)):
        sides = random_sides(mentees, mentors, most_places, 20, seed)
        lists = sides.lists()
        peer = ask_the_package(python, scratch / "instance.json", sides)
        same = "yes" if deferred_acceptance(lists).tolist() == peer["partner"] else "NO"
        from_lists = fastest(lambda sides=sides: deferred_acceptance(sides.lists()))
        alone = fastest(lambda lists=lists: deferred_acceptance(lists))
        whole = peer["create"] + peer["solve"]
        for ours, theirs, what in (
            (from_lists, whole, "from both sides' choices to the answer"),
            (alone, peer["solve"], "the algorithm alone, lists and game made before"),
        ):
            print(
                f"{mentees:>8,} x {mentors:>6,} {same:>5} {ours:>8.4f}s {theirs:>8.3f}s "
                f"{theirs / ours:>7.0f}   {what}"
            )


def ask_the_package(python: Path, file: Path, sides: Sides) -> dict[str, list[int] | float]:
    mine = in_order(sides.mentee_choices, sides.mentees)
    theirs = in_order(sides.mentor_choices, len(sides.capacity))
    instance = {"mentees": mine, "mentors": theirs, "capacity": sides.capacity.tolist()}
    file.write_text(json.dumps(instance))
    answer = subprocess.run(
        [python, "-c", PEER_PROGRAM, str(file)], check=True, capture_output=True
    )
    return json.loads(answer.stdout)


def in_order(choices: Choices, choosers: int) -> list[list[int]]:
    order = np.lexsort((choices.rank, choices.chooser))
    ends = np.searchsorted(choices.chooser[order], np.arange(choosers + 1))
    chosen = choices.chosen[order].tolist()
    return [chosen[first:last] for first, last in pairwise(ends)]


def random_sides(mentees: int, mentors: int, most_places: int, length: int, seed: int) -> Sides:
    """Every mentee ranks `length` mentors, who rank in turn all who ranked them."""
    rng = np.random.default_rng(seed)
    mentee = np.repeat(np.arange(mentees), length)
    mentor = np.concatenate([rng.choice(mentors, length, replace=False) for _ in range(mentees)])
    mine = Choices(mentee, mentor, np.tile(np.arange(length), mentees) + 1)
    theirs = Choices(mentor, mentee, rng.permutation(len(mentor)) + 1)
    return Sides(mine, theirs, mentees, rng.integers(1, most_places + 1, mentors))


def fastest(work: Callable[[], object]) -> float:
    """Return the seconds of the fastest run among three or more, for a second at the most."""
    seconds: list[float] = []
    while len(seconds) < 3 or sum(seconds) < 1:
        began = time.process_time()
        work()
        seconds.append(time.process_time() - began)
    return min(seconds)


def print_ties(seed: int) -> None:
    print("\nTies  matches found where ranks are coarse, mean of 20 instances, 1,000 mentees")
    print(
        f"{'places':>7} {'length':>7} {'ranks':>12} {'lottery':>8} {'promoted':>9} {'gain':>7} {'of most':>8}"
    )
    for mentors, places, length in (
        (1000, 1, 3),
        (1000, 1, 5),
        (1000, 1, 10),
        (400, 3, 3),
        (400, 3, 6),
    ):
        for mine, theirs in ((0, 3), (0, 1), (3, 3)):
            counts = np.zeros(3)
            for number in range(20):
                lists = coarse_lists(1000, mentors, places, length, (mine, theirs), seed + number)
                counts += counts_with_ties(lists, seed + number)
            lottery, promoted, most = counts / 20
            steps = f"{mine or 'all'} | {theirs}"
            print(
                f"{mentors * places:>7,} {length:>7} {steps:>12} {lottery:>8.1f} {promoted:>9.1f} "
                f"{promoted / lottery - 1:>+7.1%} {promoted / most:>8.1%}"
            )
    print(
        "ranks: how many different ones a mentee | a mentor gives; most: without regard to stability"
    )


def coarse_lists(
    mentees: int, mentors: int, places: int, length: int, steps: tuple[int, int], seed: int
) -> RankedLists:
    sides = random_sides(mentees, mentors, 1, length, seed)
    rng = np.random.default_rng(seed)
    count = len(sides.mentee_choices.rank)
    mine = rng.integers(0, steps[0], count) if steps[0] else sides.mentee_choices.rank
    return ranked_lists(
        sides.mentee_choices.chooser,
        sides.mentee_choices.chosen,
        mine,
        rng.integers(0, steps[1], count),
        mentees=mentees,
        capacity=np.full(mentors, places),
    )


def counts_with_ties(lists: RankedLists, seed: int) -> Ints:
    drawn = everybody(lists, seed)
    lottery = deferred_acceptance(by_lottery(lists, drawn))
    promoted = promoted_acceptance(lists, drawn)
    for partner in (lottery, promoted):
        served = np.flatnonzero(partner >= 0)
        assert count_blocking_pairs_of_lists(lists, served, partner[served]) == 0
    return np.array([(lottery >= 0).sum(), (promoted >= 0).sum(), most_on_lists(lists)])


def most_on_lists(lists: RankedLists) -> int:
    first = np.concatenate([[0], np.cumsum(lists.capacity)])
    copies = lists.capacity[lists.mentor]
    within = np.arange(copies.sum()) - np.repeat(np.cumsum(copies) - copies, copies)
    place = np.repeat(first[lists.mentor], copies) + within
    mentee = np.repeat(lists.mentee_of_each(), copies)
    shape = (lists.mentees, int(first[-1]))
    graph = csr_array((np.ones(len(place), dtype=np.int8), (mentee, place)), shape=shape)
    return int((maximum_bipartite_matching(graph) >= 0).sum())


def everybody(people: RankedLists | EligiblePairs, seed: int) -> Drawn:
    mentees, mentors = (range(count) for count in (people.mentees, people.mentors))
    return draw(seed, [f"E{number}" for number in mentees], [f"M{number}" for number in mentors])


def print_lists_first(folder: Path | None, seed: int) -> None:
    print("\nT14  lists first, then fill (demand: 0 blocking among the listed, coverage >= 0.995)")
    print(
        f"{'instance':<22} {'lists':<12} {'listed':>7} {'only lists':>10} {'coverage':>9} {'blocking':>9}"
        f" | {'serve most':>10} {'released':>9} {'blocking':>9}"
    )
    found = []
    for name, pairs in instances_in(folder) if folder else made_up_instances(seed):
        found.append((name, pairs, fill(pairs)))
        for mine, theirs in ((6, None), (6, 20), (12, 40), (20, 40)):
            sides = sides_from_scores(pairs, mine, theirs, seed)
            print_one_instance(name, pairs, len(found[-1][2]), (mine, theirs), sides)
    print("\nStable by score against the best whole set of pairs (same instances)")
    for name, pairs, best in found:
        print_by_score(name, pairs, best, seed)


def print_one_instance(
    name: str,
    pairs: EligiblePairs,
    most: int,
    lengths: tuple[int, int | None],
    sides: tuple[Choices, Choices | None],
) -> None:
    drawn = everybody(pairs, 1)
    plain = lists_first(pairs, *sides, drawn, fill)
    full = lists_first(pairs, *sides, drawn, fill, serve_most=True)
    alone = len(lists_first(pairs, *sides, drawn, nothing).taken)
    lists = f"{lengths[0]} | {lengths[1] or 'score'}"
    print(
        f"{name:<22} {lists:<12} {plain.from_lists.sum():>7} {alone / most:>10.4f} "
        f"{len(plain.taken) / most:>9.4f} {plain.blocking_pairs:>9} | {len(full.taken) / most:>10.4f} "
        f"{full.released:>9} {full.blocking_pairs:>9}"
    )


def fill(rest: EligiblePairs) -> Ints:
    claim = best_matching(Listed(rest, rest.score), SERVE, everybody(rest, 1)).claim
    return rest.positions_of(claim.mentee, claim.mentor)


def nothing(rest: EligiblePairs) -> Ints:
    return np.flatnonzero(rest.score < 0)


def sides_from_scores(
    pairs: EligiblePairs, mine: int, theirs: int | None, seed: int
) -> tuple[Choices, Choices | None]:
    """Everybody lists their best few by score, as blurred by taste (0.1 of a perfect score)."""
    taste = np.random.default_rng(seed).normal(0, 100_000, (2, len(pairs)))
    mentee, mentor = pairs.mentee_of_each(), pairs.mentor
    mine_few = best_few(mentee, mentor, pairs.score + taste[0], mine)
    if theirs is None:
        return mine_few, None
    return mine_few, best_few(mentor, mentee, pairs.score + taste[1], theirs)


def best_few(chooser: Ints, chosen: Ints, liking: NDArray[np.float64], count: int) -> Choices:
    order = np.lexsort((-liking, chooser))
    rank = np.arange(len(order)) - np.searchsorted(chooser[order], chooser[order])
    few = rank < count
    return Choices(chooser[order][few], chosen[order][few], rank[few] + 1)


def made_up_instances(seed: int) -> Iterator[tuple[str, EligiblePairs]]:
    """Yield four kinds of cohorts of 1,000 and 400: open to all, few places, one taste, hard rules."""
    for number, (name, places, one_taste, allowed) in enumerate(
        (
            ("open", 3, 0.0, 0.7),
            ("scarce", 2, 0.2, 0.7),
            ("popular", 3, 0.7, 0.7),
            ("tight", 3, 0.2, 0.03),
        )
    ):
        rng = np.random.default_rng([seed, number])
        wants, offers = rng.dirichlet(np.ones(8), 1000), rng.dirichlet(np.ones(8), 400)
        closeness = np.minimum(wants[:, None, :], offers[None, :, :]).sum(axis=2)
        score = (1 - one_taste) * closeness + one_taste * rng.random(400)
        mentee, mentor = np.nonzero(rng.random((1000, 400)) < allowed)
        points = (1_000_000 * score[mentee, mentor]).astype(np.int64)
        capacity = rng.integers(1, 2 * places - 1, 400, endpoint=True)
        yield name, from_edges(mentee, mentor, points, 1000, capacity)


def instances_in(folder: Path) -> Iterator[tuple[str, EligiblePairs]]:
    for home in sorted(path.parent for path in folder.glob("*/edges.npz")):
        capacity = [int(row["capacity"]) for row in rows_of(home / "mentors.csv")]
        with np.load(home / "edges.npz") as edges:
            columns = edges["mentee"], edges["mentor"], edges["score"]
        mentees = len(rows_of(home / "mentees.csv"))
        yield home.name, from_edges(*columns, mentees, np.array(capacity))


def rows_of(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(file.read_text().splitlines()))


def print_by_score(name: str, pairs: EligiblePairs, best: Ints, seed: int) -> None:
    drawn = everybody(pairs, seed)
    stable = stable_by_score(pairs, drawn)
    seconds = fastest(lambda: stable_by_score(pairs, drawn))
    total = [int(pairs.score[taken].sum()) for taken in (stable, best)]
    blocking = [blocking_by_score(pairs, taken) for taken in (stable, best)]
    print(
        f"{name:<22} pairs {len(pairs):>9,}  served {len(stable) / len(best):.4f}  total "
        f"{total[0] / total[1]:.4f}  blocking {blocking[0]} instead of {blocking[1]}  {seconds:.3f}s"
    )


def blocking_by_score(pairs: EligiblePairs, taken: Ints) -> int:
    mentee, mentor = pairs.mentee_of_each(), pairs.mentor
    own = np.full(pairs.mentees, -1)
    own[mentee[taken]] = pairs.score[taken]
    lowest = np.where(
        np.bincount(mentor[taken], minlength=pairs.mentors) < pairs.capacity, -1, 2**31
    )
    np.minimum.at(lowest, mentor[taken], pairs.score[taken])
    return int(((pairs.score > own[mentee]) & (pairs.score > lowest[mentor])).sum())


if __name__ == "__main__":
    main()
