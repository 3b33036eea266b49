"""May this letter go out, and when is the next try?"""

import random
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import ngettext

from lodestar.domain.messaging.models import Letter, LetterWishes, Link

LEASE = timedelta(minutes=2)  # longer than the slowest server may take over one letter
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=24)
WAIT_FOR_SERVER = timedelta(seconds=20)
FAILURES_BEFORE_PARKING = 12
STUCK_AFTER = timedelta(minutes=5)
WORDS_KEPT = timedelta(days=30)
INCOMING_KEPT = timedelta(days=60)
REPLIES_FOR = timedelta(days=60)
DIGEST_HOUR = 8
READING_SECONDS = 60
REPLY = "message.reply"
LONGEST_REPLY = 4000


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


def is_quiet(wishes: LetterWishes, hour: int) -> bool:
    """Whether an hour of somebody's day is one in which they want no letters; the night may cross midnight."""
    begins, ends = wishes.quiet_from, wishes.quiet_until
    if begins is None or ends is None or begins == ends:
        return False
    return begins <= hour < ends if begins < ends else hour >= begins or hour < ends


def quiet_until(wishes: LetterWishes, zone: ZoneInfo, now: datetime) -> datetime | None:
    """Return when the quiet hours end in which a moment lies, or None outside of them."""
    if wishes.quiet_until is None or not is_quiet(wishes, now.astimezone(zone).hour):
        return None
    return next_hour(wishes.quiet_until, zone, now)


def next_hour(hour: int, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the next moment at which clocks in a zone show an hour.

    On the day on which they are put forward over it, it is the moment that they jump to; on the day on which they
    show it twice, the first one that is still ahead.
    """
    today = after.astimezone(zone).date()
    for day in (today, today + timedelta(days=1), today + timedelta(days=2)):
        for fold in (0, 1):
            moment = datetime.combine(day, time(hour), tzinfo=zone).replace(fold=fold)
            if moment.astimezone(UTC) > after:
                return moment.astimezone(UTC)
    raise ValueError(f"no {hour} o'clock within two days after {after}")


def digest_due(wishes: LetterWishes, zone: ZoneInfo, since: datetime) -> datetime:
    """Return when the daily letter goes that tells what was kept since a moment: in the morning, once it is not quiet."""
    moment = next_hour(DIGEST_HOUR, zone, since)
    return quiet_until(wishes, zone, moment) or moment
