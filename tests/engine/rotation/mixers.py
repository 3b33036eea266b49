"""Small mixers for tests: people, points, and every set of meetings that they allow."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from lodestar.engine.matching.lottery import Drawn, draw
from lodestar.engine.matching.pairs import EligiblePairs, from_edges, loads_of
from lodestar.engine.rotation.attendance import Attendee, Mixer, Scores
from lodestar.engine.rotation.meetings import Aim, Wanted

POINTS = st.sampled_from([0, 1, 5, 100_000, 1_000_000])


@st.composite
def crowds(draw_, *, most_people: int = 4, most_meetings: int = 3) -> tuple[EligiblePairs, Wanted]:
    """Draw who may meet whom, how often each, how often before, and what the tables hold."""
    mentees, mentors = draw_(st.integers(1, most_people)), draw_(st.integers(1, 3))

    def numbers(most: int, size: int) -> np.ndarray:
        return np.array(draw_(st.lists(st.integers(0, most), min_size=size, max_size=size)))

    cells = draw_(
        st.lists(st.none() | POINTS, min_size=mentees * mentors, max_size=mentees * mentors)
    )
    edges = [(n // mentors, n % mentors, s) for n, s in enumerate(cells) if s is not None]
    columns = np.array(edges, dtype=np.int64).reshape(-1, 3).T
    pairs = from_edges(*columns, mentees, numbers(most_meetings, mentors))
    aim = draw_(st.sampled_from(list(Aim)))
    wanted = Wanted(aim, draw_(st.integers(0, 8)), numbers(2, mentees), numbers(2, mentors))
    return replace(pairs, demand=numbers(most_meetings, mentees)), wanted


def every_set(pairs: EligiblePairs, limit: int) -> Iterator[np.ndarray]:
    """Yield the positions of the pairs of every allowed set of meetings."""
    for mask in product((False, True), repeat=len(pairs)):
        taken = np.flatnonzero(np.array(mask, dtype=bool))
        mentee_load, mentor_load = loads_of(pairs, taken)
        fits = np.all(mentee_load <= pairs.demands) and np.all(mentor_load <= pairs.capacity)
        if fits and len(taken) <= limit:
            yield taken


def rank_by_hand(pairs: EligiblePairs, wanted: Wanted, taken: np.ndarray) -> tuple[int, ...]:
    """Return what the aim compares, level by level."""
    total = int(pairs.score[taken].sum())
    loads = loads_of(pairs, taken)
    before = wanted.mentee_before, wanted.mentor_before
    squares = sum(int(((load + had) ** 2).sum()) for load, had in zip(loads, before, strict=True))
    return {
        Aim.TOTAL: (total,),
        Aim.FEWEST_IDLE: (len(taken), total),
        Aim.EVEN: (len(taken), -squares, total),
    }[wanted.aim]


def tickets_for(pairs: EligiblePairs, seed: int = 1) -> Drawn:
    return draw(seed, *([f"{side}{n}" for n in range(size)] for side, size in
                        (("e", pairs.mentees), ("m", pairs.mentors))))  # fmt: skip


def people(mentees: int, mentors: int, **more: object) -> list[Attendee]:
    """Return mentees e00, e01, … and mentors m00, m01, …; `more` holds for everybody."""
    return [
        Attendee(f"{side}{number:02}", side == "m", **more)
        for side, size in (("e", mentees), ("m", mentors))
        for number in range(size)
    ]


def points(mentees: int, mentors: int, seed: int = 1, share: float = 1.0) -> Scores:
    """Draw points for a share of all pairs of such people."""
    rng = np.random.default_rng(seed)
    mentee, mentor = np.divmod(np.arange(mentees * mentors), mentors)
    kept = rng.random(len(mentee)) < share
    score = rng.integers(200_000, 1_000_000, len(mentee))
    pairs = from_edges(
        mentee[kept], mentor[kept], score[kept], mentees, np.ones(mentors, dtype=np.int64)
    )
    keys = [[person.key for person in people(*size)] for size in ((mentees, 0), (0, mentors))]
    return Scores(*keys, pairs)


@st.composite
def mixers(draw_, *, most_size: int = 2) -> tuple[list[Attendee], Scores, Mixer]:
    """Draw a mixer to which some come late and from which some leave early."""
    mentees, mentors = draw_(st.integers(1, 5)), draw_(st.integers(1, 4))
    rounds, tables = draw_(st.integers(1, 4)), draw_(st.integers(1, 5))
    size = draw_(st.integers(2, most_size))
    aim = draw_(st.sampled_from(list(Aim)))
    attendance = []
    for person in people(mentees, mentors):
        first = draw_(st.integers(1, rounds))
        attendance.append(
            replace(
                person, first_round=first, last_round=draw_(st.none() | st.integers(first, rounds))
            )
        )
    owner = draw_(st.none() | st.integers(0, len(attendance) - 1))
    if owner is not None:
        attendance[owner] = replace(attendance[owner], table=draw_(st.integers(1, tables)))
    scores = points(mentees, mentors, draw_(st.integers(0, 99)), draw_(st.sampled_from([0.5, 1.0])))
    return attendance, scores, Mixer(rounds, tables, size, aim)
