"""What of a cohort already rests on its design, and what is a judgement about it?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.differences import Difference


@dataclass(frozen=True, slots=True)
class Standing:
    """What of a cohort already rests on its design.

    `sent` counts by role the applications that are alive; `undecided_places` the mentors among those not yet
    decided who named no number of places. `unmet_days` says for each pair that has not met how long ago it
    began, `asked` on which days each pair is asked next, by the old design and by the new one.
    """

    state: Cohort.State
    is_published: bool = True
    answers_move: bool = False
    on: date = date.min
    sent: Mapping[str, int] = field(default_factory=dict)
    outside: int = 0
    undecided_places: int = 0
    most_places: int = 0
    topics: Mapping[str, int] = field(default_factory=dict)
    answered: Mapping[str, int] = field(default_factory=dict)
    surveyed: int = 0
    waiting_runs: int = 0
    published_runs: int = 0
    waiting_matches: int = 0
    running: int = 0
    running_groups: int = 0
    unmet_days: Sequence[int] = ()
    asked: Sequence[tuple[date, date]] = ()
    requests: int = 0
    lists: int = 0
    longest_list: int = 0

    @property
    def has_begun(self) -> bool:
        return self.state == Cohort.State.RUNNING or self.running > 0


@dataclass(frozen=True, slots=True)
class Judged:
    """A difference, whether the cohort may take it on now, why, and what it would do to people."""

    difference: Difference
    is_safe: bool
    why: str
    impact: str = ""

    @property
    def sentence(self) -> str:
        return self.difference.sentence
