from lodestar.domain.trials.queries.actual import Held, forecast_against_actual
from lodestar.domain.trials.queries.forecasts import (
    Comparison,
    Heads,
    comparable,
    compared,
    design_to_try,
    designs_to_try,
    first_sent_at,
    forecast_for,
    forecasts_for,
    heads_of_applicants,
    heads_on_roll,
    past_cohort,
    past_cohorts,
    pinned_forecast,
    ready_forecast_in,
    waiting_count,
)
from lodestar.domain.trials.queries.history import believed_of, fit_before
from lodestar.domain.trials.queries.pools import PoolWish, inputs_of
from lodestar.engine.simulation.rates import Rate

__all__ = [
    "Comparison",
    "Heads",
    "Held",
    "PoolWish",
    "Rate",
    "believed_of",
    "comparable",
    "compared",
    "design_to_try",
    "designs_to_try",
    "first_sent_at",
    "fit_before",
    "forecast_against_actual",
    "forecast_for",
    "forecasts_for",
    "heads_of_applicants",
    "heads_on_roll",
    "inputs_of",
    "past_cohort",
    "past_cohorts",
    "pinned_forecast",
    "ready_forecast_in",
    "waiting_count",
]
