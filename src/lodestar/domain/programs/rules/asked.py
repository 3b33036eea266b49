"""What does the application form of a design ask, who reads the answers, and what needs them?"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lodestar.domain.forms.rules import (
    USUAL,
    USUAL_FIELDS,
    USUAL_FORM,
    USUAL_ROLES,
    Form,
    Question,
    form_from,
    is_own_field,
    name_of,
    roles_of,
)
from lodestar.domain.programs.models import (
    Audience,
    Constraint,
    Criterion,
    Design,
    EligibilityRule,
    SelectionCriterion,
)

Role = Audience.Role
Shown = Design.Shown
BOTH = (Role.MENTOR, Role.MENTEE)
ONLY_THE_OFFICE = ("style", "hours_per_month", "capacity", "gender")


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of the form: the fields that hold its answer, and when a partner usually reads it."""

    name: str
    label: object
    fields: tuple[str, ...]
    usual: Shown
    roles: tuple[Role, ...] = BOTH

    @property
    def is_own(self) -> bool:
        return is_own_field(self.name)


ASKED = tuple(
    Asked(
        name,
        label,
        USUAL_FIELDS[name],
        Shown.OFFICE if name in ONLY_THE_OFFICE else Shown.PROPOSAL,
        (Role(USUAL_ROLES[name]),) if name in USUAL_ROLES else BOTH,
    )
    for name, label in USUAL.items()
)
BY_NAME = {asked.name: asked for asked in ASKED}
BY_FIELD = {field: asked for asked in ASKED for field in asked.fields}
FIELD_OF_RULE = {
    Constraint.Kind.COMMON_LANGUAGE: "languages",
    Constraint.Kind.MAX_HOURS_APART: "time_zone",
    Constraint.Kind.MIN_GAP: "years_of_experience",
    Constraint.Kind.NOT_SAME: "employer",
}


def form_of(design: Design, survey: str = "") -> tuple[Question, ...]:
    """Return what the application form of a design asks, or what a survey asks beside its usual questions."""
    if survey:
        return form_from(design.surveys.get(survey, ()))
    return form_from(design.form) if design.form else USUAL_FORM


def roles_in(design: Design) -> tuple[Role, ...]:
    """Return as what people apply; among peers nobody is the mentor."""
    return (Role.MENTEE, Role.MENTOR) if design.has_mentors else (Role.MENTEE,)


def as_asked(question: Question) -> Asked:
    known = BY_NAME.get(question.key)
    if known:
        return known
    roles = tuple(Role(role) for role in roles_of(question))
    return Asked(question.key, name_of(question), question.fields, Shown.OFFICE, roles)


def asked_in(design: Design, role: str = "") -> list[Asked]:
    """Return what a design asks, of people of one role or of both."""
    every = [as_asked(question) for question in form_of(design)]
    return [asked for asked in every if not role or role in asked.roles]


def told_of(design: Design) -> list[Asked]:
    """Return every answer that people may have given: the usual ones, and those to own questions."""
    return [*ASKED, *(each for each in asked_in(design) if each.is_own)]


def shown_from(design: Design, name: str) -> Shown:
    """Tell from when on a partner reads an answer; what a design does not say is as usual."""
    said = design.visibility.get(name)
    usual = BY_NAME[name].usual if name in BY_NAME else Shown.OFFICE
    return Shown(said) if said in Shown.values else usual


def shown_names(design: Design, *, is_paired: bool) -> frozenset[str]:
    """Return the answers that a partner reads: while the two are proposed, or once both said yes."""
    levels = {Shown.PROPOSAL, Shown.PAIRED} if is_paired else {Shown.PROPOSAL}
    return frozenset(
        asked.name for asked in told_of(design) if shown_from(design, asked.name) in levels
    )


def is_field_shown(field: str, names: Collection[str]) -> bool:
    """Tell if a field belongs to the answers shown; what no form asks was never kept back."""
    if is_own_field(field):
        return field in names
    asked = BY_FIELD.get(field)
    return asked is None or asked.name in names


def question_of_field(form: Form, field: str) -> Question | None:
    """Return the question that asks for a field, if one does."""
    return next((question for question in form if field in question.fields), None)


def what_needs(
    question: Question,
    criteria: Iterable[Criterion],
    constraints: Iterable[Constraint],
    selection: Iterable[SelectionCriterion] = (),
    eligibility: Iterable[EligibilityRule] = (),
) -> list[str]:
    """Return in words what would lose its answers without a question."""
    fields = set(question.fields)
    weighed = [
        _("“%(name)s”, which matching weighs") % {"name": criterion.name}
        for criterion in criteria
        if criterion.weight > 0 and {criterion.mentee_field, criterion.mentor_field} & fields
    ]
    ruled = [
        _("the rule “%(rule)s”") % {"rule": rule.get_kind_display()}
        for rule in constraints
        if FIELD_OF_RULE.get(Constraint.Kind(rule.kind)) in fields
    ]
    scored = [
        _("“%(name)s”, by which applications are read") % {"name": criterion.name}
        for criterion in selection
        if criterion.answer == question.key
    ]
    who_may = [_("a rule on who may take part") for rule in eligibility if rule.answer in fields]
    return [*weighed, *ruled, *scored, *who_may[:1]]


def left_out(before: Sequence[Question], after: Sequence[Question]) -> list[Question]:
    """Return the questions that are no longer asked."""
    kept = {question.key for question in after}
    return [question for question in before if question.key not in kept]
