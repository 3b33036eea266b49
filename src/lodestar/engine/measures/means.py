"""How high are ratings in each group, where the number who rated may be hidden?

A mean times its people is a sum, and the sums of all groups add up to the known total. So exact means
would give hidden numbers of people away. Where these are hidden, means are therefore
rounded until every number that is possible without them is still possible with them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.measures.differences import Estimate
from lodestar.engine.measures.rates import MINIMUM, Mean, mean_of
from lodestar.engine.measures.suppression import Bounds, Release

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of a scale, and the steps to which hidden groups' means are rounded, finest first.

    The finest step also says how near ratings can be while they are still told apart.
    """

    lowest: float
    highest: float
    steps: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class GroupMean:
    """The mean of a group with its interval; `None` where it may not be shown.

    `people` is what is shown of the number behind it; `step` is what it is rounded to (0: exact).
    """

    people: Bounds
    value: float | None = None
    low: float | None = None
    high: float | None = None
    step: float = 0

    @property
    def estimate(self) -> Estimate | None:
        if self.value is None or self.low is None or self.high is None:
            return None
        return Estimate(self.value, self.low, self.high)


def means_by_row(
    values: Sequence[Values], people: Release, scale: Scale, *, smallest: int = MINIMUM
) -> tuple[GroupMean, ...]:
    """Return the mean of every row.

    `values` are the ratings by row; `people` is what is shown of how many there are. Rows that
    certainly hold `smallest` ratings get a mean with Student's interval: an exact one where the
    number is exact, otherwise one rounded to the finest step that keeps the numbers
    hidden, and its interval widened to match. Without such a step they get none.

    >>> six = Bounds(6, 6)
    >>> exact = Release((six,), (six, Bounds(0, 0)), None)
    >>> means_by_row([np.array([1.0, 2, 3, 4, 5, 3])], exact, Scale(1, 5, (1,)))[0].value
    3.0
    """
    exact = [
        _mean(row, bounds, scale, smallest)
        for row, bounds in zip(values, people.rows[: people.shown], strict=False)
    ]
    hidden, bounds = values[people.shown :], people.rows[people.shown :]
    for step in scale.steps:
        rounded = [
            _rounded(_mean(row, number, scale, smallest), scale, step)
            for row, number in zip(hidden, bounds, strict=True)
        ]
        if _keeps_hidden(rounded, hidden, scale):
            return *exact, *rounded
    return *exact, *(GroupMean(number) for number in bounds)


def mean_on(values: Values, scale: Scale, *, smallest: int = MINIMUM) -> Mean:
    """Return the mean of ratings with Student's interval, in the units of the scale.

    >>> mean_on(np.array([20.0, 40, 30, 30, 30]), Scale(0, 100, (10,))).value
    30.0
    """
    unit = scale.steps[0]
    found = mean_of(
        (values / unit).tolist(),
        lowest=scale.lowest / unit,
        highest=scale.highest / unit,
        minimum=smallest,
    )
    if found.value is None or found.low is None or found.high is None:
        return found
    return Mean(found.of, found.value * unit, found.low * unit, found.high * unit)


def _mean(values: Values, people: Bounds, scale: Scale, smallest: int) -> GroupMean:
    if people.low < smallest:
        return GroupMean(people)
    found = mean_on(values, scale, smallest=smallest)
    return GroupMean(people, found.value, found.low, found.high)


def _rounded(mean: GroupMean, scale: Scale, step: float) -> GroupMean:
    """Round a mean, and widen its interval by the rounding."""
    exact = mean.estimate
    if exact is None:
        return mean
    value = floor(exact.value / step + 0.5) * step
    arm = ceil(max(exact.value - exact.low, exact.high - exact.value) / step + 0.5) * step
    low, high = max(scale.lowest, value - arm), min(scale.highest, value + arm)
    return GroupMean(mean.people, value, low, high, step)


def _keeps_hidden(means: Sequence[GroupMean], values: Sequence[Values], scale: Scale) -> bool:
    """Say whether all numbers of people within their bounds still fit the known total.

    The rounding leaves the total some room. If that is no less than the spread of the means,
    moving one person at a time from row to row leaves no gap, so it is enough to look at both
    ends of every row.
    """
    whole = sum(len(row) for row in values)
    total = float(sum(np.sort(row).sum() for row in values))
    cells = [_cell(mean, scale) for mean in means]
    room = sum(
        mean.people.low * (high - low) for mean, (low, high) in zip(means, cells, strict=True)
    )
    shown = [mean.value for mean in means if mean.value is not None]
    if shown and max(shown) - min(shown) > room:
        return False
    return all(
        _reach(means, [low for low, _ in cells], row, number, whole)
        <= total
        <= -_reach(means, [-high for _, high in cells], row, number, whole)
        for row, mean in enumerate(means)
        for number in (mean.people.low, mean.people.high)
    )


def _cell(mean: GroupMean, scale: Scale) -> tuple[float, float]:
    """Return between which ends the unrounded mean lies, as far as is shown."""
    if mean.value is None:
        return scale.lowest, scale.highest
    half = mean.step / 2
    return max(scale.lowest, mean.value - half), min(scale.highest, mean.value + half)


def _reach(
    means: Sequence[GroupMean], ends: Sequence[float], row: int, number: int, whole: int
) -> float:
    """Return the least total with that number in one row and `whole` people in all rows."""
    people = [mean.people.low for mean in means]
    people[row] = number
    left = whole - sum(people)
    for other in sorted(range(len(means)), key=lambda place: ends[place]):
        if other != row:
            more = min(left, means[other].people.high - people[other])
            people[other] += more
            left -= more
    return sum(count * end for count, end in zip(people, ends, strict=True))
