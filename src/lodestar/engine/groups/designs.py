"""How large are groups, and who may be in one together, by a `design.toml`?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lodestar.engine.answers.headings import field_named
from lodestar.engine.answers.values import plain, values_of
from lodestar.engine.groups.rules import AtMost, NotAlone
from lodestar.engine.matching.problem import Answer, MatchingError

RULE_KEYS = ("name", "kind", "field", "value", "count")
LARGEST = 1_000
USUAL_COUNT = {"at_most": 1, "not_alone": 2}


class GroupRuleKind(StrEnum):
    """How answers say who may be in one group together."""

    AT_MOST = "at_most"
    NOT_ALONE = "not_alone"


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A rule of a design: at most `count` with the same answer, or none or at least `count` with `value`."""

    name: str
    kind: GroupRuleKind
    field: str
    count: int
    value: str = ""


@dataclass(frozen=True, slots=True)
class GroupDesign:
    """Sizes of groups, 0 where the design says none, and the rules for who is together."""

    least: int = 0
    most: int = 0
    rules: tuple[GroupRule, ...] = ()


def group_design_from(tables: Mapping[str, Any]) -> GroupDesign:
    """Return what a parsed design.toml says of groups: `[groups]` and each `[[group_rules]]`.

    Raises MatchingError naming the section, the key and the mend.

    >>> group_design_from({"groups": {"least": 3, "most": 6}, "group_rules": [{"kind": "at_most", "field": "Employer"}]})
    GroupDesign(least=3, most=6, rules=(GroupRule(name='employer', kind=<GroupRuleKind.AT_MOST: 'at_most'>, field='employer', count=1, value=''),))
    """
    sizes = tables.get("groups", {})
    rules = [_rule(row, number) for number, row in enumerate(tables.get("group_rules", ()), 1)]
    return GroupDesign(
        _count(sizes.get("least", 0), 0, "[groups] least"),
        _count(sizes.get("most", 0), 0, "[groups] most"),
        tuple(rules),
    )


def rules_for(
    design: GroupDesign, people: Sequence[Mapping[str, Answer]]
) -> tuple[AtMost | NotAlone, ...]:
    """Return the design's rules for these people, by position.

    Somebody with several answers counts with the first in `at_most`, with any of them in `not_alone`.

    >>> rules_for(group_design_from({"group_rules": [{"kind": "at_most", "field": "Employer"}]}), [{"employer": "ACME"}, {}])
    (AtMost(code='employer', value=('acme', ''), most=1),)
    """
    return tuple(_rule_for(rule, people) for rule in design.rules)


def _rule_for(rule: GroupRule, people: Sequence[Mapping[str, Answer]]) -> AtMost | NotAlone:
    said = [[plain(value) for value in values_of(person.get(rule.field))] for person in people]
    if rule.kind is GroupRuleKind.AT_MOST:
        return AtMost(rule.name, tuple(values[0] if values else "" for values in said), rule.count)
    return NotAlone(rule.name, tuple(plain(rule.value) in values for values in said), rule.count)


def _rule(row: Mapping[str, Any], number: int) -> GroupRule:
    where = f"group rule {number}"
    for key in row:
        if key not in RULE_KEYS:
            raise MatchingError(
                f"{where}: {key} is not known here. Known are: {', '.join(RULE_KEYS)}."
            )
    if row.get("kind") not in USUAL_COUNT:
        known = ", ".join(USUAL_COUNT)
        raise MatchingError(f"{where}, kind: {row.get('kind')!r} is not one of {known}.")
    kind = GroupRuleKind(str(row["kind"]))
    field, value = str(row.get("field") or ""), str(row.get("value") or "")
    if not field:
        raise MatchingError(f"{where}, field: name the heading whose answers count.")
    if kind is GroupRuleKind.NOT_ALONE and not value:
        raise MatchingError(f"{where}, value: name the answer with which nobody should be alone.")
    if kind is GroupRuleKind.AT_MOST and value:
        raise MatchingError(f"{where}, value: at_most counts every answer. Leave the value out.")
    name = str(row.get("name") or field_named(field))
    count = _count(row.get("count", USUAL_COUNT[kind]), 1, f"{where}, count")
    return GroupRule(name, kind, field_named(field), count, value)


def _count(value: object, least: int, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= LARGEST:
        raise MatchingError(
            f"{where}: {value!r} is not a whole number from {least} to {LARGEST:,}."
        )
    return value
