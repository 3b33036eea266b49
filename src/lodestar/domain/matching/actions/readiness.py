"""How are people asked for what their match lacks?"""

from collections.abc import Iterable

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.matching import queries
from lodestar.domain.messaging.actions import queue_letters
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


@transaction.atomic
def ask_for_answers(cohort: Cohort, *, by: Person, keys: Iterable[str] = ()) -> int:
    """Write to those whose answers are thin, to all or to some by their key; nobody twice within days."""
    cohort = cohort.locked()
    pool = queries.pool_of(cohort)
    if pool.why_not_ask:
        raise RefusedError(pool.why_not_ask)
    wanted, day = set(keys), f"{current_time():%Y%m%d}"
    people = [
        each.participant
        for each in pool.askable
        if not wanted or each.participant.public_id in wanted
    ]
    kind = queries.INCOMPLETE
    queue_letters(
        kind,
        [(p.person, p.application, f"{kind}:{p.application.public_id}:{day}") for p in people],
    )
    record("cohort.asked_for_answers", cohort, by=by, letters=len(people))
    return len(people)
