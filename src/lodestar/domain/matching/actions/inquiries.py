"""How is a question to the engine asked that takes a while, and how is its answer kept?"""

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import Clock
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.matching import queries
from lodestar.domain.matching.actions.computing import compute_claimed, keep_progress
from lodestar.domain.matching.models import Inquiry, MatchRun
from lodestar.domain.people.models import Person

Status = Inquiry.Status
FINISHED = (MatchRun.Status.SOLVED, MatchRun.Status.REVIEWED, MatchRun.Status.PUBLISHED, MatchRun.Status.DISCARDED)  # fmt: skip


def ask(question: queries.Question, *, by: Person | None) -> Inquiry:
    """Ask a worker; while the same question waits, asking again gives that one."""
    waiting = partial(waiting_like, question)
    return waiting() or claims.or_waiting(waiting, partial(keep_question, question, by=by))


def waiting_like(question: queries.Question) -> Inquiry | None:
    going_on = (Status.REQUESTED, Status.CLAIMED)
    return queries.inquiries_like(question).filter(status__in=going_on).first()


@transaction.atomic
def keep_question(question: queries.Question, *, by: Person | None) -> Inquiry:
    inquiry = Inquiry(
        kind=question.kind,
        cohort=question.cohort,
        run=question.run,
        asked=dict(question.asked),
        inputs={} if question.run else question.inputs,
        question_sha256=question.sha256,
        seed=question.seed,
        requested_by=by,
    )
    inquiry.full_clean(validate_constraints=False)
    inquiry.save()
    record("inquiry.requested", inquiry, by=by, kind=str(question.kind))
    wake("answer_inquiries")
    return inquiry


def replay_run(run: MatchRun, *, by: Person | None) -> Inquiry:
    """Ask for a run to be computed again from its frozen inputs, and held against what was stored."""
    if run.status not in FINISHED or not run.certificate:
        raise RefusedError(_("Only a run with a result can be computed again."))
    return ask(queries.question_about(run, Inquiry.Kind.REPLAY, {}), by=by)


def claim_inquiry(now: datetime) -> Inquiry | None:
    """Claim the question that waits longest; a claim is lost with its lease, three lost ones are enough."""
    rows = Inquiry.objects.select_related("cohort")
    return claims.claim_next(rows, now, seconds=settings.INQUIRY_SECONDS, give_up=give_up)


def give_up(inquiry: Inquiry) -> bool:
    return fail_inquiry(
        inquiry,
        _("The computation was broken off again and again. Ask once more at a quieter hour."),
    )


def fail_inquiry(inquiry: Inquiry, problem: str) -> bool:
    return claims.fail(inquiry, problem, inputs={})


def store_answer(inquiry: Inquiry, answer: dict[str, Any]) -> bool:
    """Keep what was found, and forget the people it was found for."""
    return claims.finish(
        inquiry,
        Status.ANSWERED,
        answer=answer,
        answered_at=current_time(),
        progress=100,
        inputs={},
    )


def compute_inquiry(inquiry: Inquiry, clock: Clock) -> bool:
    def find(row: Inquiry) -> dict[str, Any]:
        return queries.found_for(row, partial(keep_progress, row))

    return compute_claimed(inquiry, clock, find=find, store=store_answer, fail=fail_inquiry)
