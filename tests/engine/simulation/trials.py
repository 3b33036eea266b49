"""Small cohorts for trials: markets with names, and people who are sure to keep their word."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from lodestar.engine.matching.assignment import heaviest_matching, units_of
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.simulation.assumptions import (
    NOBODY_FALLS_AWAY,
    Assumptions,
    Chance,
    Procedure,
    Side,
)
from lodestar.engine.simulation.changes import Setting
from lodestar.engine.simulation.fates import Applicants, applicants_of

SURE = Assumptions(NOBODY_FALLS_AWAY, NOBODY_FALLS_AWAY, reply_time=(1,))
NOTHING = np.zeros(0, dtype=np.int64)


def likely(chance: float) -> Assumptions:
    """Let everybody fall away in each way with the same chance."""
    side = Side(*(Chance(chance) for _ in range(4)))
    return Assumptions(side, side)


def names(pairs: EligiblePairs) -> tuple[list[str], list[str]]:
    return [f"e{n}" for n in range(pairs.mentees)], [f"m{n}" for n in range(pairs.mentors)]


def applying(pairs: EligiblePairs, assumptions: Assumptions = SURE, seed: int = 1) -> Applicants:
    return applicants_of(pairs, names(pairs), assumptions, seed)


def plan_of(pairs: EligiblePairs) -> np.ndarray:
    """Return a matching that serves the most mentees."""
    return heaviest_matching(pairs, pairs.score, units_of(pairs, 10_000_000, 0))


def only_here(pairs: EligiblePairs, mentees: np.ndarray, mentors: np.ndarray) -> EligiblePairs:
    """Return the pairs of those who are here."""
    return pairs.only(mentees[pairs.mentee_of_each()] & mentors[pairs.mentor])


def seen_by(applicants: Applicants, draw: int) -> tuple[np.ndarray, np.ndarray]:
    """Return who is here in a draw."""
    here = applicants.mentees.fallen_away(draw), applicants.mentors.fallen_away(draw)
    return ~here[0], ~here[1]


@st.composite
def masks(draw_, size: int) -> np.ndarray:
    return np.array(draw_(st.lists(st.booleans(), min_size=size, max_size=size)), dtype=bool)


def setting(problem, pairs, planned, best, assumptions=SURE) -> Setting:
    return Setting(problem, pairs, planned, assumptions, Procedure(), 1, np.asarray(best))


def with_capacity(pairs: EligiblePairs, more: int) -> EligiblePairs:
    return replace(pairs, capacity=pairs.capacity + more)
