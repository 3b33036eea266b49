"""Which assumption decides the outcome?

One at a time, each assumption is set to the low and to the high end of what it may really be, all else as
assumed, and the same draws are played (common random numbers). Sorted by how far the outcome moves: the
bars of a tornado chart (Eschenbach 1992). Interactions between assumptions are not seen this way.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.simulation.assumptions import FALLING, Assumptions, Chance
from lodestar.engine.simulation.changes import Setting
from lodestar.engine.simulation.fates import applicants_of
from lodestar.engine.simulation.pace import UNHURRIED, Pace
from lodestar.engine.simulation.reliefs import met_by_draw
from lodestar.engine.simulation.spreads import Gain, Spread, gain_of, spread_of

STEP = "sensitivity"
REPLY_TIME = "reply_time"
LATER_DAYS = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """One assumption: its bounds, and how many more mentees meet somebody at each than as assumed.

    `name` is a dotted path such as `mentor.silence`. `reply_time` is the mean working day of an answer: everybody
    on the first day, or everybody two days later than assumed.
    """

    name: str
    low: float
    high: float
    at_low: Gain
    at_high: Gain

    @property
    def width(self) -> float:
        """How far the outcome moves between both ends, in mentees."""
        return abs(self.at_high.mean - self.at_low.mean)


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """The widest bar first. `met` is what all are held against; fewer bars than `asked` where time was up."""

    met: Spread
    bars: tuple[Bar, ...]
    asked: int
    draws: int


@dataclass(frozen=True, slots=True)
class Variation:
    """One assumption at both its ends."""

    name: str
    low: float
    high: float
    at_low: Assumptions
    at_high: Assumptions


def sensitivity(
    setting: Setting,
    draws: int = 200,
    pace: Pace = UNHURRIED,
    varied: Sequence[Variation] | None = None,
) -> Sensitivity:
    """Return how much each assumption, or each of the variations given, moves the mentees who meet somebody."""
    varied = list(variations(setting.assumptions)) if varied is None else varied
    if not pace.may_go_on(STEP):
        return Sensitivity(spread_of([]), (), len(varied), 0)
    before = _met(setting, setting.assumptions, draws)
    bars = []
    for place, each in enumerate(varied):
        if not pace.may_go_on(STEP):
            break
        pace.progress(STEP, place / len(varied))
        ends = (gain_of(_met(setting, end, draws), before) for end in (each.at_low, each.at_high))
        bars.append(Bar(each.name, each.low, each.high, *ends))
    bars.sort(key=lambda bar: (-bar.width, bar.name))
    return Sensitivity(spread_of(before), tuple(bars), len(varied), draws)


def variations(assumptions: Assumptions) -> Iterator[Variation]:
    """Yield each assumption at both its ends; what is stated of single persons stays.

    >>> [each.name for each in variations(Assumptions())][:2]
    ['mentee.drop_out', 'mentee.decline']
    """
    for role in ("mentee", "mentor"):
        side = getattr(assumptions, role)
        for name in FALLING:
            chance: Chance = getattr(side, name)
            low, high = (
                replace(assumptions, **{role: replace(side, **{name: replace(chance, usual=end)})})
                for end in (chance.low, chance.high)
            )
            yield Variation(f"{role}.{name}", chance.low, chance.high, low, high)
    later = (*[0.0] * LATER_DAYS, *assumptions.reply_time)
    yield Variation(
        REPLY_TIME,
        1.0,
        mean_day(later),
        replace(assumptions, reply_time=(1.0,)),
        replace(assumptions, reply_time=later),
    )


def mean_day(weights: Sequence[float]) -> float:
    """Return the mean working day on which answers come in.

    >>> mean_day((1, 0, 1))
    2.0
    """
    return sum(day * weight for day, weight in enumerate(weights, 1)) / sum(weights)


def _met(setting: Setting, assumptions: Assumptions, draws: int) -> NDArray[np.int64]:
    keys = setting.mentee_keys, setting.mentor_keys
    applicants = applicants_of(setting.pairs, keys, assumptions, setting.seed)
    return met_by_draw(applicants, setting.planned, setting, draws)
