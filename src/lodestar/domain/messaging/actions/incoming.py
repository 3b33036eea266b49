"""What becomes of a mail that came in: taken, claimed, posted, held, or let be?"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.wake import wake
from lodestar.domain.messaging import queries, rules
from lodestar.domain.messaging.models import IncomingMail, Link
from lodestar.domain.people.models import Person

Status = IncomingMail.Status


@transaction.atomic
def take_in(raw: bytes, *, key: str, source: str, is_cut: bool = False) -> IncomingMail:
    """Keep a mail as a row before anything is done with it; the same mail by another way is the same row."""
    mail, is_new = IncomingMail.objects.get_or_create(
        key=key,
        defaults={"raw": raw, "source": source, "is_cut": is_cut, "status": Status.REQUESTED},
    )
    if is_new:
        wake("read_incoming")
    return mail


def claim_incoming(now: datetime) -> IncomingMail | None:
    """Claim the mail that waits longest; one that broke its reader three times is given up, and kept."""
    return claims.claim_next(
        IncomingMail.objects.all(),
        now,
        seconds=rules.READING_SECONDS,
        give_up=lambda mail: claims.fail(
            mail, _("We tried three times to read this mail and could not.")
        ),
    )


def answer_incoming(mail: IncomingMail, status: str, *, why: str = "", **fields: object) -> bool:
    """Note what became of a mail, and let go of its bytes; False if the claim was lost meanwhile."""
    return claims.finish(mail, status, problem=why[:500], raw=None, **fields)


@transaction.atomic
def post_reply(mail: IncomingMail, link: Link, write: Callable[[], object]) -> bool:
    """Write what a mail says where it belongs, and note that it is there: both or neither, and once."""
    if not answer_incoming(mail, Status.POSTED, link=link):
        return False
    write()
    record("reply.posted", mail, by=link.person, source=mail.source)
    return True


@transaction.atomic
def release_reply(mail: IncomingMail, write: Callable[[], object]) -> None:
    """Post a reply that was held until its person said that it is theirs; a second yes changes nothing."""
    held = IncomingMail.objects.filter(pk=mail.pk, status=Status.HELD)
    if mail.link is None or not held.update(status=Status.POSTED, text="", sender=""):
        raise RefusedError(_("This answer does not wait any more. Nothing was changed."))
    write()
    record("reply.confirmed", mail, by=mail.link.person)


@transaction.atomic
def answer_held(mail: IncomingMail, *, by: Person) -> None:
    """Throw away what was held: its person did not write it."""
    held = IncomingMail.objects.filter(pk=mail.pk, status=Status.HELD)
    if held.update(status=Status.DROPPED, text="", sender=""):
        record("reply.disowned", mail, by=by)


def forget_incoming(now: datetime) -> int:
    """Delete what came in long ago; what was held too long is told nobody any more."""
    return queries.old_incoming(now).delete()[0]
