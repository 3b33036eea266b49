"""May this letter go out, and when is the next try?"""

import random
from datetime import datetime, timedelta

from django.utils.translation import ngettext

from lodestar.domain.messaging.models import Letter, Link

LEASE = timedelta(minutes=2)  # longer than the slowest server may take over one letter
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=24)
WAIT_FOR_SERVER = timedelta(seconds=20)
FAILURES_BEFORE_PARKING = 12
WORDS_KEPT = timedelta(days=30)


def delay_after(failures: int, chance: float | None = None) -> timedelta:
    """Return how long to wait after so many failures: doubling to a day, and never all at once.

    >>> delay_after(1, chance=0.5).total_seconds(), delay_after(3, chance=0.5).total_seconds()
    (60.0, 240.0)
    >>> delay_after(40, chance=1.0) == LONGEST_DELAY
    True
    """
    jitter = random.random() if chance is None else chance  # noqa: S311  not a secret
    doubled: timedelta = FIRST_DELAY * 2 ** min(failures - 1, 12) * (0.75 + jitter / 2)
    return min(doubled, LONGEST_DELAY)


def is_too_late(letter: Letter, now: datetime) -> bool:
    return letter.expires_at is not None and letter.expires_at <= now


def is_poison(letter: Letter) -> bool:
    """A letter that failed so often must not keep the others waiting."""
    return letter.failure_count >= FAILURES_BEFORE_PARKING


def words_to_keep(letter: Letter) -> dict[str, object]:
    """Return what remains of a letter's words once it is final: of a sign-in code, nothing."""
    return {} if letter.urgency == Letter.Urgency.SIGN_IN else dict(letter.words)


def can_release(letter: Letter) -> bool:
    """A letter that waits for a person may go out after all; a sign-in code is past its use."""
    waits = letter.status in (Letter.Status.HELD, Letter.Status.UNSURE)
    return waits and letter.urgency != Letter.Urgency.SIGN_IN


def is_live(link: Link, now: datetime) -> bool:
    """A link opens its purpose until it is used, ended, out of time, or its person is shut out."""
    gone = link.used_at or link.ended_at or link.person.blocked_at
    return not gone and link.expires_at > now


def letters_wait(count: int) -> str:
    """Say how many letters wait for a release."""
    sentence = ngettext(
        "%(n)d letter waits for your release", "%(n)d letters wait for your release", count
    )
    return sentence % {"n": count}
