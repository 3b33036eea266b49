"""How does somebody want their letters, what is gathered for a daily one, and how far have they read?"""

from collections.abc import Collection
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.common.models import Fact
from lodestar.domain.messaging import queries, rules
from lodestar.domain.messaging.actions.letters import answer, queue_letter
from lodestar.domain.messaging.models import Letter, LetterWishes, ReadMark, Subscription
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import clock_of

Status = Letter.Status
DAILY = "letters.daily"


@transaction.atomic
def keep_wishes(
    person: Person, *, by: Person, reminder_kinds: Collection[str], **fields: Any
) -> LetterWishes:
    """Keep how a person wants their letters; who wants reminders again gets all kinds of them."""
    wishes, _is_new = LetterWishes.objects.get_or_create(person=person)
    for name, value in fields.items():
        setattr(wishes, name, value)
    wishes.full_clean()
    wishes.save()
    if wishes.reminders != LetterWishes.Pace.NONE:
        Subscription.objects.filter(person=person, kind__in=reminder_kinds).update(is_wanted=True)
    record("letters.wished", wishes, by=by, about=person)
    return wishes


def gather(letter: Letter, *, now: datetime) -> bool:
    """Keep a claimed letter for its reader's daily one."""
    return answer(letter, status=Status.GATHERED, next_try_at=now)


def put_off(letter: Letter, *, until: datetime) -> bool:
    """Let a claimed letter wait until its reader's quiet hours are over."""
    return answer(letter, status=Status.QUEUED, next_try_at=until)


def write_digests(now: datetime) -> int:
    """Queue a daily letter to everybody for whom something was gathered and whose hour has come; return how many."""
    count = 0
    for _key, rows in groupby(queries.gathered_letters(), key=lambda letter: letter.person_id):
        letters = list(rows)
        person = letters[0].person
        if person is None:
            continue
        wishes, zone = queries.wishes_of(person), clock_of(person)
        if rules.digest_due(wishes, zone, letters[0].next_try_at) <= now:
            count += write_digest(person, [letter.pk for letter in letters], now=now)
    return count


@transaction.atomic
def write_digest(person: Person, keys: Collection[int], *, now: datetime) -> bool:
    """Queue one daily letter and note what it tells, both or neither; of two who write it at once one does."""
    day = now.astimezone(clock_of(person)).date()
    rows = Letter.objects.select_for_update().filter(pk__in=keys, status=Status.GATHERED)
    letters = list(rows.order_by("next_try_at", "pk"))
    key = f"daily:{person.public_id}:{day}"
    if not letters or Letter.objects.filter(unique_key=key).exists():
        return False
    told = [letter.public_id for letter in letters]
    queue_letter(DAILY, to=person, unique_key=key, words={"letters": told})
    rows.update(status=Status.BUNDLED, sent_at=now)
    return True


def note_read(person: Person, about: Fact, *, up_to: int, now: datetime) -> None:
    """Note how far somebody has read; a mark moves forward only, and keeps when it first came so far."""
    mark, is_new = ReadMark.objects.get_or_create(
        person=person,
        about_kind=about._meta.label_lower,
        about_key=about.public_id,
        defaults={"up_to": up_to, "read_at": now},
    )
    if not is_new:
        ReadMark.objects.filter(pk=mark.pk, up_to__lt=up_to).update(up_to=up_to, read_at=now)
