"""What does a coordinator fill in to try a design?"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.common.time import now
from lodestar.domain.programs.models import Cohort
from lodestar.domain.trials import queries, rules
from lodestar.domain.trials.actions import Figures
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries import PoolWish, Rate

Pool = Forecast.Pool
PERCENT = Decimal("0.1")
MOST_MADE_UP = 5_000
MENTEES, MENTORS = 60, 40
MANY = (1_000, 400)
WRONG = (
    "min_value", "max_value", "invalid", "required", "max_digits", "max_decimal_places", "max_whole_digits",
)  # fmt: skip
SIZE = gettext_lazy("Write a whole number from 1 to 5,000.")
NONE = [("", gettext_lazy("None"))]


class ForecastForm(forms.Form):
    """Which design, on whom, and what is believed of people; an unchanged rate stays as it was counted."""

    design = forms.ChoiceField(label=gettext_lazy("Which version of the design"))
    pool = forms.ChoiceField(
        label=gettext_lazy("On whom"), choices=Pool.choices, widget=forms.RadioSelect
    )
    past = forms.ChoiceField(
        label=gettext_lazy("Which earlier cohort"),
        required=False,
        help_text=gettext_lazy("Only for the people of an earlier cohort."),
    )
    mentees = forms.IntegerField(
        label=gettext_lazy("Made-up mentees"),
        min_value=1,
        max_value=MOST_MADE_UP,
        required=False,
        help_text=gettext_lazy("Only for made-up people."),
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), SIZE),
    )
    mentors = forms.IntegerField(
        label=gettext_lazy("Made-up mentors"),
        min_value=1,
        max_value=MOST_MADE_UP,
        required=False,
        help_text=gettext_lazy("Only for made-up people."),
        error_messages=dict.fromkeys(("min_value", "max_value", "invalid"), SIZE),
    )

    def __init__(self, *args: Any, cohort: Cohort, **kwargs: Any) -> None:
        self.cohort = cohort
        self.believed = queries.believed_of(cohort, now())
        self.heads = queries.heads_of_applicants(cohort)
        self.on_roll = queries.heads_on_roll(cohort)
        kwargs["initial"] = self.begins_with() | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.choices_of("design", [(d.public_id, design_label(d, cohort)) for d in queries.designs_to_try(cohort)])  # fmt: skip
        self.choices_of("past", [*NONE, *((c.public_id, c.name) for c in queries.past_cohorts(cohort))])  # fmt: skip
        for name in self.believed.rates:
            self.fields[rate_field(name)] = percent_field(rules.rate_in_words(name))
            known = {"aria-describedby": f"id_{rate_field(name)}_known"}
            self.fields[rate_field(name)].widget.attrs |= known
        for kind, label in hours_labels():
            self.fields[f"hours_{kind}"] = hours_field(label)

    def choices_of(self, name: str, choices: list[Any]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def begins_with(self) -> dict[str, object]:
        pool = Pool.APPLICANTS
        if rules.why_not_people(self.heads.mentees, self.heads.mentors):
            pool = Pool.ROLL
        rates = {rate_field(n): in_percent(rate) for n, rate in self.believed.rates.items()}
        hours = {
            f"hours_{kind}": getattr(self.believed.hours, kind) for kind, _label in hours_labels()
        }
        sizes = {"mentees": MENTEES, "mentors": MENTORS}
        return {"design": self.cohort.design.public_id, "pool": pool, **sizes, **rates, **hours}

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        match said.get("pool"):
            case Pool.PAST if not said.get("past"):
                self.add_error("past", _("Choose the cohort whose people are to be tried."))
            case Pool.ROLL:
                self.refuse_roll(said.get("mentees"), said.get("mentors"))
            case Pool.APPLICANTS:
                self.refuse("pool", rules.why_not_people(self.heads.mentees, self.heads.mentors))
        return said

    def refuse_roll(self, mentees: int | None, mentors: int | None) -> None:
        on_roll = rules.why_not_roll(self.on_roll.mentees, self.on_roll.mentors)
        self.refuse("pool", on_roll)
        if not on_roll and not {"mentees", "mentors"} & self.errors.keys():
            missing = rules.why_not_sizes(mentees, mentors)
            few = "" if missing else rules.why_not_people(mentees or 0, mentors or 0)
            self.refuse("mentors" if mentees and missing else "mentees", missing or few)

    def refuse(self, field: str, problem: str) -> None:
        if problem:
            self.add_error(field, problem)

    def rates(self) -> Iterator[tuple[BoundField, Rate, str]]:
        """Yield each rate's field, with what is known of it and what it begins with."""
        for name, rate in self.believed.rates.items():
            yield (
                self[rate_field(name)],
                rate,
                rules.beginning_in_words(rate.published, rate.source),
            )

    def hours(self) -> Iterator[BoundField]:
        for kind, _label in hours_labels():
            yield self[f"hours_{kind}"]

    def times(self) -> Iterator[str]:
        """Yield how long the applicants take, and how long a few and many made-up people do."""
        heads = self.heads.mentees, self.heads.mentors
        if not rules.why_not_people(*heads):
            yield rules.time_in_words(*heads)
        for made_up in ((MENTEES, MENTORS), MANY):
            yield rules.time_in_words(*made_up)

    def half_met_by(self) -> int:
        return rules.days_half_met(self.believed.meeting.usual)

    def wished(self) -> PoolWish:
        said = self.cleaned_data
        kind = Pool(said["pool"])
        past = queries.past_cohort(self.cohort, said["past"]) if kind == Pool.PAST else None
        if kind != Pool.ROLL:
            return PoolWish(kind, past)
        return PoolWish(kind, None, said["mentees"], said["mentors"])

    def figures(self) -> Figures:
        """Return only what was typed differently."""
        said, before = self.cleaned_data, self.begins_with()
        rates = {
            name: float(said[rate_field(name)]) / 100
            for name in self.believed.rates
            if said[rate_field(name)] != before[rate_field(name)]
        }
        hours = {
            kind: float(said[f"hours_{kind}"])
            for kind, _label in hours_labels()
            if float(said[f"hours_{kind}"]) != before[f"hours_{kind}"]
        }
        return Figures(rates, hours)


def rate_field(name: str) -> str:
    return f"rate_{name.replace('.', '_')}"


def in_percent(rate: Rate) -> Decimal:
    return Decimal(100 * rate.shrunk).quantize(PERCENT)


def percent_field(label: str) -> forms.DecimalField:
    said = _(
        "A rate lies between 0 and 100 percent, with one digit after the point at most: write 5 for one person "
        "in twenty."
    )
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=4,
        decimal_places=1,
        error_messages=dict.fromkeys(WRONG, said),
    )


def hours_field(label: str) -> forms.DecimalField:
    said = _(
        "Hours lie between 0 and 100, with two digits after the point at most: write 0.25 for a quarter of an hour."
    )
    return forms.DecimalField(
        label=label,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
        error_messages=dict.fromkeys(WRONG, said),
    )


def hours_labels() -> tuple[tuple[str, str], ...]:
    return (
        ("manual_case", _("Hours for a mentee left without a mentor")),
        ("silence_case", _("Hours for a match that runs out, or a pair that never meets")),
        ("rematch", _("Hours for a match proposed in a later run")),
        ("ask", _("Hours to ask one person to become a mentor, or to take one mentee more")),
        ("rule", _("Hours to talk a rule over and to change it")),
    )


def design_label(design: Any, cohort: Cohort) -> str:
    label = _("Version %(number)d") % {"number": design.version}
    if design.pk == cohort.design_id:
        return _("%(version)s, which this cohort has") % {"version": label}
    return label
