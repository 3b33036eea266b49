"""What does a cohort lack, what would clear it, and who of a directory would fill it? All of it, in order.

Every number of mentees that is told beside a list is solved anew with the mentors named, not added up from
prices: who joins also changes how telling each word is and what counts as neutral where an answer is missing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lodestar.engine.answers.values import plain, values_of
from lodestar.engine.matching.cohort import (
    NOTHING_GIVEN,
    GivenPairs,
    Problem,
    rescored,
    score_people,
)
from lodestar.engine.matching.needs import (
    SMALLEST,
    Gain,
    Need,
    needs_by_value,
    recruit_gains,
    recruit_list,
)
from lodestar.engine.matching.problem import Design, Mentee, Mentor, Objective
from lodestar.engine.matching.regret import Cost
from lodestar.engine.matching.run import solve

NOTHING = Cost(0, 0)
ANYONE = "anyone"
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Caps:
    """How much is worked out: values, steps of a plan, people asked first, people listed, and by each value."""

    smallest: int = SMALLEST
    values: int = 12
    steps: int = 12
    asked: int = 12
    shortlist: int = 150
    listed: int = 300
    each: int = 40


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A value that mentees want, and how many more one mentor with it would serve with all places filled."""

    need: Need
    one_more_serves: int


@dataclass(frozen=True, slots=True)
class Step:
    """One mentor won after those before, by key or by value, and how many mentees are then served in all."""

    mentor: str
    served: int
    field: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Shortage:
    """What a cohort lacks.

    `anyone` is what one more place brings with a mentor of whom nothing is known. `relief` are the values
    to recruit one after the other until nobody more is served by one; `gains` what one place with each of
    the directory brings, the most first; `first` whom to win first, each beside those before.
    """

    mentees: int
    mentors: int
    places: int
    served: int
    anyone: Cost = NOTHING
    values: tuple[Shortfall, ...] = ()
    relief: tuple[Step, ...] = ()
    gains: tuple[Gain, ...] = ()
    first: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Network:
    """Those who take part, and those who might be won."""

    mentees: Sequence[Mentee]
    mentors: Sequence[Mentor]
    directory: Sequence[Mentor] = ()
    given: GivenPairs = field(default_factory=lambda: NOTHING_GIVEN)


def shortage_of(
    network: Network,
    design: Design,
    fields: Fields,
    caps: Caps = Caps(),
    *,
    places: int = 1,
    seed: int = 0,
) -> Shortage:
    """Return what a network lacks; `places` are those of one more mentor.

    >>> from lodestar.engine.matching.problem import Criterion, CriterionKind
    >>> design = Design((Criterion("way", CriterionKind.CATEGORY, "way", "way", 1),), floor=1)
    >>> wishes = [Mentee("ana", {"way": "a"}), Mentee("bo", {"way": "b"}), Mentee("cy", {"way": "b"})]
    >>> network = Network(wishes, [Mentor("mia", {"way": "a"})], [Mentor("noor", {"way": "b"})])
    >>> found = shortage_of(network, design, [("way", "way")], Caps(smallest=1), places=2)
    >>> found.served, found.values[0].need.value, found.values[0].one_more_serves
    (1, 'b', 2)
    >>> found.first, found.relief[-1]
    ((Step(mentor='noor', served=2, field='', value=''),), Step(mentor='', served=3, field='way', value='b'))
    """
    design = replace(design, objective=Objective.SERVED)
    problem = score_people(network.mentees, network.mentors, design, network.given)
    counted = Shortage(
        mentees=len(network.mentees),
        mentors=len(network.mentors),
        places=int(problem.scorer.market.capacity.sum()),
        served=served_by(problem, seed),
    )
    if not network.mentees:
        return counted
    needs = needs_by_value(problem, fields, seed, smallest=caps.smallest)
    theirs = dict(fields)
    gains = _kept(recruit_gains(problem, network.directory, seed), network, needs, theirs, caps)
    known = {candidate.key: candidate for candidate in network.directory}
    shortlist = [known[gain.mentor] for gain in gains[: caps.shortlist]]
    return replace(
        counted,
        anyone=recruit_gains(problem, [Mentor(ANYONE)], seed)[0].gain,
        values=tuple(
            Shortfall(need, _one_more(problem, need, theirs, places, seed) - counted.served)
            if place < caps.values and need.gain.mentees
            else Shortfall(need, need.gain.mentees)
            for place, need in enumerate(needs)
        ),
        relief=_relief(problem, needs[: caps.values], theirs, caps.steps, seed),
        gains=gains,
        first=_first(problem, shortlist, caps.asked, seed),
    )


def served_by(problem: Problem, seed: int = 0) -> int:
    """Return how many mentees the best matching serves."""
    claim = solve(problem, seed).solution.claim
    return len({*claim.mentee.tolist(), *(row for row, _ in problem.pinned)})


def _one_more(problem: Problem, need: Need, theirs: dict[str, str], places: int, seed: int) -> int:
    """Return how many are served once a mentor with this value has joined."""
    probe = Mentor("one more", {theirs[need.field]: (need.value,)}, places)
    return served_by(rescored(problem, won=[probe]), seed)


def _relief(
    problem: Problem, needs: Sequence[Need], theirs: dict[str, str], steps: int, seed: int
) -> tuple[Step, ...]:
    """Recruit by value, the one that helps most first, for as long as a place serves one more."""
    found: list[Step] = []
    binding = [need for need in needs if need.gain.mentees]
    while binding and len(found) < steps:
        probes = {f"step {len(found)}, {place}": need for place, need in enumerate(binding)}
        people = [Mentor(key, {theirs[n.field]: (n.value,)}) for key, n in probes.items()]
        best = recruit_gains(problem, people, seed)[0]
        if not best.gain.mentees:
            break
        won = replace(next(p for p in people if p.key == best.mentor), capacity=1)
        problem = rescored(problem, won=[won])
        need = probes[best.mentor]
        found.append(Step("", served_by(problem, seed), need.field, need.value))
    return tuple(found)


def _first(
    problem: Problem, shortlist: Sequence[Mentor], count: int, seed: int
) -> tuple[Step, ...]:
    known = {candidate.key: candidate for candidate in shortlist}
    found: list[Step] = []
    won: list[Mentor] = []
    for gain in recruit_list(problem, shortlist, count, seed):
        won.append(replace(known[gain.mentor], capacity=1))
        found.append(Step(gain.mentor, served_by(rescored(problem, won=won), seed)))
    return tuple(found)


def _kept(
    gains: Sequence[Gain],
    network: Network,
    needs: Sequence[Need],
    theirs: dict[str, str],
    caps: Caps,
) -> tuple[Gain, ...]:
    """Keep the first of all, and the first of those who offer each value, in their order."""
    kept = {gain.mentor for gain in gains[: caps.listed]}
    answers = {candidate.key: candidate.answers for candidate in network.directory}
    for need in needs[: caps.values]:
        wanted, name = plain(need.value), theirs[need.field]
        offering = (
            gain.mentor
            for gain in gains
            if wanted in map(plain, values_of(answers[gain.mentor].get(name)))
        )
        kept.update(key for key, _ in zip(offering, range(caps.each), strict=False))
    return tuple(gain for gain in gains if gain.mentor in kept)
