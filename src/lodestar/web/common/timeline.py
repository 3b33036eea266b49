"""Where does each phase of a cohort stand on a line of days, and what is expected when?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules import DAYS, Phases
from lodestar.domain.programs.rules.pulses import pulse_days
from lodestar.web.common.phases import names_of_days

ROW = 46
TOP = 22
BAR = 10
MARGIN = 0.025
ROOM_FOR_MONTHS = 24
MOST_MONTHS = 8
MOST_PULSES = 12
AN_EDGE = 0.08


@dataclass(frozen=True)
class Mark:
    """A day on the line: at which share of it, in which row, with what said of it."""

    x: float
    y: int
    on: date
    label: str
    day: str = ""
    anchor: str = "middle"
    is_fixed: bool = False


@dataclass(frozen=True)
class PhaseBar:
    """One phase from day to day; `handles` are its two ends as far as a day of the cohort is there."""

    label: str
    words: str
    x: float
    width: float
    y: int
    label_y: int
    state: str
    handles: list[Mark] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True)
class Timeline:
    """A cohort drawn, and the same in words."""

    bars: list[PhaseBar]
    months: list[Mark]
    today: Mark | None
    first: date
    days: int
    bottom: int
    words: list[Mark]
    margin: float = MARGIN

    @property
    def height(self) -> int:
        return self.bottom + ROOM_FOR_MONTHS


class Scale:
    """The line of days from the first to the last, with room at its ends for the handles."""

    def __init__(self, days: Iterable[date]) -> None:
        every = sorted(days)
        self.first, self.last = every[0], every[-1]
        self.days = max(1, (self.last - self.first).days)

    def x(self, day: date) -> float:
        share = (day - self.first).days / self.days
        return round(MARGIN + share * (1 - 2 * MARGIN), 4)

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def timeline_of(
    phases: Phases, design: Design, today: date, staying: Iterable[str] = ()
) -> Timeline:
    """Draw the phases of a cohort with what its design expects when; days that stay have no handle."""
    answer_by = phases.matching_on + timedelta(days=design.reply_days)
    expected = list(_expected(phases, design))
    scale = Scale([*(getattr(phases, day) for day in DAYS), answer_by])
    rows = [
        (_("Applying"), "opens_on", "closes_on", phases.opens_on, phases.closes_on),
        (_("Matching"), "matching_on", "", phases.matching_on, phases.starts_on),
        (_("Answering"), "", "", phases.matching_on, answer_by),
        (_("Mentorships"), "starts_on", "ends_on", phases.starts_on, phases.ends_on),
    ]
    stay = set(staying)
    bars = [_bar(place, row, scale, today, stay) for place, row in enumerate(rows)]
    bottom = TOP + ROW * len(bars)
    last = bars[-1]
    last.marks.extend(
        Mark(scale.x(day), last.y + BAR // 2, day, label)
        for day, label in expected
        if scale.holds(day)
    )
    return Timeline(
        bars=bars,
        months=list(_months(scale, bottom)),
        today=_today(scale, today),
        first=scale.first,
        days=scale.days,
        bottom=bottom,
        words=_in_words(phases, answer_by, expected),
    )


def _bar(
    place: int, row: tuple[str, str, str, date, date], scale: Scale, today: date, stay: set[str]
) -> PhaseBar:
    label, first, last, begin, end = row
    label_y = TOP + ROW * place + 12
    y, names = label_y + 10, names_of_days()
    ends = ((first, begin), (last, end))
    state = "done" if end < today else "now" if begin <= today else ""
    return PhaseBar(
        label=label,
        words=_("%(begin)s – %(end)s")
        % {"begin": date_format(begin, "j M"), "end": date_format(end, "j M")},
        x=scale.x(begin),
        width=max(0.006, scale.x(end) - scale.x(begin)),
        y=y,
        label_y=label_y,
        state=state,
        handles=[
            Mark(scale.x(on), y + BAR // 2, on, names[day], day, is_fixed=day in stay)
            for day, on in ends
            if day
        ],
    )


def _expected(phases: Phases, design: Design) -> Iterator[tuple[date, str]]:
    """Yield what is expected while the mentorships last, for a pair that begins on the first day."""
    first = phases.starts_on + timedelta(days=design.first_meeting_days)
    if first <= phases.ends_on:
        yield first, _("The first talk by")
    running = (phases.ends_on - phases.starts_on).days
    for days in pulse_days(design, running)[:MOST_PULSES]:
        yield phases.starts_on + timedelta(days=days), _("A short question to each")


def _in_words(phases: Phases, answer_by: date, expected: list[tuple[date, str]]) -> list[Mark]:
    """Return every day in order, as a list says it."""
    every = [(getattr(phases, day), label) for day, label in names_of_days().items()]
    every += [(answer_by, _("The last day to answer a match sent on the first day")), *expected]
    return [Mark(0, 0, on, label) for on, label in sorted(every, key=lambda each: each[0])]


def _months(scale: Scale, y: int) -> Iterator[Mark]:
    """Yield the first days of months, few enough to be read side by side."""
    firsts = []
    day = scale.first.replace(day=1)
    while day <= scale.last:
        if day >= scale.first:
            firsts.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    every = -(-len(firsts) // MOST_MONTHS) or 1
    for first in firsts[::every]:
        x = scale.x(first)
        label = date_format(first, "Y" if first.month == 1 else "M")
        yield Mark(x, y, first, label, anchor=_anchor(x, AN_EDGE / 2))


def _today(scale: Scale, today: date) -> Mark | None:
    if not scale.holds(today):
        return None
    x = scale.x(today)
    return Mark(x, 12, today, _("today"), anchor=_anchor(x))


def _anchor(x: float, edge: float = AN_EDGE) -> str:
    """Let words at the edges of the drawing grow inwards."""
    return "start" if x < edge else "end" if x > 1 - edge else "middle"
