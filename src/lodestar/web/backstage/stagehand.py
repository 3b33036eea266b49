"""Who moves the clock behind the scenes?

`web` and `demo` do not know each other: settings name the demo's module, and this says what it
must offer.
"""

from datetime import datetime
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings


class Stagehand(Protocol):
    """What the demo does for its pages."""

    def set_clock(self, moment: datetime) -> None: ...
    def reset_clock(self) -> None: ...
    def is_clock_moved(self) -> bool: ...
    def set_limits(self, is_on: bool) -> None: ...
    def are_limits_on(self) -> bool: ...


def stagehand() -> Stagehand:
    return cast(Stagehand, import_module(settings.STAGEHAND))
