"""Who may be in one group together: how many of a kind, who apart, and nobody alone?

The same rules hold for a mentor's group and for a circle of peers. Each has a code by which answers name it.
People are positions; what is not known of somebody never counts against them.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from lodestar.engine.matching.problem import MatchingError

ALONE = 1


@dataclass(frozen=True, slots=True)
class AtMost:
    """At most `most` people of one group have the same value, such as the same employer.

    `value` by person; an empty text is an unknown value.
    """

    code: str
    value: tuple[str, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Apart:
    """These pairs of people are never in one group, such as somebody and whom they report to."""

    code: str
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class NotAlone:
    """A group has nobody, or at least `least`, of whom `has` says that they are of a declared kind."""

    code: str
    has: tuple[bool, ...]
    least: int = 2


Rule = AtMost | Apart | NotAlone
Thing = TypeVar("Thing")


def check_rules(rules: Sequence[Rule], people: int, most: int) -> None:
    """Refuse rules that cannot mean what they say, for groups of up to `most` of these people."""
    twice = [code for code, count in Counter(rule.code for rule in rules).items() if count > 1]
    if twice:
        raise MatchingError(f"Two rules are called '{twice[0]}': give each a code of its own.")
    for rule in rules:
        fault = _fault_of(rule, people, most)
        if fault:
            raise MatchingError(f"Rule '{rule.code}' {fault}")


def broken_rules(rules: Sequence[Rule], members: Iterable[int]) -> tuple[str, ...]:
    """Return the codes of the rules that a group of these people breaks.

    >>> rules = (AtMost("employer", ("Acme", "Acme", ""), 1), Apart("reports", ((0, 2),)))
    >>> broken_rules(rules, [0, 1]), broken_rules(rules, [0, 2]), broken_rules(rules, [1, 2])
    (('employer',), ('reports',), ())
    """
    inside = frozenset(members)
    return tuple(rule.code for rule in rules if _is_broken(rule, inside))


def in_order(rule: Rule, order: Sequence[int]) -> Rule:
    """Return the rule for people who stand in another order (`order`: who stands where)."""
    if isinstance(rule, AtMost):
        return replace(rule, value=_taken(rule.value, order))
    if isinstance(rule, NotAlone):
        return replace(rule, has=_taken(rule.has, order))
    place = {person: position for position, person in enumerate(order)}
    return replace(rule, pairs=tuple((place[one], place[other]) for one, other in rule.pairs))


def _taken(values: tuple[Thing, ...], order: Sequence[int]) -> tuple[Thing, ...]:
    return tuple(values[person] for person in order)


def _is_broken(rule: Rule, inside: frozenset[int]) -> bool:
    if isinstance(rule, AtMost):
        counted = Counter(rule.value[person] for person in inside if rule.value[person])
        return max(counted.values(), default=0) > rule.most
    if isinstance(rule, Apart):
        return any(one in inside and other in inside for one, other in rule.pairs)
    return 0 < sum(rule.has[person] for person in inside) < rule.least


def _fault_of(rule: Rule, people: int, most: int) -> str:
    if isinstance(rule, Apart):
        return _fault_of_pairs(rule, people)
    known = len(rule.value if isinstance(rule, AtMost) else rule.has)
    if known != people:
        return f"speaks of {known} people, and there are {people}: give one value for each."
    if isinstance(rule, AtMost):
        return "" if rule.most >= 1 else "allows nobody at all: let it allow at least 1."
    if rule.least <= ALONE:
        return "asks for company but is content with one: let it ask for at least 2."
    if rule.least > most:
        return f"wants {rule.least} together in groups of at most {most}: lower it."
    return ""


def _fault_of_pairs(rule: Apart, people: int) -> str:
    for one, other in rule.pairs:
        if one == other:
            return "keeps somebody apart from themselves: take that pair out."
        if not (0 <= one < people and 0 <= other < people):
            return f"names a person beyond the {people} there are: take that pair out."
    return ""
