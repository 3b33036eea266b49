"""How do people say when they are free, when they are away, and where their calendar reads it?"""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people import queries, rules
from lodestar.domain.people.models import Away, CalendarFeed, FreeHours, Person
from lodestar.engine.calendars.free_time import FreeSpan, joined


@transaction.atomic
def keep_free_hours(person: Person, spans: Sequence[FreeSpan], *, by: Person) -> None:
    """Keep the free hours of a person's weeks as they are told now; what is not told is not free."""
    person = person.locked()
    if problem := rules.why_not_free_hours(spans):
        raise RefusedError(problem)
    told = joined(spans)
    if told == queries.diary_of(person).spans:
        return
    person.free_hours.all().delete()
    FreeHours.objects.bulk_create(
        FreeHours(
            person=person, weekday=s.weekday, from_minute=s.from_minute, to_minute=s.to_minute
        )
        for s in told
    )
    record("hours.kept", person, by=by, about=person, spans=len(told))


@transaction.atomic
def add_days_away(person: Person, *, by: Person, first_on: date, last_on: date) -> Away:
    """Note days on which nobody can meet this person; the same days told again are the same."""
    if problem := rules.why_not_away(first_on, last_on, rules.today_of(person)):
        raise RefusedError(problem)
    away, is_new = Away.objects.get_or_create(person=person, first_on=first_on, last_on=last_on)
    if is_new:
        record("away.added", away, by=by, about=person)
    return away


@transaction.atomic
def drop_days_away(away: Away, *, by: Person) -> None:
    """Take days away back: the person is there after all."""
    record("away.dropped", away, by=by, about=away.person)
    away.delete()


@transaction.atomic
def open_feed(person: Person, *, by: Person) -> CalendarFeed:
    """Give a person a secret address for their calendar; the one before leads nowhere from now on."""
    person = person.locked()
    CalendarFeed.objects.filter(person=person, ended_at=None).update(ended_at=now())
    feed = CalendarFeed.objects.create(person=person)
    record("feed.opened", feed, by=by, about=person)
    return feed


@transaction.atomic
def end_feed(person: Person, *, by: Person) -> None:
    """Close the secret address; whoever has it reads nothing more."""
    feed = queries.feed_of(person.locked())
    if feed is not None:
        CalendarFeed.objects.filter(pk=feed.pk).update(ended_at=now())
        record("feed.ended", feed, by=by, about=person)
