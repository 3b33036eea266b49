"""One set of people for tests, each of whom may be anybody's partner."""

from collections.abc import Sequence

import numpy as np
from hypothesis import strategies as st

from lodestar.engine.matching.lottery import Tickets, tickets

People = tuple[np.ndarray, np.ndarray]


def draw(people: int, seed: int = 1) -> Tickets:
    return tickets(seed, "peer", [f"p{number}" for number in range(people)])


def symmetric(values: Sequence[int], people: int) -> np.ndarray:
    table = np.zeros((people, people), dtype=np.int64)
    table[np.triu_indices(people, 1)] = values
    return table + table.T


@st.composite
def peers(draw_, *, most: int = 7) -> People:
    """Draw scores, many equal, and who may be paired with whom."""
    people = draw_(st.integers(0, most))
    cells = people * (people - 1) // 2
    scores = st.sampled_from([0, 300_000, 1_000_000]) | st.integers(0, 1_000_000)
    score = symmetric(draw_(st.lists(scores, min_size=cells, max_size=cells)), people)
    is_open = draw_(st.lists(st.booleans() | st.just(True), min_size=cells, max_size=cells))
    return score, symmetric(list(map(int, is_open)), people).astype(bool)


def made_up(people: int, seed: int, likeness: int = 3) -> People:
    """People who score high when they are alike, which makes odd sets bind."""
    rng = np.random.default_rng(seed)
    place = rng.normal(size=(people, likeness))
    apart = np.sqrt(((place[:, None] - place[None]) ** 2).sum(axis=2))
    return np.round(1_000_000 * (1 - apart / apart.max())).astype(np.int64), apart > 0
