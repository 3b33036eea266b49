"""Which forecasts are there? For coordinators of the program only."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, QuerySet

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries import open_participants
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries.pools import MENTEE, MENTOR, roll, waiting_applications
from lodestar.engine.simulation.comparing import Difference, differences

LONG = ("inputs", "report")
MOST_LISTED = 50


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
        *waiting_applications(cohort).values_list("role", flat=True),
    ]
    return Heads(roles.count(MENTEE), roles.count(MENTOR))


def heads_on_roll(cohort: Cohort) -> Heads:
    """Count the alumni from whose answers people are made up."""
    return Heads(roll(cohort, MENTEE).count(), roll(cohort, MENTOR).count())


@dataclass(frozen=True)
class Comparison:
    """Two forecasts of one cohort, and by how much the second differs in each measure."""

    first: Forecast
    second: Forecast
    differences: dict[str, Difference]
    is_paired: bool


def compared(first: Forecast, second: Forecast) -> Comparison:
    """Hold two forecasts with results against each other.

    They are paired draw by draw where the same people met the same fates.
    """
    if not (first.report and second.report):
        raise NotFoundError
    found = differences(first.report["by_draw"], second.report["by_draw"])
    is_paired = first.seed == second.seed and first.pool == second.pool
    return Comparison(first, second, found, is_paired)
