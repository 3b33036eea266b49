"""In which words is a rule told that keeps people apart before anybody is matched?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Constraint


def constraint_in_words(rule: Constraint) -> str:
    """Return a rule of the design as its page calls it, with its number."""
    name = str(rule.get_kind_display())
    number = {
        Constraint.Kind.MAX_HOURS_APART: _("%(name)s: %(value)s hours at most"),
        Constraint.Kind.MIN_GAP: _("%(name)s: %(value)s years at least"),
    }.get(Constraint.Kind(rule.kind))
    return number % {"name": name, "value": rule.value} if number else name


def apart_in_words(code: str) -> str:
    """Return what keeps people apart besides the rules of the design."""
    known = {
        "banned": _("Kept apart by hand"),
        "declined": _("One of the two said no in this cohort"),
        "past_pair": _("They were a pair in this cohort before"),
        "same_person": _("One person on both sides"),
        "avoid": _("One asked to avoid the other"),
    }
    return known.get(code, code)


def why_not_look_at_rules(mentees: int, mentors: int) -> str:
    """Say that there are too many pairs to look at each while a page is opened."""
    told = {"mentees": f"{mentees:,}", "mentors": f"{mentors:,}", "pairs": f"{mentees * mentors:,}"}
    sentence = _(
        "%(mentees)s mentees and %(mentors)s mentors make %(pairs)s pairs, too many to look at each here. "
        "A run looks at them all, and says of everybody whom it leaves out which rule did it."
    )
    return sentence % told


def stranded_in_words(rule: str, mentees: int, mentors: int) -> str:
    """Say whom one rule leaves with nobody, as a headline."""
    if mentees:
        sentence = ngettext(
            "“%(rule)s” leaves %(n)d mentee without any mentor",
            "“%(rule)s” leaves %(n)d mentees without any mentor",
            mentees,
        )
        return sentence % {"rule": rule, "n": mentees}
    sentence = ngettext(
        "“%(rule)s” leaves %(n)d mentor without any mentee",
        "“%(rule)s” leaves %(n)d mentors without any mentee",
        mentors,
    )
    return sentence % {"rule": rule, "n": mentors}
