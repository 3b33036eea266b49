"""Where does each bar of a funnel stand, and how long is it?"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

HEIGHT = 30
STEP = 66


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
