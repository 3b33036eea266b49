"""May somebody take part by the rules of a design?

Each rule is met, not met, or nobody can tell. A binding rule that is not met makes somebody not eligible; one
of which nobody can tell leaves it open. Any other rule only makes a remark. Nothing here decides about a person:
it says what the rules say, and a person decides.

What decides first wins: a binding rule not met, then a binding rule nobody can tell, then a remark.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a rule looks at."""

    YEARS = "years"
    SAME = "same"
    CONTAINS = "contains"
    AT_LEAST = "at_least"
    CHOSEN = "chosen"
    ON_ROLL = "on_roll"
    VERIFIED = "verified"


class Outcome(StrEnum):
    """What the rules say of somebody, all in all."""

    ELIGIBLE = "eligible"
    REMARK = "remark"
    UNSURE = "unsure"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule on one fact: years between two, one of some values, a word in it, at least a number, or known to us.

    What was `chosen` as an answer has to be, or hold, one of the values; `named` says what the question and its choices are called.
    """

    kind: Kind
    fact: str
    is_binding: bool = False
    first: int | None = None
    last: int | None = None
    values: tuple[str, ...] = ()
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is not met, or of which nobody can tell, with what was said."""

    rule: Rule
    is_known: bool
    said: object = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of one person, and why; whoever meets all of them has no findings."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()

    @property
    def against(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.rule.is_binding and f.is_known)

    @property
    def unknown(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if f.rule.is_binding and not f.is_known)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        return tuple(f for f in self.findings if not f.rule.is_binding)


def judge(rules: Sequence[Rule], facts: Mapping[str, object]) -> Judgement:
    """Hold what is known of somebody against each rule.

    >>> hours = Rule(Kind.AT_LEAST, "hours", is_binding=True, first=2)
    >>> judge([hours], {"hours": 1}).outcome, judge([hours], {}).outcome
    (<Outcome.OUTSIDE: 'outside'>, <Outcome.UNSURE: 'unsure'>)
    """
    findings = tuple(found for found in (_held(rule, facts) for rule in rules) if found)
    judged = Judgement(Outcome.ELIGIBLE, findings)
    if judged.against:
        return Judgement(Outcome.OUTSIDE, findings)
    if judged.unknown:
        return Judgement(Outcome.UNSURE, findings)
    return Judgement(Outcome.REMARK, findings) if findings else judged


def _held(rule: Rule, facts: Mapping[str, object]) -> Finding | None:
    """Return what speaks against somebody by one rule, or that nobody can tell; nothing where it is met."""
    said = facts.get(rule.fact)
    if rule.kind in (Kind.ON_ROLL, Kind.VERIFIED):
        # Nobody is proven to be a stranger: a new address may belong to somebody whom the roll knows.
        return None if said is True else Finding(rule, is_known=False)
    if rule.kind in (Kind.SAME, Kind.CONTAINS):
        return _named(rule, str(said or "").strip())
    if rule.kind is Kind.CHOSEN:
        return _chosen(rule, said)
    if not isinstance(said, int) or isinstance(said, bool):
        return Finding(rule, is_known=False)
    is_met = (rule.first is None or said >= rule.first) and (rule.last is None or said <= rule.last)
    return None if is_met else Finding(rule, is_known=True, said=said)


def _chosen(rule: Rule, said: object) -> Finding | None:
    told = [str(each) for each in (said if isinstance(said, list | tuple) else [said])]
    if said in (None, "", []):
        return Finding(rule, is_known=False)
    return None if set(told) & set(rule.values) else Finding(rule, is_known=True, said=tuple(told))


def _named(rule: Rule, said: str) -> Finding | None:
    if not said:
        return Finding(rule, is_known=False)
    wanted = [value.casefold() for value in rule.values]
    told = said.casefold()
    is_met = told in wanted if rule.kind == Kind.SAME else any(value in told for value in wanted)
    return None if is_met else Finding(rule, is_known=True, said=said)
