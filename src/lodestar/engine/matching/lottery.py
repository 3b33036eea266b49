"""Who wins among equally good whole matchings?

One lottery for everybody, never one per mentor (Abdulkadiroğlu, Pathak & Roth 2009). Each
person's ticket is SHA-256 of "seed:side:key", so anyone can draw it again. Of all matchings with the same
best value, the one that serves the mentees with the higher tickets is taken, and what is still
equal is settled by a number mixed from both tickets. The answer therefore depends on the
inputs and the seed only, not on the solver or the order of the rows.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.faces import Face
from lodestar.engine.matching.pairs import EligiblePairs

FINEST = 2**20
EXACT_FLOAT = 2**50
EXACT_FLOW = 2**61
EXACT_SIMPLEX = 2**33

Tickets = NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Drawn:
    """Everybody's ticket, by position."""

    mentee: Tickets
    mentor: Tickets


def draw(seed: int, mentee_keys: Sequence[str], mentor_keys: Sequence[str]) -> Drawn:
    """Draw everybody's ticket once."""
    return Drawn(tickets(seed, "mentee", mentee_keys), tickets(seed, "mentor", mentor_keys))


def tickets(seed: int, side: str, keys: Sequence[str]) -> Tickets:
    """Return everyone's 64-bit ticket.

    >>> tickets(7, "mentee", ["ana"]).tolist() == tickets(7, "mentee", ["ana"]).tolist()
    True
    """
    drawn = [hashlib.sha256(f"{seed}:{side}:{key}".encode()).digest()[:8] for key in keys]
    return np.frombuffer(b"".join(drawn), dtype=">u8").astype(np.uint64)


def settle(face: Face, drawn: Drawn) -> Taken:
    """Return the matching that the lottery picks among equals (positions of pairs)."""
    if face.is_single:
        return np.sort(face.settled)
    return face.best(*lottery_weight(face.pairs, drawn))


def lottery_weight(loose: EligiblePairs, drawn: Drawn) -> tuple[NDArray[np.int64], int]:
    """Return each pair's wish, and the duty that outweighs all wishes together.

    A mentee with a higher ticket wishes more than any with a lower one; both tickets settle the rest.
    """
    is_single = loose.is_single
    mentee = loose.mentee_of_each()
    present = np.flatnonzero(np.diff(loose.start) > 0)
    people = max(1, len(present) if is_single else len(loose))
    exact = EXACT_FLOAT if is_single else EXACT_SIMPLEX
    most = min(exact, EXACT_FLOW // (loose.mentees + loose.mentors + 1))
    finest = max(2, min(FINEST, most // (4 * (people + 1) ** 2)))
    lot = mixed(drawn.mentee[mentee], drawn.mentor[loose.mentor])
    chance = (lot % np.uint64(finest - 1)).astype(np.int64) + 1
    rank = np.zeros(loose.mentees, dtype=np.int64)
    rank[present[np.argsort(drawn.mentee[present], kind="stable")]] = np.arange(len(present))
    return rank[mentee] * finest + chance, people * people * finest + 1


def mixed(mentee: Tickets, mentor: Tickets) -> Tickets:
    """Return one number for each pair of tickets."""
    return _mix(mentee ^ _mix(mentor))


def _mix(bits: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64 bits (splitmix64 finaliser, Steele, Lea & Flood 2014)."""
    bits = (bits ^ (bits >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    bits = (bits ^ (bits >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return bits ^ (bits >> np.uint64(31))
