"""What happens when a mentor takes more or fewer mentees than they said?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.actions import tell_of_free_places
from lodestar.domain.applications.models import Participant
from lodestar.domain.applications.rules.places import why_not_places
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.wake import wake
from lodestar.domain.matching.actions.answering import answer_match, withdraw_match
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.queries.places import places_agreed, proposals_unanswered
from lodestar.domain.people.models import Person


@transaction.atomic
def change_places(participant: Participant, *, by: Person, capacity: int) -> Participant:
    """Take more or fewer mentees at most. What is agreed stays; a proposal that no longer fits is answered with no.

    The places are counted by one conditional UPDATE after that, so a yes that is given at the same moment is
    either counted or refused. Requests that no longer fit are closed, and told, by those who go on asking.
    """
    own = Participant.objects.select_related("cohort__design").get(pk=participant.pk)
    problem = why_not_places(own, capacity, places_agreed(own))
    if problem or own.person_id != by.pk:
        raise RefusedError(problem or _("This is not yours to change."))
    if own.capacity == capacity:
        return own
    dropped = drop_what_is_too_much(own, by, capacity)
    fits = Participant.objects.filter(pk=own.pk, left_at=None, places_taken__lte=capacity)
    if not fits.update(capacity=capacity):
        raise RefusedError(
            _("Somebody said yes in this moment. Nothing was changed; look again, please.")
        )
    record("participant.places_changed", own, by=by, about=by, capacity=capacity, dropped=dropped)
    wake("go_on_asking")
    wake("propose_replacements")
    own.refresh_from_db()
    tell_of_free_places(own.cohort)
    return own


def drop_what_is_too_much(mentor: Participant, by: Person, capacity: int) -> int:
    """Answer the latest proposals with no until the rest fits; return how many. Nobody learns why."""
    held = Participant.objects.values_list("places_taken", flat=True).get(pk=mentor.pk)
    too_many = proposals_unanswered(mentor)[: max(0, held - capacity)]
    for match in too_many:
        say_no(match, by)
    return len(too_many)


def say_no(match: Match, by: Person) -> None:
    """Answer a proposal with no, or take it back where it waits for no answer yet or any more."""
    try:
        answer_match(match, by=by, answer=Match.Answer.DECLINED)
    except RefusedError:
        withdraw_match(match, by=by)
