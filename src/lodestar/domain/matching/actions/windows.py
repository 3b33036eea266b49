"""How are the lists of a window put together when its last day is over?"""

from datetime import date, datetime, time, timedelta
from functools import partial

from django.db import transaction
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.common.wake import wake
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.actions.looking import lottery_of
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.messaging.actions import queue_letters
from lodestar.domain.messaging.queries import keys_beginning
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.ways import is_window_open, last_day_of_window


def put_lists_together(cohort: Cohort, *, by: Person | None = None) -> MatchRun:
    """Ask for the run of a window on the lists as they are; while one waits, asking again gives that one."""
    if is_window_open(cohort, today()):
        raise RefusedError(
            _("The lists can still be changed; they are put together the day after.")
        )
    waiting = queries.waiting_run(cohort)
    if waiting and waiting.kind == MatchRun.Kind.WINDOW:
        return waiting
    if waiting:
        raise RefusedError(_("A match run is being computed here just now. Try again in a minute."))
    if not queries.lists_of(cohort):
        raise RefusedError(_("Nobody has a list here that could be put together."))
    return claims.or_waiting(
        partial(queries.waiting_run, cohort), partial(freeze_window, cohort, by=by)
    )


@transaction.atomic
def freeze_window(cohort: Cohort, *, by: Person | None) -> MatchRun:
    """Freeze the lists and everything a run depends on; when somebody made a list is not among it."""
    cohort = cohort.locked()
    inputs = queries.window_inputs_of(cohort)
    run = MatchRun(
        cohort=cohort,
        kind=MatchRun.Kind.WINDOW,
        requested_by=by,
        seed=lottery_of(MatchRun, cohort),
        inputs=inputs,
        inputs_sha256=rules.fingerprint(inputs),
    )
    run.full_clean(validate_constraints=False)
    run.save()
    wake("compute_runs")
    record("window.closed", run, by=by, lists=len(run.inputs["choices"]))
    return run


def remind_of_lists(cohort: Cohort, on: date) -> int:
    """Tell whoever has an empty list by when it counts, once; a letter that is late does not speak of what is over."""
    last = last_day_of_window(cohort)
    if last is None:
        return 0
    about = f"matching.list_empty:{cohort.public_id}:"
    known = keys_beginning(about)
    addressed = [
        (mentee.person, mentee.application, about + mentee.public_id)
        for mentee in queries.mentees_without_list(cohort, on)
        if about + mentee.public_id not in known
    ]
    if addressed:
        over = make_aware(datetime.combine(last + timedelta(days=1), time.min))
        queue_letters("matching.list_empty", addressed, expires_at=over)
    return len(addressed)


def close_window(cohort: Cohort) -> bool:
    """Put the lists together by the clock, once; False if another run is in the way just now."""
    try:
        put_lists_together(cohort)
    except RefusedError:
        return False
    return True
