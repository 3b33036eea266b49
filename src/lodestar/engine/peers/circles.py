"""Which people form circles of peers, a few in each, so that they suit one another?

The best found by a search (circle_search.py), with a bound that no circles exceed. It is seldom proven that
nothing is better: the problem is NP-hard, and the bound is not tight. It says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.groups.reasons import LeftOut
from lodestar.engine.groups.rules import Rule, check_rules, in_order
from lodestar.engine.matching.lottery import Tickets
from lodestar.engine.matching.pairs import Bools, Ints
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.peers.circle_bound import circles_bound
from lodestar.engine.peers.circle_places import Setting, left_of, placed
from lodestar.engine.peers.circle_search import company_of, searched, value_of
from lodestar.engine.peers.people import check_tables, fused_scores, mutual

MOST_COUNTS = 6


@dataclass(frozen=True, slots=True)
class CircleSizes:
    """Circles of `least` to `most` people, as even as can be; `count` of them, or as many as suit best."""

    least: int = 4
    most: int = 8
    count: int | None = None


@dataclass(frozen=True, slots=True)
class CircleTerms:
    """Rules for who is together, and how long to search: starts, shuffles from each, and a question.

    `may_go_on` is asked before each shuffle.
    """

    rules: tuple[Rule, ...] = ()
    starts: int = 2
    shuffles: int = 150
    may_go_on: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Circle:
    """The people of one circle, by position, and the points of all their pairs."""

    people: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CircleFinding:
    """Circles by their first person, their total, what no circles exceed, and who is in none.

    The total is of the best found; `bound` holds for as many circles of these sizes without any rules.
    """

    circles: tuple[Circle, ...]
    total: int
    bound: int
    left: tuple[LeftOut, ...]

    @property
    def is_proven(self) -> bool:
        """Whether nothing can be better; seldom so."""
        return self.total == self.bound and not self.left


def peer_circles(
    score: Ints,
    allowed: Bools,
    sizes: CircleSizes,
    drawn: Tickets,
    terms: CircleTerms | None = None,
) -> CircleFinding:
    """Return the best circles found; the same for any order of the people and the same tickets.

    `score` (0 to 1,000,000) and `allowed` are tables of people by people, in both directions; two people are
    together only if allowed in both. Who cannot be in any circle without breaking a rule is left out; if anybody
    is, and no number of circles is asked for, other numbers are tried too, and what serves the most is kept.
    Raises MatchingError for sizes into which the people do not divide, and for rules that cannot hold.

    >>> score = np.where(np.add.outer(np.arange(8), np.arange(8)) % 2, 10, 90)
    >>> found = peer_circles(score, score > 0, CircleSizes(4, 4), np.arange(8, dtype=np.uint64))
    >>> [circle.people for circle in found.circles], found.total, found.bound
    ([(0, 2, 4, 6), (1, 3, 5, 7)], 1080, 1080)
    """
    terms = terms or CircleTerms()
    check_tables(score, allowed, drawn)
    best: CircleFinding | None = None
    for count in counts_to_try(len(drawn), sizes)[:MOST_COUNTS]:
        found = _with_count(score, allowed, replace(sizes, count=count), drawn, terms)
        best = found if best is None else max(best, found, key=_reached)
        if not found.left or not terms.may_go_on():
            break
    if best is None:
        raise MatchingError("No number of circles was tried.")
    return best


def _reached(found: CircleFinding) -> tuple[int, int]:
    return -len(found.left), found.total


def _with_count(
    score: Ints, allowed: Bools, sizes: CircleSizes, drawn: Tickets, terms: CircleTerms
) -> CircleFinding:
    even = even_sizes(len(drawn), sizes)
    check_rules(terms.rules, len(drawn), max(even))
    fused, among = fused_scores(score), mutual(allowed)
    # Everything is decided in the order of the tickets, so the order of the rows cannot matter.
    order = np.argsort(drawn, kind="stable")
    cells = np.ix_(order, order)
    rules = tuple(in_order(rule, order.tolist()) for rule in terms.rules)
    setting = Setting(fused[cells], among[cells], rules, sizes.least, max(even))
    seed = int(np.bitwise_xor.reduce(drawn))
    found = placed(setting, _searched(setting, even, replace(terms, rules=rules), seed))
    members = [frozenset(order[sorted(people)].tolist()) for people in found]
    return _as_finding(
        replace(setting, score=fused, allowed=among, rules=terms.rules), members, even
    )


def even_sizes(people: int, sizes: CircleSizes) -> list[int]:
    """Return the sizes of the circles, the larger ones first; they differ by one at the most.

    >>> even_sizes(23, CircleSizes(4, 8)), even_sizes(23, CircleSizes(4, 8, count=5))
    ([6, 6, 6, 5], [5, 5, 5, 4, 4])
    """
    count = counts_to_try(people, sizes)[0]
    size, more = divmod(people, count)
    return [size + 1] * more + [size] * (count - more)


def counts_to_try(people: int, sizes: CircleSizes) -> list[int]:
    """Return the numbers of circles that the sizes allow, those with middling circles first.

    >>> counts_to_try(23, CircleSizes(4, 8)), counts_to_try(23, CircleSizes(4, 8, count=5))
    ([4, 5, 3], [5])
    """
    _check_count(people, sizes)
    if sizes.count is not None:
        return [sizes.count]
    middle = (sizes.least + sizes.most) / 2
    choices = range(-(-people // sizes.most), people // sizes.least + 1)
    return sorted(choices, key=lambda count: (abs(people / count - middle), count))


def _check_count(people: int, sizes: CircleSizes) -> None:
    least, most = sizes.least, sizes.most
    if least < 2:
        raise MatchingError("A circle needs at least two people: let the least size be 2 or more.")
    if least > most:
        raise MatchingError(
            f"A circle cannot have at least {least} and at most {most} people: lower the least or raise the most."
        )
    if people < least:
        raise MatchingError(
            f"A circle needs at least {least} people, and there are {people}: lower the least size."
        )
    fewest, utmost = -(-people // most), people // least
    if fewest > utmost:
        raise MatchingError(
            f"{people} people do not divide into circles of {least} to {most}: allow circles of up to "
            f"{-(-people // utmost)}, or down to {people // (utmost + 1)}."
        )
    if sizes.count is not None and not fewest <= sizes.count <= utmost:
        raise MatchingError(
            f"{people} people do not divide into {sizes.count} circles of {least} to {most}: "
            f"ask for {fewest} to {utmost} circles."
        )


def _searched(
    setting: Setting, even: Sequence[int], terms: CircleTerms, seed: int
) -> NDArray[np.int64]:
    company = company_of(setting.score, setting.allowed, terms.rules, max(even))
    rng = np.random.default_rng(seed)
    found = [
        searched(company, even, terms.shuffles, rng, terms.may_go_on)
        for _ in range(max(1, terms.starts))
    ]
    return max(found, key=lambda circle: value_of(company, circle, len(even)))


def _as_finding(
    setting: Setting, members: Sequence[frozenset[int]], even: Sequence[int]
) -> CircleFinding:
    circles = [
        Circle(tuple(sorted(people)), setting.points(people)) for people in members if people
    ]
    left = left_of(setting, members)
    # Whoever is left out may let others sit in larger circles than planned.
    sizes = [max(even)] if left else even
    return CircleFinding(
        tuple(sorted(circles, key=lambda circle: circle.people)),
        sum(circle.total for circle in circles),
        circles_bound(setting.score, setting.allowed, sizes),
        left,
    )
