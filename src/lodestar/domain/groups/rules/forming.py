"""When may groups be formed, changed and published, and what does a forming say of itself?"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.groups.models import FormingRun, WithoutGroup
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.groups import GroupRule, group_rules_of, rule_in_words

Status = FormingRun.Status
APART = "apart"
PERFECT = 10_000


def can_change(run: FormingRun) -> bool:
    return run.status in FormingRun.OPEN


def why_not_groups(design: Design) -> str:
    if design.makes_groups:
        return ""
    return _("This program makes pairs, so there are no groups to form.")


def why_not_request(cohort: Cohort, people: int, places: Sequence[int], on: date) -> str:
    """Return what is missing before groups can be formed; `places` are those of each free mentor."""
    design = cohort.design
    if problem := why_not_groups(design):
        return problem
    if on > cohort.ends_on:
        return _("This cohort ended on %(day)s; nobody is put into a group any more.") % {
            "day": date_format(cohort.ends_on, "j F Y")
        }
    if people < design.group_least:
        return ngettext(
            "A group needs %(least)d people, and %(count)d waits for one: accept more applications first.",
            "A group needs %(least)d people, and %(count)d wait for one: accept more applications first.",
            people,
        ) % {"least": design.group_least, "count": people}
    if design.format == Design.Format.GROUP and max(places, default=0) < design.group_least:
        return _(
            "No free mentor has places for a group of %(least)d: accept a mentor, or ask one for more places."
        ) % {"least": design.group_least}
    return ""


def why_not_change(run: FormingRun) -> str:
    if can_change(run):
        return ""
    return _("These groups can no longer be changed here. Look at the latest ones.")


def why_not_publish(run: FormingRun) -> str:
    """Return the sentence with which publishing is refused, or nothing where it may go ahead."""
    if run.status == Status.PUBLISHED:
        by = run.published_by.full_name if run.published_by else _("somebody else")
        return _("%(name)s published these groups already. Nothing was sent twice.") % {"name": by}
    if run.status == Status.SOLVED:
        return _("Look at these groups first and mark them as looked at; then they can be sent.")
    if run.status == Status.DISCARDED:
        return _("These groups were set aside. Form them again.")
    return "" if run.status == Status.REVIEWED else _("These groups are not ready to be published.")


def rule_named(code: str, design: Design) -> str:
    """Return a rule for who is together by the engine's code, as a coordinator reads it."""
    if code == APART:
        return _("Kept apart by hand")
    known = {rule.code: rule for rule in group_rules_of(design)}
    return rule_in_words(known[code]) if code in known else rule_told(code)


def rule_told(code: str) -> str:
    """Tell a rule that the design has no longer."""
    kind, _colon, rest = code.partition(":")
    field, _colon, value = rest.partition(":")
    try:
        return rule_in_words(GroupRule(kind, field, 1 if kind == "at_most" else 2, value))
    except KeyError:
        return code


def price_in_words(price: Mapping[str, Any]) -> str:
    """Say what one rule costs."""
    served, points = int(price["served_more"]), int(price["points_more"])
    if served > 0:
        told = ngettext(
            "Without it %(count)d person more would be in a group.",
            "Without it %(count)d people more would be in a group.",
            served,
        ) % {"count": served}
    elif points > 0 and not served:
        told = _("It leaves nobody out, and costs %(share)s of the points.") % {
            "share": percent(points, max(1, int(price["of"])))
        }
    else:
        told = _("It costs nothing.")
    estimate = "" if price["is_proven"] else _("This is an estimate.")
    return " ".join(filter(None, [told, estimate]))


def percent(part: int, whole: int) -> str:
    share = 100 * part / whole
    return _("%(share)s %%") % {"share": number_format(round(share, 1), decimal_pos=1)}


def served_in_words(certificate: Mapping[str, Any], form: str) -> str:
    served, people = int(certificate["served"]), int(certificate["people"])
    groups = int(certificate["groups"])
    told = {"served": served, "people": people, "count": groups}
    if form == "groups":
        return ngettext(
            "%(served)d of %(people)d mentees are in %(count)d group.",
            "%(served)d of %(people)d mentees are in %(count)d groups.",
            groups,
        ) % told  # fmt: skip
    return ngettext(
        "%(served)d of %(people)d people are in %(count)d group.",
        "%(served)d of %(people)d people are in %(count)d groups.",
        groups,
    ) % told  # fmt: skip


def proof_in_words(certificate: Mapping[str, Any]) -> str:
    """Say how it is known that these are the best, or how far from it they may be."""
    served, bound = int(certificate["served"]), int(certificate["bound_served"])
    if certificate["is_proven"]:
        if certificate["proof"] == "searched":
            return _(
                "No other groups serve more people, or as many with more points: the search was closed."
            )
        return _("No other groups serve more people, or as many with more points: this is proven.")
    if served < bound:
        return _("Not proven: at most %(bound)d could be in a group.") % {"bound": bound}
    total, best = int(certificate["total"]), max(1, int(certificate["bound_total"]))
    return _("The points are at most %(share)s below the best possible.") % {
        "share": percent(best - total, best)
    }


def left_in_words(left: WithoutGroup, design: Design) -> tuple[str, str]:
    """Return why somebody is in no group, and what would help."""
    names = [rule_named(code, design) for code in left.details.get("rules", [])]
    told = {"least": design.group_least, "rules": ", ".join(f"“{name}”" for name in names)}
    why, mend = LEFT[left.reason]() if left.reason in LEFT else LEFT["no_place"]()
    return why % told, mend % told


def _no_mentor() -> tuple[str, str]:
    return (
        _("No mentor who could take a group may have them."),
        _("A mentor with places for a group, or a milder rule between mentor and mentee."),
    )


def _places_short() -> tuple[str, str]:
    return (
        _("Every group they could be in is full."),
        _("A mentor more, or a place more in one of the groups."),
    )


def _too_small() -> tuple[str, str]:
    return (
        _("A group needs %(least)d people, and too few who are left could be in one together."),
        _("Smaller groups, or more people like them."),
    )


def _breaks_rule() -> tuple[str, str]:
    return (
        _("There was room, but it would break %(rules)s."),
        _("A milder rule; its price stands below."),
    )


def _search_stopped() -> tuple[str, str]:
    return (
        _("The search ended before it could tell whether there is a place for them."),
        _("Place them by hand: each group says what it would cost."),
    )


def _no_partner() -> tuple[str, str]:
    return (
        _("The rules leave too few people who may be with them."),
        _("A milder rule, or more people like them."),
    )


def _odd() -> tuple[str, str]:
    return (
        _(
            "The number of people does not divide into groups of these sizes, and a lottery decided."
        ),
        _("One person more, larger groups, or a place in a group by hand."),
    )


def _taken_out() -> tuple[str, str]:
    return (_("The office took them out of a group."), _("A group that suits them better."))


def _no_place() -> tuple[str, str]:
    return (_("No group was found for them."), _("Place them by hand, or form groups again."))


def _mentor_without() -> tuple[str, str]:
    return (
        _("They have no group: there were not enough mentees for one more."),
        _("More mentees, or a word of thanks: they are the ones to ask when somebody falls out."),
    )


LEFT = {
    "no_eligible_mentor": _no_mentor,
    "places_short": _places_short,
    "group_too_small": _too_small,
    "breaks_rule": _breaks_rule,
    "search_stopped": _search_stopped,
    "no_partner": _no_partner,
    "too_few_allowed": _no_partner,
    "not_allowed": _no_partner,
    "odd_number": _odd,
    "partners_short": _odd,
    "not_divided": _odd,
    "taken_out": _taken_out,
    "no_place": _no_place,
    "mentor_without": _mentor_without,
}
