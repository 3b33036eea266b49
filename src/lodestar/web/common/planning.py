"""How does somebody choose times to offer, on a page or from a letter? The same form at both doors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.common.time import now
from lodestar.domain.mentorships.models import Appointment, Mentorship, Way
from lodestar.domain.mentorships.queries.appointments import Offers, offers_for
from lodestar.domain.mentorships.rules import appointments as planning
from lodestar.domain.mentorships.rules import partner_of
from lodestar.domain.mentorships.rules.appointments import MOST_TIMES, Plan
from lodestar.domain.people.models import Person
from lodestar.web.common.two_clocks import both_in_words, day_in_words

LENGTHS = (30, 45, 60, 90)
USUAL_LENGTH = 60
ROWS = range(1, MOST_TIMES + 1)


@dataclass(frozen=True)
class Between:
    """Who looks for times with whom, which times suit both, and which meeting is to be moved."""

    mentorship: Mentorship
    person: Person
    offers: Offers
    minutes: int = USUAL_LENGTH
    moves: Appointment | None = None

    @property
    def partner(self) -> Person:
        return partner_of(self.mentorship, self.person)


def between(
    mentorship: Mentorship, person: Person, minutes: object = "", moves: Appointment | None = None
) -> Between:
    """Look for times that suit both; a length that we do not offer is the usual one."""
    usual = moves.minutes if moves else USUAL_LENGTH
    length = int(str(minutes)) if str(minutes).isdecimal() and len(str(minutes)) < 4 else usual
    length = length if length in planning.LENGTHS else usual
    return Between(mentorship, person, offers_for(mentorship, person, now(), length, moves), length, moves)  # fmt: skip


class SlotsField(forms.MultipleChoiceField):
    """Some of the offered moments. Any moment is taken: what was offered a minute ago may have moved on."""

    def valid_value(self, value: object) -> bool:
        return moment_in(str(value)) is not None


def moment_in(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


class WayForm(forms.Form):
    """How the two talk, and where that is."""

    way = forms.ChoiceField(label=gettext_lazy("How do you talk?"), widget=forms.RadioSelect)
    where = forms.CharField(
        label=gettext_lazy("Link, number or place"),
        help_text=gettext_lazy("Not needed for a video room that we make."),
        required=False,
        max_length=300,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = [(way.value, way.label) for way in planning.open_ways()]
        self.fields["way"].choices = ways  # type: ignore[attr-defined]
        self.fields["way"].initial = planning.usual_way().value

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        said["where"] = "" if said.get("way") == Way.VIDEO else said.get("where", "").strip()
        if "way" in said and (problem := planning.why_not_way(said["way"], said["where"])):
            self.add_error("where", problem)
        return said


class TimesForm(WayForm):
    """Up to three moments, ticked or typed by one's own clock."""

    field_order = ("slots", *(f"{end}_{n}" for n in ROWS for end in ("day", "time")))

    def __init__(self, data: Mapping[str, Any] | None, *, between: Between) -> None:
        initial = {}
        if between.moves:
            initial = {"way": between.moves.way, "where": between.moves.where}
        super().__init__(data, initial=initial)
        self.between = between
        self.fields["slots"] = SlotsField(
            label=_("Times that suit you both") if between.offers.basis == "both" else _("Times"),
            choices=[(at.isoformat(), self.words(at)) for at in self.shown()],
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )
        for n in ROWS:
            self.fields[f"day_{n}"] = forms.DateField(
                label=_("Day %(n)s") % {"n": n},
                required=False,
                widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            )
            self.fields[f"time_{n}"] = forms.TimeField(
                label=_("Time %(n)s, by your clock") % {"n": n},
                required=False,
                widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "step": "900"}),
            )
        self.order_fields(self.field_order)

    def words(self, at: datetime) -> str:
        return both_in_words(at, self.between.person, self.between.partner)

    def shown(self) -> list[datetime]:
        """Return the moments to tick: what is offered, and what was ticked before and is no longer among it."""
        ticked = self.data.getlist("slots") if hasattr(self.data, "getlist") else []
        kept = [at for at in map(moment_in, ticked[:20]) if at]
        return sorted({*self.between.offers.starts, *kept})

    @property
    def days(self) -> list[tuple[str, list[Any]]]:
        """Return the boxes to tick by the days of one's own calendar."""
        found: dict[str, list[Any]] = {}
        for at, box in zip(self.shown(), self["slots"], strict=True):
            found.setdefault(day_in_words(at, self.between.person), []).append(box)
        return list(found.items())

    @property
    def typed_rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [(self[f"day_{n}"], self[f"time_{n}"]) for n in ROWS]

    @property
    def way_fields(self) -> Sequence[forms.BoundField]:
        return [self["way"], self["where"]]

    @property
    def has_typed(self) -> bool:
        return any(self[f"{end}_{n}"].value() for n in ROWS for end in ("day", "time"))

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        ticked = [at for at in map(moment_in, said.get("slots", [])) if at]
        typed = [self.typed(said, n) for n in ROWS]
        said["starts"] = tuple(dict.fromkeys([*ticked, *filter(None, typed)]))
        if not self.errors and (problem := planning.why_not_plan(self.plan_of(said), now())):
            self.add_error(None, problem)
        return said

    def typed(self, said: dict[str, Any], n: int) -> datetime | None:
        """Return the moment typed in one row; what names none is said beside it."""
        day, at = said.get(f"day_{n}"), said.get(f"time_{n}")
        if (not day and not at) or {f"day_{n}", f"time_{n}"} & set(self.errors):
            return None
        if not day or not at:
            self.add_error(f"time_{n}" if day else f"day_{n}", _("Say both, the day and the time."))
            return None
        wall = datetime.combine(day, at)
        if problem := planning.why_unclear(wall, self.between.person):
            self.add_error(f"time_{n}", problem)
        return planning.moment_of(wall, self.between.person)

    def plan_of(self, said: Mapping[str, Any]) -> Plan:
        return Plan(said["starts"], self.between.minutes, said["way"], said["where"])

    @property
    def plan(self) -> Plan:
        """The clean form as the action takes it."""
        return self.plan_of(self.cleaned_data)
