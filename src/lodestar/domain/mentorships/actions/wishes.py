"""What would each like afterwards?"""

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.matching.actions import lift_wished_pins
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.actions.common import locked
from lodestar.domain.mentorships.models import (
    Mentorship,
    Wish,
)
from lodestar.domain.people.models import Person


@transaction.atomic
def wish_for(mentorship: Mentorship, kind: Wish.Kind, *, by: Person) -> None:
    """Say, after it has ended, that one would like somebody new, or the same partner again."""
    mentorship = locked(mentorship)
    if problem := rules.why_not_wish(mentorship, by, kind, today()):
        raise RefusedError(problem)
    keep_wish(mentorship, kind, by)


def keep_wish(mentorship: Mentorship, kind: Wish.Kind, by: Person) -> None:
    """Keep a wish since when it was first said; one that was taken back begins anew."""
    if rules.why_not_wish(mentorship, by, kind, today()):
        return
    wish = Wish.objects.filter(mentorship=mentorship, person=by, kind=kind).first()
    if wish and rules.is_living(wish):
        return
    wish = wish or Wish(mentorship=mentorship, person=by, kind=kind)
    wish.since, wish.taken_back_at = now(), None
    wish.full_clean()
    wish.save()
    record("wish.kept", wish, by=by, kind=str(kind))


@transaction.atomic
def take_back_wish(mentorship: Mentorship, kind: Wish.Kind, *, by: Person) -> None:
    """Take a wish back; nobody has learned of it unless both had it."""
    mentorship = locked(mentorship)
    living = Wish.objects.filter(mentorship=mentorship, person=by, kind=kind, taken_back_at=None)
    if living.update(taken_back_at=now()):
        record("wish.taken_back", mentorship, by=by, kind=str(kind))
        if kind == Wish.Kind.AGAIN:
            match = mentorship.match
            lift_wished_pins(match.mentor.person, match.mentee.person)
