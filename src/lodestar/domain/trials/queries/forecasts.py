"""Which forecasts are there? For coordinators of the program only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, QuerySet

from lodestar.domain.applications.models import Participant
from lodestar.domain.applications.queries import waiting_in
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries import open_participants
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.queries import version_of
from lodestar.domain.programs.rules.differences import differences as rules_between
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries.pools import MENTEE, MENTOR, roll
from lodestar.engine.simulation.comparing import Difference, differences

LONG = ("inputs", "report")
MOST_LISTED = 50
COUNTED = ("accepted", "met", "staff_hours", "pulses_answered")


@dataclass(frozen=True)
class Heads:
    """How many of each side a pool holds."""

    mentees: int
    mentors: int


def forecasts_for(person: Person, cohort: Cohort) -> QuerySet[Forecast]:
    """Return a cohort's forecasts to a coordinator of its program, the newest first."""
    return seen_by(person).filter(cohort=cohort).defer("inputs")[:MOST_LISTED]


def seen_by(person: Person) -> QuerySet[Forecast]:
    links = ("cohort__program", "cohort__design", "design__program", "past_cohort", "requested_by", "pinned_by")  # fmt: skip
    mine = Forecast.objects.filter(cohort__program__coordinators__person=person)
    return mine.select_related(*links)


def forecast_for(person: Person, key: str) -> Forecast:
    return one(seen_by(person).defer("inputs"), public_id=key)


def ready_forecast_in(person: Person, forecast: Forecast, key: str) -> Forecast:
    """Return another forecast of the same cohort that has a result."""
    rows = seen_by(person).filter(cohort=forecast.cohort_id, status=Forecast.Status.READY)
    return one(rows.exclude(pk=forecast.pk).defer("inputs"), public_id=key)


def comparable(person: Person, forecast: Forecast) -> QuerySet[Forecast]:
    """Return what a forecast can be held against: the cohort's others that are ready."""
    rows = seen_by(person).filter(cohort=forecast.cohort_id, status=Forecast.Status.READY)
    return rows.exclude(pk=forecast.pk).defer(*LONG)


def waiting_count(cohort: Cohort) -> int:
    return Forecast.objects.filter(cohort=cohort, status__in=Forecast.WAITING).count()


def first_sent_at(cohort: Cohort) -> datetime | None:
    """Return when the first matches of a cohort went out."""
    found: datetime | None = MatchRun.objects.filter(cohort=cohort).aggregate(
        first=Min("published_at")
    )["first"]
    return found


def pinned_forecast(cohort: Cohort) -> Forecast | None:
    rows = Forecast.objects.filter(cohort=cohort, pinned_at__isnull=False)
    return rows.defer("inputs").select_related("design", "pinned_by").first()


def designs_to_try(cohort: Cohort) -> QuerySet[Design]:
    """Return every version of the program's design, the cohort's own and newer ones first to choose from."""
    return cohort.program.designs.order_by("-version")


def design_to_try(cohort: Cohort, key: str) -> Design:
    return one(designs_to_try(cohort), public_id=key)


def past_cohorts(cohort: Cohort) -> QuerySet[Cohort]:
    """Return the program's other cohorts that anybody was accepted into."""
    filled = Participant.objects.order_by().values("cohort").annotate(n=Count("pk")).values("cohort")  # fmt: skip
    rows = Cohort.objects.filter(program=cohort.program_id, pk__in=filled)
    return rows.exclude(pk=cohort.pk).order_by("-opens_on", "-pk")


def past_cohort(cohort: Cohort, key: str) -> Cohort:
    return one(past_cohorts(cohort), public_id=key)


def heads_of_applicants(cohort: Cohort) -> Heads:
    """Count who would be tried if the applicants so far were."""
    roles = [
        *open_participants(cohort).values_list("role", flat=True),
        *waiting_in(cohort).values_list("role", flat=True),
    ]
    return Heads(roles.count(MENTEE), roles.count(MENTOR))


def heads_on_roll(cohort: Cohort) -> Heads:
    """Count the alumni from whose answers people are made up."""
    return Heads(roll(cohort, MENTEE).count(), roll(cohort, MENTOR).count())


@dataclass(frozen=True)
class Comparison:
    """Two forecasts of one cohort, and by how much the second differs in each measure.

    They are paired draw by draw where the same people met the same fates. With `for_each`, because they hold
    different numbers of mentees, what counts people, hours and answers is told for each mentee.
    """

    first: Forecast
    second: Forecast
    differences: dict[str, Difference]
    is_paired: bool
    is_same: bool
    for_each: bool
    design_changes: list[str]


def compared(first: Forecast, second: Forecast) -> Comparison:
    """Hold two forecasts with results against each other."""
    if not (first.report and second.report):
        raise NotFoundError
    reports = first.report, second.report
    for_each = mentees_in(first) != mentees_in(second)
    is_paired = first.seed == second.seed and people_in(first) == people_in(second)
    return Comparison(
        first,
        second,
        differences(*(by_draw_for_each(each) if for_each else each["by_draw"] for each in reports)),
        is_paired,
        is_same=is_paired and first.report["by_draw"] == second.report["by_draw"],
        for_each=for_each,
        design_changes=changes_between(first.design, second.design),
    )


def mentees_in(forecast: Forecast) -> int:
    count: int = forecast.report["inputs"]["mentees"]
    return count


def people_in(forecast: Forecast) -> list[Any]:
    """Return who was tried with which answers; the places they have are the design's."""
    sides = (forecast.inputs.get(side, []) for side in ("mentees", "mentors"))
    return [[(row["key"], row["answers"]) for row in rows] for rows in sides]


def by_draw_for_each(report: Mapping[str, Any]) -> dict[str, list[float | None]]:
    """Return what was drawn, and of what counts people, hours or answers how much comes to each mentee."""
    mentees = report["inputs"]["mentees"]
    return {
        name: [None if value is None else value / mentees for value in values]
        if name in COUNTED
        else values
        for name, values in report["by_draw"].items()
    }


def changes_between(old: Design, new: Design) -> list[str]:
    if old.pk == new.pk:
        return []
    return rules_between(version_of(old), version_of(new))
