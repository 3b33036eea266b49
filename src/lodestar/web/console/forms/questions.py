"""How does a coordinator put an application form together, question by question?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.forms.models import Kind, Step, Survey, Use
from lodestar.domain.forms.rules import (
    NEVER_REQUIRED,
    STEPS,
    Condition,
    Form,
    Question,
    QuestionWish,
    Words,
    in_order,
    languages_of,
    name_of,
    options_of,
    own_key,
    why_not_form,
    wished,
)
from lodestar.domain.programs.models import Audience, Design
from lodestar.domain.programs.rules.asked import form_of, shown_from
from lodestar.domain.programs.rules.defaults import topic_names
from lodestar.web.common import choices
from lodestar.web.common.asking.usual import STYLES_OFFERED

SPARE_OPTIONS = 3
ROLES = [
    ("both", gettext_lazy("of both")),
    (Audience.Role.MENTEE.value, gettext_lazy("of mentees only")),
    (Audience.Role.MENTOR.value, gettext_lazy("of mentors only")),
]
USES_IN_SURVEYS = {
    Use.REPORT.value: gettext_lazy(
        "for the numbers: what is chosen is counted, and told from five people on"
    ),
    Use.NONE.value: gettext_lazy("for the coordinators of this program to read"),
}


class QuestionForm(forms.Form):
    """One question: its words, how it is answered, what for, of whom, and in which languages."""

    label = forms.CharField(
        label=gettext_lazy("The question, as people read it"),
        max_length=200,
        error_messages={"required": gettext_lazy("Write the question.")},
    )
    help = forms.CharField(
        label=gettext_lazy("A word of help under it"), max_length=500, required=False
    )
    kind = forms.ChoiceField(label=gettext_lazy("How it is answered"), choices=Kind.choices)
    more = forms.CharField(
        label=gettext_lazy("Many choices at once, one a line"),
        required=False,
        max_length=4000,
        widget=forms.Textarea({"rows": 3}),
    )
    least = forms.IntegerField(
        label=gettext_lazy("The smallest number"),
        required=False,
        min_value=-10_000,
        max_value=10**6,
    )
    most = forms.IntegerField(
        label=gettext_lazy("At most"),
        required=False,
        min_value=1,
        max_value=10**6,
        help_text=gettext_lazy(
            "How many may be chosen, the top of the scale, or the largest number."
        ),
    )
    step = forms.ChoiceField(label=gettext_lazy("On which page"), choices=Step.choices)
    role = forms.ChoiceField(label=gettext_lazy("Asked"), choices=ROLES)
    is_required = forms.BooleanField(label=gettext_lazy("It has to be answered"), required=False)
    use = forms.ChoiceField(
        label=gettext_lazy("What the answer is for"), choices=Use.choices, widget=forms.RadioSelect
    )
    shown = forms.ChoiceField(
        label=gettext_lazy("The partner reads it"),
        choices=Design.Shown.choices,
        widget=forms.RadioSelect,
    )
    is_lasting = forms.BooleanField(
        label=gettext_lazy("It is about the person, and stays true"),
        required=False,
        help_text=gettext_lazy("Then it is asked once in a lifetime, not in every program."),
    )
    is_for_reviewers = forms.BooleanField(
        label=gettext_lazy("Reviewers read it"),
        required=False,
        help_text=gettext_lazy("Those who score applications see the answer, but never a name."),
    )
    condition = forms.MultipleChoiceField(
        label=gettext_lazy("Ask it only of those who answered"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    add_language = forms.ChoiceField(label=gettext_lazy("Add a language"), required=False)

    def __init__(
        self,
        *args: Any,
        design: Design,
        question: Question | None,
        step: str = "",
        survey: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.design, self.question, self.survey = design, question, survey
        self.form = form_of(design, survey)
        self.is_own = question is None or question.is_own
        self.initial = initial_of(design, question, step)
        self.leads = leads_of(design, question, self.form)
        self._choose("condition", [c for _name, told in self.leads for c in told])
        self.languages = sorted({*languages_of(self.form)})
        new = [(code, name) for code, name in choices.languages() if code not in self.languages]
        self._choose("add_language", [("", "–"), *new])
        self._add_options()
        self._add_words()
        if not self.is_own:
            self._keep_usual()
        if survey:
            self._keep_to_the_survey()

    def _choose(self, name: str, options: list[Any]) -> None:
        self.fields[name].choices = options  # type: ignore[attr-defined]

    def _add_options(self) -> None:
        """A field for each choice there is, and some more; what it was called first stays its key."""
        self.kept = list(self.question.options) if self.question else []
        for number in range(len(self.kept) + SPARE_OPTIONS):
            label = _("Choice %(number)d") % {"number": number + 1}
            asked = forms.CharField(label=label, required=False, max_length=100)
            asked.initial = self.kept[number].label if number < len(self.kept) else ""
            self.fields[f"option_{number}"] = asked

    def _add_words(self) -> None:
        for code in self.languages:
            said = (self.question.words.get(code) if self.question else None) or Words()
            asked: dict[str, tuple[str, str]] = {
                "label": (_("The question"), said.label),
                "help": (_("A word of help"), said.help),
            }
            for number, option in enumerate(self.kept):
                words = said.options.get(option.key, "")
                asked[f"option_{number}"] = (option.label, words)
            for name, (label, initial) in asked.items():
                line = forms.CharField(label=label, required=False, max_length=500, initial=initial)
                self.fields[f"{code}_{name}"] = line

    def _keep_usual(self) -> None:
        """A usual question is answered, used and kept as the program knows how to."""
        for name in (
            "kind",
            "more",
            "least",
            "most",
            "role",
            "use",
            "is_lasting",
            "is_for_reviewers",
        ):
            del self.fields[name]
        for number in range(SPARE_OPTIONS):
            del self.fields[f"option_{number}"]
        self.fields["label"].required = False
        self.fields["label"].label = _("Your own words for it")
        self.fields["label"].help_text = _("Blank: as every program asks it.")
        if self.question and self.question.key in NEVER_REQUIRED:
            del self.fields["is_required"]

    def _keep_to_the_survey(self) -> None:
        """A survey is one page, asked again each time, and no partner reads any of it."""
        for name in ("step", "shown", "is_lasting", "is_for_reviewers"):
            del self.fields[name]
        offered = list(USES_IN_SURVEYS.items())
        self._choose("use", offered)
        if self.question is None:
            self.initial["use"] = Use.REPORT

    def options(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith("option_")]

    def translations(self) -> list[tuple[str, str, list[forms.BoundField]]]:
        """Return for each language its code, what it is called, and the fields for its words."""
        return [
            (
                code,
                choices.own_name(code),
                [self[n] for n in self.fields if n.startswith(f"{code}_")],
            )
            for code in self.languages
        ]

    def lead_fields(self) -> list[tuple[str, list[Any]]]:
        """Return the answers that can lead here, by the question they belong to."""
        boxes = {str(box.data["value"]): box for box in self["condition"]}
        return [(name, [boxes[value] for value, _label in told]) for name, told in self.leads]

    def clean_condition(self) -> list[str]:
        said: list[str] = self.cleaned_data["condition"]
        if len({value.partition("=")[0] for value in said}) > 1:
            raise forms.ValidationError(
                _("A question follows from one other question. Untick the answers to the rest.")
            )
        return said

    def clean(self) -> dict[str, Any]:
        if not self.errors and (problem := why_not_form(self.wished())):
            self.add_error(None, problem)
        return self.cleaned_data

    def key(self) -> str:
        if self.question:
            return self.question.key
        taken = {each.key for survey in ("", *Survey) for each in form_of(self.design, survey)}
        return own_key(self.cleaned_data["label"], taken)

    def wish(self) -> QuestionWish:
        said = self.cleaned_data
        plain = (
            "label",
            "help",
            "kind",
            "step",
            "role",
            "is_required",
            "use",
            "least",
            "most",
            "is_lasting",
            "is_for_reviewers",
        )
        told = {name: said[name] for name in plain if name in said}
        if not self.is_own and self.question:
            told |= {"is_lasting": self.question.is_lasting}
        return QuestionWish(
            **told,
            options=self._options_told(),
            condition=self._condition_told(),
            words=self._words_told(),
        )

    def _options_told(self) -> list[tuple[str, str]]:
        said = self.cleaned_data
        names = [name for name in self.fields if name.startswith("option_")]
        keys = [option.key for option in self.kept] + [""] * len(names)
        lines = said.get("more", "").splitlines()
        return [
            *((key, said[name]) for key, name in zip(keys, names, strict=False)),
            *(("", line) for line in lines),
        ]

    def _condition_told(self) -> Condition | None:
        told = [value.partition("=") for value in self.cleaned_data["condition"]]
        return Condition(told[0][0], tuple(value for _key, _is, value in told)) if told else None

    def _words_told(self) -> dict[str, Words]:
        said = self.cleaned_data
        found = {
            code: Words(
                said[f"{code}_label"],
                said[f"{code}_help"],
                {
                    option.key: words
                    for number, option in enumerate(self.kept)
                    if (words := said.get(f"{code}_option_{number}"))
                },
            )
            for code in self.languages
        }
        if added := said.get("add_language"):
            found[added] = Words()
        new = said.get("add_language")
        return {code: words for code, words in found.items() if not words.is_blank or code == new}

    def wished(self) -> tuple[Question, ...]:
        """Return the whole form with this question in its place, or at the end of its page."""
        key = self.key()
        question = wished(key, self.wish(), is_own=self.is_own)
        if self.question is None:
            return in_order([*self.form, question])
        return in_order(question if each.key == key else each for each in self.form)

    def who_reads(self) -> dict[str, str]:
        """Return from when on a partner reads the answer; nothing where none ever does."""
        return {} if self.survey else {self.key(): self.cleaned_data["shown"]}


def initial_of(design: Design, question: Question | None, step: str) -> dict[str, object]:
    """Return what the form of a question begins with."""
    if question is None:
        return {"kind": Kind.ONE, "role": "both", "use": Use.NONE, "shown": Design.Shown.OFFICE,
                "step": step if step in STEPS else Step.WORDS}  # fmt: skip
    names = (
        "label",
        "help",
        "step",
        "role",
        "is_required",
        "is_lasting",
        "is_for_reviewers",
        "least",
        "most",
    )
    said: dict[str, object] = {name: getattr(question, name) for name in names}
    condition = question.condition
    return said | {
        "kind": question.kind.value,
        "use": question.use.value,
        "shown": shown_from(design, question.key),
        "condition": [f"{condition.question}={value}" for value in condition.values]
        if condition
        else [],
    }


def leads_of(
    design: Design, question: Question | None, form: Form
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return on which questions another may depend, with their answers: those before it, the own ones first."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    own: list[tuple[str, list[tuple[str, str]]]] = []
    for lead in form:
        if question is not None and lead.key == question.key:
            break
        if told := answers_that_lead(design, lead):
            named = [(f"{lead.key}={key}", label) for key, label in told]
            (own if lead.is_own else found).append((name_of(lead), named))
    found = [*own, *found]
    known = {value for _name, told in found for value, _label in told}
    condition = question.condition if question else None
    lost = [f"{condition.question}={value}" for value in condition.values] if condition else []
    gone = [(value, value.partition("=")[2]) for value in lost if value not in known]
    return [*found, (_("Answers that cannot be given any more"), gone)] if gone else found


def answers_that_lead(design: Design, lead: Question) -> Sequence[tuple[str, str]]:
    if not lead.can_lead:
        return ()
    if lead.is_own:
        return options_of(lead)
    topics = [(topic, topic) for topic in topic_names(design.topics)]
    usual = {"topics": topics, "style": [(key, str(label)) for key, label in STYLES_OFFERED]}
    return usual.get(lead.key, [])
