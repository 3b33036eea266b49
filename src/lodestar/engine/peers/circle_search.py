"""Which people form circles, found by exchanging them?

From a random start the best exchange of two people, or move of one, is made again and again until none
helps; then a few people are shuffled and it begins anew from there, keeping the best (iterated local search,
Lourenço, Martin & Stützle 2003; the problem is maximum diversity grouping with affinities, NP-hard). Two people
who may not be together, and whatever a rule counts too much, weigh more than all points.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.groups.rules import Apart, AtMost, NotAlone, Rule
from lodestar.engine.matching.pairs import NOBODY, Bools

SHUFFLED_SHARE = 6
FEWEST_SHUFFLED = 4
IMPOSSIBLE = -(2**62)
Circles = NDArray[np.int64]
Table = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Company:
    """Points of every two people, a forbidden two far below zero; what a fault weighs; what is counted."""

    worth: Table
    fault: int
    counted: tuple["Counted", ...]


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Of each kind a circle has at most `most`, and none or at least `least`; `kind` by person, or -1."""

    kind: NDArray[np.int64]
    unlike: Bools
    most: int
    least: int = 0

    def counts(self, circle: Circles, circles: int) -> Table:
        """Return how many of each kind every circle has."""
        kinds = max(0, int(self.kind.max(initial=0))) + 1
        known = self.kind != NOBODY
        cells = circle[known] * kinds + self.kind[known]
        return np.bincount(cells, minlength=circles * kinds).reshape(circles, kinds)

    def cost(self, counts: Table) -> Table:
        """How far numbers of people are from what is allowed."""
        alone = np.where(counts < self.least, np.minimum(counts, self.least - counts), 0)
        return np.maximum(counts - self.most, 0) + np.maximum(alone, 0)

    def changes(self, circle: Circles, circles: int) -> tuple[Table, Table]:
        """Return what faults it adds when somebody leaves their circle, and joins each circle."""
        counts = self.counts(circle, circles)
        now = self.cost(counts)
        known = self.kind != NOBODY
        leaves = (self.cost(counts - 1) - now)[circle, self.kind]
        joins = (self.cost(counts + 1) - now)[:, self.kind].T
        return np.where(known, leaves, 0), np.where(known[:, None], joins, 0)


def _counted(rule: AtMost | NotAlone) -> Counted:
    if isinstance(rule, NotAlone):
        kind = np.where(np.array(rule.has, dtype=bool), 0, NOBODY)
        return Counted(kind, _unlike(kind), most=len(kind), least=rule.least)
    names = {value: number for number, value in enumerate(sorted({*rule.value} - {""}))}
    kind = np.array([names.get(value, NOBODY) for value in rule.value], dtype=np.int64)
    return Counted(kind, _unlike(kind), rule.most)


def _unlike(kind: NDArray[np.int64]) -> Bools:
    return np.asarray(kind[:, None] != kind[None, :])


def company_of(score: Table, allowed: Bools, rules: Sequence[Rule], most: int) -> Company:
    """Return what two people together are worth (`most`: the size of the largest circle).

    >>> score = np.array([[0, 7], [7, 0]])
    >>> company_of(score, np.zeros((2, 2), dtype=bool), (), 2).worth.tolist()
    [[0, -29], [-29, 0]]
    """
    fault = int(score.max(initial=0)) * len(score) * most + 1
    together = allowed.copy()
    for rule in rules:
        for one, other in rule.pairs if isinstance(rule, Apart) else ():
            together[one, other] = together[other, one] = False
    worth = np.where(together, score, -fault).astype(np.int64)
    np.fill_diagonal(worth, 0)
    counted = tuple(_counted(rule) for rule in rules if not isinstance(rule, Apart))
    return Company(worth, fault, counted)


def searched(
    company: Company,
    sizes: Sequence[int],
    shuffles: int,
    rng: np.random.Generator,
    may_go_on: Callable[[], bool],
) -> Circles:
    """Return the number of everybody's circle; the circles have these sizes, in some order.

    `may_go_on` is asked before each shuffle.
    """
    start = rng.permutation(np.repeat(np.arange(len(sizes)), sizes)).astype(np.int64)
    best = _improved(company, start, len(sizes))
    highest = value_of(company, best, len(sizes))
    shuffled = min(len(start), max(FEWEST_SHUFFLED, len(start) // SHUFFLED_SHARE))
    for _ in range(shuffles if len(sizes) > 1 else 0):
        if not may_go_on():
            break
        tried = best.copy()
        moved = rng.choice(len(tried), size=shuffled, replace=False)
        tried[moved] = tried[rng.permutation(moved)]
        tried = _improved(company, tried, len(sizes))
        value = value_of(company, tried, len(sizes))
        if value >= highest:
            best, highest = tried, value
    return best


def value_of(company: Company, circle: Circles, count: int) -> int:
    """Return the points of all circles together, less every fault."""
    same = circle[:, None] == circle[None, :]
    faults = sum(int(each.cost(each.counts(circle, count)).sum()) for each in company.counted)
    return int(company.worth[same].sum()) // 2 - company.fault * faults


def _improved(company: Company, circle: Circles, count: int) -> Circles:
    """Make the best exchange or move until none raises the value."""
    circle = circle.copy()
    beside = np.zeros((len(circle), count), dtype=np.int64)
    for number in range(count):
        beside[:, number] = company.worth[:, circle == number].sum(axis=1)
    while True:
        swap, swap_gain = _best_of(_swap_gains(company, circle, beside))
        move, move_gain = _best_of(_move_gains(company, circle, beside))
        if max(swap_gain, move_gain) <= 0:
            return circle
        if swap_gain >= move_gain:
            one, other = swap
            there = int(circle[other])
            _put(company, circle, beside, other, int(circle[one]))
            _put(company, circle, beside, one, there)
        else:
            _put(company, circle, beside, *move)


def _put(company: Company, circle: Circles, beside: Table, person: int, number: int) -> None:
    beside[:, circle[person]] -= company.worth[:, person]
    beside[:, number] += company.worth[:, person]
    circle[person] = number


def _best_of(gains: Table) -> tuple[tuple[int, int], int]:
    row, column = np.unravel_index(np.argmax(gains), gains.shape)
    return (int(row), int(column)), int(gains[row, column])


def _swap_gains(company: Company, circle: Circles, beside: Table) -> Table:
    """What it brings when two people of different circles change places."""
    there = beside[:, circle]
    here = np.diagonal(there)
    gains = there + there.T - here[:, None] - here[None, :] - 2 * company.worth
    for each in company.counted:
        leaves, joins = each.changes(circle, beside.shape[1])
        onward = joins[:, circle] + leaves[:, None]
        gains -= company.fault * each.unlike * (onward + onward.T)
    gains[circle[:, None] == circle[None, :]] = IMPOSSIBLE
    return np.asarray(gains)


def _move_gains(company: Company, circle: Circles, beside: Table) -> Table:
    """What it brings when somebody of a larger circle goes to a smaller one, which keeps sizes even."""
    people, count = beside.shape
    size = np.bincount(circle, minlength=count)
    gains = beside - beside[np.arange(people), circle][:, None]
    for each in company.counted:
        leaves, joins = each.changes(circle, count)
        gains -= company.fault * (joins + leaves[:, None])
    gains[size[circle][:, None] <= size[None, :]] = IMPOSSIBLE
    return np.asarray(gains)
