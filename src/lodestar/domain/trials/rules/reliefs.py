"""How is said what would help, and what it costs?"""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.matching.rules import criterion_in_words
from lodestar.domain.programs.models import Constraint
from lodestar.domain.trials.rules.words import answer_in_words
from lodestar.engine.simulation.changes import (
    LOOSEN_RULE,
    LOWER_FLOOR,
    ONE_MORE_PLACE,
    RECRUIT,
)

Facts = Mapping[str, Any]


def relief_in_words(relief: Facts) -> str:
    """Say what could be done, as an office would be told."""
    people = relief["people_to_win"] or 0
    group = answer_in_words({"field": relief["field"], "value": relief["value_of_field"]})
    told = {
        "mentors": several_mentors(people),
        "group": group,
        "rule": named_rule(str(relief["rule"])),
        "value": localize(relief["new_value"]),
    }
    if relief["code"] == RECRUIT:
        sentence = (
            _("Recruit %(mentors)s for mentees with %(group)s")
            if group
            else _("Recruit %(mentors)s like those there are")
        )
    elif relief["code"] == ONE_MORE_PLACE:
        sentence = (
            _("Ask %(mentors)s open to mentees with %(group)s to take one more each")
            if group
            else _("Ask %(mentors)s to take one more mentee each")
        )
    else:
        sentence = {
            LOOSEN_RULE: _("Loosen the rule “%(rule)s” to %(value)s"),
            LOWER_FLOOR: _("Lower the lowest score that is proposed to %(value)s of a perfect one"),
        }.get(str(relief["code"]), _("Leave out the rule “%(rule)s”"))
    return sentence % told


def named_rule(name: str) -> str:
    """Return a rule by the name that the design page gives it."""
    kind = name.split(":")[0]
    known = dict(Constraint.Kind.choices)
    return str(known.get(kind, criterion_in_words(kind)))


def several_mentors(count: float) -> str:
    n = round(count)
    return ngettext("%(n)s mentor", "%(n)s mentors", n) % {"n": localize(n)}


def cost_in_words(relief: Facts) -> str:
    """Say what a relief asks of the office; nothing where it was not reckoned.

    >>> cost_in_words({"hours": None})
    ''
    """
    if relief.get("hours") is None:
        return ""
    return f"{effort_in_words(relief)}; {hours_in_words(relief['hours'])}"


def effort_in_words(relief: Facts) -> str:
    asked = relief["people_to_ask"] or 0
    if relief["code"] == RECRUIT:
        sentence = _("%(asked)s people to ask, if 1 in %(one_in)s says yes")
        return sentence % {
            "asked": localize(asked),
            "one_in": localize(round(1 / relief["says_yes"])),
        }
    if relief["code"] == ONE_MORE_PLACE:
        return _("%(mentors)s to ask; the gain holds if all say yes") % {
            "mentors": several_mentors(asked)
        }
    added = relief["added_pairs"]
    sentence = ngettext(
        "one rule given up or loosened: %(n)s more pair is allowed",
        "one rule given up or loosened: %(n)s more pairs are allowed",
        added,
    )
    return sentence % {"n": localize(added)}


def hours_in_words(hours: float) -> str:
    """Return about how many hours something takes.

    >>> hours_in_words(2.25), hours_in_words(1.0)
    ('about 2.2 hours', 'about 1 hour')
    """
    tenths = round(hours, 1)
    number = int(tenths) if tenths == int(tenths) else tenths
    return ngettext("about %(n)s hour", "about %(n)s hours", 1 if number == 1 else 2) % {
        "n": localize(number)
    }
