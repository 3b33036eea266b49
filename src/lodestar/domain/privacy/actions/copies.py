"""How does somebody come to a copy of all that we hold about them?"""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.models import Person
from lodestar.domain.privacy import queries, rules
from lodestar.domain.privacy.models import DataRequest

Kind, Status = DataRequest.Kind, DataRequest.Status


def ask_for_copy(person: Person, *, by: Person) -> DataRequest:
    """Ask for a copy; while one is being made, asking again gives that one."""
    find = partial(queries.waiting_request, person, Kind.COPY)
    return find() or claims.or_waiting(find, partial(new_request, person, by=by))


@transaction.atomic
def new_request(person: Person, *, by: Person) -> DataRequest:
    copy = DataRequest(person=person, kind=Kind.COPY, due_at=current_time())
    copy.full_clean(validate_constraints=False)
    copy.save()
    record("copy.requested", copy, by=by, about=person)
    wake("make_copies")
    return copy


def claim_copy(now: datetime) -> DataRequest | None:
    rows = queries.due_requests(Kind.COPY, now)
    return claims.claim_next(rows, now, seconds=rules.SECONDS, give_up=give_up)


def give_up(copy: DataRequest) -> bool:
    return fail_copy(copy, _("Making the copy was broken off several times. Ask for it again."))


def fail_copy(copy: DataRequest, problem: str) -> bool:
    return claims.fail(copy, problem)


@transaction.atomic
def store_copy(copy: DataRequest, content: bytes) -> bool:
    """Keep a copy for a week and tell its person; False if the claim was lost meanwhile."""
    at = current_time()
    kept = {"content": content, "ready_at": at, "expires_at": at + rules.COPY_KEPT}
    if not claims.finish(copy, Status.READY, **kept):
        return False
    earlier = DataRequest.objects.filter(person=copy.person_id, kind=Kind.COPY, pk__lt=copy.pk)
    earlier.exclude(content=None).update(content=None, status=Status.DONE)
    queue_letter("privacy.copy", to=copy.person, unique_key=f"privacy.copy:{copy.public_id}")
    record("copy.made", copy, about=copy.person)
    return True


def forget_copies(now: datetime) -> int:
    """Forget copies whose week is over; that they were made stays."""
    old = DataRequest.objects.filter(kind=Kind.COPY, expires_at__lte=now).exclude(content=None)
    return old.update(content=None, status=Status.DONE)
