"""Whom does time ask how it is going?"""

from datetime import datetime

from lodestar.domain.feedback import actions, queries


def ask_due_pulses(now: datetime) -> int:
    """Ask what is due and remind the silent once; return how many letters were called for."""
    asked = [actions.ask_pulse(asking, now=now) for asking in queries.askings(now)]
    silent = list(queries.pulses_to_remind(now))
    for pulse in silent:
        actions.remind_pulse(pulse, now=now)
    return len(list(filter(None, asked))) + len(silent)
