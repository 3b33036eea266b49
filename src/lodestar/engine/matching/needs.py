"""Which mentor more would help most, and which wants go short?

One more place with a mentor is worth exactly the smallest price that keeps everybody content without it:
the most that any mentee would gain by it over what they already hold (marginal product; Shapley & Shubik
1971, Leonard 1983). So a whole directory of people who might be won is valued by one solve: they stand
in the cohort without a place, and their prices are their gains.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.answers import plain, values_of
from lodestar.engine.matching.cohort import NOTHING_GIVEN, GivenPairs, Problem, score_people
from lodestar.engine.matching.problem import Answer, Design, Mentee, Mentor, Objective
from lodestar.engine.matching.regret import Cost, cost_of
from lodestar.engine.matching.run import Solved, solve

SMALLEST = 5


@dataclass(frozen=True, slots=True)
class Gain:
    """What one place with somebody would bring: mentees served in addition, and points beside."""

    mentor: str
    gain: Cost


@dataclass(frozen=True, slots=True)
class Need:
    """One value that mentees want: how many do, what is offered, and what one more place with it brings.

    `wanted` mentees named it; `places` are those of the mentors who offer it; `met` mentees of the wanted
    have a mentor who does; `unserved` of them have none at all. `gain` is what one more place would bring
    with a mentor of whom only this is known.
    """

    field: str
    value: str
    wanted: int
    places: int
    met: int
    unserved: int
    gain: Cost


@dataclass(frozen=True, slots=True, eq=False)
class Cohort:
    """Who is there, and the rules; what the questions of this file are asked about."""

    mentees: Sequence[Mentee]
    mentors: Sequence[Mentor]
    design: Design
    given: GivenPairs = NOTHING_GIVEN


def recruit_gains(cohort: Cohort, candidates: Sequence[Mentor], seed: int = 0) -> tuple[Gain, ...]:
    """Return what one place with each candidate would bring, the most first.

    By the objective `served`, in one solve, however many candidates there are. Candidates who are
    mentors already are left out.

    >>> from lodestar.engine.matching.problem import Criterion, CriterionKind
    >>> design = Design((Criterion("way", CriterionKind.CATEGORY, "way", "way", 1),), floor=0)
    >>> cohort = Cohort([Mentee("ana", {"way": "a"}), Mentee("bo", {"way": "b"})], [Mentor("mia", {"way": "a"})], design)
    >>> recruit_gains(cohort, [Mentor("noor", {"way": "b"}), Mentor("zoe", {"way": "c"})])
    (Gain(mentor='noor', gain=Cost(mentees=1, points=1000000, filled=0)), Gain(mentor='zoe', gain=Cost(mentees=1, points=0, filled=0)))
    """
    problem, solved = _solved(cohort, candidates, seed)
    prices = solved.solution.claim.price[len(cohort.mentors) :]
    claim = solved.solution.claim
    gains = [
        Gain(mentor.key, cost_of(int(price), claim))
        for mentor, price in zip(problem.scorer.mentors[len(cohort.mentors) :], prices, strict=True)
    ]
    return tuple(sorted(gains, key=lambda g: (-g.gain.mentees, -g.gain.points, g.mentor)))


def recruit_list(
    cohort: Cohort, candidates: Sequence[Mentor], count: int, seed: int = 0
) -> tuple[Gain, ...]:
    """Return whom to win first, second and so on: each time whoever brings most beside those before.

    The gains are those at each step, with one place for each candidate. Greedy: the list as a whole
    brings at least 63 percent of the best list of its length (Nemhauser, Wolsey & Fisher 1978).
    """
    left = {candidate.key: candidate for candidate in candidates}
    chosen: list[Gain] = []
    while len(chosen) < count:
        gains = recruit_gains(cohort, list(left.values()), seed)
        if not gains or gains[0].gain == Cost(0, 0):
            break
        chosen.append(gains[0])
        won = replace(left.pop(gains[0].mentor), capacity=1)
        cohort = replace(cohort, mentors=[*cohort.mentors, won])
    return tuple(chosen)


def needs_by_value(
    cohort: Cohort, fields: Sequence[tuple[str, str]], seed: int = 0, *, smallest: int = SMALLEST
) -> tuple[Need, ...]:
    """Return demand against supply for every value of some fields, by gain, then by demand.

    `fields` are (mentees' field, mentors' field), such as ("topics", "topics"). Values that fewer than
    `smallest` mentees named are left out.
    """
    named = [
        (mine, theirs, value, wanting)
        for mine, theirs in fields
        for value, wanting in _wanted(cohort.mentees, mine).items()
        if len(wanting) >= smallest
    ]
    probes = [
        Mentor(f"one more: {place}", {theirs: (value,)})
        for place, (_, theirs, value, _) in enumerate(named)
    ]
    problem, solved = _solved(cohort, probes, seed)
    prices = solved.solution.claim.price[len(cohort.mentors) :]
    place_of = {mentor.key: place for place, mentor in enumerate(problem.scorer.mentors)}
    found = [
        _need(problem, solved, entry, int(prices[place_of[probe.key] - len(cohort.mentors)]))
        for entry, probe in zip(named, probes, strict=True)
    ]
    return tuple(
        sorted(found, key=lambda n: (-n.gain.mentees, -n.gain.points, -n.wanted, n.field, n.value))
    )


def _solved(cohort: Cohort, candidates: Sequence[Mentor], seed: int) -> tuple[Problem, Solved]:
    design = replace(cohort.design, objective=Objective.SERVED)
    problem = score_people(cohort.mentees, cohort.mentors, design, cohort.given, candidates)
    return problem, solve(problem, seed)


def _wanted(mentees: Sequence[Mentee], field: str) -> dict[str, list[str]]:
    """Return by value who wants it, each value as it is first written."""
    spelled: dict[str, str] = {}
    found: dict[str, list[str]] = {}
    for mentee in mentees:
        for value in values_of(mentee.answers.get(field)):
            found.setdefault(spelled.setdefault(plain(value), value), []).append(mentee.key)
    return found


def _need(
    problem: Problem, solved: Solved, entry: tuple[str, str, str, list[str]], price: int
) -> Need:
    mine, theirs, value, wanting = entry
    scorer, claim = problem.scorer, solved.solution.claim
    offers = _offering(scorer.mentors, theirs, value)
    partners: dict[str, list[int]] = {}
    for row, column in zip(claim.mentee.tolist(), claim.mentor.tolist(), strict=True):
        partners.setdefault(scorer.mentees[row].key, []).append(column)
    for row, column in problem.pinned:
        partners.setdefault(scorer.mentees[row].key, []).append(column)
    return Need(
        field=mine,
        value=value,
        wanted=len(wanting),
        places=int(scorer.market.capacity[offers].sum()),
        met=sum(any(offers[column] for column in partners.get(key, ())) for key in wanting),
        unserved=sum(key not in partners for key in wanting),
        gain=cost_of(price, claim),
    )


def _offering(mentors: Sequence[Mentor], field: str, value: str) -> NDArray[np.bool_]:
    wanted = plain(value)
    said: list[Answer] = [mentor.answers.get(field) for mentor in mentors]
    return np.array([wanted in map(plain, values_of(answer)) for answer in said], dtype=bool)
