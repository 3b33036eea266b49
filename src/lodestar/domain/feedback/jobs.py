"""Whom does time ask how it is going?"""

from datetime import datetime

from lodestar.domain.common.apart import each_apart
from lodestar.domain.feedback import actions, queries


def ask_due_pulses(now: datetime) -> int:
    """Ask what is due and remind the silent once; return how many letters were called for."""
    asked = each_apart(queries.askings(now), lambda asking: actions.ask_pulse(asking, now=now))
    silent = list(queries.pulses_to_remind(now))
    return asked + each_apart(silent, lambda pulse: actions.remind_pulse(pulse, now=now))
