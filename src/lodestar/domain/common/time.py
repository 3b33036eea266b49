"""What time is it? Everyone asks here, so that the demo and the tests can set the clock."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

Clock = Callable[[], datetime]
_source: Clock = timezone.now


def set_clock(source: Clock) -> None:
    """Take the time from elsewhere; only the demo does."""
    global _source
    _source = source


def now() -> datetime:
    """Return the current moment, aware and in UTC."""
    return _source()


def running_from(moment: datetime) -> Clock:
    """Return a clock that shows this moment now and goes on from there, for work that takes a while."""
    began = monotonic()
    return lambda: moment + timedelta(seconds=monotonic() - began)


def today(zone: str = "") -> date:
    """Return the current date in a zone; without one, in the association's."""
    return day_of(now(), zone)


def day_of(moment: datetime, zone: str = "") -> date:
    """Return the date of a moment in a zone; without one, in the association's."""
    return moment.astimezone(ZoneInfo(zone or settings.TIME_ZONE)).date()
