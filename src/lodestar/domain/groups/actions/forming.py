"""What can be done with a forming: ask, claim, compute, store, look at, set aside?"""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import Clock
from lodestar.domain.common.time import now as current_time
from lodestar.domain.common.wake import wake
from lodestar.domain.groups import queries, rules
from lodestar.domain.groups.models import FormingRun, Group, Member, WithoutGroup
from lodestar.domain.groups.queries.solving import formed_of
from lodestar.domain.matching.actions.computing import compute_claimed
from lodestar.domain.matching.actions.looking import fail_run, look_at, lottery_of, set_aside
from lodestar.domain.matching.rules import fingerprint
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.engine.peers.forming import Formed

Status = FormingRun.Status
People = Mapping[str, Participant]


def request_forming(cohort: Cohort, *, by: Person | None, seed: int | None = None) -> FormingRun:
    """Ask for groups of who is in now; while one forming waits, asking again gives that one."""
    waiting = queries.waiting_run(cohort)
    if waiting:
        return waiting
    if problem := queries.why_not_form(cohort):
        raise RefusedError(problem)
    return claims.or_waiting(
        partial(queries.waiting_run, cohort), partial(freeze_forming, cohort, by=by, seed=seed)
    )


@transaction.atomic
def freeze_forming(cohort: Cohort, *, by: Person | None, seed: int | None) -> FormingRun:
    """Freeze the inputs in a row; the cohort's lottery is drawn once and kept for its later formings."""
    inputs = queries.inputs_of(cohort.locked())  # its design may just be changing
    run = FormingRun(
        cohort=cohort,
        requested_by=by,
        seed=seed if seed is not None else lottery_of(FormingRun, cohort),
        inputs=inputs,
        inputs_sha256=fingerprint(inputs),
    )
    run.full_clean(validate_constraints=False)
    run.save()
    record("forming.requested", run, by=by, inputs_sha256=run.inputs_sha256, seed=run.seed)
    wake("form_groups")
    return run


def claim_forming(now: datetime) -> FormingRun | None:
    """Claim the forming that waits longest; a claim is lost with its lease, three lost ones are enough."""
    runs = FormingRun.objects.select_related("cohort__design")
    return claims.claim_next(runs, now, seconds=settings.MATCHING_SECONDS, give_up=give_up)


def give_up(run: FormingRun) -> bool:
    return fail_run(
        run,
        _(
            "Forming the groups was broken off %(count)d times: its worker was stopped, or ran out of "
            "memory. Nothing was changed. Ask for it again; if this happens again, tell whoever runs "
            "this installation."
        )
        % {"count": run.attempt_count},
    )


def compute_forming(run: FormingRun, clock: Clock) -> bool:
    return compute_claimed(run, clock, find=formed_of, store=store_forming, fail=fail_run)


@transaction.atomic
def store_forming(run: FormingRun, formed: Formed) -> bool:
    """Store what the engine found, whole or not at all; False if the claim was lost meanwhile."""
    total = max(1, int(str(formed.certificate["total"])))
    solved = claims.finish(
        run,
        Status.SOLVED,
        solved_at=current_time(),
        engine_version=str(formed.certificate["engine_version"]),
        certificate=dict(formed.certificate),
        prices=[
            {
                "code": price.code,
                "served_more": price.served_more,
                "points_more": price.points_more,
                "is_proven": price.is_proven,
                "of": total,
            }
            for price in formed.prices
        ],
        points={key: dict(row) for key, row in formed.points.items()},
    )
    if not solved:
        return False
    everybody = Participant.objects.filter(cohort=run.cohort_id)
    people = {participant.public_id: participant for participant in everybody}
    kept = [(k["mentor"], k["people"], True) for k in run.inputs["kept"]]
    found = [(group.mentor, group.people, False) for group in formed.groups]
    for number, (mentor, members, is_kept) in enumerate([*kept, *found], 1):
        draft_group(run, number, mentor, members, people, is_kept=is_kept)
    WithoutGroup.objects.bulk_create(left_from(run, formed, people))
    record("forming.solved", run, groups=len(found) + len(kept), left=len(formed.left))
    return True


def draft_group(
    run: FormingRun, number: int, mentor: str, members: Any, people: People, *, is_kept: bool
) -> Group:
    """Write one group that only the office sees, with why its people are together."""
    group = Group.objects.create(cohort=run.cohort, run=run, number=number, is_kept=is_kept)
    lead = [Member(group=group, participant=people[mentor])] if mentor else []
    others = [Member(group=group, participant=people[k], points=points) for k, points in members]
    Member.objects.bulk_create([*lead, *others])
    tell_reasons(group)
    return group


def tell_reasons(group: Group) -> None:
    """Say anew what the people of a group have in common."""
    roll = queries.roll_of(group)
    mentor = roll.mentor.participant.answers if roll.mentor else None
    group.reasons = rules.reasons_for([m.participant.answers for m in roll.others], mentor)
    group.save(update_fields=["reasons"])


def left_from(run: FormingRun, formed: Formed, people: People) -> list[WithoutGroup]:
    """Return who is in no group; a mentor without one is told apart."""
    left = [
        WithoutGroup(
            run=run,
            participant=people[one.person],
            reason=one.reason,
            details={"rules": list(one.rules), "sentence": one.sentence},
        )
        for one in formed.left
    ]
    taken = {group.mentor for group in formed.groups}
    left += [
        WithoutGroup(run=run, participant=people[mentor["key"]], reason="mentor_without")
        for mentor in run.inputs["mentors"]
        if mentor["key"] not in taken
    ]
    return left


def mark_reviewed(run: FormingRun, *, by: Person) -> FormingRun:
    """Note that a coordinator has looked at the groups; only then can they be published."""
    refusal = _("Only fresh groups can be marked as looked at.")
    return look_at(run, by=by, refusal=refusal, tell=count_of_faults)


def count_of_faults(run: FormingRun) -> dict[str, int]:
    return {"faults": sum(map(len, queries.faults_in(queries.bench_of(run)).values()))}


def discard_forming(run: FormingRun, *, by: Person) -> FormingRun:
    """Set groups aside that were not published; nobody but the office has seen them."""
    return set_aside(run, by=by, refusal=_("These groups can no longer be set aside."))
