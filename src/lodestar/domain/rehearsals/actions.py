"""What can be done with a rehearsal?"""

from dataclasses import asdict
from datetime import date, datetime
from functools import partial
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import Clock, today
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.matching.actions.computing import compute_claimed
from lodestar.domain.people.models import Person
from lodestar.domain.pilots.actions import log_finding
from lodestar.domain.pilots.models import Finding
from lodestar.domain.programs.actions.programs import require_coordinator
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.rehearsals import queries, rules
from lodestar.domain.rehearsals.models import Rehearsal
from lodestar.domain.rehearsals.queries.staging import report_of
from lodestar.domain.trials.queries import believed_of

Status, Manner = Rehearsal.Status, Rehearsal.Manner
SEED = 1851


def request_rehearsal(
    cohort: Cohort, *, by: Person, mentors: int, mentees: int, manner: str = Manner.USUAL,
    design: Design | None = None,
) -> Rehearsal:  # fmt: skip
    """Freeze a design and the days in a row and ask for it to be played; while one waits, that one is it.

    The design is the cohort's own version, or another one of its program.
    All rehearsals have the same test people with the same fates, so that what differs is the design.
    """
    require_coordinator(by, cohort.program)
    if problem := rules.why_not_rehearse(cohort, mentors, mentees, today()):
        raise RefusedError(problem)
    if waiting := queries.waiting_rehearsal(cohort):
        return waiting
    design = design or cohort.design
    believed = believed_of(cohort, current_time())
    rates = {name: rate.usual for name, rate in believed.rates.items()}
    inputs = queries.inputs_of(cohort, design) | {
        "mentors": mentors,
        "mentees": mentees,
        "fates": asdict(rules.fates_of(rates, mentors, mentees, manner)),
        "meeting_days": list(believed.meeting.usual),
        "seed": SEED,
    }
    rehearsal = Rehearsal(
        cohort=cohort, design=design, mentor_count=mentors, mentee_count=mentees,
        manner=manner, inputs=inputs, requested_by=by,
    )  # fmt: skip
    return claims.or_waiting(
        partial(queries.waiting_rehearsal, cohort), partial(keep_request, rehearsal, by=by)
    )


@transaction.atomic
def keep_request(rehearsal: Rehearsal, *, by: Person) -> Rehearsal:
    rehearsal.full_clean(validate_constraints=False)
    rehearsal.save()
    people = rehearsal.mentor_count + rehearsal.mentee_count
    record("rehearsal.requested", rehearsal, by=by, people=people, manner=rehearsal.manner)
    wake("play_rehearsals")
    return rehearsal


def claim_rehearsal(now: datetime) -> Rehearsal | None:
    """Claim the one that waits longest; a claim is lost with its lease, three lost ones are enough."""
    rows, seconds = Rehearsal.objects.all(), settings.REHEARSAL_SECONDS
    begins = {"progress": 0, "reached_on": None}
    return claims.claim_next(rows, now, seconds=seconds, give_up=give_up, **begins)


def give_up(rehearsal: Rehearsal) -> bool:
    return fail_rehearsal(
        rehearsal,
        _(
            "The rehearsal was broken off %(count)d times: its worker was stopped, or something in "
            "it broke that it could not tell. Nothing else was touched. Ask for it again with fewer "
            "people; if this happens again, tell whoever runs this installation."
        )
        % {"count": rehearsal.attempt_count},
    )


def note_progress(rehearsal: Rehearsal, share: float, day: date) -> bool:
    """Note how much is played, in percent, and up to which day; False if the claim was lost meanwhile."""
    return claims.keep(rehearsal, progress=min(100, round(100 * share)), reached_on=day)


@transaction.atomic
def fail_rehearsal(rehearsal: Rehearsal, problem: str) -> bool:
    """End a claimed rehearsal with the sentence that says why; False if the claim was lost meanwhile."""
    if not claims.fail(rehearsal, problem):
        return False
    record("rehearsal.failed", rehearsal, attempt=rehearsal.attempt_count)
    return True


@transaction.atomic
def store_rehearsal(rehearsal: Rehearsal, report: dict[str, Any]) -> bool:
    """Store what was seen; False if the claim was lost meanwhile."""
    seen = {"done_at": current_time(), "progress": 100, "report": report}
    if not claims.finish(rehearsal, Status.DONE, **seen):
        return False
    letters, remarks = len(report["letters"]), len(report["remarks"])
    record("rehearsal.done", rehearsal, letters=letters, remarks=remarks)
    return True


def play_rehearsal(rehearsal: Rehearsal, clock: Clock) -> bool:
    """Play a claimed rehearsal between two short transactions, and in none itself."""

    def hear(share: float, day: date) -> None:
        note_progress(rehearsal, share, day)

    def find(claimed: Rehearsal) -> dict[str, Any]:
        started = monotonic()
        report = report_of(claimed, hear)
        took = round(monotonic() - started, 1)
        return report | {"seconds": took, "fates": claimed.inputs["fates"]}

    return compute_claimed(rehearsal, clock, find=find, store=store_rehearsal, fail=fail_rehearsal)


def note_finding(rehearsal: Rehearsal, *, by: Person, stage: str, what: str) -> Finding:
    """Write down what a rehearsal has shown as a finding of its trial run."""
    return log_finding(rehearsal.cohort, by=by, stage=stage, what=what)
