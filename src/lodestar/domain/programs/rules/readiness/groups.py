"""What contradicts itself in the sizes of groups, and in who may be in one together?"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Audience, Constraint, Criterion, Design
from lodestar.domain.programs.rules.groups import (
    AT_MOST,
    GroupRule,
    group_rules_of,
    pairs_peers,
    rule_in_words,
    why_not_rules,
    why_not_sizes,
)
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where, advises, stops

Format = Design.Format


def _is_group(plan: Plan) -> bool:
    return plan.design.format == Format.GROUP


def _is_peers(plan: Plan) -> bool:
    return not plan.design.has_mentors


def _rules(plan: Plan) -> list[GroupRule]:
    return group_rules_of(plan.design) if plan.design.makes_groups else []


@stops(Where.GROUPS)
def sizes_that_cannot_be(plan: Plan, _on: date) -> Iterator[Told]:
    design = plan.design
    sentence = why_not_sizes(design.group_least, design.group_most)
    if design.makes_groups and sentence:
        yield sentence, _("Change the sizes.")


@stops(Where.PACE)
def mentors_who_may_take_no_group(plan: Plan, _on: date) -> Iterator[Told]:
    design = plan.design
    if _is_group(plan) and design.capacity_maximum < design.group_least:
        yield (
            _("A group needs %(least)d mentees, but a mentor may take %(most)d at most.")
            % {"least": design.group_least, "most": design.capacity_maximum},
            _("Raise the most places of a mentor, or let groups be smaller."),
        )


@stops(Where.PACE)
def places_that_never_make_a_group(plan: Plan, _on: date) -> Iterator[Told]:
    design = plan.design
    is_possible = design.capacity_maximum >= design.group_least
    if _is_group(plan) and is_possible and design.capacity_default < design.group_least:
        yield (
            _(
                "A mentor who says nothing has %(places)d places, and a group needs %(least)d, so they would never "
                "have one."
            )
            % {"places": design.capacity_default, "least": design.group_least},
            _("Raise the places of a mentor who says nothing, or let groups be smaller."),
        )


@advises(Where.PACE)
def places_that_no_group_fills(plan: Plan, _on: date) -> Iterator[Told]:
    design = plan.design
    if _is_group(plan) and design.capacity_maximum > design.group_most:
        yield (
            _("A mentor may offer %(places)d places, but a group has %(most)d people at most.")
            % {"places": design.capacity_maximum, "most": design.group_most},
            _("Lower the most places, or let groups be larger."),
        )


@stops(Where.GROUPS)
def peers_led_by_a_mentor(plan: Plan, _on: date) -> Iterator[Told]:
    if _is_peers(plan) and plan.design.led_by == Design.Leads.MENTOR:
        yield (
            _("Among peers nobody is the mentor, but the mentor is to lead the meetings."),
            _("Let everybody lead in turn, or let them choose one."),
        )


@stops(Where.CONSTRAINTS)
def peers_have_to_be_ahead(plan: Plan, _on: date) -> Iterator[Told]:
    if _is_peers(plan) and plan.has_rule(Constraint.Kind.MIN_GAP):
        yield (
            _("Among peers nobody is the mentor, but a rule asks that mentors are some years ahead."),
            _("Switch the rule on years ahead off."),
        )  # fmt: skip


@stops(Where.CRITERIA)
def peers_gain_by_years_ahead(plan: Plan, _on: date) -> Iterator[Told]:
    for criterion in plan.weighed if _is_peers(plan) else ():
        if criterion.kind == Criterion.Kind.GAP:
            yield (
                _("Among peers nobody is ahead, but “%(name)s” looks for somebody who is.")
                % {"name": criterion.name},
                _("Set its weight to 0."),
            )


@stops(Where.GROUPS)
def rules_for_groups_among_pairs(plan: Plan, _on: date) -> Iterator[Told]:
    if plan.design.makes_groups and pairs_peers(plan.design) and _rules(plan):
        yield (
            _("People are put together in twos, and a rule for who is together speaks of groups."),
            _("Let the smallest have three people or more, or take the rules out."),
        )


@stops(Where.GROUPS)
def group_rules_that_cannot_be(plan: Plan, _on: date) -> Iterator[Told]:
    if sentence := why_not_rules(_rules(plan)):
        yield sentence, _("Change the rules for who is together.")


@stops(Where.GROUPS)
def rule_that_no_group_can_keep(plan: Plan, _on: date) -> Iterator[Told]:
    most = plan.design.group_most
    for rule in _rules(plan):
        if rule.kind != AT_MOST and rule.count > most:
            yield (
                _("“%(rule)s”: no group can keep this, because the largest has %(most)d people.")
                % {"rule": rule_in_words(rule), "most": most},
                _("Lower its number, or let groups be larger."),
            )


@advises(Where.GROUPS)
def rule_that_no_group_can_break(plan: Plan, _on: date) -> Iterator[Told]:
    most = plan.design.group_most
    for rule in _rules(plan):
        if rule.kind == AT_MOST and rule.count >= most:
            yield (
                _("“%(rule)s”: no group can break this, because the largest has %(most)d people.")
                % {"rule": rule_in_words(rule), "most": most},
                _("Lower its number, or take it out."),
            )


@stops(Where.GROUPS)
def rules_that_exclude_each_other(plan: Plan, _on: date) -> Iterator[Told]:
    """Nobody alone with an answer of which a group may not have enough."""
    limits = {rule.field: rule for rule in _rules(plan) if rule.kind == AT_MOST}
    for rule in _rules(plan):
        limit = limits.get(rule.field)
        if rule.kind != AT_MOST and limit and limit.count < rule.count:
            yield (
                _("“%(one)s” and “%(other)s” leave whoever says so without any group.")
                % {"one": rule_in_words(limit), "other": rule_in_words(rule)},
                _("Keep one of the two."),
            )


@stops(Where.GROUPS)
def audience_that_breaks_a_group_rule(plan: Plan, _on: date) -> Iterator[Told]:
    """Of so few countries no group of the least size can be made."""
    audience = plan.audience(Audience.Role.MENTEE)
    named = len({country.casefold() for country in audience.countries}) if audience else 0
    for rule in _rules(plan) if named else ():
        is_limit = rule.kind == AT_MOST and rule.field == "country"
        if is_limit and named * rule.count < plan.design.group_least:
            yield (
                _("“%(rule)s”: the audience names too few countries to fill a group of %(least)d.")
                % {"rule": rule_in_words(rule), "least": plan.design.group_least},
                _("Raise the number, name more countries, or take the rule out."),
            )


CHECKS: tuple[Check, ...] = (
    sizes_that_cannot_be,
    mentors_who_may_take_no_group,
    places_that_never_make_a_group,
    places_that_no_group_fills,
    peers_led_by_a_mentor,
    peers_have_to_be_ahead,
    peers_gain_by_years_ahead,
    rules_for_groups_among_pairs,
    group_rules_that_cannot_be,
    rule_that_no_group_can_keep,
    rule_that_no_group_can_break,
    rules_that_exclude_each_other,
    audience_that_breaks_a_group_rule,
)
