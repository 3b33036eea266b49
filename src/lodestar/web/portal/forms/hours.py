"""When is somebody free in a week, and when are they away?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.people.models import FreeHours
from lodestar.web.portal.forms.mentorships import DayInput

SPANS_A_DAY = 2
MIDNIGHT = 24 * 60
USUAL: Mapping[str, tuple[range, int, int]] = {
    "evenings": (range(5), 18 * 60, 21 * 60),
    "lunch": (range(5), 12 * 60, 13 * 60 + 30),
    "weekends": (range(5, 7), 10 * 60, 17 * 60),
}


class ClockInput(forms.TimeInput):
    """The browser's own picker of times, by quarters of an hour."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M", attrs={"step": "900"})


@dataclass(frozen=True)
class DayRow:
    """One weekday of the form: its name and its spans, each as two bound fields."""

    name: str
    spans: list[tuple[forms.BoundField, forms.BoundField]]


def name_of(weekday: int, place: int, end: str) -> str:
    return f"day{weekday}_{place}_{end}"


class HoursForm(forms.Form):
    """Up to two spans for each day of the week; an empty row is a day without free time."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, day in WEEKDAYS.items():
            for place in range(SPANS_A_DAY):
                nth = _("first") if place == 0 else _("second")
                for end, words in (("from", _("from")), ("to", _("until"))):
                    self.fields[name_of(weekday, place, end)] = forms.TimeField(
                        label=f"{day}, {nth}: {words}", required=False, widget=ClockInput
                    )

    @property
    def rows(self) -> list[DayRow]:
        return [
            DayRow(
                str(day),
                [
                    (self[name_of(weekday, place, "from")], self[name_of(weekday, place, "to")])
                    for place in range(SPANS_A_DAY)
                ],
            )
            for weekday, day in WEEKDAYS.items()
        ]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "as_monday" in self.data:
            self.repeat_monday(said)
        for weekday in WEEKDAYS:
            for place in range(SPANS_A_DAY):
                self.check(said, weekday, place)
        return said

    def repeat_monday(self, said: dict[str, Any]) -> None:
        """Let the other working days be as Monday is."""
        for weekday in range(1, 5):
            for place in range(SPANS_A_DAY):
                for end in ("from", "to"):
                    said[name_of(weekday, place, end)] = said.get(name_of(0, place, end))

    def check(self, said: dict[str, Any], weekday: int, place: int) -> None:
        begins, ends = (name_of(weekday, place, end) for end in ("from", "to"))
        begin, end = said.get(begins), said.get(ends)
        if begins in self.errors or ends in self.errors or (begin is None and end is None):
            return
        if begin is None or end is None:
            missing = begins if begin is None else ends
            self.add_error(missing, _("Say both: from when, and until when."))
        elif begin.minute % 15 or end.minute % 15:
            self.add_error(
                ends, _("Please use full, half or quarter hours, such as 18:00 or 18:30.")
            )
        elif minute_of(begin) >= end_minute_of(end):
            self.add_error(
                ends,
                _("This ends before it begins. For hours after midnight, end at 00:00 and use the row of the next day."),
            )  # fmt: skip

    def told(self) -> list[tuple[int, int, int]]:
        """Return the spans as (weekday, from minute, to minute)."""
        said = self.cleaned_data
        found = []
        for weekday in WEEKDAYS:
            for place in range(SPANS_A_DAY):
                begin, end = (said.get(name_of(weekday, place, end)) for end in ("from", "to"))
                if begin is not None and end is not None:
                    found.append((weekday, minute_of(begin), end_minute_of(end)))
        return found


def minute_of(at: time) -> int:
    return at.hour * 60 + at.minute


def end_minute_of(at: time) -> int:
    """Return the minute of an end: midnight is the end of the day, not its beginning."""
    return minute_of(at) or MIDNIGHT


def clock_of(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


def filled(spans: Iterable[tuple[int, int, int]]) -> dict[str, time]:
    """Return what stands in the form for some spans; a third one of a day has no row and is left out."""
    found: dict[str, time] = {}
    count: dict[int, int] = {}
    for weekday, begin, end in sorted(spans):
        place = count.get(weekday, 0)
        count[weekday] = place + 1
        if place < SPANS_A_DAY:
            found[name_of(weekday, place, "from")] = clock_of(begin)
            found[name_of(weekday, place, "to")] = clock_of(end)
    return found


def with_usual(spans: Sequence[tuple[int, int, int]], usual: str) -> Sequence[tuple[int, int, int]]:
    """Return the spans with those that many have, on days that have no overlapping ones yet."""
    days, begin, end = USUAL.get(usual, (range(0), 0, 0))
    taken = {day for day, first, last in spans if first < end and begin < last}
    return [*spans, *((day, begin, end) for day in days if day not in taken)]


def spans_of(rows: Iterable[FreeHours]) -> list[tuple[int, int, int]]:
    return [(row.weekday, row.from_minute, row.to_minute) for row in rows]


class AwayForm(forms.Form):
    """From the first to the last day away."""

    first_on = forms.DateField(label=gettext_lazy("First day away"), widget=DayInput)
    last_on = forms.DateField(label=gettext_lazy("Last day away"), widget=DayInput)
