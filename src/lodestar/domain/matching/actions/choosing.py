"""How does a mentee keep a private list of mentors?"""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Choice
from lodestar.domain.messaging.actions import overtake
from lodestar.domain.people.models import Person

LONGEST_NOTE = 1000


@transaction.atomic
def choose_mentor(
    mentee: Participant, mentor: Participant, *, by: Person, note: str | None = None
) -> Choice:
    """Put a mentor at the end of a list; chosen twice, they stay where they are and the note is kept."""
    mentee = own_list(mentee, by)
    kept = list(Choice.objects.filter(mentee=mentee))
    choice = next((each for each in kept if each.mentor_id == mentor.pk), None)
    is_new = choice is None
    if choice is None:
        living = [each for each in kept if rules.is_on_the_list(each)]
        if problem := rules.why_not_choose(mentee, mentor, len(living), today()):
            raise RefusedError(problem)
        choice = Choice(mentee=mentee, mentor=mentor, rank=next_rank(kept))
    if note is not None:
        choice.note = cleaned(note)
    choice.full_clean()
    choice.save()
    if is_new:
        overtake(mentee.application, ["matching.list_empty"])
        record("choice.made", choice, by=by)
    return choice


def next_rank(kept: Sequence[Choice]) -> int:
    return 1 + max((choice.rank for choice in kept), default=0)


@transaction.atomic
def drop_choice(choice: Choice, *, by: Person) -> None:
    """Take a mentor off the list; what was asked stays told, and dropping twice is dropping once."""
    mentee = own_list(choice.mentee, by)
    choice = (
        Choice.objects.select_for_update().filter(pk=choice.pk, mentee=mentee).first() or choice
    )
    if problem := rules.why_list_is_closed(mentee.cohort, today()):
        raise RefusedError(problem)
    if choice.asks.exists():
        raise RefusedError(_("You have asked them, so it stays told here. Take the request back instead."))  # fmt: skip
    if Choice.objects.filter(pk=choice.pk).delete()[0]:
        record("choice.dropped", choice, by=by)


@transaction.atomic
def order_choices(mentee: Participant, *, by: Person, keys: Sequence[str]) -> None:
    """Put a list in this order; whom it does not name stands behind, in the order of before."""
    mentee = own_list(mentee, by)
    if problem := rules.why_list_is_closed(mentee.cohort, today()):
        raise RefusedError(problem)
    wanted = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    kept = list(Choice.objects.filter(mentee=mentee).order_by("rank", "pk"))
    kept.sort(key=lambda choice: wanted.get(choice.public_id, len(wanted)))
    for rank, choice in enumerate(kept, start=1):
        choice.rank = rank
    Choice.objects.bulk_update(kept, ["rank"])
    record("choice.ordered", mentee, by=by)


@transaction.atomic
def note_choice(choice: Choice, *, by: Person, note: str) -> Choice:
    """Keep what the mentee would write to this mentor."""
    own_list(choice.mentee, by)
    choice = choice.locked()
    choice.note = cleaned(note)
    choice.full_clean()
    choice.save(update_fields=["note"])
    return choice


def own_list(mentee: Participant, by: Person) -> Participant:
    """Return the locked mentee whose list this is; nobody else changes it."""
    locked = mentee.locked()
    if locked.person_id != by.pk or locked.left_at or locked.person.blocked_at:
        raise RefusedError(_("This list is somebody else’s."))
    return locked


def cleaned(text: str) -> str:
    return text.replace("\x00", "").strip()[:LONGEST_NOTE]
