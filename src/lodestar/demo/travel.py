"""How does the demo build a history? It acts at the moments at which things happened."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from lodestar.demo.clock import demo_now
from lodestar.domain.common.time import set_clock


def rest(_job: str) -> None:
    """Wake nobody: while history is written, the builder runs the jobs itself."""


@contextmanager
def history() -> Iterator[None]:
    """Keep workers from looking while the past is being written, then give the clock back."""
    wake = settings.WAKE
    settings.WAKE = "lodestar.demo.travel.rest"
    try:
        yield
    finally:
        settings.WAKE = wake
        set_clock(demo_now)


def go_to(day: date, hour: int = 10, minute: int = 0) -> datetime:
    """Set the clock to this hour of a day, but never past the present; return that moment."""
    wanted = datetime.combine(day, time(hour, minute), tzinfo=timezone.get_current_timezone())
    moment = min(wanted, timezone.now())
    set_clock(lambda: moment)
    return moment


def days_between(first: date, last: date, step: int) -> Iterator[date]:
    """Yield every `step`-th day from the first on, up to and without the last."""
    day = first
    while day < last:
        yield day
        day += timedelta(days=step)
