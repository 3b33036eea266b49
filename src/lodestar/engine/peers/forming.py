"""Which groups of any form are the best for people whose answers are frozen, told by their keys?

The same for the same inputs and seed on every machine: no clock ends the search.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from lodestar.engine.groups.designs import GroupDesign, rules_for
from lodestar.engine.groups.reasons import LeftOut
from lodestar.engine.groups.rules import Apart, AtMost, NotAlone, Rule, check_rules
from lodestar.engine.matching.certificate import ENGINE_VERSION
from lodestar.engine.matching.cohort import LISTED_CELLS, Bans, GivenPairs, Problem, score_people
from lodestar.engine.matching.problem import Design, MatchingError, Mentee, Mentor
from lodestar.engine.peers.forms import (
    Grouped,
    Request,
    among_peers,
    circles_of,
    groups_of,
    pairs_of_peers,
)
from lodestar.engine.peers.people import fused_scores, mutual

APART = "apart"
NOT_DIVIDED = "not_divided"
MOST_POINTS_KEPT = 60_000
Points = Mapping[str, Mapping[str, int]]


class Form(StrEnum):
    """Groups round a mentor, or pairs or circles of peers."""

    GROUPS = "groups"
    PAIRS = "pairs"
    CIRCLES = "circles"


@dataclass(frozen=True, slots=True)
class Terms:
    """What groups are asked for: form, sizes, rules for who is together, and who is never (by key).

    Among pairs of peers a most of three lets the odd one join two others.
    """

    form: Form
    groups: GroupDesign
    apart: tuple[tuple[str, str], ...] = ()
    bans: Bans = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FormedGroup:
    """One group: its mentor's key, if any, and everybody's key with their points in it."""

    mentor: str
    people: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class WithoutGroup:
    """Somebody in no group: why, which rules are in the way, and the sentence of the engine."""

    person: str
    reason: str
    rules: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Price:
    """What there would be more without a rule: people in groups, and points."""

    code: str
    served_more: int
    points_more: int
    is_proven: bool


@dataclass(frozen=True, slots=True)
class Formed:
    """The best groups found, their proof, who is in none, and what each rule costs.

    `points` say by keys what somebody is worth beside a mentor (or a peer); a pair that is missing may not be
    together. They are empty where they would be too many to keep.
    """

    groups: tuple[FormedGroup, ...]
    left: tuple[WithoutGroup, ...]
    certificate: Mapping[str, object]
    prices: tuple[Price, ...]
    points: Points


def form_groups(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    terms: Terms,
    *,
    seed: int,
) -> Formed:
    """Return the best groups; among peers there are no mentors. Raises MatchingError with the mend."""
    sides = mentors if terms.form is Form.GROUPS else [Mentor(m.key, m.answers, 1) for m in mentees]
    if len(mentees) * len(sides) > LISTED_CELLS:
        raise MatchingError(
            f"Groups are formed from at most {LISTED_CELLS:,} pairs of people, and here are "
            f"{len(mentees) * len(sides):,}: part the people, for example by place or field."
        )
    problem = score_people(mentees, sides, design, GivenPairs(bans=terms.bans))
    request = Request(problem, _sizes(terms), _rules(problem, terms), seed)
    found = _solved(request, terms.form)
    return Formed(
        tuple(_group(group.mentor, group.people, problem) for group in found.groups),
        tuple(_without(one, problem) for one in found.left),
        _certificate(problem, terms, found, seed),
        _prices(request, terms.form, found),
        _points(request, terms.form),
    )


def _sizes(terms: Terms) -> tuple[int, int]:
    return terms.groups.least, terms.groups.most


def _rules(problem: Problem, terms: Terms) -> tuple[Rule, ...]:
    people = [mentee.answers for mentee in problem.scorer.mentees]
    rules: tuple[Rule, ...] = rules_for(terms.groups, people)
    place = {mentee.key: position for position, mentee in enumerate(problem.scorer.mentees)}
    apart = tuple(
        (place[one], place[other])
        for one, other in terms.apart
        if one in place and other in place and one != other
    )
    return (*rules, Apart(APART, apart)) if apart else rules


def _solved(request: Request, form: Form) -> Grouped:
    if form is Form.GROUPS:
        return groups_of(request, priced=False)
    if form is Form.PAIRS:
        least, most = request.sizes
        return pairs_of_peers(request, with_trio=most > least)
    return _circles(request)


def _circles(request: Request) -> Grouped:
    """Form circles of as many as can be divided; whoever drew the last tickets is left over."""
    people = len(request.problem.scorer.mentees)
    check_rules(request.rules, people, request.sizes[1])
    over = people - divisible(people, *request.sizes)
    if not over:
        return circles_of(request)
    tickets = request.problem.draw(request.seed).mentee
    kept = np.sort(np.argsort(tickets, kind="stable")[: people - over]).tolist()
    fewer = circles_of(_only(request, kept))
    groups = tuple(
        replace(group, people=tuple((kept[person], points) for person, points in group.people))
        for group in fewer.groups
    )
    told = (
        f"{people} people do not divide into circles of {request.sizes[0]} to {request.sizes[1]}."
    )
    rest = sorted(set(range(people)).difference(kept))
    left = [replace(one, person=kept[one.person]) for one in fewer.left]
    left += [LeftOut(person, NOT_DIVIDED, told) for person in rest]
    return replace(
        fewer,
        groups=groups,
        left=tuple(sorted(left, key=lambda one: one.person)),
        is_proven=False,
    )


def divisible(people: int, least: int, most: int) -> int:
    """Return how many of so many people can be divided into circles of these sizes.

    >>> divisible(7, 4, 6), divisible(9, 4, 6), divisible(11, 4, 4), divisible(3, 4, 6)
    (6, 9, 8, 3)
    """
    for count in range(people, least - 1, -1):
        if -(-count // most) <= count // least:
            return count
    return people


def _only(request: Request, kept: Sequence[int]) -> Request:
    """Return the request for some of its people, in their order."""
    problem = request.problem
    mentees = [problem.scorer.mentees[place] for place in kept]
    keys = {mentee.key for mentee in mentees}
    sides = [mentor for mentor in problem.scorer.mentors if mentor.key in keys]
    fewer = score_people(mentees, sides, problem.design, problem.given)
    return replace(
        request, problem=fewer, rules=tuple(_among(rule, kept) for rule in request.rules)
    )


def _among(rule: Rule, kept: Sequence[int]) -> Rule:
    if isinstance(rule, AtMost):
        return replace(rule, value=tuple(rule.value[person] for person in kept))
    if isinstance(rule, NotAlone):
        return replace(rule, has=tuple(rule.has[person] for person in kept))
    place = {person: position for position, person in enumerate(kept)}
    inside = [pair for pair in rule.pairs if pair[0] in place and pair[1] in place]
    return replace(rule, pairs=tuple((place[one], place[other]) for one, other in inside))


def _group(mentor: str, people: Sequence[tuple[int, int]], problem: Problem) -> FormedGroup:
    keys = problem.scorer.mentees
    return FormedGroup(mentor, tuple((keys[person].key, points) for person, points in people))


def _without(left: LeftOut, problem: Problem) -> WithoutGroup:
    key = problem.scorer.mentees[left.person].key
    return WithoutGroup(key, left.reason, left.rules, left.sentence)


def _prices(request: Request, form: Form, found: Grouped) -> tuple[Price, ...]:
    """Solve once more without each rule."""
    prices = []
    for rule in request.rules:
        others = tuple(other for other in request.rules if other is not rule)
        without = _solved(replace(request, rules=others), form)
        prices.append(
            Price(
                rule.code,
                without.served - found.served,
                without.total - found.total,
                without.is_proven and found.is_proven,
            )
        )
    return tuple(prices)


def _certificate(problem: Problem, terms: Terms, found: Grouped, seed: int) -> dict[str, object]:
    return {
        "form": terms.form.value,
        "people": len(problem.scorer.mentees),
        "groups": len(found.groups),
        "least": terms.groups.least,
        "most": terms.groups.most,
        "served": found.served,
        "bound_served": found.bound_served,
        "total": found.total,
        "bound_total": found.bound_total,
        "is_proven": found.is_proven,
        "proof": found.proof,
        "seed": seed,
        "engine_version": ENGINE_VERSION,
        "inputs_sha256": problem.inputs_sha256,
    }


def _points(request: Request, form: Form) -> Points:
    keys = [mentee.key for mentee in request.problem.scorer.mentees]
    if form is Form.GROUPS:
        pairs = request.problem.pairs
        if pairs is None or len(pairs) > MOST_POINTS_KEPT:
            return {}
        others = [mentor.key for mentor in request.problem.scorer.mentors]
        rows = zip(pairs.mentee_of_each().tolist(), pairs.mentor.tolist(), pairs.score.tolist(), strict=True)  # fmt: skip
        return _by_key(keys, others, rows)
    if len(keys) ** 2 > MOST_POINTS_KEPT:
        return {}
    score, allowed, _ = among_peers(request)
    fused, among = fused_scores(score), mutual(allowed)
    one, other = np.nonzero(among)
    return _by_key(keys, keys, zip(one.tolist(), other.tolist(), fused[one, other].tolist(), strict=True))  # fmt: skip


def _by_key(
    keys: Sequence[str], others: Sequence[str], rows: "zip[tuple[int, int, int]]"
) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for one, other, points in rows:
        found.setdefault(keys[one], {})[others[other]] = points
    return found
