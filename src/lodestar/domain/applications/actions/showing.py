"""How does a participant say what others see of them, and when they are not there?"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from lodestar.domain.applications.models import Participant
from lodestar.domain.applications.rules import showing
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.people.models import Person


def own_locked(participant: Participant, by: Person) -> Participant:
    participant = participant.locked()
    problem = showing.why_not_change(participant)
    if problem or participant.person_id != by.pk:
        raise RefusedError(problem)
    return participant


@transaction.atomic
def keep_visibility(
    participant: Participant, *, by: Person, wished: Mapping[str, str]
) -> Participant:
    """Keep which answers others read later than the design says; what is not named stays."""
    participant = own_locked(participant, by)
    design = participant.cohort.design
    participant.visibility = showing.kept_back(design, {**participant.visibility, **wished})
    participant.full_clean()
    participant.save(update_fields=["visibility"])
    record("participant.visibility_chosen", participant, by=by, about=by)
    return participant


@transaction.atomic
def hide_participant(participant: Participant, *, by: Person, is_hidden: bool) -> Participant:
    """Take somebody out of the directory, or bring them back; in the program they stay."""
    participant = own_locked(participant, by)
    if (participant.hidden_at is not None) == is_hidden:
        return participant
    participant.hidden_at = now() if is_hidden else None
    participant.save(update_fields=["hidden_at"])
    record("participant.hidden" if is_hidden else "participant.found", participant, by=by, about=by)
    return participant


@transaction.atomic
def pause_participant(participant: Participant, *, by: Person, until: date | None) -> Participant:
    """Say that somebody is not available until a day; None ends the pause."""
    participant = own_locked(participant, by)
    if until is not None and (problem := showing.why_not_pause(until, today())):
        raise RefusedError(problem)
    if participant.paused_until == until:
        return participant
    participant.paused_until = until
    participant.save(update_fields=["paused_until"])
    record("participant.paused" if until else "participant.resumed", participant, by=by, about=by)
    return participant
