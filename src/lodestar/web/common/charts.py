"""Where does each bar of a chart stand, and how long is it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

HEIGHT = 30
STEP = 66
LEAST_WIDTH = 0.006


@dataclass(frozen=True)
class Bar:
    """One stage of a funnel, placed."""

    label: str
    count: int
    share: float
    kept: float | None
    lost: int
    label_y: int
    y: int
    height: int = HEIGHT

    @property
    def bottom(self) -> int:
        return self.y + self.height


@dataclass(frozen=True)
class Span:
    """An interval on a scale from 0 to 1, with its middle, and where things really came to stand."""

    begin: float
    end: float
    middle: float | None = None
    actual: float | None = None

    @property
    def width(self) -> float:
        return max(LEAST_WIDTH, self.end - self.begin)


def span_of(
    low: float | None,
    high: float | None,
    middle: float | None,
    *,
    whole: float,
    actual: float | None = None,
) -> Span | None:
    """Place an interval on a scale that ends at `whole`; None where there is none.

    >>> span_of(2, 6, 4, whole=8)
    Span(begin=0.25, end=0.75, middle=0.5, actual=None)
    """
    if low is None or high is None or whole <= 0:
        return None
    ends = (min(1.0, max(0.0, bound / whole)) for bound in (low, high))
    marks = (
        None if mark is None else min(1.0, max(0.0, mark / whole)) for mark in (middle, actual)
    )
    return Span(*ends, *marks)


def bars(stages: Iterable[Any]) -> list[Bar]:
    """Place stages from top to bottom; each has a label and a count, and the first is the whole."""
    placed: list[Bar] = []
    for number, stage in enumerate(stages):
        count = int(stage["count"] if isinstance(stage, dict) else stage.count)
        label = str(stage["label"] if isinstance(stage, dict) else stage.label)
        before = placed[-1].count if placed else count
        whole = placed[0].count if placed else count
        placed.append(
            Bar(
                label=label,
                count=count,
                share=count / whole if whole else 0.0,
                kept=count / before if before and placed else None,
                lost=max(0, before - count),
                label_y=number * STEP + 16,
                y=number * STEP + 26,
            )
        )
    return placed
