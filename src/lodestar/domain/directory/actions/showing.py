"""How does somebody choose what others see of them here, so that it counts at once?"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from lodestar.domain.applications.actions import (
    hide_participant,
    keep_visibility,
    pause_participant,
)
from lodestar.domain.applications.models import Participant
from lodestar.domain.applications.queries import own_participations
from lodestar.domain.directory.actions.listings import refresh_listing
from lodestar.domain.people.models import Person


@transaction.atomic
def choose_visibility(
    participant: Participant, *, by: Person, wished: Mapping[str, str]
) -> Participant:
    """Keep which answers others read; from now on nobody finds this person by anything else."""
    participant = keep_visibility(participant, by=by, wished=wished)
    refresh_listing(participant)
    return participant


@transaction.atomic
def hide(participant: Participant, *, by: Person, is_hidden: bool) -> Participant:
    """Leave the directory, or come back to it; in the program one stays."""
    participant = hide_participant(participant, by=by, is_hidden=is_hidden)
    refresh_listing(participant)
    return participant


def pause(participant: Participant, *, by: Person, until: date | None) -> Participant:
    """Be away until a day, or be back; the directory reads this from the participant itself."""
    return pause_participant(participant, by=by, until=until)


@transaction.atomic
def pause_everywhere(person: Person, *, by: Person, until: date | None) -> int:
    """Be away until a day from all that one takes part in, or be back; return how much that is."""
    own = list(own_participations(person))
    for participant in own:
        pause(participant, by=by, until=until)
    return len(own)
