"""Which mentor has which group of mentees, when a group must be neither too small nor too large?

Strictly in this order: most mentees served, then the largest total. First the same is solved without the
least size; where no group comes out too small and no rule is broken, that is the answer, with the proof
of one-to-one matching. Otherwise a search decides which mentors open (program.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np

from lodestar.engine.groups.program import Effort, Found, program_of
from lodestar.engine.groups.reasons import LeftOut, left_out_of
from lodestar.engine.groups.rules import Rule, broken_rules, check_rules, in_order
from lodestar.engine.groups.start import best_drawn, good_groups, members_of, reached
from lodestar.engine.matching.assignment import Taken, heaviest_matching, units_of
from lodestar.engine.matching.lottery import Drawn
from lodestar.engine.matching.pairs import EligiblePairs, ends_of, loads_of, reordered
from lodestar.engine.matching.problem import MatchingError


class GroupProof(StrEnum):
    """How it is known that no groups are better.

    `checked`: even without a least size and without rules nothing is better, which prices prove to the
    point. `searched`: HiGHS closed its search, to its tolerance of a millionth. `open`: the search was
    stopped; the bounds hold.
    """

    CHECKED = "checked"
    SEARCHED = "searched"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class GroupSizes:
    """A mentor takes no group, or `least` to `most` mentees, and never more than their places."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class GroupTerms:
    """What holds besides the sizes: rules for who is together, and how long to search."""

    rules: tuple[Rule, ...] = ()
    effort: Effort = field(default_factory=Effort)


@dataclass(frozen=True, slots=True)
class Group:
    """A mentor and their mentees, by position, and the points of their pairs together."""

    mentor: int
    mentees: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class GroupMatching:
    """The groups by mentor, and how good they are.

    Nothing serves more than `bound_served`; of all groups that serve at least `served`, none total more than
    `bound_total` points. `left` has everybody without a group, and why.
    """

    groups: tuple[Group, ...]
    served: int
    total: int
    bound_served: int
    bound_total: int
    proof: GroupProof
    left: tuple[LeftOut, ...]

    @property
    def is_proven(self) -> bool:
        return self.proof is not GroupProof.OPEN

    @property
    def gap(self) -> int:
        """How many points may be missing to the largest total of as many served."""
        return self.bound_total - self.total


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What one rule costs: how many mentees more, and points more, there would be without it.

    Where one of the two searches was stopped, `is_proven` is false and the numbers are of the best found.
    """

    code: str
    served_more: int
    total_more: int
    is_proven: bool
    sentence: str


@dataclass(frozen=True, slots=True, eq=False)
class _Answer:
    """Positions of the pairs taken, both bounds, and whether prices prove them."""

    taken: Taken
    bound_served: int
    bound_total: int
    is_checked: bool = False


def group_matching(
    pairs: EligiblePairs, sizes: GroupSizes, drawn: Drawn, terms: GroupTerms | None = None
) -> GroupMatching:
    """Return the best groups. `capacity` and `demand` of the pairs hold; their `minimum` is not used.

    Raises MatchingError when sizes or rules cannot be met by anybody. The same for any order of the rows.
    Without rules equals are drawn once the mentors who open are settled; which of equally good sets of
    mentors opens, and with rules everything that is equal, depends on the tickets, but is not an even draw.

    >>> from lodestar.engine.matching.lottery import draw
    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([9, 4, 5, 6]), np.array([2, 2]))
    >>> group_matching(pairs, GroupSizes(2, 2), draw(1, "ab", "xy")).groups
    (Group(mentor=0, mentees=(0, 1), total=14),)
    """
    terms = terms or GroupTerms()
    _check(pairs, sizes, terms.rules)
    orders = np.argsort(drawn.mentee, kind="stable"), np.argsort(drawn.mentor, kind="stable")
    rules = tuple(in_order(rule, orders[0].tolist()) for rule in terms.rules)
    placed = _bounded(reordered(pairs, *orders), sizes)
    redrawn = Drawn(drawn.mentee[orders[0]], drawn.mentor[orders[1]])
    answer = _best(_Case(placed, sizes.least, redrawn, rules), terms.effort)
    mentee, mentor = ends_of(placed, answer.taken)
    bounded = _bounded(pairs, sizes)
    taken = bounded.positions_of(orders[0][mentee], orders[1][mentor])
    return _as_matching(bounded, sizes, terms.rules, replace(answer, taken=taken))


def rule_prices(
    pairs: EligiblePairs, sizes: GroupSizes, drawn: Drawn, terms: GroupTerms
) -> tuple[RulePrice, ...]:
    """Return what each rule costs, by solving once more without it."""
    within = group_matching(pairs, sizes, drawn, terms)
    return tuple(
        _price_of(
            rule.code, within, group_matching(pairs, sizes, drawn, replace(terms, rules=others))
        )
        for rule in terms.rules
        for others in [tuple(other for other in terms.rules if other is not rule)]
    )


def _price_of(code: str, within: GroupMatching, without: GroupMatching) -> RulePrice:
    more = without.served - within.served
    points = without.total - within.total
    is_proven = within.is_proven and without.is_proven
    if more > 0:
        who = "1 mentee" if more == 1 else f"{more} mentees"
        told = f"Without rule '{code}' {who} more would have a group."
    elif points > 0 and not more:
        told = f"Rule '{code}' leaves nobody out and costs {points:,} points."
    else:
        told = f"Rule '{code}' costs nothing."
    if not is_proven:
        told += " The search was stopped, so this is no more than an estimate."
    return RulePrice(code, more, points, is_proven, told)


def _check(pairs: EligiblePairs, sizes: GroupSizes, rules: Sequence[Rule]) -> None:
    least, most = sizes.least, sizes.most
    if least < 1:
        raise MatchingError("A group needs at least one mentee: let the least size be 1 or more.")
    if least > most:
        raise MatchingError(
            f"A group cannot have at least {least} and at most {most} mentees: lower the least or raise the most."
        )
    if pairs.mentees < least:
        raise MatchingError(
            f"A group needs at least {least} mentees, and there are {pairs.mentees}: lower the least size."
        )
    largest = int(pairs.capacity.max(initial=0))
    if largest < least:
        raise MatchingError(
            f"A group needs at least {least} mentees, and no mentor has more than {largest} places: "
            "raise capacities or lower the least size."
        )
    check_rules(rules, pairs.mentees, most)


def _bounded(pairs: EligiblePairs, sizes: GroupSizes) -> EligiblePairs:
    """Return the pairs with no more places than the largest group, and none where the least is too many."""
    places = np.minimum(pairs.capacity, sizes.most)
    places = np.where(places >= sizes.least, places, 0).astype(np.int64)
    return replace(pairs, capacity=places, minimum=None).only(places[pairs.mentor] > 0)


@dataclass(frozen=True, slots=True, eq=False)
class _Case:
    """One request, in the order of the tickets."""

    pairs: EligiblePairs
    least: int
    drawn: Drawn
    rules: tuple[Rule, ...]

    def is_allowed(self, taken: Taken) -> bool:
        return all(
            len(mentees) >= self.least and not broken_rules(self.rules, mentees)
            for mentees in members_of(self.pairs, taken).values()
        )

    def settled(self, taken: Taken) -> Taken:
        """Without rules solve once more, exactly, with the open mentors fixed; a lottery decides among equals.

        With a minimum for each open mentor, the most are served and every minimum is reached
        (Mendelsohn & Dulmage 1958).
        """
        if self.rules:
            return taken
        is_open = loads_of(self.pairs, taken)[1] > 0
        places = np.where(is_open, self.pairs.capacity, 0)
        opened = replace(self.pairs, capacity=places, minimum=np.where(is_open, self.least, 0))
        return best_drawn(opened, self.drawn)

    def better(self, known: Taken, found: Found | None) -> Taken:
        """Return the better of groups known and found; a search in floating point is not simply believed."""
        taken = known if found is None else self.settled(found.taken)
        if not self.is_allowed(taken):
            return known
        return max(known, taken, key=lambda one: reached(self.pairs, one))


def _best(case: _Case, effort: Effort) -> _Answer:
    pairs = case.pairs
    relaxed = best_drawn(pairs, case.drawn)
    served, total = reached(pairs, relaxed)
    if case.is_allowed(relaxed):
        return _Answer(relaxed, served, total, is_checked=True)
    program = program_of(pairs, np.full(pairs.mentors, case.least), pairs.capacity, case.rules)
    best = case.settled(good_groups(pairs, case.least, case.rules, relaxed, case.drawn))
    if reached(pairs, best)[0] < served:
        first = program.most_served(effort)
        best = case.better(best, first)
        served = served if first is None else min(served, first.bound)
    second = program.largest_total(reached(pairs, best)[0], effort)
    # Without a least size and without rules no total is larger, whoever that serves.
    most = reached(pairs, heaviest_matching(pairs, pairs.score, units_of(pairs, 0, 0)))[1]
    bound = most if second is None else min(most, second.bound)
    return _Answer(case.better(best, second), served, bound)


def _as_matching(
    pairs: EligiblePairs, sizes: GroupSizes, rules: Sequence[Rule], answer: _Answer
) -> GroupMatching:
    served, total = reached(pairs, answer.taken)
    members = members_of(pairs, np.sort(answer.taken))
    points = np.zeros(pairs.mentors, dtype=np.int64)
    np.add.at(points, pairs.mentor[answer.taken], pairs.score[answer.taken])
    proof = GroupProof.CHECKED
    if not answer.is_checked:
        is_closed = (served, total) >= (answer.bound_served, answer.bound_total)
        proof = GroupProof.SEARCHED if is_closed else GroupProof.OPEN
    serves_most = served >= answer.bound_served
    return GroupMatching(
        tuple(
            Group(mentor, tuple(mentees), int(points[mentor]))
            for mentor, mentees in sorted(members.items())
        ),
        served,
        total,
        max(served, answer.bound_served),
        max(total, answer.bound_total),
        proof,
        left_out_of(pairs, members, sizes.least, rules, is_proven=serves_most),
    )
