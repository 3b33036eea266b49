"""What time is it in the demo?"""

from datetime import datetime, timedelta
from math import ceil

from django.db import DatabaseError
from django.utils import timezone

from lodestar.demo.models import Pretence


def demo_now() -> datetime:
    return timezone.now() + timedelta(seconds=offset_seconds())


def offset_seconds() -> int:
    try:
        return Pretence.objects.values_list("clock_offset_seconds", flat=True).first() or 0
    except DatabaseError:  # before the first migration there is no row to ask
        return 0


def set_demo_clock(moment: datetime) -> None:
    """Move the clock of web, worker and clock alike to this moment; it runs on from there."""
    offset = ceil((moment - timezone.now()).total_seconds())
    if not Pretence.objects.update(clock_offset_seconds=offset):
        Pretence.objects.create(clock_offset_seconds=offset)
