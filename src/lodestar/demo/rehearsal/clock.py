"""What time is it while a cohort is rehearsed? As late as the play has come."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings

from lodestar.domain.common.time import set_clock


def rest(_job: str) -> None:
    """Wake nobody: the play runs the jobs itself, at the moments it has come to."""


def go_to(day: date, hour: int, minute: int = 0) -> datetime:
    """Set the clock to this hour of a day, past or to come; return that moment."""
    moment = datetime.combine(day, time(hour, minute), tzinfo=ZoneInfo(settings.TIME_ZONE))
    set_clock(lambda: moment)
    return moment
