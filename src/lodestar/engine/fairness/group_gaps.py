"""Do groups differ in what they received?"""

from dataclasses import dataclass
from enum import StrEnum

from lodestar.engine.fairness.group_report import GroupReport, Measure
from lodestar.engine.measures.differences import (
    DRAWS,
    Comparison,
    compare_counts,
    compare_means,
    holm,
)
from lodestar.engine.measures.rates import MINIMUM
from lodestar.engine.measures.suppression import Release, RowKind

MOST_TABLES = 50

Sides = list[tuple[int, ...]]


class Verdict(StrEnum):
    """What a comparison allows to be said."""

    DIFFERENCE = "difference"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """No count below `smallest` is shown; `draws` of each test; a difference is one at `level`."""

    smallest: int = MINIMUM
    seed: int = 0
    draws: int = DRAWS
    level: float = 0.05


@dataclass(frozen=True, slots=True)
class Gap:
    """The widest gap of a measure, between the rows (positions) with the highest and lowest value.

    `value` is `None` where a count is hidden; then the interval holds whatever it is, and `chance`
    is the largest possible. `adjusted_chance` allows for the number of measures (Holm). Where no
    two groups may be compared there are no numbers.
    """

    measure: Measure
    verdict: Verdict
    highest: tuple[int, ...] = ()
    lowest: tuple[int, ...] = ()
    value: float | None = None
    low: float | None = None
    high: float | None = None
    chance: float | None = None
    adjusted_chance: float | None = None


def gaps_of(report: GroupReport, settings: AuditSettings) -> tuple[Gap, ...]:
    """Return the widest gap of every measure, in the order of `Measure`.

    Only declared groups are compared, and only by what is shown of them.
    """
    measures = [m for m in Measure if m in report.missed or m in report.means]
    compared = {measure: _compared(measure, report, settings) for measure in measures}
    known = {measure: found for measure, found in compared.items() if found}
    adjusted = dict(zip(known, holm([found.chance for _, found in known.values()]), strict=True))
    return tuple(
        _gap(measure, *known[measure], adjusted[measure], settings.level)
        if measure in known
        else Gap(measure, Verdict.TOO_FEW)
        for measure in measures
    )


def _gap(measure: Measure, sides: Sides, found: Comparison, adjusted: float, level: float) -> Gap:
    return Gap(
        measure=measure,
        verdict=_verdict(found, adjusted, level),
        highest=sides[found.highest],
        lowest=sides[found.lowest],
        value=found.value,
        low=found.low,
        high=found.high,
        chance=found.chance,
        adjusted_chance=adjusted,
    )


def _verdict(found: Comparison, adjusted: float, level: float) -> Verdict:
    """A difference must be one for every possible count; so must the lack of one."""
    if adjusted < level:
        return Verdict.DIFFERENCE
    is_settled = found.least_chance == found.chance or found.least_chance >= level
    return Verdict.NO_CLEAR_DIFFERENCE if is_settled else Verdict.TOO_FEW


def _compared(
    measure: Measure, report: GroupReport, settings: AuditSettings
) -> tuple[Sides, Comparison] | None:
    seed = [settings.seed, list(Measure).index(measure)]
    if measure in report.means:
        return _compared_means(measure, report, settings.draws, seed)
    sides, tables = _tables(report, report.missed[measure])
    if len(sides) < 2:
        return None
    sizes = [sum(report.sizes[row] for row in side) for side in sides]
    return sides, compare_counts(sizes, tables, draws=settings.draws, seed=seed)


def _compared_means(
    measure: Measure, report: GroupReport, draws: int, seed: list[int]
) -> tuple[Sides, Comparison] | None:
    estimates = {
        place: mean.estimate
        for place, mean in enumerate(report.means[measure])
        if mean.estimate and report.rows[place].label is not None
    }
    if len(estimates) < 2:
        return None
    found = compare_means(
        list(estimates.values()),
        [report.values[measure][place] for place in estimates],
        [report.means[measure][place].people.low for place in estimates],
        draws=draws,
        seed=seed,
    )
    return [(place,) for place in estimates], found


def _tables(report: GroupReport, missed: Release) -> tuple[Sides, list[list[int]]]:
    """Return who can be compared, and every table of those who reached the cut that is possible.

    The rows that are not exact have an exact total, so they are one side together if all in them
    are declared and there is another side. Otherwise the first of them is a side with every count
    within its bounds, and the others, if declared, are one with what then is left.
    """
    sizes = report.sizes
    exact = [row for row in range(missed.shown) if report.rows[row].label is not None]
    sides: Sides = [(row,) for row in exact]
    reached = [sizes[row] - missed.rows[row].low for row in exact]
    stop = missed.stop
    if stop is None or report.rows[stop].label is None:
        return sides, [reached]
    whole = sum(sizes[stop:]) - missed.tails[stop].low
    is_declared = report.rows[-1].kind not in (RowKind.UNDECLARED, RowKind.REST)
    if exact and is_declared:
        return [*sides, tuple(range(stop, len(sizes)))], [[*reached, whole]]
    bounds = missed.rows[stop].of(sizes[stop])
    if bounds.high - bounds.low >= MOST_TABLES:
        return sides, [reached]
    possible = range(bounds.low, bounds.high + 1)
    if not is_declared:
        return [*sides, (stop,)], [[*reached, count] for count in possible]
    below = tuple(range(stop + 1, len(sizes)))
    return [*sides, (stop,), below], [[*reached, count, whole - count] for count in possible]
