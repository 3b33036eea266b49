"""What does each question of an application form do, in words a coordinator reads?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.queries.forms import Answered, answered_last
from lodestar.domain.applications.queries.reading import fields_read_in
from lodestar.domain.applications.rules.reading import is_read
from lodestar.domain.forms.models import Step, Survey, Use
from lodestar.domain.forms.rules import (
    Form,
    Question,
    condition_in_words,
    label_of,
    name_of,
    options_of,
    seconds_of,
)
from lodestar.domain.needs.queries import answered_last as answered_last_in
from lodestar.domain.needs.queries import counts_told
from lodestar.domain.programs.models import Audience, Cohort, Criterion, Design, Program
from lodestar.domain.programs.rules import shares_of
from lodestar.domain.programs.rules.asked import form_of, shown_from

Role, Shown = Audience.Role, Design.Shown
A_MINUTE = 60
# The steps of a design that ask something, each with its survey; none for the application form.
ASKING: Mapping[str, str] = {"form": ""} | {survey.value: survey.value for survey in Survey}


@dataclass(frozen=True)
class Reading:
    """A form with all that tells what its questions do: shares of the weights, and counts of the last cohort."""

    design: Design
    form: Form
    weighed: Sequence[tuple[Criterion, int]] = ()
    answered: Mapping[str, Answered] = field(default_factory=dict)
    survey: str = ""
    scored: frozenset[str] = frozenset()

    @classmethod
    def of(cls, design: Design, survey: str = "") -> "Reading":
        if survey:
            answered = answered_in(survey, design.program)
            return cls(design, form_of(design, survey), answered=answered, survey=survey)
        weighed = [c for c in design.criteria.all() if c.weight > 0]
        shares = shares_of([c.weight for c in weighed])
        told = list(zip(weighed, shares, strict=True))
        scored = fields_read_in(design)
        return cls(design, form_of(design), told, answered_last(design.program), scored=scored)


def answered_in(survey: str, program: Program) -> dict[str, Answered]:
    """Return who answered the own questions of a survey when it was asked last."""
    found = answered_last_in(survey, program)
    if found is None:
        return {}
    cohort, tallies = found
    return {
        key: Answered(each.answered, each.asked, cohort, each.chosen)
        for key, each in tallies.items()
    }


def what_it_does(question: Question, reading: Reading) -> list[str]:
    """Return in a sentence each of whom a question is asked, what weighs it, who reads it, who answered it."""
    found = [of_whom(question, reading.form), how_weighed(question, reading)]
    found += [who_reads(question, reading), who_answered(question, reading)]
    return [sentence for sentence in found if sentence]


def of_whom(question: Question, form: Form) -> str:
    only = {"mentor": _("Asked of mentors."), "mentee": _("Asked of mentees.")}
    told = [only.get(question.role, ""), condition_in_words(question, form)]
    return " ".join(filter(None, told))


def how_weighed(question: Question, reading: Reading) -> str:
    if of_one_side(question, reading):
        return _("Meant for matching, but only one side is asked: there is nothing to compare it with. Ask both.")  # fmt: skip
    fields = set(question.fields)
    share = sum(s for c, s in reading.weighed if {c.mentee_field, c.mentor_field} & fields)
    if share:
        return _("Matching weighs it at %(share)d of 100.") % {"share": share}
    if question.is_own and question.use == Use.MATCH.value:
        return _("Meant for matching, which does not weigh it yet.")
    return ""


def of_one_side(question: Question, reading: Reading) -> bool:
    """Tell if a question meant for matching is asked of one role, and nothing compares it with another answer."""
    is_meant = question.is_own and question.use == Use.MATCH.value
    pairs = [(c.mentee_field, c.mentor_field) for c, _share in reading.weighed]
    own = set(question.fields)
    is_compared = any((one in own) != (other in own) for one, other in pairs)
    return is_meant and question.role in tuple(Role) and not is_compared


def who_reads(question: Question, reading: Reading) -> str:
    if reading.survey:
        counted = _("Counted; the coordinators of this program read each answer.")
        read = _("Only the coordinators of this program read it, and it is not counted for others.")
        return counted if question.use == Use.REPORT.value else read
    shown = shown_from(reading.design, question.key)
    is_seen = is_read(question, reading.scored)
    if is_seen and shown is Shown.OFFICE:
        return _("The office, the matching and reviewers read it.")
    told = {
        Shown.PROPOSAL: _("Shown to the partner with the proposal."),
        Shown.PAIRED: _("Shown to the partner once both said yes."),
        Shown.OFFICE: _("Only the office and the matching read it."),
    }[shown]
    reviewers = _("Reviewers read it.") if is_seen else ""
    return f"{told} {reviewers}".strip()


def who_answered(question: Question, reading: Reading) -> str:
    found = reading.answered.get(question.key)
    if found is None:
        return ""
    told = {"count": found.count, "asked": found.asked, "cohort": found.cohort.name}
    return _("%(count)d of %(asked)d answered it in “%(cohort)s”.") % told


def chosen_last(question: Question, reading: Reading) -> list[tuple[str, object]]:
    """Return how often each thing was chosen in the last cohort, in the order of the form."""
    found = reading.answered.get(question.key)
    if found is None or not found.count:
        return []
    if reading.survey or question.use == Use.REPORT.value:
        return counts_told(question, found.count, found.values)
    return [(label, found.values.get(key, 0)) for key, label in options_of(question)]


def form_effects(design: Design, _cohort: Cohort | None) -> list[str]:
    """Return what a form asks of people in all."""
    form = form_of(design)
    own = [name_of(question) for question in form if question.is_own]
    told = ngettext(
        "%(count)d question is your own.", "%(count)d questions are your own.", len(own)
    )
    return [
        *(how_long(form, role) for role in reversed(Role)),
        told % {"count": len(own)} if own else _("It asks what every program asks."),
        _("What somebody told before stands in one line with “Change”, and is not asked again."),
    ]


def survey_effects(survey: str, design: Design, _cohort: Cohort | None) -> list[str]:
    """Return what the own questions of a survey ask of people, beside what it always asks."""
    form = form_of(design, survey)
    if not form:
        return [_("It asks what every program asks."), WHERE_IT_IS_READ[survey]()]
    told = [how_much_more(form, role) for role in reversed(Role)]
    return [*filter(None, told), WHERE_IT_IS_READ[survey]()]


def how_much_more(form: Form, role: Audience.Role) -> str:
    count = sum(question.is_asked_of(role) for question in form)
    sentence = ngettext(
        "%(count)d more question for %(who)s, about %(seconds)d seconds on a phone.",
        "%(count)d more questions for %(who)s, about %(seconds)d seconds on a phone.",
        count,
    ) % {"count": count, "who": role.label, "seconds": seconds_of(form, role)}
    return sentence if count else ""


WHERE_IT_IS_READ: Mapping[str, Callable[[], str]] = {
    Survey.NEEDS: lambda: _(
        "A cohort is asked on the days you choose under “Needs”, and its answers stand there."
    ),
}


def asked_always(survey: str, role: str) -> list[str]:
    """Return what a survey asks in every program, in the order of its page."""
    if survey != Survey.NEEDS:
        return []
    of_mentors = [_("Places for mentees")] if role == Role.MENTOR else []
    places = [_("Work"), _("Studies"), _("Place"), _("Time zone"), _("Languages")]
    return [_("Topics"), *places, _("Hours a month"), *of_mentors, _("Own words")]


def how_long(form: Form, role: Audience.Role) -> str:
    count = sum(question.is_asked_of(role) for question in form)
    minutes = max(1, round(seconds_of(form, role) / A_MINUTE))
    sentence = ngettext(
        "%(count)d question for %(who)s, about %(minutes)d minutes on a phone.",
        "%(count)d questions for %(who)s, about %(minutes)d minutes on a phone.",
        count,
    )
    return sentence % {"count": count, "who": role.label, "minutes": minutes}


@dataclass(frozen=True)
class Row:
    """A question in the list: what it is called, how it is asked, what it does, and where it can go."""

    question: Question
    name: str
    asked_as: str
    does: list[str]
    is_first: bool
    is_last: bool
    can_be_required: bool


@dataclass(frozen=True)
class Page:
    """One step of the form with its questions."""

    key: str
    title: str
    rows: list[Row]


def pages_of(questions: Form, reading: Reading, never_required: Sequence[str]) -> list[Page]:
    """Return the form step by step, as the list shows it."""
    ends = {questions[0].key, questions[-1].key} if questions else set()
    first, last = (Step.WORDS, Step.WORDS) if reading.survey else (Step.YOU, Step.WORDS)
    rows = [
        Row(
            question=question,
            name=name_of(question),
            asked_as=label_of(question) if not question.is_own else "",
            does=what_it_does(question, reading),
            is_first=question.key in ends and question is questions[0] and question.step == first,
            is_last=question.key in ends and question is questions[-1] and question.step == last,
            can_be_required=question.key not in never_required,
        )
        for question in questions
    ]
    return [
        Page(step.value, str(step.label), [row for row in rows if row.question.step == step])
        for step in ([Step.WORDS] if reading.survey else Step)
    ]
