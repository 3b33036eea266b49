"""What do the numbers of a trial run say, and what may be done about them?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.matching.rules import some_names
from lodestar.domain.people.models import Person
from lodestar.domain.pilots.models import Finding, Gate, Verdict
from lodestar.domain.programs.models import Cohort
from lodestar.engine.measures.rates import wilson

Measure = Gate.Measure
USUAL: dict[str, Decimal] = {
    Measure.MATCHED: Decimal(80),
    Measure.MET: Decimal(70),
    Measure.FIT: Decimal(4),
    Measure.SILENT: Decimal(10),
    Measure.ANSWERED: Decimal(60),
}
AT_MOST = {Measure.SILENT}
LARGEST = {Measure.FIT: 5}
PERCENT = 100
LIKELY = 0.8


class Standing(StrEnum):
    """Where a measure stands against its gate."""

    REACHED = "reached"
    MISSED = "missed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reading:
    """A measure now, with its interval of 19 of 20 and how many it was counted on; None: nobody knows yet."""

    measure: str
    value: float | None
    low: float | None
    high: float | None
    of: int

    @property
    def name(self) -> str:
        return str(Measure(self.measure).label)

    @property
    def is_share(self) -> bool:
        """Whether it is in percent; the other is a grade from 1 to 5."""
        return self.measure not in LARGEST


@dataclass(frozen=True, slots=True)
class Held:
    """A reading beside its threshold; `is_sure` where the whole interval lies on one side of it."""

    reading: Reading
    threshold: Decimal
    standing: Standing
    is_sure: bool

    @property
    def is_at_most(self) -> bool:
        return self.reading.measure in AT_MOST


def held_against(reading: Reading, threshold: Decimal) -> Held:
    """Compare a reading with what it has to reach, or may not exceed.

    >>> held_against(Reading("met", 75.0, 46.0, 92.0, 12), Decimal(70)).standing.value
    'reached'
    >>> held_against(Reading("silent", 25.0, 9.0, 53.0, 12), Decimal(10)).standing.value
    'missed'
    """
    if reading.value is None or reading.low is None or reading.high is None:
        return Held(reading, threshold, Standing.UNKNOWN, False)
    limit, value, low, high = float(threshold), reading.value, reading.low, reading.high
    if reading.measure in AT_MOST:
        value, low, high, limit = -value, -high, -low, -limit
    standing = Standing.REACHED if value >= limit else Standing.MISSED
    is_sure = low >= limit if standing is Standing.REACHED else high < limit
    return Held(reading, threshold, standing, is_sure)


def held_when_signed(verdict: Verdict) -> list[Held]:
    """Return what was read when a verdict was signed, as it was then."""
    return [
        held_against(
            Reading(each["measure"], each["value"], each["low"], each["high"], each["of"]),
            Decimal(each["threshold"]),
        )
        for each in verdict.numbers
    ]


def why_not_threshold(measure: str, threshold: Decimal) -> str:
    """Say why a measure cannot be asked to reach this, or nothing."""
    most = LARGEST.get(Measure(measure), PERCENT)
    if not 0 < threshold <= most:
        return _("“%(measure)s” is asked to reach a number above 0 and up to %(most)d.") % {
            "measure": Measure(measure).label,
            "most": most,
        }
    return ""


def why_not_set_gates(cohort: Cohort, verdict: Verdict | None, on: date) -> str:
    """Say why the criteria of a trial run are fixed, or nothing."""
    if not cohort.is_pilot:
        return _("Only a trial run has criteria for going on.")
    if verdict:
        return _("It is decided; the criteria stay as they were.")
    if on >= cohort.starts_on:
        return _(
            "The mentorships have started, so the criteria stay: whoever moves them afterwards proves nothing."
        )
    return ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """On what a trial run is decided: its numbers, what is still open, and whether there were pairs at all."""

    held: Sequence[Held]
    open_findings: int
    has_started: bool


def why_not_sign(
    cohort: Cohort, verdict: Verdict | None, outcome: str, evidence: Evidence, *, all_the_same: bool
) -> str:
    """Say why this cannot be decided now, or nothing; stopping needs no numbers."""
    if not cohort.is_pilot:
        return _("Only a trial run is decided on.")
    if verdict:
        return _("It is decided already, by %(name)s.") % {"name": verdict.signed_by}
    if outcome == Verdict.Outcome.STOP:
        return ""
    if not evidence.has_started:
        return _(
            "Its mentorships start on %(day)s. Until then it has shown nothing, so it can be stopped, "
            "but not launched."
        ) % {"day": date_format(cohort.starts_on, "j F Y")}
    return why_not_go(evidence, all_the_same=all_the_same) if outcome == Verdict.Outcome.GO else ""


def why_not_go(evidence: Evidence, *, all_the_same: bool) -> str:
    """Say what a launch still waits for; criteria may be overruled, but never without a word."""
    if evidence.open_findings:
        return ngettext(
            "%(count)d finding is not mended and checked: mend it first, or decide to mend before the launch.",
            "%(count)d findings are not mended and checked: mend them first, or decide to mend before the launch.",
            evidence.open_findings,
        ) % {"count": evidence.open_findings}
    if all_the_same or not has_doubts(evidence.held):
        return ""
    return _("%(advice)s To launch it all the same, tick that you do, and say why.") % {
        "advice": advice(evidence.held)
    }


def has_doubts(held: Sequence[Held]) -> bool:
    """Tell if the criteria that were fixed beforehand do not say: go."""
    return any(each.standing is not Standing.REACHED for each in held)


def why_not_launch(cohort: Cohort, verdict: Verdict | None) -> str:
    """Say why no launch follows from a trial run yet, or nothing."""
    if verdict is None:
        return _("Decide first whether it goes on.")
    if verdict.outcome == Verdict.Outcome.STOP:
        return _("It was decided not to launch %(program)s.") % {"program": cohort.program}
    return ""


def is_open(finding: Finding) -> bool:
    """A finding stays open until somebody has seen that its mend holds."""
    return finding.checked_at is None


def why_not_check(finding: Finding, by: Person, others: Sequence[Person]) -> str:
    """Whoever mended something would see what they meant to do; `others` look after the program too."""
    if finding.mended_at is None:
        return _("It is not mended yet, so there is nothing to check.")
    if finding.mended_by_id == by.pk and others:
        return _(
            "You mended it yourself; somebody else sees sooner whether it holds. Ask %(names)s."
        ) % {"names": some_names([str(each) for each in others])}
    return ""


def is_own_check(finding: Finding) -> bool:
    """Tell if the same person mended and checked, for want of a second one."""
    return finding.checked_by_id is not None and finding.checked_by_id == finding.mended_by_id


def advice(held: Sequence[Held]) -> str:
    """Return in a sentence what the numbers say; people decide."""
    missed = [each for each in held if each.standing is Standing.MISSED]
    unknown = [each for each in held if each.standing is Standing.UNKNOWN]
    if missed:
        return _("By the criteria fixed beforehand: not yet. Missed: %(names)s.") % {
            "names": _names(missed)
        }
    if len(unknown) == len(held):
        return _("Too early: none of its criteria can be counted yet.")
    if unknown:
        return _("Nothing is missed so far. Not known yet: %(names)s.") % {"names": _names(unknown)}
    return _("By the criteria fixed beforehand: go.")


def _names(held: Sequence[Held]) -> str:
    return ", ".join(each.reading.name for each in held)


def what_it_can_show(pairs: int, planned: int = 0) -> list[str]:
    """Say plainly what a trial run of so many pairs can and cannot show; before there are any, of those planned."""
    if not (pairs or planned):
        return [_("There are no pairs yet, so it shows nothing yet.")]
    low, high = (
        round(PERCENT * end) for end in wilson(round(LIKELY * (pairs or planned)), pairs or planned)
    )
    told = {"pairs": pairs or planned, "low": low, "high": high}
    return [
        ngettext(
            "There are no pairs yet. With %(pairs)d, if 80 of 100 did well here, a launch could see anything from %(low)d to %(high)d.",
            "There are no pairs yet. With %(pairs)d, if 80 of 100 did well here, a launch could see anything from %(low)d to %(high)d.",
            planned,
        )
        % told
        if not pairs
        else ngettext(
            "It has %(pairs)d pair. If 80 of 100 did well here, a launch could see anything from %(low)d to %(high)d.",
            "It has %(pairs)d pairs. If 80 of 100 did well here, a launch could see anything from %(low)d to %(high)d.",
            pairs,
        )
        % told,
        _(
            "It shows whether each step works at all: applying, matching, letters, questions. That is worth most."
        ),
        _(
            "Those who volunteer for a trial run are keener than those who come later, so it flatters."
        ),
    ]


def usual_gates() -> Iterable[tuple[str, Decimal]]:
    return USUAL.items()
