"""Pairs of peers beside NetworkX: the same most pairs and total, and the time of both; circles beside their bound.

python -m bench.peer_pairs [--peers FOLDER] [--small SECONDS]

The package is installed in an environment of its own: in FOLDER, kept for the next time, or in a temporary one.
"""

import argparse
import json
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.peers import peer_python
from lodestar.engine.matching.lottery import tickets
from lodestar.engine.peers.circles import CircleSizes, peer_circles
from lodestar.engine.peers.peers import peer_matching

PEER = "networkx==3.6.1"
PEER_PROGRAM = """
import json, sys, time
import networkx

for line in sys.stdin:
    edges = json.loads(line)
    graph = networkx.Graph()
    graph.add_weighted_edges_from(edges)
    began = time.process_time()
    pairs = networkx.max_weight_matching(graph, maxcardinality=True)
    seconds = time.process_time() - began
    print(json.dumps([len(pairs), sum(graph[a][b]["weight"] for a, b in pairs), seconds]), flush=True)
"""
Table = NDArray[np.int64]


class Peer:
    """The package, answering one instance after the other."""

    def __init__(self, python: Path) -> None:
        self.process = subprocess.Popen(
            [python, "-c", PEER_PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def solve(self, score: Table, allowed: NDArray[np.bool_]) -> tuple[int, int, float]:
        if self.process.stdin is None or self.process.stdout is None:
            raise SystemExit("The package does not answer.")
        one, other = np.nonzero(np.triu(allowed, 1))
        edges = np.stack([one, other, score[one, other]], axis=1).tolist()
        print(json.dumps(edges), file=self.process.stdin, flush=True)
        pairs, total, seconds = json.loads(self.process.stdout.readline())
        return pairs, total, seconds


def alike(people: int, traits: int, rng: np.random.Generator) -> Table:
    """Return scores of people who suit one another the more alike they are, which makes odd sets bind."""
    place = rng.normal(size=(people, traits))
    apart = np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2))
    return np.round(1_000_000 * (1 - apart / apart.max())).astype(np.int64)


def drawn_instance(rng: np.random.Generator) -> tuple[Table, NDArray[np.bool_]]:
    people, levels = int(rng.integers(2, 60)), int(rng.choice([0, 2, 5, 50, 1_000_000]))
    score = np.triu(rng.integers(0, levels + 1, (people, people)), 1)
    score = score + score.T if levels else alike(people, int(rng.integers(1, 5)), rng)
    open_ = np.triu(rng.random((people, people)) < rng.choice([1, 0.5, 0.15, 0.05]), 1)
    return score, open_ | open_.T


def small(peer: Peer, seconds: float) -> None:
    rng, tried, different, unproven, undrawn = np.random.default_rng(1), 0, 0, 0, 0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        score, allowed = drawn_instance(rng)
        mine = peer_matching(score, allowed, tickets(1, "peer", list(map(str, range(len(score))))))
        pairs, total, _ = peer.solve(score, allowed)
        tried += 1
        different += (mine.served, mine.total) != (2 * pairs, total)
        unproven += not mine.is_proven
        undrawn += not mine.is_drawn
    print(
        f"{tried:,} random cases of 2 to 60 people: {different} different from {PEER}, {unproven} unproven, "
        f"{undrawn} not drawn to the end"
    )


def large(peer: Peer) -> None:
    print(
        "people traits  same proven   ours    theirs  ratio | circles of 4-8: below bound  seconds"
    )
    for people in (100, 200, 300):
        for traits in (2, 5):
            score = alike(people, traits, np.random.default_rng(3))
            allowed, drawn = (
                ~np.eye(people, dtype=bool),
                tickets(1, "peer", list(map(str, range(people)))),
            )
            began = time.process_time()
            mine = peer_matching(score, allowed, drawn)
            ours = time.process_time() - began
            pairs, total, theirs = peer.solve(score, allowed)
            same = (mine.served, mine.total) == (2 * pairs, total)
            began = time.process_time()
            circles = peer_circles(score, allowed, CircleSizes(4, 8), drawn)
            print(
                f"{people:6} {traits:6}  {same!s:>4} {mine.is_proven!s:>6} {ours:5.2f}s {theirs:8.2f}s {ours / theirs:6.3f} |"
                f"  {1 - circles.total / circles.bound:23.1%} {time.process_time() - began:8.1f}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--small", type=float, default=30.0, metavar="SECONDS")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        peer = Peer(peer_python(options.peers or Path(made), PEER))
        small(peer, options.small)
        large(peer)


if __name__ == "__main__":
    main()
