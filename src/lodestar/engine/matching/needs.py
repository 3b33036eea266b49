"""Which mentor more would help most, and which wants go short?

One more place with a mentor is worth exactly the smallest price that keeps everybody content without it:
the most that any mentee would gain by it over what they already hold (marginal product; Shapley & Shubik
1971, Leonard 1983). So a whole directory of people who might be won is valued by one solve: they stand
in the cohort without a place, and their prices are their gains.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers.values import plain, values_of
from lodestar.engine.matching.cohort import Problem, rescored
from lodestar.engine.matching.problem import Answer, Mentee, Mentor, Objective
from lodestar.engine.matching.regret import Cost, cost_of
from lodestar.engine.matching.run import Solved, solve

SMALLEST = 5
NOTHING_ELSE: Mapping[str, Answer] = MappingProxyType({})


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


def recruit_gains(
    problem: Problem, candidates: Sequence[Mentor], seed: int = 0
) -> tuple[Gain, ...]:
    """Return what one place with each candidate would bring, the most first.

    By the objective `served`, in one solve, however many candidates there are. Candidates who are
    mentors already are left out.

    >>> from lodestar.engine.matching.cohort import score_people
    >>> from lodestar.engine.matching.problem import Criterion, CriterionKind, Design
    >>> design = Design((Criterion("way", CriterionKind.CATEGORY, "way", "way", 1),), floor=0)
    >>> problem = score_people([Mentee("ana", {"way": "a"}), Mentee("bo", {"way": "b"})], [Mentor("mia", {"way": "a"})], design)
    >>> recruit_gains(problem, [Mentor("noor", {"way": "b"}), Mentor("zoe", {"way": "c"})])
    (Gain(mentor='noor', gain=Cost(mentees=1, points=1000000, filled=0)), Gain(mentor='zoe', gain=Cost(mentees=1, points=0, filled=0)))
    """
    wider, solved = _solved(problem, candidates, seed)
    claim, there = solved.solution.claim, len(problem.mentors)
    gains = [
        Gain(mentor.key, cost_of(int(price), claim))
        for mentor, price in zip(wider.scorer.mentors[there:], claim.price[there:], strict=True)
    ]
    return tuple(sorted(gains, key=lambda g: (-g.gain.mentees, -g.gain.points, g.mentor)))


def recruit_list(
    problem: Problem, candidates: Sequence[Mentor], count: int, seed: int = 0
) -> tuple[Gain, ...]:
    """Return whom to win first, second and so on: each time whoever brings most beside those before.

    The gains are those at each step, with one place for each candidate. Greedy: the list as a whole
    brings at least 63 percent of the best list of its length (Nemhauser, Wolsey & Fisher 1978).
    """
    left = {candidate.key: candidate for candidate in candidates}
    chosen: list[Gain] = []
    while len(chosen) < count:
        gains = recruit_gains(problem, list(left.values()), seed)
        if not gains or gains[0].gain == Cost(0, 0):
            break
        chosen.append(gains[0])
        won = replace(left.pop(gains[0].mentor), capacity=1)
        problem = rescored(problem, won=[won])
    return tuple(chosen)


def needs_by_value(
    problem: Problem,
    fields: Sequence[tuple[str, str]],
    seed: int = 0,
    *,
    smallest: int = SMALLEST,
    like: Mapping[str, Answer] = NOTHING_ELSE,
) -> tuple[Need, ...]:
    """Return demand against supply for every value of some fields, by gain, then by demand.

    `fields` are (mentees' field, mentors' field), such as ("topics", "topics"). Values that fewer than
    `smallest` mentees named are left out. `like` is what else one more mentor would answer.
    """
    named = [
        (mine, theirs, value, wanting)
        for mine, theirs in fields
        for value, wanting in _wanted(problem.scorer.mentees, mine).items()
        if len(wanting) >= smallest
    ]
    probes = [
        Mentor(f"one more: {place}", one_who(theirs, value, like))
        for place, (_, theirs, value, _) in enumerate(named)
    ]
    wider, solved = _solved(problem, probes, seed)
    price_of = dict(
        zip((m.key for m in wider.scorer.mentors), solved.solution.claim.price, strict=True)
    )
    found = [
        _need(wider, solved, entry, int(price_of[probe.key]))
        for entry, probe in zip(named, probes, strict=True)
    ]
    return tuple(
        sorted(found, key=lambda n: (-n.gain.mentees, -n.gain.points, -n.wanted, n.field, n.value))
    )


def one_who(field: str, value: str, like: Mapping[str, Answer]) -> dict[str, Answer]:
    """Return the answers of a mentor who offers a value first, and for the rest is like many.

    >>> one_who("languages", "sw", {"languages": ("en",), "time_zone": "Europe/Oslo"})
    {'languages': ('sw', 'en'), 'time_zone': 'Europe/Oslo'}
    """
    first = (value, *values_of(like.get(field)))
    return {**like, field: tuple(dict.fromkeys(first))}


def _solved(problem: Problem, candidates: Sequence[Mentor], seed: int) -> tuple[Problem, Solved]:
    design = replace(problem.design, objective=Objective.SERVED)
    wider = rescored(problem, design=design, candidates=candidates)
    return wider, solve(wider, seed)


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
