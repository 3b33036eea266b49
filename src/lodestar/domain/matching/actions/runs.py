"""What can be done with a match run?"""

import secrets
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.models import Match, MatchRun, Unmatched
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.engine.matching.certificate import as_fields
from lodestar.engine.matching.explanation import MatchedPair
from lodestar.engine.matching.left_out import Unmatched as LeftOut
from lodestar.engine.matching.run import MatchResult

Status = MatchRun.Status
LARGEST_SEED = 2**31 - 1
AT_ONCE = 500


def request_run(cohort: Cohort, *, by: Person | None, seed: int | None = None) -> MatchRun:
    """Ask for a run on who is in now; while one waits, asking again gives that one."""
    waiting = queries.waiting_run(cohort)
    if waiting:
        return waiting
    ready = queries.readiness(cohort)
    if ready.why_not:
        raise RefusedError(ready.why_not)
    return claims.or_waiting(
        partial(queries.waiting_run, cohort), partial(freeze_run, cohort, by=by, seed=seed)
    )


@transaction.atomic
def freeze_run(cohort: Cohort, *, by: Person | None, seed: int | None) -> MatchRun:
    """Freeze the inputs in a row; the cohort's lottery is drawn once and kept for its later runs."""
    inputs = queries.inputs_of(cohort.locked())  # its design may just be changing
    run = MatchRun(
        cohort=cohort,
        requested_by=by,
        seed=seed if seed is not None else lottery_of(cohort),
        inputs=inputs,
        inputs_sha256=rules.fingerprint(inputs),
    )
    run.full_clean(validate_constraints=False)
    run.save()
    record("match_run.requested", run, by=by, inputs_sha256=run.inputs_sha256, seed=run.seed)
    wake("compute_runs")
    return run


def lottery_of(cohort: Cohort) -> int:
    first = MatchRun.objects.filter(cohort=cohort).order_by("pk").first()
    return first.seed if first else secrets.randbelow(LARGEST_SEED)


def claim_run(now: datetime) -> MatchRun | None:
    """Claim the run that waits longest; a claim is lost with its lease, three lost ones are enough."""
    runs = MatchRun.objects.select_related("cohort")
    return claims.claim_next(runs, now, seconds=settings.MATCHING_SECONDS, give_up=give_up)


def give_up(run: MatchRun) -> bool:
    return fail_run(
        run,
        _(
            "The computation was broken off %(count)d times: its worker was stopped, or ran out of "
            "memory. Nothing was changed. Ask for a new run; if this happens again, tell whoever "
            "runs this installation."
        )
        % {"count": run.attempt_count},
    )


@transaction.atomic
def fail_run(run: MatchRun, problem: str) -> bool:
    """End a claimed run with the sentence that says why; False if the claim was lost meanwhile."""
    if not claims.fail(run, problem):
        return False
    record("match_run.failed", run, attempt=run.attempt_count)
    return True


@transaction.atomic
def store_result(run: MatchRun, result: MatchResult) -> bool:
    """Store what the engine found, whole or not at all; False if the claim was lost meanwhile."""
    certificate = as_fields(result.certificate)
    solved = claims.finish(
        run,
        Status.SOLVED,
        solved_at=current_time(),
        engine_version=result.certificate.engine_version,
        certificate=certificate,
        weights=dict(result.weights),
        prices=dict(result.prices),
    )
    if not solved:
        return False
    people = {p.public_id: p for p in Participant.objects.filter(cohort=run.cohort_id)}
    fields = fields_of(run)
    matches = [match_from(pair, run, people, fields) for pair in result.pairs]
    Match.objects.bulk_create(matches, batch_size=AT_ONCE)
    left = [left_out_from(person, run, people) for person in result.unmatched]
    free = spare_mentors(run, result, people)
    Unmatched.objects.bulk_create([*left, *free], batch_size=AT_ONCE)
    record("match_run.solved", run, matched=len(matches), unmatched=len(left))
    return True


def fields_of(run: MatchRun) -> dict[str, str]:
    return {c["name"]: c["mentee_field"] for c in run.inputs["design"]["criteria"]}


def match_from(
    pair: MatchedPair, run: MatchRun, people: dict[str, Participant], fields: dict[str, str]
) -> Match:
    """Return the row of a pair; its contributions must add up to its score."""
    if sum(pair.contributions.values()) != pair.score:
        raise ValueError(f"The contributions of {pair.mentee} do not add up to the score.")
    return Match(
        run=run,
        mentor=people[pair.mentor],
        mentee=people[pair.mentee],
        score=pair.score,
        contributions=[[name, points] for name, points in pair.contributions.items()],
        reasons=[
            {
                "criterion": reason.criterion,
                "field": fields.get(reason.criterion, ""),
                "kind": str(reason.kind),
                "code": reason.code,
                "values": list(reason.values),
            }
            for reason in pair.reasons
        ],
        alternatives=[[mentor, score] for mentor, score in pair.alternatives],
        coverage=pair.coverage,
        rank=pair.rank,
        is_pinned=pair.pinned,
        broken_rule=pair.broken_rule or "",
    )


def left_out_from(left: LeftOut, run: MatchRun, people: dict[str, Participant]) -> Unmatched:
    details = {
        "rules": dict(left.rules),
        "mentees": left.mentees,
        "mentors": left.mentors,
        "places": left.places,
        "everyone": left.everyone,
    }
    return Unmatched(
        run=run,
        participant=people[left.mentee],
        reason=left.reason,
        help=left.help,
        details=details,
    )


def spare_mentors(
    run: MatchRun, result: MatchResult, people: dict[str, Participant]
) -> list[Unmatched]:
    """Return the mentors to whom nobody was given."""
    taken = {pair.mentor for pair in result.pairs}
    return [
        Unmatched(
            run=run,
            participant=people[mentor["key"]],
            reason="not_needed",
            details={"places": mentor["capacity"]},
        )
        for mentor in run.inputs["mentors"]
        if mentor["key"] not in taken
    ]


@transaction.atomic
def mark_reviewed(run: MatchRun, *, by: Person) -> MatchRun:
    """Note that a coordinator has looked at a run; only then can it be published."""
    run = run.locked()
    if run.status == Status.REVIEWED:
        return run
    if not rules.can_review(run):
        raise RefusedError(_("Only a run with a fresh result can be marked as looked at."))
    run.status = Status.REVIEWED
    run.reviewed_at, run.reviewed_by = current_time(), by
    run.save(update_fields=["status", "reviewed_at", "reviewed_by"])
    record("match_run.reviewed", run, by=by)
    return run


@transaction.atomic
def discard_run(run: MatchRun, *, by: Person) -> MatchRun:
    """Set a run aside that was not published; its matches stay unseen."""
    run = run.locked()
    if run.status == Status.DISCARDED:
        return run
    if not rules.can_discard(run):
        raise RefusedError(_("This run can no longer be set aside."))
    run.status = Status.DISCARDED
    run.save(update_fields=["status"])
    record("match_run.discarded", run, by=by)
    return run
