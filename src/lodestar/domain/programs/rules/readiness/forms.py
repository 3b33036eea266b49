"""What contradicts itself in the application form?"""

from collections.abc import Iterator
from datetime import date

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from lodestar.domain.forms.models import Use
from lodestar.domain.forms.rules import (
    Form,
    Question,
    languages_of,
    name_of,
    possible,
    roles_of,
    seconds_of,
)
from lodestar.domain.programs.models import Audience, Constraint, Design
from lodestar.domain.programs.rules.asked import FIELD_OF_RULE, question_of_field, shown_from
from lodestar.domain.programs.rules.readiness.plans import (
    Check,
    Plan,
    Told,
    Where,
    advises,
    stops,
    with_shares,
)

Role, Shown = Audience.Role, Design.Shown
MOST_MINUTES = 7
A_MINUTE = 60


@stops(Where.FORM)
def asked_before_what_it_follows(plan: Plan, _on: date) -> Iterator[Told]:
    yield from before_what_it_follows(plan.form)


def before_what_it_follows(form: Form) -> Iterator[Told]:
    """A question cannot wait for an answer that comes after it."""
    places = {question.key: place for place, question in enumerate(form)}
    for place, question in enumerate(form):
        lead = places.get(question.condition.question) if question.condition else None
        if lead is not None and lead >= place:
            told = {"question": name_of(question), "lead": name_of(form[lead])}
            yield (
                _("“%(question)s” is asked before “%(lead)s”, on which it depends.") % told,
                _("Move it below, or ask it of everybody."),
            )


@stops(Where.FORM)
def condition_that_can_never_hold(plan: Plan, _on: date) -> Iterator[Told]:
    yield from never_asked(plan.form)


def never_asked(form: Form) -> Iterator[Told]:
    for question in form:
        never = [
            Role(role) for role in roles_of(question) if question.key not in possible(form, role)
        ]
        if question.condition and never and not _comes_later(form, question):
            told = {
                "question": name_of(question),
                "who": get_text_list([r.label for r in never], _("and")),
            }
            yield (
                _("No answer ever leads %(who)s to “%(question)s”.") % told,
                _("Let it depend on an answer that can be given, or ask it of everybody."),
            )  # fmt: skip


def _comes_later(form: Form, question: Question) -> bool:
    """Tell if the question on which another depends stands after it, which is told by itself."""
    later = form[form.index(question) :]
    lead = question.condition.question if question.condition else ""
    return any(each.key == lead for each in later)


@stops(Where.FORM)
def needed_but_asked_only_of_some(plan: Plan, _on: date) -> Iterator[Told]:
    """A rule that no pair may break cannot be kept for people who were never asked."""
    for rule in plan.constraints:
        field = FIELD_OF_RULE.get(Constraint.Kind(rule.kind), "")
        question = question_of_field(plan.form, field)
        if question and question.condition:
            told = {"question": name_of(question), "rule": rule.get_kind_display()}
            yield (
                _("The rule “%(rule)s” needs an answer to “%(question)s”, which only some are asked.") % told,
                _("Ask it of everybody, or switch the rule off."),
            )  # fmt: skip


@stops(Where.FORM)
def rule_without_its_question(plan: Plan, _on: date) -> Iterator[Told]:
    """An employer comes with a file or a profile, so that rule needs no question."""
    for rule in plan.constraints:
        kind = Constraint.Kind(rule.kind)
        field = "" if kind == Constraint.Kind.NOT_SAME else FIELD_OF_RULE.get(kind, "")
        if field and question_of_field(plan.form, field) is None:
            yield (
                _("The rule “%(rule)s” needs an answer that the form does not ask for.")
                % {"rule": rule.get_kind_display()},
                _("Ask for it again, or switch the rule off."),
            )


@advises(Where.FORM)
def for_matching_but_never_weighed(plan: Plan, _on: date) -> Iterator[Told]:
    read = {field for c in plan.weighed for field in (c.mentee_field, c.mentor_field)}
    for question in plan.form:
        if question.is_own and question.use == Use.MATCH.value and question.key not in read:
            yield (
                _("“%(question)s” is asked for matching, but matching does not weigh it.")
                % {"question": name_of(question)},
                _("Give it a weight in “What matching weighs”, or say what else it is for."),
            )


@advises(Where.FORM)
def weighed_but_asked_only_of_some(plan: Plan, _on: date) -> Iterator[Told]:
    for criterion, share in with_shares(plan.weighed):
        fields = dict.fromkeys((criterion.mentee_field, criterion.mentor_field))
        found = [question_of_field(plan.form, field) for field in fields]
        some = [question for question in found if question and question.condition]
        if some:
            told = {"name": criterion.name, "share": share, "question": name_of(some[0])}
            yield (
                _(
                    "“%(name)s” is %(share)d of 100, but only some are asked “%(question)s”; for the others the "
                    "rest decides."
                )
                % told,
                _("That is fine where it matters only to them. Otherwise ask it of everybody."),
            )


@advises(Where.FORM)
def for_the_partner_but_never_shown(plan: Plan, _on: date) -> Iterator[Told]:
    for question in plan.form:
        is_for_them = question.is_own and question.use == Use.BRIEF.value
        if is_for_them and shown_from(plan.design, question.key) == Shown.OFFICE:
            yield (
                _("“%(question)s” is asked for the partner, who never reads the answer.")
                % {"question": name_of(question)},
                _("Show it with the proposal or once both said yes, or say what else it is for."),
            )


@advises(Where.FORM)
def for_the_numbers_but_shown(plan: Plan, _on: date) -> Iterator[Told]:
    """People answer otherwise when a stranger reads it."""
    for question in plan.form:
        is_for_numbers = question.is_own and question.use == Use.REPORT.value
        if is_for_numbers and shown_from(plan.design, question.key) != Shown.OFFICE:
            yield (
                _("“%(question)s” is asked for the numbers, but the partner reads each answer.")
                % {"question": name_of(question)},
                _("Keep it with the office, or say that it is for the partner."),
            )


@advises(Where.FORM)
def translated_in_part(plan: Plan, _on: date) -> Iterator[Told]:
    yield from in_part(plan.form)


def in_part(form: Form) -> Iterator[Told]:
    for language in languages_of(form):
        bare = [each for each in form if each.is_own and not _is_translated(each, language)]
        if bare:
            names = [_("“%(word)s”") % {"word": name_of(each)} for each in bare[:3]]
            told = {
                "language": language,
                "count": len(bare),
                "names": get_text_list(names, _("and")),
            }
            yield (
                _("In “%(language)s” %(count)d of the questions are not translated yet: %(names)s.") % told,
                _("Until then they are asked as you wrote them first."),
            )  # fmt: skip


def _is_translated(question: Question, language: str) -> bool:
    said = question.words.get(language)
    return bool(said and said.label and all(said.options.get(o.key) for o in question.options))


@advises(Where.FORM)
def form_that_takes_long(plan: Plan, _on: date) -> Iterator[Told]:
    for role in Role:
        minutes = round(seconds_of(plan.form, role) / A_MINUTE)
        if minutes > MOST_MINUTES:
            yield (
                _("The form takes %(who)s about %(minutes)d minutes, and on a phone many give up.")
                % {"who": role.label, "minutes": minutes},
                _("Leave out what you would not miss; much can be asked later."),
            )


CHECKS: tuple[Check, ...] = (
    asked_before_what_it_follows,
    condition_that_can_never_hold,
    needed_but_asked_only_of_some,
    rule_without_its_question,
    for_matching_but_never_weighed,
    weighed_but_asked_only_of_some,
    for_the_partner_but_never_shown,
    for_the_numbers_but_shown,
    translated_in_part,
    form_that_takes_long,
)
