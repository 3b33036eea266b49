"""How is a forecast asked for in one call, and written down so that it can be kept and compared?"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np

from lodestar.engine.matching.certificate import ENGINE_VERSION
from lodestar.engine.matching.cohort import GivenPairs, Problem, score_people
from lodestar.engine.matching.problem import Design, Mentee, Mentor
from lodestar.engine.simulation.assumptions import Floats, Procedure
from lodestar.engine.simulation.forecast import DRAWS, EXACT_STEP, MEASURES, Forecast, forecast
from lodestar.engine.simulation.pace import Pace
from lodestar.engine.simulation.program import STEP
from lodestar.engine.simulation.rates import Believed, Rate
from lodestar.engine.simulation.reporting import bottleneck_fields, plain, relief_fields

BEGINS_AT = {STEP: (0.05, 0.4), EXACT_STEP: (0.4, 0.7), "reliefs": (0.7, 0.85)}
LAST = (0.85, 1.0)
WORTH_TELLING = 0.02
COMPARED = ("accepted", "met", "first_meeting_half", "score_mean", "staff_hours", "pulses_answered")

Tell = Callable[[float], None]


def _nobody(_share: float) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Pool:
    """Who is tried, by which design, and which pairs are given."""

    mentees: Sequence[Mentee]
    mentors: Sequence[Mentor]
    design: Design
    given: GivenPairs = field(default_factory=GivenPairs)


def forecast_pool(
    pool: Pool,
    believed: Believed,
    procedure: Procedure,
    *,
    draws: int = DRAWS,
    seed: int = 0,
    tell: Tell = _nobody,
) -> dict[str, Any]:
    """Score people, forecast what comes of them, and return the report; `tell` hears the share that is done.

    Raises MatchingError with one sentence where the design or the people do not fit.
    """
    tell(0.0)
    problem = score_people(pool.mentees, pool.mentors, pool.design, pool.given)
    found = forecast(problem, believed, procedure, draws, seed, Pace(progress=in_all(tell)))
    return report_of(problem, believed, procedure, found, seed)


def in_all(tell: Tell) -> Callable[[str, float], None]:
    """Turn the share of a step that is done into the share of the whole, told in steps worth telling."""

    last = [0.0]

    def told(step: str, share: float) -> None:
        begins, ends = BEGINS_AT.get(step, LAST)
        done = begins + share * (ends - begins)
        if done - last[0] >= WORTH_TELLING:
            last[0] = done
            tell(done)

    return told


def report_of(
    problem: Problem, believed: Believed, procedure: Procedure, found: Forecast, seed: int
) -> dict[str, Any]:
    """Return everything that was believed and found as what JSON knows."""
    return {
        "inputs": {
            "mentees": found.mentees,
            "mentors": found.mentors,
            "places": found.places,
            "eligible_pairs": found.eligible_pairs,
            "objective": problem.design.objective.value,
            "inputs_sha256": problem.inputs_sha256,
            "seed": seed,
            "engine_version": ENGINE_VERSION,
        },
        "rates": {name: rate_fields(rate) for name, rate in believed.rates.items()},
        "meeting": plain(asdict(believed.meeting) | {"usual": believed.meeting.usual}),
        "hours": plain(asdict(believed.hours)),
        "procedure": asdict(procedure),
        "planned": found.planned,
        "draws": len(found.figures["met"]),
        "exact_draws": found.exact,
        "checked": plain(found.checked),
        "expected": {name: plain(found.expected(name)) for name in MEASURES},
        "by_draw": {name: by_draw(found.figures[name]) for name in COMPARED},
        "power": plain(found.power),
        "bottlenecks": [bottleneck_fields(each) for each in found.bottlenecks],
        "reliefs": [relief_fields(each) for each in found.reliefs.found],
        "sensitivity": plain(found.sensitivity.bars),
    }


def rate_fields(rate: Rate) -> dict[str, Any]:
    low, high = rate.bounds
    kept = ("published", "source", "weight", "count", "of", "typed")
    return {
        **{name: plain(getattr(rate, name)) for name in kept},
        "usual": plain(rate.usual),
        "low": plain(low),
        "high": plain(high),
    }


def by_draw(values: Floats) -> list[float | None]:
    """Return one number for each draw, None where there was nothing to measure.

    >>> by_draw(np.array([1.0, np.nan]))
    [1.0, None]
    """
    return [None if np.isnan(value) else plain(value) for value in values.tolist()]
