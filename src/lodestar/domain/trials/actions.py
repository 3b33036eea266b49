"""What can be done with a forecast?"""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import Clock
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.matching.actions.computing import compute_claimed
from lodestar.domain.matching.rules import fingerprint
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.groups import why_not_played
from lodestar.domain.trials import queries, rules
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries import PoolWish
from lodestar.domain.trials.queries.solving import (
    believed_as_data,
    report_of,
)
from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.simulation.assumptions import Procedure
from lodestar.engine.simulation.rates import Believed

Status = Forecast.Status
LARGEST_SEED = 2**31 - 1
WORKING_DAYS_A_WEEK, DAYS_A_WEEK = 5, 7


@dataclass(frozen=True)
class Figures:
    """What a coordinator typed in place of a rate (a share by name), or of hours of work (by kind)."""

    rates: Mapping[str, float] = field(default_factory=dict)
    hours: Mapping[str, float] = field(default_factory=dict)


def request_forecast(
    cohort: Cohort,
    *,
    by: Person | None,
    design: Design,
    wish: PoolWish,
    figures: Figures = Figures(),
    seed: int | None = None,
) -> Forecast:
    """Freeze the people, the design and the rates in a row, and ask for what is to be expected of them.

    All forecasts of a cohort share one seed, so that two designs meet the same fates.
    """
    if problem := why_not_played(design):
        raise RefusedError(problem)
    seed = seed_of(cohort) if seed is None else seed
    if wish.kind == Forecast.Pool.ROLL:
        require_a_roll(cohort)
    inputs = queries.inputs_of(cohort, design, wish, seed)
    if problem := rules.why_not_people(len(inputs["mentees"]), len(inputs["mentors"])):
        raise RefusedError(problem)
    inputs["procedure"] = asdict(procedure_of(cohort, design))
    forecast = Forecast(
        cohort=cohort,
        design=design,
        pool=wish.kind,
        past_cohort=wish.past,
        seed=seed,
        inputs=inputs,
        inputs_sha256=fingerprint(inputs),
        believed=believed_as_data(with_figures(cohort, figures)),
        requested_by=by,
    )
    return keep_request(forecast, by=by)


@transaction.atomic
def keep_request(forecast: Forecast, *, by: Person | None) -> Forecast:
    """Store what was frozen, unless the cohort has enough that waits."""
    cohort = forecast.cohort.locked()
    if problem := rules.why_not_wait(queries.waiting_count(cohort)):
        raise RefusedError(problem)
    forecast.full_clean()
    forecast.save()
    digest = forecast.inputs_sha256
    record("forecast.requested", forecast, by=by, inputs_sha256=digest, pool=forecast.pool)
    wake("compute_forecasts")
    return forecast


def require_a_roll(cohort: Cohort) -> None:
    heads = queries.heads_on_roll(cohort)
    if problem := rules.why_not_roll(heads.mentees, heads.mentors):
        raise RefusedError(problem)


def seed_of(cohort: Cohort) -> int:
    first = Forecast.objects.filter(cohort=cohort).order_by("pk").values_list("seed", flat=True)
    return first[0] if first else secrets.randbelow(LARGEST_SEED)


def procedure_of(cohort: Cohort, design: Design) -> Procedure:
    """Return what the office does, as the design says it; its days are working days."""
    return Procedure(
        reply_days=design.reply_days,
        first_meeting_days=design.first_meeting_days * WORKING_DAYS_A_WEEK // DAYS_A_WEEK,
        pulses=rules.pulses_of(design, cohort.starts_on, cohort.ends_on),
    )


def with_figures(cohort: Cohort, figures: Figures) -> Believed:
    """Return what history and published figures say, save where somebody typed something else."""
    believed = queries.believed_of(cohort, current_time())
    try:
        rates = {
            name: replace(rate, typed=figures.rates.get(name))
            for name, rate in believed.rates.items()
        }
        hours = believed.hours
        if figures.hours:
            hours = replace(hours, **figures.hours, source=_("typed in by the office"))
    except MatchingError as error:
        raise RefusedError(str(error)) from error
    return replace(believed, rates=rates, hours=hours)


def claim_forecast(now: datetime) -> Forecast | None:
    """Claim the forecast that waits longest; a claim is lost with its lease, three lost ones are enough."""
    rows, seconds = Forecast.objects.all(), settings.FORECAST_SECONDS
    return claims.claim_next(rows, now, seconds=seconds, give_up=give_up, progress=0)


def give_up(forecast: Forecast) -> bool:
    return fail_forecast(
        forecast,
        _(
            "The forecast was broken off %(count)d times: its worker was stopped, or ran out of "
            "memory. Nothing else was touched. Ask for it again with fewer people; if this happens "
            "again, tell whoever runs this installation."
        )
        % {"count": forecast.attempt_count},
    )


def note_progress(forecast: Forecast, share: float) -> bool:
    """Note how much is done, in percent; False if the claim was lost meanwhile."""
    return claims.keep(forecast, progress=min(100, round(100 * share)))


@transaction.atomic
def fail_forecast(forecast: Forecast, problem: str) -> bool:
    """End a claimed forecast with the sentence that says why; False if the claim was lost meanwhile."""
    if not claims.fail(forecast, problem):
        return False
    record("forecast.failed", forecast, attempt=forecast.attempt_count)
    return True


@transaction.atomic
def store_forecast(forecast: Forecast, report: dict[str, Any]) -> bool:
    """Store what is to be expected; False if the claim was lost meanwhile."""
    found = {"ready_at": current_time(), "progress": 100, "report": report}
    if not claims.finish(forecast, Status.READY, **found):
        return False
    record("forecast.ready", forecast, draws=report["draws"])
    return True


def compute_forecast(forecast: Forecast, clock: Clock) -> bool:
    """Compute a claimed forecast between two short transactions, and in none itself."""

    def hear(share: float) -> None:
        note_progress(forecast, share)

    def find(claimed: Forecast) -> dict[str, Any]:
        return report_of(claimed, hear)

    return compute_claimed(forecast, clock, find=find, store=store_forecast, fail=fail_forecast)


@transaction.atomic
def pin_forecast(forecast: Forecast, *, by: Person) -> Forecast:
    """Keep this forecast as the one that is held against what happens; the one kept before is let go."""
    cohort = forecast.cohort.locked()
    forecast = forecast.locked()
    if forecast.pinned_at is not None:
        return forecast
    if problem := rules.why_not_pin(forecast, queries.first_sent_at(cohort)):
        raise RefusedError(problem)
    Forecast.objects.filter(cohort=cohort, pinned_at__isnull=False).update(
        pinned_at=None, pinned_by=None
    )
    forecast.pinned_at, forecast.pinned_by = current_time(), by
    forecast.save(update_fields=["pinned_at", "pinned_by"])
    record("forecast.pinned", forecast, by=by)
    return forecast
