"""How is a room put together into one file for one of the two?"""

from datetime import datetime, timedelta
from functools import partial

from django.core.files import File
from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.wake import wake
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Mentorship, Takeaway
from lodestar.domain.mentorships.queries import waiting_takeaway
from lodestar.domain.people.models import Person

SECONDS = 300
KEPT = timedelta(days=3)


def request_takeaway(mentorship: Mentorship, *, by: Person) -> Takeaway:
    """Ask for the whole room as one file, in whatever state it is; while one waits, that one is it."""
    if not rules.is_party(mentorship, by):
        raise RefusedError(_("This mentorship is not yours."))
    if waiting := waiting_takeaway(by, mentorship):
        return waiting
    return claims.or_waiting(
        partial(waiting_takeaway, by, mentorship), partial(keep_request, mentorship, by)
    )


@transaction.atomic
def keep_request(mentorship: Mentorship, by: Person) -> Takeaway:
    takeaway = Takeaway.objects.create(mentorship=mentorship, person=by)
    record("takeaway.requested", takeaway, by=by)
    wake("make_takeaways")
    return takeaway


def claim_takeaway(now: datetime) -> Takeaway | None:
    rows = Takeaway.objects.select_related("person")
    return claims.claim_next(rows, now, seconds=SECONDS, give_up=fail_takeaway)


def fail_takeaway(takeaway: Takeaway) -> bool:
    return claims.fail(
        takeaway,
        _("It could not be put together. Ask once more; if it happens again, write to the office."),
    )


@transaction.atomic
def store_takeaway(takeaway: Takeaway, content: File[bytes], *, now: datetime) -> bool:
    """Keep what was put together; False if the claim was lost meanwhile."""
    storage = takeaway.stored.storage
    name = storage.save(takeaway.stored.field.generate_filename(takeaway, "room.zip"), content)
    kept = claims.finish(
        takeaway, Takeaway.Status.READY, stored=name, size=content.size or 0, made_at=now
    )
    if not kept:
        storage.delete(name)
    return kept


def forget_takeaways(now: datetime) -> int:
    """Delete what was put together days ago; it can be asked for again."""
    old = list(Takeaway.objects.filter(created_at__lt=now - KEPT))
    for takeaway in old:
        if takeaway.stored:
            takeaway.stored.storage.delete(takeaway.stored.name)
        takeaway.delete()
    return len(old)
