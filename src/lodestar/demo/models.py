"""What may a demo or a test pretend?"""

from django.db import models


class Pretence(models.Model):
    """The one row that web, worker and clock share: how far the clock is moved, and whether limits hold."""

    clock_offset_seconds = models.BigIntegerField(default=0)
    is_rate_limited = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"clock {self.clock_offset_seconds:+d} s"
