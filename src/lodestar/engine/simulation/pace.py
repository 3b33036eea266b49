"""How many draws are taken, and who is told?"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from lodestar.engine.matching.problem import MatchingError

MOST_DRAWS = 1_000_000


def _always(_step: str) -> bool:
    return True


def _silent(_step: str, _share: float) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Pace:
    """Whether a step may go on, and whom to tell how much of it is done (0 to 1)."""

    may_go_on: Callable[[str], bool] = _always
    progress: Callable[[str, float], None] = _silent

    def draws(self, step: str, count: int) -> Iterator[int]:
        """Yield the numbers of the draws until time is up; the first in any case.

        >>> list(Pace(may_go_on=lambda step: False).draws("feasibility", 5))
        [0]
        """
        if not 1 <= count <= MOST_DRAWS:
            raise MatchingError(f"{count} draws: ask for 1 to {MOST_DRAWS:,}.")
        for draw in range(count):
            if draw and not self.may_go_on(step):
                return
            self.progress(step, draw / count)
            yield draw


UNHURRIED = Pace()
