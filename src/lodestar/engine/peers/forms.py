"""Which engine answers for which form of group, and how is its answer told alike for all?"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.groups.groups import (
    GroupSizes,
    GroupTerms,
    RulePrice,
    group_matching,
    rule_prices,
)
from lodestar.engine.groups.program import Effort
from lodestar.engine.groups.reasons import LeftOut
from lodestar.engine.groups.rules import Apart, Rule
from lodestar.engine.matching.cohort import Problem
from lodestar.engine.matching.defaults import CONSTRAINTS, CRITERIA
from lodestar.engine.matching.lottery import Tickets
from lodestar.engine.matching.pairs import Bools
from lodestar.engine.matching.problem import CriterionKind, Design, MatchingError
from lodestar.engine.peers.circles import CircleSizes, CircleTerms, peer_circles
from lodestar.engine.peers.peers import OddOne, PeerTerms, peer_matching
from lodestar.engine.peers.people import fused_scores

Table = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Request:
    """A scored problem and what groups of it are asked for. Rules speak of mentees (or peers) by position.

    The search ends after so many `seconds`, or when `may_go_on` says no; without either it is the same on
    every machine.
    """

    problem: Problem
    sizes: tuple[int, int]
    rules: tuple[Rule, ...]
    seed: int
    seconds: float | None = None
    may_go_on: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Members:
    """One group: its mentor's key, if any, and each person (by position) with their points in it."""

    mentor: str
    people: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Grouped:
    """Groups of any form, how good they are, and who is in none."""

    form: str
    groups: tuple[Members, ...]
    served: int
    total: int
    bound_served: int
    bound_total: int
    is_proven: bool
    proof: str
    left: tuple[LeftOut, ...]
    prices: tuple[RulePrice, ...] | None = None


def peers_design() -> Design:
    """Return the usual design for peers: the usual one, but nobody has to be years ahead."""
    alike = tuple(one for one in CRITERIA if one.kind is not CriterionKind.GAP)
    return Design(criteria=alike, constraints=CONSTRAINTS)


def groups_of(request: Request, *, priced: bool) -> Grouped:
    """Form groups round a mentor; with what each rule costs, if asked."""
    problem = request.problem
    if problem.pairs is None:
        raise MatchingError("These are more pairs of people than groups are formed from.")
    pairs, drawn = problem.pairs, problem.draw(request.seed)
    sizes, terms = (
        GroupSizes(*request.sizes),
        GroupTerms(request.rules, Effort(seconds=request.seconds)),
    )
    found = group_matching(pairs, sizes, drawn, terms)
    groups = []
    for group in found.groups:
        place = pairs.positions_of(
            np.array(group.mentees), np.full(len(group.mentees), group.mentor)
        )
        points = pairs.score[place].tolist()
        people = tuple(zip(group.mentees, points, strict=True))
        groups.append(Members(problem.mentors[group.mentor].key, people))
    return Grouped(
        "groups",
        tuple(groups),
        found.served,
        found.total,
        found.bound_served,
        found.bound_total,
        found.is_proven,
        found.proof.value,
        found.left,
        rule_prices(pairs, sizes, drawn, terms) if priced else None,
    )


def pairs_of_peers(request: Request, *, with_trio: bool) -> Grouped:
    """Pair peers, with one group of three if asked and needed."""
    others = [rule.code for rule in request.rules if not isinstance(rule, Apart)]
    if others:
        raise MatchingError(
            f"Rule “{others[0]}” speaks of groups, and pairs have room for --apart only: take it out, or write "
            "a constraint of the design, such as not_same."
        )
    score, allowed, tickets = among_peers(request)
    for rule in request.rules:
        for one, other in rule.pairs if isinstance(rule, Apart) else ():
            allowed[one, other] = allowed[other, one] = False
    odd_one = OddOne.TRIO if with_trio else OddOne.LEFT_OVER
    found = peer_matching(score, allowed, tickets, PeerTerms(odd_one, request.may_go_on))
    every = [*found.pairs, *([found.trio] if found.trio else [])]
    return Grouped(
        "pairs",
        _members(score, every),
        found.served,
        found.total,
        found.bound_served,
        found.bound_total,
        found.is_proven,
        "prices" if found.is_proven else "bound",
        found.left,
    )


def circles_of(request: Request) -> Grouped:
    """Form circles of peers."""
    score, allowed, tickets = among_peers(request)
    terms = CircleTerms(request.rules, may_go_on=request.may_go_on)
    found = peer_circles(score, allowed, CircleSizes(*request.sizes), tickets, terms)
    people = [circle.people for circle in found.circles]
    return Grouped(
        "circles",
        _members(score, people),
        sum(map(len, people)),
        found.total,
        len(score),
        found.bound,
        found.is_proven,
        "bound",
        found.left,
    )


def _members(score: Table, groups: Iterable[tuple[int, ...]]) -> tuple[Members, ...]:
    """Return the groups with what each person has in common with the others, in points."""
    fused = fused_scores(score)
    np.fill_diagonal(fused, 0)
    found = []
    for people in sorted(map(sorted, groups)):
        points = fused[np.ix_(people, people)].sum(axis=1).tolist()
        found.append(Members("", tuple(zip(people, points, strict=True))))
    return tuple(found)


def among_peers(request: Request) -> tuple[Table, Bools, Tickets]:
    """Return everybody's points for everybody, who may be together, and everybody's ticket."""
    problem = request.problem
    pairs, people = problem.scorer.listed(), len(problem.scorer.mentees)
    score, allowed = np.zeros((people, people), dtype=np.int64), np.zeros((people, people), bool)
    score[pairs.mentee_of_each(), pairs.mentor] = pairs.score
    allowed[pairs.mentee_of_each(), pairs.mentor] = True
    return score, allowed, problem.draw(request.seed).mentee
