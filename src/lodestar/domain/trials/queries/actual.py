"""What has really become of a cohort, in the measures of its forecast?"""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from django.db.models import Min

from lodestar.domain.common.time import day_of
from lodestar.domain.feedback.queries import answers_in
from lodestar.domain.mentorships.queries import mentees_of, mentorships_in
from lodestar.domain.programs.models import Cohort
from lodestar.domain.trials import rules
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries.forecasts import first_sent_at
from lodestar.domain.trials.queries.history import working_days_between

MEASURES = ("accepted", "met", "first_meeting_half", "score_mean", "pulses_answered")


@dataclass(frozen=True)
class Held:
    """One measure: what was expected, with its interval of 9 of 10, and what happened; None where not known yet."""

    name: str
    mean: float | None
    low: float | None
    high: float | None
    actual: float | None
    verdict: str


def forecast_against_actual(forecast: Forecast) -> list[Held]:
    """Hold a forecast against the records of its cohort as they are now."""
    happened = actual(forecast.cohort)
    found = []
    for name in MEASURES:
        expected = forecast.report["expected"][name]
        low, high, real = expected["low"], expected["high"], happened[name]
        verdict = rules.verdict_of(low, high, real)
        found.append(Held(name, expected["mean"], low, high, real, verdict))
    return found


def actual(cohort: Cohort) -> dict[str, float | None]:
    """Count what happened, by the names of the forecast's measures."""
    agreed = mentorships_in(cohort)
    scores = list(agreed.values_list("match__score", flat=True))
    days = days_to_first_meeting(cohort)
    return {
        "accepted": len(mentees_of(agreed)),
        "met": len(days),
        "first_meeting_half": half_by(days),
        "score_mean": fmean(scores) if scores else None,
        "pulses_answered": answers_in(cohort).count(),
    }


def days_to_first_meeting(cohort: Cohort) -> list[int]:
    """Return for each mentee who has met a mentor the working days from the first matches until then."""
    sent = first_sent_at(cohort)
    rows = mentorships_in(cohort).filter(meetings__isnull=False)
    firsts = rows.order_by().values("match__mentee").annotate(met_on=Min("meetings__held_on"))
    if sent is None:
        return []
    return sorted(working_days_between(day_of(sent), row["met_on"]) for row in firsts)


def half_by(days: Sequence[int]) -> int | None:
    """Return the day by which half have met, as the forecast counts it.

    >>> half_by([3, 5, 9, 20]), half_by([])
    (5, None)
    """
    return days[(len(days) + 1) // 2 - 1] if days else None
