"""What does a cohort lack, what would clear it, and who of a directory would fill it? All of it, in order.

Every number of mentees that is told beside a list is solved anew with the mentors named, not added up from
prices: who joins also changes how telling each word is and what counts as neutral where an answer is missing.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
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
    one_who,
    recruit_gains,
    recruit_list,
)
from lodestar.engine.matching.problem import (
    Answer,
    ConstraintKind,
    Design,
    Mentee,
    Mentor,
    Objective,
)
from lodestar.engine.matching.regret import Cost
from lodestar.engine.matching.run import solve

NOTHING = Cost(0, 0)
ANYONE, ONE_MORE = "anyone", "one more"
TELLING = (ConstraintKind.COMMON_LANGUAGE, ConstraintKind.MAX_HOURS_APART)
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

    `like` is what most mentors and most of the directory say where a rule asks, by field: whoever is
    tried is otherwise like that. `anyone` is what one more place with such a mentor brings, `anyone_serves` how many
    more one would serve with all places filled. `relief` are the values
    to recruit one after the other until nobody more is served by one; `gains` what one place with each of
    the directory brings, the most first; `first` whom to win first, each beside those before.
    """

    mentees: int
    mentors: int
    places: int
    served: int
    like: tuple[tuple[str, tuple[str, ...]], ...] = ()
    anyone: Cost = NOTHING
    anyone_serves: int = 0
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
    network: Network, design: Design, fields: Fields, caps: Caps = Caps(), *, places: int = 1
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
        served=served_by(problem),
    )
    if not network.mentees:
        return counted
    probes = Probes(typical(network, design), dict(fields), places)
    needs = needs_by_value(problem, fields, smallest=caps.smallest, like=probes.like)
    directory = _kept(recruit_gains(problem, network.directory), network, needs, probes, caps)
    known = {candidate.key: candidate for candidate in network.directory}
    shortlist = [known[gain.mentor] for gain in directory[: caps.shortlist]]
    anyone = recruit_gains(problem, [Mentor(ANYONE, probes.like)])[0].gain
    return replace(
        counted,
        like=tuple((name, values_of(answer)) for name, answer in probes.like.items()),
        anyone=anyone,
        anyone_serves=_served_more(problem, Mentor(ANYONE, probes.like, places), counted.served)
        if anyone.mentees
        else 0,
        values=_shortfalls(problem, needs, probes, counted.served, caps.values),
        relief=_relief(problem, needs[: caps.values], probes, caps.steps),
        gains=directory,
        first=_first(problem, shortlist, caps.asked),
    )


def served_by(problem: Problem) -> int:
    """Return how many mentees the best matching serves."""
    claim = solve(problem, 0).solution.claim
    return len({*claim.mentee.tolist(), *(row for row, _ in problem.pinned)})


def typical(network: Network, design: Design) -> dict[str, Answer]:
    """Return what most mentors and most of the directory say where a rule asks: language and clock.

    A blank answer breaks no rule, so one more mentor of whom nothing is known would seem to suit everybody.
    """
    people = [*network.mentors, *network.directory]
    found: dict[str, Answer] = {}
    for rule in design.constraints:
        if rule.kind not in TELLING:
            continue
        said = [values_of(person.answers.get(rule.mentor_field))[:1] for person in people]
        counts = Counter(value for values in said for value in values)
        if counts:
            found[rule.mentor_field] = min(counts, key=lambda value: (-counts[value], value))
    return found


@dataclass(frozen=True, slots=True)
class Probes:
    """One more mentor to try things with: otherwise like most, offering one value, with some places."""

    like: Mapping[str, Answer]
    theirs: Mapping[str, str]
    places: int

    def one_more(self, need: Need, key: str, places: int) -> Mentor:
        return Mentor(key, one_who(self.theirs[need.field], need.value, self.like), places)


def _served_more(problem: Problem, won: Mentor, served: int) -> int:
    return served_by(rescored(problem, won=[won])) - served


def _shortfalls(
    problem: Problem, needs: Sequence[Need], probes: Probes, served: int, most: int
) -> tuple[Shortfall, ...]:
    """Return how many more each mentor would serve; what the fewest of the unserved want is told by price alone."""

    def weight(need: Need) -> tuple[int, ...]:
        return -need.gain.mentees, -need.unserved, -need.gain.points

    solved = sorted(needs, key=weight)[:most] if probes.places > 1 else []
    found = []
    for need in needs:
        more = need.gain.mentees
        if more and need in solved:
            more = _served_more(problem, probes.one_more(need, ONE_MORE, probes.places), served)
        found.append(Shortfall(need, more))
    return tuple(found)


def _relief(
    problem: Problem, needs: Sequence[Need], probes: Probes, steps: int
) -> tuple[Step, ...]:
    """Recruit by value, the one that helps most first, for as long as a place serves one more."""
    found: list[Step] = []
    binding = [need for need in needs if need.gain.mentees]
    while binding and len(found) < steps:
        wanted = {f"step {len(found)}, {place}": need for place, need in enumerate(binding)}
        people = {key: probes.one_more(need, key, 1) for key, need in wanted.items()}
        best = recruit_gains(problem, list(people.values()))[0]
        if not best.gain.mentees:
            break
        problem = rescored(problem, won=[people[best.mentor]])
        need = wanted[best.mentor]
        found.append(Step("", served_by(problem), need.field, need.value))
    return tuple(found)


def _first(problem: Problem, shortlist: Sequence[Mentor], count: int) -> tuple[Step, ...]:
    known = {candidate.key: candidate for candidate in shortlist}
    found: list[Step] = []
    won: list[Mentor] = []
    for gain in recruit_list(problem, shortlist, count):
        won.append(replace(known[gain.mentor], capacity=1))
        found.append(Step(gain.mentor, served_by(rescored(problem, won=won))))
    return tuple(found)


def _kept(
    gains: Sequence[Gain], network: Network, needs: Sequence[Need], probes: Probes, caps: Caps
) -> tuple[Gain, ...]:
    """Keep the first of all, and the first of those who offer each value, in their order."""
    kept = {gain.mentor for gain in gains[: caps.listed]}
    answers = {candidate.key: candidate.answers for candidate in network.directory}
    for need in needs[: caps.values]:
        wanted, name = plain(need.value), probes.theirs[need.field]
        offering = (
            gain.mentor
            for gain in gains
            if wanted in map(plain, values_of(answers[gain.mentor].get(name)))
        )
        kept.update(key for key, _ in zip(offering, range(caps.each), strict=False))
    return tuple(gain for gain in gains if gain.mentor in kept)
