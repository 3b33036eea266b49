"""On what do the test people act? On days that pass, with the real jobs in the morning and in the evening."""

import heapq
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random

from django.utils.translation import gettext as _

from lodestar.demo.rehearsal.clock import go_to
from lodestar.demo.rehearsal.diary import Diary, ErrorNotes, note_error
from lodestar.demo.rehearsal.people import Player
from lodestar.demo.rehearsal.world import World
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.rehearsals.rules import stage_of

Jobs = Mapping[str, Callable[[datetime], object]]
Act = tuple[int, int, str, Callable[[], object]]
MORNING, EVENING = 7, 22
POST = "lodestar.web.mail.jobs.send_letters"


@dataclass
class Stage:
    """The house, the people in it, and what each of them will do on which day."""

    world: World
    players: list[Player]
    diary: Diary
    jobs: Jobs
    dice: Random
    meeting_days: list[float]
    day: date = date.min
    hour: int = MORNING
    due: dict[date, list[Act]] = field(default_factory=lambda: defaultdict(list))
    turn: Iterator[int] = field(default_factory=count)

    def by_person(self, key: int | None) -> Player:
        return next(each for each in self.players if each.person and each.person.pk == key)

    def later(self, day: date, hour: int, room: str, act: Callable[[], object]) -> None:
        """Let something be done on a day; what comes too late for today is done in the next hour."""
        day = max(day, self.day)
        hour = max(hour, self.hour + 1) if day == self.day else hour
        heapq.heappush(self.due[day], (min(hour, EVENING - 1), next(self.turn), room, act))

    def begin(self, day: date) -> None:
        self.day = self.diary.day = day
        self.hour = MORNING
        self.run_jobs(go_to(day, MORNING))

    def act_out(self) -> bool:
        """Let everybody do what they do today; return whether anybody did anything."""
        acts = self.due.get(self.day, [])
        has_acted = bool(acts)
        while acts:
            self.hour, _turn, room, act = heapq.heappop(acts)
            go_to(self.day, self.hour)
            with self.noted(room):
                act()
        self.due.pop(self.day, None)
        return has_acted

    def end(self) -> None:
        self.run_jobs(go_to(self.day, EVENING))

    def run_jobs(self, moment: datetime) -> None:
        """Let every job of the house look, the post last; then take its letters out of the drawer."""
        for path in sorted(self.jobs, key=lambda each: each == POST):
            with self.noted(path):
                self.jobs[path](moment)
        self.diary.collect()

    @contextmanager
    def noted(self, room: str) -> Iterator[None]:
        """Write down what goes wrong, and let the day go on."""
        self.diary.room = room
        try:
            yield
        except RefusedError as refusal:
            said = _("Somebody was refused what the plan has them do: %(why)s")
            self.diary.broke(f"refused:{room}:{refusal}"[:80], stage_of(room), said % {"why": refusal})  # fmt: skip
        except MemoryError:
            raise
        except Exception as error:
            note_error(self.diary, room, error)


@contextmanager
def listening(diary: Diary) -> Iterator[None]:
    """Hear what the house logs as an error meanwhile."""
    notes, logger = ErrorNotes(diary), logging.getLogger("lodestar")
    logger.addHandler(notes)
    try:
        yield
    finally:
        logger.removeHandler(notes)


def days_of(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
