"""How do the held letters of a trial run go out, or not at all?"""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.feedback.actions import open_from_now
from lodestar.domain.groups.actions import ask_groups_from_now
from lodestar.domain.matching.actions import ask_from_now
from lodestar.domain.messaging import actions as messaging
from lodestar.domain.messaging.models import Letter
from lodestar.domain.messaging.queries import waiting_letters
from lodestar.domain.people.models import Person
from lodestar.domain.pilots.queries.letters import cohort_of
from lodestar.domain.programs.actions import send_letters_at_once
from lodestar.domain.programs.actions.programs import require_coordinator
from lodestar.domain.programs.models import Cohort


@transaction.atomic
def release_letters(cohort: Cohort, *, by: Person, kind: str = "") -> int:
    """Send every letter that waits, or those of one kind; return how many.

    What is too late stays. Released twice at once, each goes once.
    """
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    waiting = waiting_letters(cohort)
    count = let_go(cohort, waiting.filter(kind=kind) if kind else waiting, now=current_time())
    if count:
        record("letters.released", cohort, by=by, kind=kind, count=count)
    return count


@transaction.atomic
def release_waiting_letter(letter: Letter, *, by: Person) -> Letter:
    """Send one letter that waits."""
    cohort = cohort_of(letter).locked()
    require_coordinator(by, cohort.program)
    if not let_go(cohort, waiting_letters(cohort).filter(pk=letter.pk), now=current_time()):
        raise RefusedError(why_not_gone(letter))
    record("letter.released", letter, by=by, about=letter.person)
    letter.refresh_from_db()
    return letter


@transaction.atomic
def set_letter_aside(letter: Letter, *, by: Person, reason: str) -> Letter:
    """Let one letter never go; why is kept beside it. What it asked is counted from now on, unsent."""
    cohort = cohort_of(letter).locked()
    require_coordinator(by, cohort.program)
    if not reason.strip():
        raise RefusedError(_("Say in a few words why it is not sent; your colleagues will ask."))
    one = waiting_letters(cohort).filter(pk=letter.pk)
    restart(cohort, one, now=current_time())
    if not messaging.set_aside(one, why=reason.strip()):
        raise RefusedError(why_not_gone(letter))
    record("letter.set_aside", letter, by=by, about=letter.person)
    letter.refresh_from_db()
    return letter


@transaction.atomic
def stop_holding(cohort: Cohort, *, by: Person, releases: bool) -> int:
    """Hold no new letter any more; send those that wait only if that is wished. Return how many went."""
    send_letters_at_once(cohort, by=by)
    return release_letters(cohort, by=by) if releases else 0


def let_go(cohort: Cohort, letters: QuerySet[Letter], *, now: datetime) -> int:
    restart(cohort, letters, now=now)
    return messaging.release_waiting(letters, now=now)


def restart(cohort: Cohort, letters: QuerySet[Letter], *, now: datetime) -> None:
    """Give everybody the whole time to answer, however long their letters waited."""
    ask_from_now(cohort, letters, now=now)
    ask_groups_from_now(cohort, letters, now=now)
    open_from_now(letters, now=now)


def why_not_gone(letter: Letter) -> str:
    letter.refresh_from_db()
    if letter.status == Letter.Status.WAITING:
        return _("It is too late for this letter: what it was about has passed. Set it aside.")
    return _("This letter does not wait any more; somebody was faster. Nothing was changed.")
