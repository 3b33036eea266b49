"""What does the engine expect of frozen people? Asked in a child process with limits."""

from collections.abc import Callable
from dataclasses import asdict, replace
from functools import partial
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.matching.queries.children import Limits, found_within
from lodestar.domain.matching.queries.inputs import design_of, people_of
from lodestar.domain.trials.models import Forecast
from lodestar.engine.matching.cohort import GivenPairs
from lodestar.engine.simulation.assumptions import Procedure, StaffHours
from lodestar.engine.simulation.forecast_report import Pool, forecast_pool
from lodestar.engine.simulation.rates import Believed, Days, Rate

Hear = Callable[[float], None]


def report_of(forecast: Forecast, hear: Hear) -> dict[str, Any]:
    """Compute a forecast in a child process; raises NoResultError."""
    limits = Limits(
        settings.FORECAST_SECONDS,
        too_long=_(
            "The forecast took longer than %(seconds)d seconds and was stopped. Nothing else was "
            "touched. Ask for it again at a quieter hour, or with fewer people."
        ),
        too_large=_(
            "The forecast needed more than %(size)d MiB of memory and was stopped. Nothing else "
            "was touched. Ask for it with fewer people."
        ),
    )
    arguments, options = partial(engine_arguments, forecast), {"seed": forecast.seed}
    return found_within(limits, forecast_pool, arguments, options, hear)


def engine_arguments(forecast: Forecast) -> tuple[object, ...]:
    return pool_of(forecast.inputs), believed_from(forecast.believed), procedure_of(forecast)


def pool_of(inputs: dict[str, Any]) -> Pool:
    """Return frozen people and their design as the engine knows them."""
    mentees, mentors = people_of(inputs)
    design = replace(design_of(inputs), capacity_maximum=inputs["design"]["capacity_maximum"])
    given = GivenPairs(
        pins=[(mentee, mentor) for mentee, mentor in inputs["pins"]],
        bans={(mentee, mentor): why for mentee, mentor, why in inputs["bans"]},
    )
    return Pool(mentees, mentors, design, given)


def procedure_of(forecast: Forecast) -> Procedure:
    return Procedure(**forecast.inputs["procedure"])


def believed_as_data(believed: Believed) -> dict[str, Any]:
    return {
        "rates": {name: asdict(rate) for name, rate in believed.rates.items()},
        "meeting": asdict(believed.meeting),
        "hours": asdict(believed.hours),
    }


def believed_from(kept: dict[str, Any]) -> Believed:
    """Return what was believed when a forecast was asked for."""
    meeting = kept["meeting"]
    days = Days(
        tuple(meeting["published"]), meeting["source"], meeting["weight"], tuple(meeting["counts"])
    )
    rates = {name: Rate(**rate) for name, rate in kept["rates"].items()}
    return Believed(rates, days, StaffHours(**kept["hours"]))


__all__ = [
    "believed_as_data",
    "believed_from",
    "engine_arguments",
    "report_of",
]
