"""How are those matched who wait for somebody new, while the other pairs go on?"""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.audit.actions import record
from lodestar.domain.common import claims
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import today
from lodestar.domain.common.wake import wake
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.actions.looking import lottery_of
from lodestar.domain.matching.models import Match, MatchRun, PairRule
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import are_kept_apart
from lodestar.domain.programs.models import Cohort


def request_rematch(cohort: Cohort, mentees: Sequence[Participant], *, by: Person) -> MatchRun:
    """Ask for a run of those who wait, the longest waiting first; while one waits, give that one."""
    waiting = queries.waiting_run(cohort)
    if waiting:
        return waiting
    if refusal := rules.why_not_rematch(cohort, len(mentees), today()):
        raise RefusedError(refusal)
    return claims.or_waiting(
        partial(queries.waiting_run, cohort), partial(freeze_rematch, cohort, mentees, by=by)
    )


@transaction.atomic
def freeze_rematch(cohort: Cohort, mentees: Sequence[Participant], *, by: Person) -> MatchRun:
    inputs = queries.rematch_inputs(cohort.locked(), mentees)
    if not inputs["mentors"]:
        raise RefusedError(
            _("No mentor has a free place just now. Win one, or ask for a place more.")
        )
    run = MatchRun(
        cohort=cohort,
        kind=MatchRun.Kind.REMATCH,
        requested_by=by,
        seed=lottery_of(MatchRun, cohort),
        inputs=inputs,
        inputs_sha256=rules.fingerprint(inputs),
    )
    run.full_clean(validate_constraints=False)
    run.save()
    record("match_run.requested", run, by=by, inputs_sha256=run.inputs_sha256, seed=run.seed)
    wake("compute_runs")
    return run


@transaction.atomic
def pin_wished_pair(mentor: Participant, mentee: Participant) -> PairRule | None:
    """Keep two together who both wish it, where no rule, ban or earlier answer stands against it."""
    cohort = mentor.cohort.locked()
    known = PairRule.objects.filter(mentor=mentor, mentee=mentee).exists()
    if (
        known
        or Match.objects.filter(mentor=mentor, mentee=mentee)
        .exclude(status=Match.Status.DRAFTED)
        .exists()
    ):
        return None
    pins = PairRule.objects.filter(cohort=cohort, kind=PairRule.Kind.PIN)
    if rules.why_not_pin(mentor, mentee, PairRule.Kind.PIN, list(pins), declined=False):
        return None
    if are_kept_apart(mentor.person, mentee.person):
        return None
    if not queries.keeps_the_rules(cohort, mentor, mentee):
        return None
    rule = PairRule(cohort=cohort, mentor=mentor, mentee=mentee, kind=PairRule.Kind.PIN)
    rule.reason = _("Both wish to go on together.")
    rule.full_clean()
    rule.save()
    record("pair_rule.set", rule, kind=rule.kind)
    return rule


@transaction.atomic
def lift_wished_pins(mentor: Person, mentee: Person) -> None:
    """Keep two no longer together whom nobody but their own wish did."""
    wished = PairRule.objects.filter(
        kind=PairRule.Kind.PIN, set_by=None, mentor__person=mentor, mentee__person=mentee
    )
    for rule in wished:
        rule.delete()
        record("pair_rule.lifted", rule, kind=rule.kind)
