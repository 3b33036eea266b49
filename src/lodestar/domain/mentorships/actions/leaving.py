"""How do the two rest, go on and part?"""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import release_place
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.actions.appointments import cancel_planned
from lodestar.domain.mentorships.actions.common import NUDGES, locked, tell, why_closed
from lodestar.domain.mentorships.actions.wishes import keep_wish
from lodestar.domain.mentorships.models import (
    Mentorship,
    Wish,
)
from lodestar.domain.messaging.actions import overtake
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import are_kept_apart


@transaction.atomic
def pause_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Rest for a while: nobody writes, nobody is asked, nothing is lost."""
    mentorship = locked(mentorship)
    if mentorship.status == Mentorship.Status.PAUSED and rules.is_party(mentorship, by):
        return mentorship
    if not rules.can_pause(mentorship, by):
        raise RefusedError(why_closed(mentorship))
    mentorship.status = Mentorship.Status.PAUSED
    mentorship.save()
    overtake(mentorship, NUDGES)
    cancel_planned(mentorship)
    record("mentorship.paused", mentorship, by=by)
    tell(mentorship, "mentorships.paused", to=rules.partner_of(mentorship, by), again=True)
    return mentorship


@transaction.atomic
def resume_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Take up a paused mentorship again; either of the two can."""
    mentorship = locked(mentorship)
    if mentorship.status == Mentorship.Status.ACTIVE and rules.is_party(mentorship, by):
        return mentorship
    if not rules.can_resume(mentorship, by):
        raise RefusedError(why_closed(mentorship))
    if are_kept_apart(by, rules.partner_of(mentorship, by)):
        raise RefusedError(
            _("This mentorship is paused. Write to the office if you want to know more.")
        )
    mentorship.status = Mentorship.Status.ACTIVE
    mentorship.save()
    record("mentorship.resumed", mentorship, by=by)
    tell(mentorship, "mentorships.resumed", to=rules.partner_of(mentorship, by), again=True)
    return mentorship


@transaction.atomic
def end_mentorship(
    mentorship: Mentorship,
    *,
    by: Person,
    reason: Mentorship.EndReason,
    wishes: Collection[Wish.Kind] = (),
) -> Mentorship:
    """End it with a coded reason that the partner never reads; both places become free.

    `wishes` say what the one who ends it would like now: somebody new, or the same partner again later.
    """
    mentorship = locked(mentorship)
    if not rules.is_running(mentorship) and rules.is_party(mentorship, by):
        return mentorship
    if not rules.can_end(mentorship, by):
        raise RefusedError(why_closed(mentorship))
    is_complete = reason == Mentorship.EndReason.COMPLETE
    mentorship.status = Mentorship.Status.COMPLETED if is_complete else Mentorship.Status.ENDED
    mentorship.end_reason, mentorship.ended_at = reason, now()
    mentorship.full_clean()
    mentorship.save()
    record("mentorship.ended", mentorship, by=by, is_complete=is_complete)
    overtake(mentorship, NUDGES)
    cancel_planned(mentorship)
    release_place(mentorship.match.mentor)
    release_place(mentorship.match.mentee)
    tell(mentorship, "mentorships.ended", to=rules.partner_of(mentorship, by))
    for kind in wishes:
        keep_wish(mentorship, kind, by)
    return mentorship


def complete_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    return end_mentorship(mentorship, by=by, reason=Mentorship.EndReason.COMPLETE)
