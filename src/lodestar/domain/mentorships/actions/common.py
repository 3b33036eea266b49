"""How does every change of a mentorship begin, and who is told?"""

from typing import TypeVar

from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.models import Aim
from lodestar.domain.common.time import now
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import mentorships_with_people
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.models import Person

A = TypeVar("A", bound=Aim)
NUDGES = ("mentorships.unmet",)
FROM_THE_PARTNER = ("mentorships.paused", "mentorships.resumed", "mentorships.ended")


def locked(mentorship: Mentorship) -> Mentorship:
    """Return the mentorship as it is now, locked, with the two people at hand."""
    mentorship.locked()
    return mentorships_with_people().get(pk=mentorship.pk)


def open_to(mentorship: Mentorship, person: Person) -> Mentorship:
    """Return the locked mentorship if this person may add to it now."""
    mentorship = locked(mentorship)
    if not rules.may_write(mentorship, person):
        raise RefusedError(why_closed(mentorship))
    return mentorship


def end_once(aim: A, how: str, verb: str, *, by: Person, unless: str, **more: object) -> A:
    """End a locked aim now; the first moment stays, and whoever ended it the other way is told `unless`."""
    if getattr(aim, how) is not None:
        return aim
    if not aim.is_open:
        raise RefusedError(unless)
    for name, value in {how: now(), **more}.items():
        setattr(aim, name, value)
    aim.save()
    record(verb, aim, by=by)
    return aim


def why_closed(mentorship: Mentorship) -> str:
    return rules.why_not_read_only(mentorship) or _("This mentorship is not yours.")


def tell(mentorship: Mentorship, kind: str, *, to: Person, again: bool = False) -> None:
    """Queue a letter about the mentorship: once in its life, or once an hour where it may recur.

    What one of the two did goes to the other at once; only what the program says can be held.
    """
    hour = f":{int(now().timestamp()) // 3600}" if again else ""
    queue_letter(
        kind,
        to=to,
        about=mentorship,
        unique_key=f"{kind}:{mentorship.public_id}:{to.public_id}{hour}",
        at_once=kind in FROM_THE_PARTNER,
    )
