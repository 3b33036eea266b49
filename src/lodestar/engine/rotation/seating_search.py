"""How can a seating plan be bettered, a swap at a time?

Iterated steepest descent (Lourenço, Martin & Stützle 2003): in one round after the other the best swap of two
people of one side is made as long as one helps; then some are swapped by the lot, and the better plan is kept.
It counts, strictly in this order: people who may not sit together, who waits again and again, people who
meet again, points of mentees and mentors who meet. A good plan, not a proven best one.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.pairs import Bools
from lodestar.engine.matching.problem import PERFECT

WAITS, ABSENT = -1, -2
CELLS = 100_000_000
MOST_STEPS = 10_000
NO_SWAP = 2**61
SHAKES = 4
PATIENCE = 200

Plan = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Crowd:
    """Everybody by position: side, points with each other person, who may not sit together, who has met.

    `points` counts once for two people who meet, `apart` and `met` are symmetric as well.
    """

    is_mentor: Bools
    points: NDArray[np.int64]
    apart: Bools
    met: NDArray[np.int64]

    @property
    def repeat_cost(self) -> int:
        """More than one swap can gain in points."""
        return 4 * PERFECT * (1 + len(self.is_mentor))

    @property
    def wait_cost(self) -> int:
        return self.repeat_cost * (1 + len(self.is_mentor))

    @property
    def apart_cost(self) -> int:
        return self.wait_cost * 128

    def costs(self, met: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return what two people at one table cost when they have met so often already."""
        found = np.where(met > 0, self.repeat_cost * met, -self.points)
        return np.where(self.apart, self.apart_cost, found)


def bettered(crowd: Crowd, plan: Plan, seed: int) -> Plan:
    """Return a better plan of the same shape: tables (from 0) by round and person; WAITS, ABSENT.

    Two people change places only if both are mentors or both mentees, so every table keeps its mix.

    >>> nobody = np.zeros((4, 4), dtype=np.int64)
    >>> crowd = Crowd(np.zeros(4, dtype=bool), nobody, nobody > 0, nobody)
    >>> one, other = bettered(crowd, np.array([[0, 0, 1, 1], [0, 0, 1, 1]]), 1)
    >>> int((beside(one) & beside(other)).sum())
    0
    """
    search = _Search(crowd, plan)
    chance = np.random.default_rng(seed)
    search.descend()
    best, least, in_vain = search.plan.copy(), search.cost(), 0
    while search.steps > 0 and in_vain < PATIENCE:
        search.shake(chance)
        search.descend()
        cost = search.cost()
        in_vain = 0 if cost < least else in_vain + 1
        if cost <= least:
            best, least = search.plan.copy(), cost
        else:
            search.restart(best)
    return best


def relabelled(crowd: Crowd, plan: Plan) -> Plan:
    """Return the same plan with people of one side given each other's seats of all rounds, for more points.

    Who meets how often is left as it is, only for other people; apart comes before points.
    """
    plan = plan.copy()
    worth = np.where(crowd.apart, -crowd.repeat_cost, crowd.points)
    meets = np.sum([beside(tables) for tables in plan], axis=0)
    others = crowd.is_mentor[:, None] != crowd.is_mentor
    product = worth @ meets
    while True:
        own = np.diagonal(product)
        gain = product + product.T - own[:, None] - own + 2 * worth * meets
        gain[others] = 0
        pair = list(divmod(int(np.argmax(gain)), len(gain)))
        if gain[tuple(pair)] <= 0:
            return plan
        plan[:, pair] = plan[:, pair[::-1]]
        was = meets[pair]
        meets[pair] = meets[pair[::-1]]
        meets[:, pair] = meets[:, pair[::-1]]
        product += worth[:, pair] @ (meets[pair] - was)
        product[:, pair] = worth @ meets[:, pair]


class _Search:
    """A plan being changed, with who sits together in each round."""

    def __init__(self, crowd: Crowd, plan: Plan) -> None:
        self.crowd = crowd
        people = len(crowd.is_mentor)
        self.same_side = crowd.is_mentor[:, None] == crowd.is_mentor
        self.tables = int(plan.max(initial=0)) + 1
        self.steps = max(1, min(MOST_STEPS, CELLS // (people * people + 1)))
        self.restart(plan)

    def restart(self, plan: Plan) -> None:
        self.plan = plan.copy()
        self.together = np.array([beside(tables) for tables in plan])
        self.met = self.crowd.met + self.together.sum(axis=0)

    def cost(self) -> int:
        """Return what the whole plan costs."""
        crowd = self.crowd
        times, before = self.met, crowd.met
        repeats = (times * (times - 1) - before * (before - 1)) // 2
        new = (times > 0) & (before == 0) & ~crowd.apart
        waits = (self.plan == WAITS).sum(axis=0)
        of_pairs = (
            crowd.apart_cost * int((times - before)[crowd.apart].sum())
            + crowd.repeat_cost * int(repeats[~crowd.apart].sum())
            - int(crowd.points[new].sum())
        )
        return of_pairs // 2 + crowd.wait_cost * int((waits * (waits + 1) // 2).sum())

    def descend(self) -> None:
        """Better round after round until none gets better or the steps are spent."""
        rounds = range(len(self.plan))
        while sum(self.settle(number) for number in rounds) and self.steps > 0:
            pass

    def settle(self, number: int) -> bool:
        """Make the best swap in one round as long as one helps; tell whether one did."""
        tables = self.plan[number]
        others = self.met - self.together[number]
        costs = self.crowd.costs(others)
        waits = (self.plan == WAITS).sum(axis=0) - (tables == WAITS)
        offer = _Offer(tables, costs, self.crowd.wait_cost * (waits + 1), self.tables)
        allowed = self.same_side & (tables[:, None] != ABSENT) & (tables != ABSENT)
        moved = False
        while self.steps > 0:
            self.steps -= 1
            one, other, gain = offer.best_swap(allowed)
            if gain <= 0:
                break
            offer.swap(one, other)
            moved = True
        if moved:
            self.together[number] = beside(tables)
            self.met = others + self.together[number]
        return moved

    def shake(self, chance: np.random.Generator) -> None:
        """Swap some people of one round by the lot."""
        tables = self.plan[int(chance.integers(len(self.plan)))]
        here = np.flatnonzero(tables != ABSENT)
        for _ in range(SHAKES if len(here) else 0):
            one = int(chance.choice(here))
            partners = here[self.same_side[one, here] & (tables[here] != tables[one])]
            if len(partners):
                pair = [one, int(chance.choice(partners))]
                tables[pair] = tables[pair[::-1]]
        self.restart(self.plan)


def beside(tables: Plan) -> Bools:
    """Return who sits together in one round.

    >>> beside(np.array([0, 0, WAITS])).astype(int).tolist()
    [[0, 1, 0], [1, 0, 0], [0, 0, 0]]
    """
    is_other = ~np.eye(len(tables), dtype=bool)
    return np.asarray((tables[:, None] == tables) & (tables >= 0) & is_other)


class _Offer:
    """What every table costs every person in one round, kept true from swap to swap."""

    def __init__(self, tables: Plan, costs: Plan, wait_costs: Plan, count: int) -> None:
        self.tables, self.costs, self.count = tables, costs, count
        sits = tables[:, None] == np.arange(count)
        self.at = np.column_stack([costs @ sits, wait_costs])

    def best_swap(self, allowed: Bools) -> tuple[int, int, int]:
        """Return the two people whose change of places gains the most, and the gain."""
        column = np.where(self.tables >= 0, self.tables, self.count)
        there = self.at[:, column]
        moved = there - np.diagonal(there)[:, None]
        seated = (self.tables >= 0).astype(np.int64)
        change = moved + moved.T - self.costs * (seated[:, None] + seated)
        change[~allowed | (column[:, None] == column)] = NO_SWAP
        place = int(np.argmin(change))
        one, other = divmod(place, len(column))
        return one, other, -int(change[one, other])

    def swap(self, one: int, other: int) -> None:
        first, second = int(self.tables[one]), int(self.tables[other])
        shift = self.costs[:, other] - self.costs[:, one]
        for table, sign in ((first, 1), (second, -1)):
            if table >= 0:
                self.at[:, table] += sign * shift
        self.tables[[one, other]] = second, first
