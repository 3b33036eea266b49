"""What contradicts itself in who may take part?"""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Audience, EligibilityRule
from lodestar.domain.programs.rules.eligibility import choices_of
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where, advises, stops

Kind = EligibilityRule.Kind
WHO_THEY_ARE = (Kind.ON_ROLL, Kind.VERIFIED)


@stops(Where.ELIGIBILITY)
def more_places_than_the_form_offers(plan: Plan, _on: date) -> Iterator[Told]:
    most = plan.design.capacity_maximum
    for rule in plan.eligibility:
        if rule.answer == "capacity" and rule.is_binding and (rule.least or 0) > most:
            yield (
                _("Mentors have to take %(least)d mentees, but the form offers them %(most)d at most.")
                % {"least": rule.least, "most": most},
                _("Ask for fewer, or let mentors offer more."),
            )  # fmt: skip


@stops(Where.ELIGIBILITY)
def on_a_roll_that_is_empty(plan: Plan, _on: date) -> Iterator[Told]:
    asks = any(rule.kind == Kind.ON_ROLL and rule.is_binding for rule in plan.eligibility)
    if asks and plan.on_roll == 0:
        yield (
            _("Only people on the roll may take part, but no roll was imported."),
            _("Import the alumni roll, or let people be vouched for instead."),
        )


@stops(Where.ELIGIBILITY)
def asked_for_an_answer_that_nobody_can_give(plan: Plan, _on: date) -> Iterator[Told]:
    for rule in plan.eligibility:
        if rule.kind != Kind.CHOSEN or not rule.is_binding:
            continue
        asked = {each.key: each for each in choices_of(plan.form, rule.role)}
        question = asked.get(rule.answer)
        if question is None or not set(rule.values) & set(question.option_keys):
            yield (
                _("A rule on who may take part asks %(who)s for an answer that the form does not offer.")
                % {"who": rule.get_role_display()},
                _("Choose other answers for the rule, or let the form offer these again."),
            )  # fmt: skip


@advises(Where.ELIGIBILITY)
def who_they_are_asked_twice(plan: Plan, _on: date) -> Iterator[Told]:
    for role in Audience.Role:
        kinds = {rule.kind for rule in plan.eligibility if rule.role == role and rule.is_binding}
        if kinds.issuperset(WHO_THEY_ARE):
            yield (
                _("Whoever is on the roll is known already, so %(who)s are asked the same twice.")
                % {"who": role.label},
                _("Keep one of the two rules."),
            )


@advises(Where.ELIGIBILITY)
def more_hours_than_are_expected(plan: Plan, _on: date) -> Iterator[Told]:
    for rule in plan.eligibility:
        hours = plan.design.hours_per_month
        if rule.answer == "hours_per_month" and rule.role == Audience.Role.MENTOR and (rule.least or 0) > hours:  # fmt: skip
            yield (
                _("Mentors are told that it takes %(hours)d hours a month, but have to give %(least)d.")
                % {"hours": hours, "least": rule.least},
                _("Let both say the same."),
            )  # fmt: skip


CHECKS: tuple[Check, ...] = (
    more_places_than_the_form_offers,
    asked_for_an_answer_that_nobody_can_give,
    on_a_roll_that_is_empty,
    who_they_are_asked_twice,
    more_hours_than_are_expected,
)
