"""What may the doors ask of the demo? Named in settings, so that neither storey imports the other."""

from datetime import datetime

from django.utils import timezone

from lodestar.demo.clock import offset_seconds, set_demo_clock
from lodestar.demo.models import Pretence


def are_limits_on() -> bool:
    found = Pretence.objects.values_list("is_rate_limited", flat=True).first()
    return True if found is None else found


def set_limits(is_on: bool) -> None:
    if not Pretence.objects.update(is_rate_limited=is_on):
        Pretence.objects.create(is_rate_limited=is_on)


def set_clock(moment: datetime) -> None:
    set_demo_clock(moment)


def reset_clock() -> None:
    set_demo_clock(timezone.now())


def is_clock_moved() -> bool:
    return abs(offset_seconds()) > 1
