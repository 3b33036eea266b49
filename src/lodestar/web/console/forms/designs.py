"""How does a coordinator change one part of a design at a time?"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from lodestar.domain.forms.models import Kind, Use
from lodestar.domain.programs.actions.designs import NUMBERS, AudienceWish, GoalWish, as_wish
from lodestar.domain.programs.models import Audience, Constraint, Criterion, Design, Goal
from lodestar.domain.programs.rules import why_not_capacity
from lodestar.domain.programs.rules.asked import form_of, roles_in
from lodestar.domain.programs.rules.defaults import (
    ConstraintWish,
    CriterionWish,
    TopicGroup,
    default_criteria,
    topic_groups,
)
from lodestar.domain.programs.rules.differences import PACE_WORDS
from lodestar.web.console.pace_words import WHAT_IT_DECIDES

HOW_COMPARED: dict[str, str] = {
    Kind.ONE: Criterion.Kind.CATEGORY,
    Kind.SEVERAL: Criterion.Kind.CATEGORY,
    Kind.YES_NO: Criterion.Kind.CATEGORY,
    Kind.SCALE: Criterion.Kind.CATEGORY,
    Kind.RANKED: Criterion.Kind.TOPICS,
    Kind.SHORT: Criterion.Kind.TEXT,
    Kind.LONG: Criterion.Kind.TEXT,
}
WITH_NUMBER = {Constraint.Kind.MAX_HOURS_APART: "6", Constraint.Kind.MIN_GAP: "3"}
NUMBER_LABELS = {
    Constraint.Kind.MAX_HOURS_APART: _("Hours apart at most"),
    Constraint.Kind.MIN_GAP: _("Years ahead at least"),
}


MAY_BE_NONE = ("hours_per_month", "exploring_days", "undo_minutes")
MOST = {"exploring_days": 60, "most_replacements": 9}


def not_asked(design: Design) -> list[str]:
    """Return the numbers that do not belong to a format: groups have one aim, and peers no mentor."""
    if not design.makes_groups:
        return []
    of_mentors = ["hours_per_month", "capacity_default", "capacity_maximum"]
    return ["objective", *([] if design.has_mentors else of_mentors)]


class PaceForm(forms.ModelForm[Design]):
    """Numbers of a design: how often, how many, how long."""

    class Meta:
        model = Design
        fields = NUMBERS
        labels = PACE_WORDS
        widgets = {"objective": forms.RadioSelect, "replacing": forms.RadioSelect}
        help_texts = WHAT_IT_DECIDES

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in not_asked(self.instance):
            del self.fields[name]
        for name, field in self.fields.items():
            if isinstance(field, forms.IntegerField):
                least = 0 if name in MAY_BE_NONE else 1
                most = MOST.get(name, 400)
                field.widget.attrs.update(min=least, max=most)
                field.validators += [MinValueValidator(least), MaxValueValidator(most)]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"capacity_default", "capacity_maximum"} <= said.keys():
            problem = why_not_capacity(said["capacity_default"], said["capacity_maximum"])
            if problem:
                self.add_error("capacity_default", problem)
        return said

    def _post_clean(self) -> None:
        """Leave the row alone: the action writes it, into the version that may be changed."""


class NamesField(forms.CharField):
    """A few names in one line, parted by commas."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Any:
        said = super().to_python(value) or ""
        names = (" ".join(name.split()) for name in said.replace(";", ",").split(","))
        return tuple(dict.fromkeys(name for name in names if name))

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else ", ".join(value or ())


def side_title(role: Audience.Role, roles: Sequence[Audience.Role]) -> str:
    """Return what stands above what is asked of a role; among peers there is but one."""
    titles = {Audience.Role.MENTEE: _("Mentees"), Audience.Role.MENTOR: _("Mentors")}
    return str(titles[role] if len(roles) > 1 else _("Everybody"))


class AudienceForm(forms.Form):
    """For whom a design is, in both roles; what is blank asks nothing."""

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {audience.role: audience for audience in design.audiences.all()}
        self.roles = roles_in(design)
        for role in self.roles:
            for name, field in self.fields_of(kept.get(role)).items():
                self.fields[f"{role}_{name}"] = field

    @staticmethod
    def fields_of(audience: Audience | None) -> dict[str, forms.Field]:
        year: dict[str, Any] = {"min_value": 1900, "max_value": 2200, "required": False}
        names: dict[str, Any] = {"max_length": 1000, "required": False}

        def kept(name: str) -> Any:
            return getattr(audience, name, None)

        return {
            "class_year_from": forms.IntegerField(
                label=_("Class of … or later"), initial=kept("class_year_from"), **year
            ),
            "class_year_to": forms.IntegerField(
                label=_("Class of … or earlier"), initial=kept("class_year_to"), **year
            ),
            "countries": NamesField(
                label=_("Countries"),
                initial=kept("countries"),
                help_text=_("Parted by commas; blank: anywhere."),
                **names,
            ),
            "fields_of_study": NamesField(
                label=_("Fields of study"),
                initial=kept("fields_of_study"),
                help_text=_("A word of it is enough: “engineering”."),
                **names,
            ),
            "industries": NamesField(label=_("Industries"), initial=kept("industries"), **names),
            "is_binding": forms.BooleanField(
                label=_("Whoever is outside is not eligible"),
                initial=kept("is_binding"),
                required=False,
                help_text=_("Otherwise it is only remarked on. Either way you decide on each."),
            ),
        }

    def sides(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [
            (
                side_title(role, self.roles),
                [self[name] for name in self.fields if name.startswith(f"{role}_")],
            )
            for role in self.roles
        ]

    def wished(self) -> list[AudienceWish]:
        said = self.cleaned_data
        return [
            AudienceWish(
                role,
                said[f"{role}_class_year_from"],
                said[f"{role}_class_year_to"],
                said[f"{role}_countries"],
                said[f"{role}_fields_of_study"],
                said[f"{role}_industries"],
                said[f"{role}_is_binding"],
            )
            for role in self.roles
        ]


class ExpectationsForm(forms.Form):
    """What people of each role can be counted on to do, one thing a line."""

    mentors = forms.CharField(
        label=_("What we expect of mentors"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("One thing a line. Two or three are enough."),
    )
    mentees = forms.CharField(
        label=_("What we expect of mentees"),
        max_length=2000,
        required=False,
        widget=forms.Textarea({"rows": 5}),
    )

    @classmethod
    def initial_of(cls, design: Design) -> dict[str, object]:
        return {"mentors": design.expected_of_mentors, "mentees": design.expected_of_mentees}


class GoalForm(forms.Form):
    """One goal; a row without a target is left out."""

    metric = forms.ChoiceField(label=_("What"), choices=Goal.Metric.choices)
    baseline = forms.DecimalField(label=_("Today"), max_digits=8, decimal_places=2, required=False)
    target = forms.DecimalField(
        label=_("Target"), max_digits=8, decimal_places=2, required=False, min_value=Decimal(0)
    )
    due_on = forms.DateField(
        label=_("By"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


GoalForms = forms.formset_factory(GoalForm, extra=2, max_num=20, absolute_max=30)


def goals_initial(design: Design) -> list[dict[str, object]]:
    return [
        {
            "metric": goal.metric,
            "baseline": shortened(goal.baseline),
            "target": shortened(goal.target),
            "due_on": goal.due_on,
        }
        for goal in design.goals.order_by("pk")
    ]


def shortened(number: Decimal | None) -> str:
    """Return 30 rather than 30.00."""
    if number is None:
        return ""
    return f"{number:.0f}" if number % 1 == 0 else f"{number:f}".rstrip("0")


def goals_wished(forms_: Any) -> list[GoalWish]:
    said = [form.cleaned_data for form in forms_ if form.cleaned_data.get("target") is not None]
    return [
        GoalWish(each["metric"], each["target"], each.get("baseline"), each.get("due_on"))
        for each in said
    ]


def own_criteria(design: Design) -> list[CriterionWish]:
    """Return what matching could weigh of a program's own questions: those for matching, asked of both."""
    return [
        CriterionWish(question.label[:60], HOW_COMPARED[question.kind], question.key, 0)
        for question in form_of(design)
        if question.use == Use.MATCH.value and question.role == "both"
        if question.kind in HOW_COMPARED
    ]


class CriteriaForm(forms.Form):
    """A weight for each criterion: those of the design, and the usual ones it does not have."""

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = [as_wish(criterion) for criterion in design.criteria.all()]
        names = {wish.name for wish in mine}
        missing = [
            CriterionWish(wish.name, wish.kind, wish.field, 0)
            for wish in default_criteria()
            if wish.name not in names
        ]
        read = {(wish.kind, wish.field) for wish in mine}
        asked = [w for w in own_criteria(design) if (w.kind, w.field) not in read]
        self.wishes = [*mine, *missing, *asked]
        for place, wish in enumerate(self.wishes):
            self.fields[f"weight_{place}"] = forms.IntegerField(
                label=wish.name, min_value=0, max_value=100, initial=wish.weight
            )

    def wished(self) -> list[CriterionWish]:
        said = self.cleaned_data
        weighed = [
            CriterionWish(
                wish.name, wish.kind, wish.field, said[f"weight_{place}"], wish.mentor_field
            )
            for place, wish in enumerate(self.wishes)
        ]
        return [wish for wish in weighed if wish.weight]

    def weights(self) -> list[int]:
        """Return the weights as they stand in the form; what is no weight counts as none."""
        if not self.is_bound:
            return [wish.weight for wish in self.wishes]
        said = getattr(self, "cleaned_data", {})
        return [said.get(f"weight_{place}") or 0 for place in range(len(self.wishes))]

    def rows(self) -> list[tuple[forms.BoundField, CriterionWish]]:
        return [(self[f"weight_{place}"], wish) for place, wish in enumerate(self.wishes)]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.wished():
            self.add_error(None, _("Give at least one criterion a weight above 0."))
        return self.cleaned_data


class ConstraintsForm(forms.Form):
    """A tick for each rule, and a number where it needs one."""

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = {constraint.kind: constraint.value for constraint in design.constraints.all()}
        for kind in Constraint.Kind:
            self.fields[kind] = forms.BooleanField(
                label=kind.label, required=False, initial=kind in kept
            )
            if kind in WITH_NUMBER:
                self.fields[f"{kind}_value"] = forms.IntegerField(
                    label=NUMBER_LABELS[kind],
                    min_value=0,
                    max_value=60,
                    required=False,
                    initial=kept.get(kind) or WITH_NUMBER[kind],
                )

    def value_of(self, kind: Constraint.Kind) -> str:
        if kind == Constraint.Kind.NOT_SAME:
            return "employer"
        number = self.cleaned_data.get(f"{kind}_value")
        return "" if number is None else str(number)

    def clean(self) -> dict[str, Any]:
        for kind in WITH_NUMBER:
            if self.cleaned_data.get(kind) and not self.value_of(kind):
                self.add_error(kind, _("This rule needs a number."))
        return self.cleaned_data

    def wished(self) -> list[ConstraintWish]:
        return [
            ConstraintWish(kind, self.value_of(kind))
            for kind in Constraint.Kind
            if self.cleaned_data.get(kind)
        ]

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField | None, Constraint.Kind]]:
        return [
            (self[kind], self[f"{kind}_value"] if kind in WITH_NUMBER else None, kind)
            for kind in Constraint.Kind
        ]


class TopicsForm(forms.Form):
    """All topics in one text: a line that ends with a colon begins a group."""

    topics = forms.CharField(
        label=_("Topics"),
        max_length=8000,
        widget=forms.Textarea({"rows": 18}),
        help_text=_("One topic a line. A line that ends with a colon begins a group."),
    )

    @classmethod
    def initial_of(cls, design: Design) -> dict[str, object]:
        lines: list[str] = []
        for group in topic_groups(design.topics):
            lines += [f"{group.name}:"] if group.name else []
            lines += [*group.topics, ""]
        return {"topics": "\n".join(lines).strip()}

    def groups(self) -> list[TopicGroup]:
        name, topics, groups = "", list[str](), list[TopicGroup]()
        for line in [*self.cleaned_data["topics"].splitlines(), ":"]:
            word = line.strip()
            if word.endswith(":"):
                groups.append(TopicGroup(name, tuple(dict.fromkeys(topics))))
                name, topics = word.rstrip(":").strip()[:60], []
            elif word:
                topics.append(word[:120])
        return [group for group in groups if group.topics]

    def clean(self) -> dict[str, Any]:
        if not self.errors and not self.groups():
            self.add_error("topics", _("Write down at least one topic."))
        return self.cleaned_data
