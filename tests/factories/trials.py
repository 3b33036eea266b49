"""Forecasts, as rows, as requests, and computed in this process without a child."""

from functools import lru_cache
from unittest.mock import patch

from lodestar.domain.common.time import now
from lodestar.domain.trials import actions
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries import PoolWish
from lodestar.domain.trials.queries.solving import engine_arguments
from lodestar.engine.simulation import forecast as forecasting
from lodestar.engine.simulation.forecast_report import forecast_pool
from tests.factories.matching import make_people
from tests.factories.programs import make_cohort

APPLICANTS = PoolWish(Forecast.Pool.APPLICANTS)


def ask(cohort, *, by=None, wish=APPLICANTS, design=None, **more):
    """Ask for a forecast by the real action."""
    design = design or cohort.design
    return actions.request_forecast(cohort, by=by, design=design, wish=wish, **more)


def computed(forecast, draws=40):
    """Compute a forecast that waits, here and with few draws."""
    claimed = actions.claim_forecast(now())
    assert claimed == forecast
    with few_draws_beside():
        report = forecast_pool(*engine_arguments(claimed), draws=draws, seed=claimed.seed)
    assert actions.store_forecast(claimed, report)
    forecast.refresh_from_db()
    return forecast


def few_draws_beside():
    """Play little of what stands beside a forecast: its reliefs and what moves it most."""
    return patch.multiple(forecasting, RELIEF_DRAWS=20, SENSITIVITY_DRAWS=5)


def ready_forecast(cohort=None, *, by=None, people=(6, 4), **more):
    """Return a forecast of a fresh small cohort that the engine really computed."""
    cohort = cohort or make_cohort()
    if people:
        make_people(cohort, *people)
    return computed(ask(cohort, by=by, **more))


@lru_cache(maxsize=1)
def sample_report():
    """Return one small report, computed once."""
    from lodestar.engine.matching.defaults import default_design
    from lodestar.engine.matching.problem import Mentee, Mentor
    from lodestar.engine.simulation.assumptions import Procedure
    from lodestar.engine.simulation.forecast_report import Pool
    from lodestar.engine.simulation.rates import Believed

    people = [Mentee(f"e{n}") for n in range(6)], [Mentor(f"m{n}") for n in range(4)]
    pool = Pool(*people, default_design())
    with few_draws_beside():
        return forecast_pool(pool, Believed(), Procedure(pulses=2), draws=40)


def make_forecast(cohort=None, *, status=Forecast.Status.READY, **fields):
    """Return a forecast as a plain row."""
    cohort = cohort or make_cohort()
    if status == Forecast.Status.READY:
        fields.setdefault("report", sample_report())
        fields.setdefault("ready_at", now())
    fields.setdefault("design", cohort.design)
    fields.setdefault("pool", Forecast.Pool.APPLICANTS)
    return Forecast.objects.create(cohort=cohort, status=status, **fields)
