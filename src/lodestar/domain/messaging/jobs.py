"""What does time do to letters? Sending them is the mail door's job."""

from datetime import datetime

from lodestar.domain.messaging import actions


def forget_old_words(now: datetime) -> int:
    return actions.forget_words(now)
