"""How large are the groups of a design, and who may be in one together?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.programs.models import Design

AT_MOST, NOT_ALONE = "at_most", "not_alone"
SMALLEST, LARGEST = 2, 20
LARGEST_OF_PAIRS = 3
MOST_RULES = 12
FIELD_WORDS = {
    "employer": gettext_lazy("employer"),
    "industry": gettext_lazy("industry"),
    "function": gettext_lazy("kind of work"),
    "field_of_study": gettext_lazy("field of study"),
    "class_year": gettext_lazy("class year"),
    "country": gettext_lazy("country"),
    "city": gettext_lazy("city"),
    "gender": gettext_lazy("gender"),
    "languages": gettext_lazy("language"),
}
LIMITED = ("employer", "industry", "field_of_study", "class_year", "country", "city")
ACCOMPANIED = ("gender", "country", "languages", "field_of_study", "industry")
ASKED_FOR_ONLY = "gender"


@dataclass(frozen=True, slots=True)
class GroupRule:
    """At most `count` people with the same answer, or nobody alone: none or `count` with this `value`."""

    kind: str
    field: str
    count: int
    value: str = ""

    @property
    def code(self) -> str:
        """Return the name under which the engine and its answers know the rule."""
        return ":".join(filter(None, [self.kind, self.field, self.value]))


def group_rules_of(design: Design) -> list[GroupRule]:
    """Return the rules of a design for who is together."""
    return [GroupRule(**each) for each in design.group_rules]


def as_data(rules: Sequence[GroupRule]) -> list[dict[str, Any]]:
    return [asdict(rule) for rule in rules]


def rule_in_words(rule: GroupRule) -> str:
    """Return a rule as a coordinator reads it."""
    told = {"count": rule.count, "field": FIELD_WORDS[rule.field], "value": rule.value}
    if rule.kind == AT_MOST:
        return _("At most %(count)d of the same %(field)s") % told
    if rule.field == ASKED_FOR_ONLY:
        return _("“%(value)s” (%(field)s, of those who asked for it): nobody alone, %(count)d or none") % told  # fmt: skip
    return _("“%(value)s” (%(field)s): nobody alone, %(count)d or none") % told


def why_not_played(design: Design) -> str:
    """Say why nothing that plays pairs can say anything true of a design, or nothing where it can."""
    if not design.makes_groups:
        return ""
    return _(
        "This program makes groups, and what is played here are pairs. So nothing is said rather than something wrong."
    )


def sizes_in_words(least: int, most: int) -> str:
    if least == most:
        return _("%(count)d") % {"count": least}
    return _("%(least)d to %(most)d") % {"least": least, "most": most}


def pairs_peers(design: Design) -> bool:
    """Tell if peers are put together in twos, with one group of three at the most."""
    is_small = design.group_least == SMALLEST and design.group_most <= LARGEST_OF_PAIRS
    return is_small and not design.has_mentors


def why_not_sizes(least: int, most: int) -> str:
    """Say why groups cannot have these sizes, or nothing."""
    if least > most:
        return _(
            "A group cannot have at least %(least)d and at most %(most)d people: lower the first number or raise "
            "the second."
        ) % {"least": least, "most": most}
    if least < SMALLEST:
        return _("A group begins with two people: let the smallest be 2 or more.")
    if most > LARGEST:
        return _("More than %(most)d people are a class: let the largest be %(most)d or fewer.") % {
            "most": LARGEST
        }
    return ""


def why_not_rules(rules: Sequence[GroupRule]) -> str:
    """Say what in the rules for who is together cannot mean what it says, or nothing."""
    if len(rules) > MOST_RULES:
        return _("These are %(count)d rules. Keep those you would defend, %(most)d at most.") % {
            "count": len(rules),
            "most": MOST_RULES,
        }
    counted = Counter(rule.code for rule in rules)
    for rule in rules:
        if rule.field not in (LIMITED if rule.kind == AT_MOST else ACCOMPANIED):
            return _("No rule for groups can be made of “%(field)s”.") % {"field": rule.field}
        if counted[rule.code] > 1:
            return _("The rule “%(rule)s” is there twice: keep one.") % {
                "rule": rule_in_words(rule)
            }
        if rule.kind == NOT_ALONE and not rule.value:
            return _("%(field)s: name the answer with which nobody should be alone.") % {
                "field": capfirst(str(FIELD_WORDS[rule.field]))
            }
    return ""


def between_group_rules(old: Design, new: Design) -> list[str]:
    """Tell which rules for who is together came, went or changed their number."""
    before, after = ({rule.code: rule for rule in group_rules_of(each)} for each in (old, new))
    told = [
        _("%(rule)s: no longer a rule.") % {"rule": rule_in_words(rule)}
        for code, rule in before.items()
        if code not in after
    ]
    told += [
        _changed(before, code, rule) for code, rule in after.items() if before.get(code) != rule
    ]
    return told


def _changed(before: Mapping[str, GroupRule], code: str, rule: GroupRule) -> str:
    if code in before:
        facts = {"new": rule_in_words(rule), "old": before[code].count}
        return _("%(new)s; the number was %(old)d.") % facts
    return _("%(rule)s: a rule now.") % {"rule": rule_in_words(rule)}
