"""How does a person write to those whom a publication left without?"""

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.time import today
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.models import Unmatched
from lodestar.domain.messaging.actions import queue_letters
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort

LETTER = "matching.unmatched"


@transaction.atomic
def word_unmatched(
    cohort: Cohort, key: str, *, by: Person, words: str, offers: Collection[str]
) -> list[Unmatched]:
    """Keep what one group is to be told, to be looked at before it goes; return whom it concerns."""
    cohort = cohort.locked()
    group = group_or_refuse(cohort, key)
    if problem := rules.why_not_word(group.rows[0].run, words):
        raise RefusedError(problem)
    known = [way.key for way in queries.ways_on(cohort, today()) if way.key in offers]
    said = words.replace("\x00", "").replace("\r\n", "\n").strip()
    for row in group.rows:
        row.words, row.offers = said, known
    Unmatched.objects.bulk_update(group.rows, ["words", "offers"], batch_size=500)
    record("unmatched.worded", group.rows[0].run or cohort, by=by, people=len(group.rows))
    return group.rows


@transaction.atomic
def tell_unmatched(cohort: Cohort, key: str, *, by: Person) -> int:
    """Send one group the words that somebody wrote for it, to each once; return to how many."""
    cohort = cohort.locked()
    group = group_or_refuse(cohort, key)
    rows = [row for row in group.rows if row.words]
    if not rows:
        raise RefusedError(
            _("Nothing is written yet. Write to them first, then look at the letter.")
        )
    at = current_time()
    for row in rows:
        row.told_at, row.told_by = at, by
    Unmatched.objects.bulk_update(rows, ["told_at", "told_by"], batch_size=500)
    addressed = [(row.participant.person, row, f"{LETTER}:{row.public_id}") for row in rows]
    queue_letters(LETTER, addressed)
    record("unmatched.told", rows[0].run or cohort, by=by, people=len(rows), group=key)
    return len(rows)


@transaction.atomic
def note_alone(cohort: Cohort) -> int:
    """Note who has nobody where people only ask, and why as it is now; return how many are new."""
    cohort = cohort.locked()
    rows = {
        row.participant_id: row
        for row in Unmatched.objects.filter(run=None, participant__cohort=cohort)
    }
    found = queries.alone_in(cohort)
    new = [
        Unmatched(participant=participant, reason=reason)
        for participant, reason in found.items()
        if participant.pk not in rows
    ]
    Unmatched.objects.bulk_create(new, batch_size=500)
    changed = []
    for participant, reason in found.items():
        row = rows.get(participant.pk)
        if row and row.told_at is None and row.reason != reason:
            row.reason, row.words = reason, ""
            changed.append(row)
    Unmatched.objects.bulk_update(changed, ["reason", "words"], batch_size=500)
    if new:
        record("unmatched.noted", cohort, people=len(new))
    return len(new)


def group_or_refuse(cohort: Cohort, key: str) -> queries.Group:
    group = queries.group_in(cohort, key)
    if group is None:
        raise RefusedError(
            _("Nobody of these waits for a word any more: they were written to, or found somebody.")
        )
    return group
