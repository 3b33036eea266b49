"""What does time do to letters? Sending them is the mail door's job."""

from datetime import datetime

from lodestar.domain.messaging import actions


def forget_old_words(now: datetime) -> int:
    """Forget what old letters said, and which mails once came in."""
    return actions.forget_words(now) + actions.forget_incoming(now)


def write_daily_letters(now: datetime) -> int:
    """Put together what was kept for those whose hour has come."""
    return actions.write_digests(now)
