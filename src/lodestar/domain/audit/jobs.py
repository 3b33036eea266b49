"""What does time do to the trail?"""

from datetime import datetime

from lodestar.domain.audit import actions


def seal_entries(_now: datetime) -> int:
    return actions.seal_entries()
