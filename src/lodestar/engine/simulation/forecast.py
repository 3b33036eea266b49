"""What is to be expected of a cohort, when the rates themselves are not known exactly?

Each draw first draws its rates (see rates.py), then plays the whole program with them. So 9 of 10 cohorts of which what
is believed is true end between `low` and `high`: a prediction interval that holds both chance and not knowing
(posterior predictive simulation: Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, chapter 1).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace

import numpy as np

from lodestar.engine.matching.cohort import Problem
from lodestar.engine.measures.power import Detectable, detectable
from lodestar.engine.simulation.assumptions import CHANCES, Floats, Procedure
from lodestar.engine.simulation.bottlenecks import Bottleneck, bottlenecks
from lodestar.engine.simulation.changes import Setting
from lodestar.engine.simulation.fates import Applicants, People, applicants_of
from lodestar.engine.simulation.feasibility import feasibility
from lodestar.engine.simulation.matchers import BestMatcher, CountingMatcher, Matcher
from lodestar.engine.simulation.pace import UNHURRIED, Pace
from lodestar.engine.simulation.program import STEP, Program, figures_of, play
from lodestar.engine.simulation.rates import Believed, of_side
from lodestar.engine.simulation.reliefs import Reliefs, reliefs
from lodestar.engine.simulation.sensitivity import Sensitivity, Variation, sensitivity
from lodestar.engine.simulation.spreads import (
    NINE_OF_TEN,
    Gain,
    Spread,
    gain_of,
    predicted,
    spread_of,
)
from lodestar.engine.simulation.wind_tunnel import setting_of

DRAWS = 500
EXACT_STEP = "exact"
EXACT_PAIRS = 40_000_000
FEWEST_EXACT = 12
RELIEF_DRAWS, SENSITIVITY_DRAWS = 100, 60
MEASURES = tuple(f.name for f in fields(Program) if f.name not in ("asked", "draws"))
QUALITY = tuple(name for name in MEASURES if name.startswith("score_"))

Figures = Mapping[str, Floats]


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """What is expected of a cohort. Sizes count everybody who applied; `planned` are served if nobody falls away.

    `figures` holds every measure of `Program` by draw, NaN where there was nothing to measure. `exact` draws were
    played with the program's own match run; where that would take too long for all of them, the others propose
    to as many and look no further, scores come from the exact ones alone, and `checked` is how many more
    mentees meet in the same draws when they are exact. `power` is what the mentees who meet and answer could show
    beside as many others.
    """

    mentees: int
    mentors: int
    places: int
    eligible_pairs: int
    planned: int
    figures: Figures
    exact: int
    checked: Gain | None
    power: Detectable
    bottlenecks: tuple[Bottleneck, ...]
    reliefs: Reliefs
    sensitivity: Sensitivity

    def expected(self, measure: str) -> Spread:
        """Return one measure: its mean, and between which bounds 9 of 10 cohorts end."""
        spread = predicted if measure in QUALITY else spread_of
        return spread(self.figures[measure], NINE_OF_TEN)


def forecast(
    problem: Problem,
    believed: Believed,
    procedure: Procedure,
    draws: int = DRAWS,
    seed: int = 0,
    pace: Pace = UNHURRIED,
) -> Forecast:
    """Play a program as often as `draws` says, with rates drawn each time from what is believed.

    Same inputs and seed, same result. Two designs tried on the same people with one seed meet the same rates and
    the same fates. Raises MatchingError with one sentence, TooLargeError where the pairs are too many to list.

    >>> from lodestar.engine.matching.cohort import score_people
    >>> from lodestar.engine.matching.defaults import default_design
    >>> from lodestar.engine.matching.problem import Mentee, Mentor
    >>> problem = score_people([Mentee("ana"), Mentee("bo")], [Mentor("mia")], default_design())
    >>> found = forecast(problem, Believed(), Procedure(), draws=50)
    >>> found.planned, found.expected("met").high, found.bottlenecks[0].label.code
    (1, 1.0, 'everyone')
    """
    setting = setting_of(problem, believed.assumptions(), procedure, seed)
    usual = applicants_in(setting)
    exact = exact_draws(len(setting.pairs), draws)
    figures, checked = drawn_figures(setting, believed, draws, pace)
    feasible = feasibility(usual, setting.planned, RELIEF_DRAWS)
    binding = bottlenecks(problem.scorer.mentees, problem.design, feasible)
    setting = replace(setting, best=feasible.counts[:, 2])
    size = round(float(figures["met"].mean()) * believed.rates["mentee.answer"].usual)
    return Forecast(
        mentees=len(setting.mentee_keys),
        mentors=len(setting.mentor_keys),
        places=int(setting.pairs.capacity.sum()),
        eligible_pairs=len(setting.pairs),
        planned=feasible.planned,
        figures=figures,
        exact=exact,
        checked=checked,
        power=detectable(size, size),
        bottlenecks=binding,
        reliefs=reliefs(setting, binding, RELIEF_DRAWS, pace),
        sensitivity=sensitivity(setting, SENSITIVITY_DRAWS, pace, list(rate_variations(believed))),
    )


def rate_variations(believed: Believed) -> Iterator[Variation]:
    """Yield each rate by which people fall away at both its bounds, by the name under which it is believed.

    >>> [each.name for each in rate_variations(Believed())][-1]
    'pair.never_met'
    """
    for name, rate in believed.rates.items():
        if name.endswith(".answer"):
            continue
        low, high = rate.bounds
        ends = (
            replace(
                believed, rates={**believed.rates, name: replace(rate, typed=end)}
            ).assumptions()
            for end in (low, high)
        )
        yield Variation(name, low, high, *ends)


def exact_draws(pairs: int, draws: int) -> int:
    """Return how many draws are played with exact match runs: all, unless the pairs are very many.

    >>> exact_draws(10_000, 500), exact_draws(4_000_000, 500), exact_draws(4_000_000, 5)
    (500, 12, 5)
    """
    return min(draws, max(FEWEST_EXACT, EXACT_PAIRS // max(1, pairs)))


def applicants_in(setting: Setting) -> Applicants:
    """Return the people of a setting with the usual rates."""
    keys = setting.mentee_keys, setting.mentor_keys
    return applicants_of(setting.pairs, keys, setting.assumptions, setting.seed)


def drawn_figures(
    setting: Setting, believed: Believed, draws: int, pace: Pace = UNHURRIED
) -> tuple[Figures, Gain | None]:
    """Play all draws; return every measure by draw, and what the exact draws say of the others.

    Where not all are exact, the exact ones alone give the scores, and the mean difference of the
    mentees who meet in the same draws is the check; None where all are exact.
    """
    usual, exact = applicants_in(setting), exact_draws(len(setting.pairs), draws)
    best = BestMatcher(setting.problem, setting.pairs, setting.seed)
    worlds = list(drawn_worlds(usual, believed, draws, setting.seed))
    if exact == draws:
        return _by_measure(_played(setting, worlds, best, pace, STEP)), None
    fast = CountingMatcher(setting.pairs, setting.planned)
    counted = _by_measure(_played(setting, worlds, fast, pace, STEP))
    exactly = _by_measure(_played(setting, worlds[:exact], best, pace, EXACT_STEP))
    checked = gain_of(exactly["met"], counted["met"][:exact])
    return {**counted, **{name: exactly[name] for name in QUALITY}}, checked


def _played(
    setting: Setting, worlds: list[Applicants], matcher: Matcher, pace: Pace, step: str
) -> Iterator[dict[str, float]]:
    for draw in pace.draws(step, len(worlds)):
        played = play(worlds[draw], setting.procedure, matcher, draw)
        yield figures_of(played, worlds[draw], setting.assumptions.hours)


def _by_measure(drawn: Iterator[dict[str, float]]) -> dict[str, Floats]:
    table = list(drawn)
    return {name: np.array([figures[name] for figures in table]) for name in MEASURES}


def drawn_worlds(
    usual: Applicants, believed: Believed, draws: int, seed: int
) -> Iterator[Applicants]:
    """Yield the same people once for each draw, with the rates of that draw."""
    rates = believed.drawn(draws, seed)
    days = believed.drawn_days(draws, seed)
    for draw in range(draws):
        here = {name: float(values[draw]) for name, values in rates.items()}
        yield replace(
            usual,
            mentees=_with_rates(usual.mentees, "mentee", here),
            mentors=_with_rates(usual.mentors, "mentor", here),
            met_by=days[draw],
        )


def _with_rates(people: People, role: str, rates: Mapping[str, float]) -> People:
    count = len(people.tickets)
    return replace(people, **{name: np.full(count, of_side(rates, role, name)) for name in CHANCES})
