"""What is there to solve? People in order, scored, with pins settled and bans kept."""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers.meaning import LanguageModel
from lodestar.engine.answers.values import values_of
from lodestar.engine.matching.lottery import Drawn, draw
from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.problem import (
    Design,
    MatchingError,
    Mentee,
    Mentor,
    Objective,
    TooLargeError,
)
from lodestar.engine.matching.scorer import Scorer

NEVER_PINNED = ("blocked", "banned")
SCANNED = (Objective.SERVED, Objective.TOTAL, Objective.WORST_FIRST)
LISTED_CELLS = 2_000_000
MOST_LISTED_CELLS = 12_000_000
MOST_DEMAND = 20

Pins = Collection[tuple[str, str]]
Bans = Mapping[tuple[str, str], str]
Pair = tuple[int, int]
Anyone = TypeVar("Anyone", Mentee, Mentor)


@dataclass(frozen=True, slots=True)
class GivenPairs:
    """What is settled about single pairs (mentee key, mentor key) before a run.

    `pins` must stay; they may break a rule, never a ban. `bans` map pairs to the code of why they may not
    meet: `blocked`, `past_pair`, `banned`. `kept` work together already, and count the design's
    keep-bonus; whoever is not in the cohort any more is passed over.
    """

    pins: Pins = ()
    bans: Bans = field(default_factory=dict)
    kept: Pins = ()


NOTHING_GIVEN = GivenPairs()


@dataclass(frozen=True, eq=False)
class Problem:
    """A scored cohort with its pins taken out of what is left to solve.

    `pinned` and `kept` are positions. `pairs` lists all eligible pairs of everybody; None where they
    are too many, and are scanned instead.
    """

    scorer: Scorer
    design: Design
    given: GivenPairs
    pinned: tuple[Pair, ...]
    kept: frozenset[Pair]
    pairs: EligiblePairs | None
    inputs_sha256: str

    @property
    def mentors(self) -> tuple[Mentor, ...]:
        """The mentors of the cohort, without candidates."""
        return self.scorer.mentors[: self.scorer.counted]

    @cached_property
    def open_scorer(self) -> Scorer:
        """The scorer of what the pins leave open."""
        return self.scorer.less(self.pinned)

    @cached_property
    def open_pairs(self) -> EligiblePairs | None:
        """The eligible pairs that the pins leave open, with the loads that are left."""
        if self.pairs is None or not self.pinned:
            return self.pairs
        ends = np.array(self.pinned, dtype=np.int64)
        keep = np.ones(len(self.pairs), dtype=bool)
        place = self.pairs.positions_of(ends[:, 0], ends[:, 1])
        keep[place[place >= 0]] = False
        market = self.open_scorer.market
        keep &= market.demand[self.pairs.mentee_of_each()] > 0
        return replace(
            self.pairs.only(keep),
            capacity=market.capacity,
            demand=market.demand,
            minimum=market.minimum,
            first=market.first,
        )

    @property
    def bonus(self) -> dict[Pair, int]:
        """The points that kept pairs count on top of their score."""
        return dict.fromkeys(self.kept, self.design.keep_bonus) if self.design.keep_bonus else {}

    def weight_of(self, pairs: EligiblePairs) -> NDArray[np.int64]:
        """Return what each listed pair counts: its score, and the keep-bonus of kept pairs."""
        weight = pairs.score.astype(np.int64)
        if self.bonus:
            ends = np.array(sorted(self.kept), dtype=np.int64)
            place = pairs.positions_of(ends[:, 0], ends[:, 1])
            weight[place[place >= 0]] += self.design.keep_bonus
        return weight

    def draw(self, seed: int) -> Drawn:
        """Draw everybody's lottery ticket."""
        keys = (
            [person.key for person in side] for side in (self.scorer.mentees, self.scorer.mentors)
        )
        return draw(seed, *keys)

    def groups(self) -> list[str]:
        """Return each mentee's group under the design's group field; blank for no answer."""
        name = self.design.group_field
        said = [values_of(mentee.answers.get(name)) for mentee in self.scorer.mentees]
        return [values[0] if values else "" for values in said]

    def position_of(self, mentee: str, mentor: str) -> Pair:
        """Return the positions of two people; raises MatchingError where one is not in the cohort."""
        return positions([(mentee, mentor)], self.scorer)[0]


def score_people(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    given: GivenPairs = NOTHING_GIVEN,
    candidates: Sequence[Mentor] = (),
    model: LanguageModel | None = None,
) -> Problem:
    """Check the inputs, put them in order of their keys, and make every pair's score computable.

    `candidates` are mentors who might be won: they get no place, but a price, which is what one
    place with each would bring. `model` reads texts by meaning, where a criterion asks for that.
    Raises MatchingError for inputs that contradict themselves.
    """
    known = {mentor.key for mentor in mentors}
    candidates = _in_order([c for c in candidates if c.key not in known], "candidate")
    mentees, mentors = _in_order(mentees, "mentee"), _in_order(mentors, "mentor")
    _refuse_bad_demand(mentees)
    scorer = Scorer(mentees, mentors, design, bans=given.bans, candidates=candidates, model=model)
    pinned = _pinned(given, scorer)
    here = {mentee.key for mentee in mentees}, {mentor.key for mentor in mentors}
    still = [pair for pair in given.kept if pair[0] in here[0] and pair[1] in here[1]]
    return Problem(
        scorer=scorer,
        design=design,
        given=given,
        pinned=pinned,
        kept=frozenset(positions(still, scorer)),
        pairs=scorer.listed() if _is_listed(len(mentees) * len(scorer.mentors), design) else None,
        inputs_sha256=_fingerprint(mentees, (*mentors, *candidates), design, given),
    )


def rescored(
    problem: Problem,
    *,
    design: Design | None = None,
    won: Sequence[Mentor] = (),
    candidates: Sequence[Mentor] = (),
) -> Problem:
    """Score the same cohort by another design, with mentors more, or with candidates."""
    return score_people(
        problem.scorer.mentees,
        [*problem.mentors, *won],
        design or problem.design,
        problem.given,
        candidates,
        problem.scorer.model,
    )


def _is_listed(cells: int, design: Design) -> bool:
    if cells <= LISTED_CELLS:
        return True
    if design.objective in SCANNED:
        return False
    if cells > MOST_LISTED_CELLS:
        raise TooLargeError(
            f"The objective {design.objective} is computed for at most {MOST_LISTED_CELLS:,} pairs of "
            f"a mentee with a mentor, and here are {cells:,}: choose worst-first, served or total."
        )
    return True


def positions(pairs: Pins, scorer: Scorer) -> list[Pair]:
    """Return pairs of keys as positions; raises MatchingError for somebody who is not in the cohort."""
    row_of = {mentee.key: place for place, mentee in enumerate(scorer.mentees)}
    column_of = {mentor.key: place for place, mentor in enumerate(scorer.mentors)}
    for mentee, mentor in pairs:
        if mentee not in row_of or mentor not in column_of:
            raise MatchingError(
                f"{mentee} and {mentor} are not both in this cohort: correct or remove this pair."
            )
    return sorted((row_of[mentee], column_of[mentor]) for mentee, mentor in set(pairs))


def _pinned(given: GivenPairs, scorer: Scorer) -> tuple[Pair, ...]:
    """Return the pins as positions, and refuse those that contradict a ban or somebody's number."""
    for mentee, mentor in sorted(set(given.pins)):
        if given.bans.get((mentee, mentor)) in NEVER_PINNED or mentee == mentor:
            raise MatchingError(
                f"{mentee} and {mentor} are pinned together and kept apart: remove one of the two."
            )
    found = positions(given.pins, scorer)
    ends = np.array(found, dtype=np.int64).reshape(-1, 2)
    over = np.flatnonzero(_count(ends[:, 0], scorer.market.demand) > scorer.market.demand)
    if len(over):
        person = scorer.mentees[int(over[0])]
        raise MatchingError(
            f"Mentee {person.key} is pinned to more mentors than the {person.demand} asked for: "
            "remove a pin."
        )
    over = np.flatnonzero(_count(ends[:, 1], scorer.market.capacity) > scorer.market.capacity)
    if len(over):
        key = scorer.mentors[int(over[0])].key
        raise MatchingError(f"Mentor {key} has more pinned mentees than places: remove a pin.")
    return tuple(found)


def _count(people: Ints, side: Ints) -> Ints:
    return np.bincount(people, minlength=len(side))


def _in_order(people: Sequence[Anyone], role: str) -> tuple[Anyone, ...]:
    ordered = tuple(sorted(people, key=lambda person: person.key))
    for before, after in pairwise(ordered):
        if before.key == after.key:
            raise MatchingError(f"The {role} {after.key} is listed twice: keep one row.")
    return ordered


def _refuse_bad_demand(mentees: Sequence[Mentee]) -> None:
    for mentee in mentees:
        if not 0 <= mentee.demand <= MOST_DEMAND:
            raise MatchingError(
                f"Mentee {mentee.key} asks for {mentee.demand} mentors: write a number from 0 to "
                f"{MOST_DEMAND}."
            )


def _fingerprint(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    given: GivenPairs,
) -> str:
    """Return SHA-256 of the inputs in one canonical form."""
    canonical = {
        "mentees": [[p.key, p.demand, dict(p.answers)] for p in mentees],
        "mentors": [[p.key, p.capacity, p.minimum, dict(p.answers)] for p in mentors],
        "design": asdict(design),
        "pins": sorted(map(list, set(given.pins))),
        "bans": sorted([*pair, code] for pair, code in given.bans.items()),
        "kept": sorted(map(list, set(given.kept))),
    }
    written = json.dumps(canonical, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()
