"""How does the safeguarding lead hold a mentorship?"""

from contextlib import suppress

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.actions.appointments import cancel_planned
from lodestar.domain.mentorships.actions.common import NUDGES, locked
from lodestar.domain.mentorships.actions.exploring import part
from lodestar.domain.mentorships.actions.pairs import decline_match
from lodestar.domain.mentorships.models import (
    Mentorship,
)
from lodestar.domain.mentorships.queries import open_matches_between
from lodestar.domain.messaging.actions import keep_from_leaving, overtake
from lodestar.domain.messaging.queries import letters_about
from lodestar.domain.people.actions.blocking import block
from lodestar.domain.people.models import Block, Person, Role
from lodestar.domain.people.queries import are_kept_apart, has_role

FROM_ONE_TO_THE_OTHER = ("mentorships.message", "mentorships.resumed", "mentorships.paused")


@transaction.atomic
def hold_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Pause for safety: only the lead can lift it, and neither of the two learns who asked."""
    mentorship = locked(mentorship)
    refuse_unless_lead(mentorship, by)
    if not rules.is_running(mentorship):
        raise RefusedError(_("This mentorship has ended already."))
    if mentorship.held_at is None:
        mentorship.status, mentorship.held_at = Mentorship.Status.PAUSED, now()
        mentorship.save()
        overtake(mentorship, NUDGES)
        cancel_planned(mentorship)
        record("mentorship.held", mentorship, by=by)
    return mentorship


@transaction.atomic
def block_partner(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Let one of the two be reached by the other nowhere, at once; the other reads what they read of any hold.

    What waits to tell them of the other's words is set aside, for it would be contact too.
    """
    mentorship = locked(mentorship)
    if not rules.is_party(mentorship, by):
        raise RefusedError(_("This mentorship is not yours."))
    partner = rules.partner_of(mentorship, by)
    block_person(partner, by=by)
    if rules.is_running(mentorship) and mentorship.held_at is None:
        mentorship.status, mentorship.held_at = Mentorship.Status.PAUSED, now()
        mentorship.save()
        record("mentorship.held", mentorship, by=by)
    cancel_planned(mentorship)
    overtake(mentorship, NUDGES)
    for person in (by, partner):
        keep_from_leaving(
            letters_about(mentorship, FROM_ONE_TO_THE_OTHER, person),
            why=_("The two have no contact."),
        )
    return mentorship


@transaction.atomic
def block_person(other: Person, *, by: Person) -> Block:
    """Keep two apart everywhere from now on; what is still open between them ends as after any no."""
    row = block(other, by=by)
    for match in open_matches_between(by, other):
        exploring = match.status == Match.Status.EXPLORING
        with suppress(RefusedError):  # whose yes is given already; the other's would be refused
            (part if exploring else decline_match)(match, by=by)
    return row


@transaction.atomic
def release_mentorship(mentorship: Mentorship, *, by: Person) -> Mentorship:
    """Lift the pause for safety; the two decide for themselves whether to resume."""
    mentorship = locked(mentorship)
    refuse_unless_lead(mentorship, by)
    if are_kept_apart(mentorship.match.mentor.person, mentorship.match.mentee.person):
        raise RefusedError(
            _("One of the two has blocked the other. It stays paused until that is taken back.")
        )
    if mentorship.held_at is not None:
        mentorship.held_at = None
        mentorship.save()
        record("mentorship.released", mentorship, by=by)
    return mentorship


def refuse_unless_lead(mentorship: Mentorship, person: Person) -> None:
    if not has_role(person, Role.Kind.SAFEGUARDING) or rules.is_party(mentorship, person):
        raise RefusedError(
            _("Only the safeguarding lead, and never about themselves, can do this.")
        )
