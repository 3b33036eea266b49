"""What does a coordinator choose about needs, surveys and recruiting?"""

from datetime import date, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from lodestar.domain.needs.models import NeedsSurvey, RecruitmentGoal
from lodestar.domain.needs.queries import COLUMNS, ROWS, Shortage
from lodestar.domain.needs.rules import GoalWish, field_in_words, value_in_words
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort

APART = "|"
ANYONE = ("", _("Any mentor"))
ASKED_DAYS = 28


class MapForm(forms.Form):
    """What the heat map shows, and by what it is parted."""

    rows = forms.ChoiceField(label=_("What is wanted"), required=False)
    by = forms.ChoiceField(label=_("Parted by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, fields in (("rows", ROWS), ("by", COLUMNS)):
            choices = [(field, field_in_words(field)) for field in fields]
            cast(forms.ChoiceField, self.fields[name]).choices = choices

    def wished(self) -> tuple[str, str]:
        """Return both fields; nonsense gives topics by part of the world."""
        said = self.cleaned_data if self.is_valid() else {}
        return said.get("rows") or ROWS[0], said.get("by") or COLUMNS[0]


class FindForm(forms.Form):
    """Whom to look for among the alumni listed."""

    q = forms.CharField(label=_("Name, work or place"), max_length=100, required=False)


class AskForm(forms.Form):
    """Between which days one side is asked."""

    opens_on = forms.DateField(label=_("Ask from"))
    closes_on = forms.DateField(label=_("Last day to answer"))
    takes_nameless = forms.BooleanField(
        label=_("Also without signing in"),
        required=False,
        help_text=_(
            "More people answer, but nobody can tell two answers of one person apart. Without the "
            "tick those given already count no more."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("opens_on", "closes_on"):
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def days(self) -> tuple[date, date]:
        return self.cleaned_data["opens_on"], self.cleaned_data["closes_on"]

    @classmethod
    def initial_of(
        cls, survey: NeedsSurvey | None, cohort: Cohort, today: date
    ) -> dict[str, object]:
        if survey:
            return {name: getattr(survey, name) for name in cls.base_fields}
        return {
            "opens_on": today,
            "takes_nameless": True,
            "closes_on": max(today, min(cohort.closes_on, today + timedelta(days=ASKED_DAYS))),
        }


class GoalForm(forms.Form):
    """How many mentors, of which kind, won by whom, where, and by when."""

    kind = forms.ChoiceField(label=_("Which mentors"), required=False)
    target = forms.IntegerField(label=_("How many"), min_value=1, max_value=1000)
    owner = forms.ChoiceField(label=_("Who looks after it"))
    due_on = forms.DateField(
        label=_("By when"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    channel = forms.CharField(
        label=_("Where you will reach them"),
        max_length=200,
        required=False,
        help_text=_("“The Nairobi chapter’s newsletter”, “Dean’s letter”."),
    )

    def __init__(
        self,
        *args: Any,
        shortages: list[Shortage],
        people: list[Person],
        keeps_kind: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.people = {person.public_id: person for person in people}
        self.choose("owner", [(key, str(person)) for key, person in self.people.items()])
        self.choose("kind", [ANYONE, *kinds_of(shortages, str(self.initial.get("kind", "")))])
        self.fields["kind"].disabled = keeps_kind

    @classmethod
    def initial_of(cls, goal: RecruitmentGoal) -> dict[str, object]:
        kept = {name: getattr(goal, name) for name in ("target", "due_on", "channel")}
        kind = kind_of(goal.field, goal.value)
        return {**kept, "kind": kind, "owner": goal.owner.public_id}

    def choose(self, name: str, choices: list[Any]) -> None:
        cast(forms.ChoiceField, self.fields[name]).choices = choices

    def wish(self) -> GoalWish:
        said = self.cleaned_data
        field, _apart, value = said["kind"].partition(APART)
        return GoalWish(
            target=said["target"],
            owner=self.people[said["owner"]],
            due_on=said["due_on"],
            field=field,
            value=value,
            channel=said["channel"],
        )


def kind_of(field: str, value: str) -> str:
    """Return the choice that stands for mentors of one kind; nothing for any."""
    return f"{field}{APART}{value}" if field else ""


def kinds_of(shortages: list[Shortage], chosen: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the values of a report to choose from, under their fields, with the one chosen before."""
    kinds = {kind_of(each.field, each.value): each.name for each in shortages}
    field, apart, value = chosen.partition(APART)
    if apart:
        kinds.setdefault(chosen, value_in_words(field, value))
    grouped: dict[str, list[tuple[str, str]]] = {}
    for key, name in kinds.items():
        grouped.setdefault(field_in_words(key.partition(APART)[0]), []).append((key, name))
    return list(grouped.items())
