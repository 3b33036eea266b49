"""What does a coordinator fill in about groups: in the design, and where they are formed?"""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.programs.actions import GroupsWish
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.groups import (
    ACCOMPANIED,
    AT_MOST,
    FIELD_WORDS,
    LARGEST,
    LIMITED,
    NOT_ALONE,
    SMALLEST,
    GroupRule,
    group_rules_of,
    why_not_rules,
    why_not_sizes,
)

ROWS_OF_COMPANY = 3
FEWEST_TOGETHER = 2
CHOOSE = [("", _("Choose"))]
EXAMPLES = {
    "gender": _("as people write it: woman"),
    "country": _("as in the form: Kenya"),
    "languages": _("its code: sw"),
}


class GroupsForm(forms.Form):
    """Sizes, who leads, how many of a kind, and nobody alone; a row left empty is no rule."""

    def __init__(self, *args: Any, design: Design, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.design = design
        is_led = design.format == Design.Format.GROUP
        whom = _("Fewest mentees in a group") if is_led else _("Fewest people in a group")
        most = _("Most mentees in a group") if is_led else _("Most people in a group")
        size: dict[str, Any] = {"min_value": SMALLEST, "max_value": LARGEST}
        self.fields["least"] = forms.IntegerField(label=whom, initial=design.group_least, **size)
        self.fields["most"] = forms.IntegerField(label=most, initial=design.group_most, **size)
        choices = [
            each for each in Design.Leads.choices if is_led or each[0] != Design.Leads.MENTOR
        ]
        self.fields["led_by"] = forms.ChoiceField(
            label=_("Who leads the meetings?"),
            choices=choices,
            initial=design.led_by,
            widget=forms.RadioSelect,
        )
        kept = group_rules_of(design)
        limits = {rule.field: rule.count for rule in kept if rule.kind == AT_MOST}
        for field in LIMITED:
            self.fields[f"most_{field}"] = forms.IntegerField(
                label=capfirst(str(FIELD_WORDS[field])),
                min_value=1,
                max_value=LARGEST,
                required=False,
                initial=limits.get(field),
            )
        company = [rule for rule in kept if rule.kind == NOT_ALONE]
        for place in range(ROWS_OF_COMPANY):
            self.add_company(place, company[place] if place < len(company) else None)

    def add_company(self, place: int, rule: GroupRule | None) -> None:
        fields = [(name, capfirst(str(FIELD_WORDS[name]))) for name in ACCOMPANIED]
        self.fields[f"field_{place}"] = forms.ChoiceField(
            label=_("Question"),
            required=False,
            choices=[*CHOOSE, *fields],
            initial=rule.field if rule else "",
        )
        self.fields[f"value_{place}"] = forms.CharField(
            label=_("Answer"), required=False, max_length=60, initial=rule.value if rule else ""
        )
        self.fields[f"count_{place}"] = forms.IntegerField(
            label=_("At least together"),
            min_value=FEWEST_TOGETHER,
            max_value=LARGEST,
            required=False,
            initial=rule.count if rule else FEWEST_TOGETHER,
        )

    @property
    def sizes(self) -> list[forms.BoundField]:
        return [self["least"], self["most"]]

    @property
    def limits(self) -> list[forms.BoundField]:
        return [self[f"most_{field}"] for field in LIMITED]

    @property
    def company(self) -> list[list[forms.BoundField]]:
        parts = ("field", "value", "count")
        return [[self[f"{part}_{n}"] for part in parts] for n in range(ROWS_OF_COMPANY)]

    def rules(self) -> list[GroupRule]:
        said = self.cleaned_data
        limits = [
            GroupRule(AT_MOST, field, said[f"most_{field}"])
            for field in LIMITED
            if said.get(f"most_{field}")
        ]
        company = [
            GroupRule(
                NOT_ALONE,
                said[f"field_{n}"],
                said.get(f"count_{n}") or FEWEST_TOGETHER,
                said.get(f"value_{n}", "").strip(),
            )
            for n in range(ROWS_OF_COMPANY)
            if said.get(f"field_{n}")
        ]
        return [*limits, *company]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"least", "most"} <= said.keys() and (
            problem := why_not_sizes(said["least"], said["most"])
        ):
            self.add_error("least", problem)
        for n in range(ROWS_OF_COMPANY):
            if said.get(f"value_{n}") and not said.get(f"field_{n}"):
                self.add_error(f"field_{n}", _("Choose the question that is answered so."))
        if not self.errors and (problem := why_not_rules(self.rules())):
            self.add_error(None, problem)
        return said

    def wished(self) -> GroupsWish:
        said = self.cleaned_data
        return GroupsWish(said["least"], said["most"], said["led_by"], self.rules())


class ApartForm(forms.Form):
    """Two people who are never in one group, and why."""

    one = forms.ChoiceField(label=_("One"))
    other = forms.ChoiceField(label=_("The other"))
    reason = forms.CharField(
        label=_("Why"),
        max_length=300,
        help_text=_("Only coordinators read this."),
        error_messages={"required": _("A short reason helps your colleagues later.")},
    )

    def __init__(self, *args: Any, people: Sequence[Participant], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [*CHOOSE, *((person.public_id, str(person)) for person in people)]
        for name in ("one", "other"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("one") and said.get("one") == said.get("other"):
            self.add_error("other", _("Choose two different people."))
        return said
