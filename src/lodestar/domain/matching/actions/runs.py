"""What can be done with a match run?"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
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
from lodestar.domain.matching.actions.looking import fail_run, look_at, lottery_of, set_aside
from lodestar.domain.matching.models import Match, MatchRun, Standby, Unmatched
from lodestar.domain.matching.rules.explaining import told_of
from lodestar.domain.matching.rules.tried import Tried
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.engine.matching.certificate import as_fields
from lodestar.engine.matching.explanation import MatchedPair
from lodestar.engine.matching.left_out import Unmatched as LeftOut
from lodestar.engine.matching.run import MatchResult
from lodestar.engine.matching.windows import WindowResult
from lodestar.engine.rescue.beside import RunWithStandbys, StandsBy

Status = MatchRun.Status
AT_ONCE = 500


def request_run(
    cohort: Cohort,
    *,
    by: Person | None,
    seed: int | None = None,
    tried: Tried = queries.NOTHING_TRIED,
    because: str | None = None,
) -> MatchRun:
    """Ask for a run on who is in now; while one waits, asking again gives that one.

    What is tried holds for this run alone, and is frozen and told with it. Whoever gives a `because`, be it
    blank, is asked to account for a pool that is not ready.
    """
    waiting = queries.waiting_run(cohort)
    if waiting:
        return waiting
    ready = queries.readiness(cohort)
    if ready.why_not:
        raise RefusedError(ready.why_not)
    if refusal := rules.why_not_tried(tried, queries.weights_of(cohort.design)):
        raise RefusedError(refusal)
    if because is not None and not because.strip() and (gate := queries.pool_of(cohort).gate):
        raise RefusedError(gate)
    asked = Asked(by, seed, tried, (because or "").strip())
    return claims.or_waiting(
        partial(queries.waiting_run, cohort), partial(freeze_run, cohort, asked)
    )


@dataclass(frozen=True)
class Asked:
    """Who asked for a run, with which lottery, what they tried, and why although the pool was not ready."""

    by: Person | None
    seed: int | None
    tried: Tried
    because: str


@transaction.atomic
def freeze_run(cohort: Cohort, asked: Asked) -> MatchRun:
    """Freeze the inputs in a row; the cohort's lottery is drawn once and kept for its later runs."""
    inputs = queries.inputs_of(cohort.locked(), asked.tried)  # its design may just be changing
    run = MatchRun(
        cohort=cohort,
        requested_by=asked.by,
        seed=asked.seed if asked.seed is not None else lottery_of(MatchRun, cohort),
        inputs=inputs,
        inputs_sha256=rules.fingerprint(inputs),
        tried=asked.tried.as_data(),
        went_on_because=asked.because[:300],
    )
    run.full_clean(validate_constraints=False)
    run.save()
    told = {"inputs_sha256": run.inputs_sha256, "seed": run.seed, "tried": run.tried}
    record("match_run.requested", run, by=asked.by, in_spite=bool(asked.because), **told)
    wake("compute_runs")
    return run


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


def store_found(run: MatchRun, found: RunWithStandbys | WindowResult) -> bool:
    if isinstance(found, WindowResult):
        return store_result(run, found.found, lists=asdict(found.facts))
    return store_result(run, found.result, found.standbys)


@transaction.atomic
def store_result(
    run: MatchRun,
    result: MatchResult,
    standbys: Sequence[StandsBy] = (),
    lists: Mapping[str, int] | None = None,
) -> bool:
    """Store what the engine found, whole or not at all; False if the claim was lost meanwhile."""
    # of a window: the lists' own blocking pairs, and what came from them
    certificate = as_fields(result.certificate) | dict(lists or {})
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
    Standby.objects.bulk_create(
        [standby_from(each, run, people) for each in standbys], batch_size=AT_ONCE
    )
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
        origin=origin_of(run, pair),
        mentor=people[pair.mentor],
        mentee=people[pair.mentee],
        **told_of(pair, fields),
    )


def origin_of(run: MatchRun, pair: MatchedPair) -> Match.Origin:
    """Return who brought a pair of a run together: the lists where the mentee had named the mentor."""
    if run.kind == MatchRun.Kind.REMATCH:
        return Match.Origin.REMATCH
    told = run.inputs["choices"] if run.kind == MatchRun.Kind.WINDOW else []
    is_listed = any(each[:2] == [pair.mentee, pair.mentor] for each in told)
    return Match.Origin.WINDOW if is_listed else Match.Origin.RUN


def standby_from(found: StandsBy, run: MatchRun, people: dict[str, Participant]) -> Standby:
    mentor, mentee = people[found.mentor], people[found.mentee]
    return Standby(run=run, mentor=mentor, mentee=mentee, turn=found.turn, score=found.score)


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


def mark_reviewed(run: MatchRun, *, by: Person) -> MatchRun:
    """Note that a coordinator has looked at a run; only then can it be published."""
    return look_at(
        run, by=by, refusal=_("Only a run with a fresh result can be marked as looked at.")
    )


def discard_run(run: MatchRun, *, by: Person) -> MatchRun:
    """Set a run aside that was not published; its matches stay unseen."""
    return set_aside(run, by=by, refusal=_("This run can no longer be set aside."))
