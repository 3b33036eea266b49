"""Small markets for tests: listed pairs drawn at random, and every matching they allow."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from lodestar.engine.matching.lottery import Drawn, draw
from lodestar.engine.matching.pairs import EligiblePairs, from_edges, loads_of

COARSE = st.sampled_from([0, 100_000, 500_000, 1_000_000])


@st.composite
def instances(draw_, *, most_mentees: int = 5, most_mentors: int = 4) -> EligiblePairs:
    """Draw one mentor for each mentee; many with ties, scarce places and forbidden pairs."""
    mentees, mentors = draw_(st.integers(1, most_mentees)), draw_(st.integers(1, most_mentors))
    capacity = draw_(st.lists(st.integers(0, 3), min_size=mentors, max_size=mentors))
    cells = st.none() | COARSE | st.integers(0, 1_000_000)
    table = draw_(st.lists(cells, min_size=mentees * mentors, max_size=mentees * mentors))
    edges = [(n // mentors, n % mentors, s) for n, s in enumerate(table) if s is not None]
    columns = np.array(edges, dtype=np.int64).reshape(-1, 3).T
    return from_edges(*columns, mentees, np.array(capacity, dtype=np.int64))


@st.composite
def wide_instances(draw_) -> EligiblePairs:
    """Draw mentees who want none, one or two mentors, some served already, and minimum loads."""
    pairs = draw_(instances(most_mentees=4, most_mentors=3))

    def numbers(most: int, size: int) -> np.ndarray:
        return np.array(draw_(st.lists(st.integers(0, most), min_size=size, max_size=size)))

    return replace(
        pairs,
        demand=numbers(2, pairs.mentees),
        minimum=numbers(2, pairs.mentors),
        first=numbers(1, pairs.mentees),
    )


def every_matching(pairs: EligiblePairs) -> Iterator[np.ndarray]:
    """Yield the positions of the pairs of every allowed matching."""
    choices = [
        [
            chosen
            for size in range(int(demand) + 1)
            for chosen in product(range(a, b), repeat=size)
            if list(chosen) == sorted(set(chosen))
        ]
        for a, b, demand in zip(pairs.start, pairs.start[1:], pairs.demands, strict=False)
    ]
    for rows in product(*choices):
        taken = np.array([pair for row in rows for pair in row], dtype=np.int64)
        if np.all(loads_of(pairs, taken)[1] <= pairs.capacity):
            yield taken


def reached(pairs: EligiblePairs, taken: np.ndarray) -> tuple[int, int]:
    """Return how many mentees are newly served and how many minimum places are filled."""
    mentee_load, mentor_load = loads_of(pairs, taken)
    minimum = np.minimum(pairs.minimums, pairs.capacity)
    served = np.minimum(mentee_load, pairs.firsts).sum()
    return int(served), int(np.minimum(mentor_load, minimum).sum())


def total_of(pairs: EligiblePairs, taken: np.ndarray) -> int:
    return int(pairs.score[taken].sum())


def worst_of(pairs: EligiblePairs, taken: np.ndarray) -> int:
    return int(pairs.score[taken].min(initial=1_000_001))


def tickets_for(pairs: EligiblePairs, seed: int = 1) -> Drawn:
    names = [f"e{n}" for n in range(pairs.mentees)], [f"m{n}" for n in range(pairs.mentors)]
    return draw(seed, *names)
