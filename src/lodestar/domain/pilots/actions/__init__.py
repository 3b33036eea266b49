"""What can be done with a trial run?"""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.people.models import Person
from lodestar.domain.pilots import queries, rules
from lodestar.domain.pilots.models import Finding, Gate, Verdict
from lodestar.domain.programs.actions import create_cohort
from lodestar.domain.programs.actions.programs import require_coordinator
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import proposed_phases

REST = timedelta(days=14)


@transaction.atomic
def set_gates(cohort: Cohort, *, by: Person, thresholds: Mapping[str, Decimal]) -> Cohort:
    """Fix beforehand what a trial run has to reach."""
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    problems = [
        rules.why_not_set_gates(cohort, queries.verdict_of(cohort), today()),
        *(rules.why_not_threshold(name, value) for name, value in thresholds.items()),
    ]
    if any(problems):
        raise RefusedError(" ".join(filter(None, problems)))
    Gate.objects.filter(cohort=cohort).delete()
    for measure in Gate.Measure.values:
        if measure in thresholds:
            gate = Gate(cohort=cohort, measure=measure, threshold=thresholds[measure])
            gate.full_clean()
            gate.save()
    told = {name: str(value) for name, value in thresholds.items()}
    record("pilot.gates_set", cohort, by=by, thresholds=told)
    return cohort


@transaction.atomic
def log_finding(cohort: Cohort, *, by: Person, stage: str, what: str) -> Finding:
    """Write down something that went wrong, and to which stage it belongs."""
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    if not cohort.is_pilot:
        raise RefusedError(_("Findings belong to a trial run."))
    finding = Finding(cohort=cohort, stage=stage, what=what.strip(), found_by=by)
    finding.full_clean()
    finding.save()
    record("pilot.finding_logged", finding, by=by, stage=stage)
    return finding


@transaction.atomic
def mend_finding(finding: Finding, *, by: Person, mend: str) -> Finding:
    """Say how something was mended; a new mend has to be checked anew."""
    finding = finding.locked()
    require_coordinator(by, finding.cohort.program)
    if not mend.strip():
        raise RefusedError(_("Say in a few words how it was mended."))
    finding.mend, finding.mended_at, finding.mended_by = mend.strip(), now(), by
    finding.checked_at = finding.checked_by = None
    finding.full_clean()
    finding.save()
    record("pilot.finding_mended", finding, by=by)
    return finding


@transaction.atomic
def check_finding(finding: Finding, *, by: Person) -> Finding:
    """Say that a mend was tried and holds; where there is a second coordinator, whoever did not mend it."""
    finding = finding.locked()
    require_coordinator(by, finding.cohort.program)
    if finding.checked_at:
        return finding
    if problem := rules.why_not_check(finding, by, queries.others_than(by, finding.cohort)):
        raise RefusedError(problem)
    finding.checked_at, finding.checked_by = now(), by
    finding.full_clean()
    finding.save()
    record("pilot.finding_checked", finding, by=by)
    return finding


@transaction.atomic
def sign_verdict(
    cohort: Cohort, *, by: Person, outcome: str, reasons: str, all_the_same: bool = False
) -> Verdict:
    """Decide whether a trial run goes on, once, with reasons, on the numbers of this moment.

    `all_the_same` launches it although a criterion is missed or not known yet.
    """
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    evidence = queries.evidence_of(cohort, today())
    problem = rules.why_not_sign(
        cohort, queries.verdict_of(cohort), outcome, evidence, all_the_same=all_the_same
    )
    if problem or not reasons.strip():
        raise RefusedError(problem or _("Give the reasons in a few sentences."))
    verdict = Verdict(
        cohort=cohort,
        outcome=outcome,
        reasons=reasons.strip(),
        numbers=[_as_data(held) for held in evidence.held],
        signed_by=by,
    )
    verdict.full_clean()
    verdict.save()
    record("pilot.decided", verdict, by=by, outcome=outcome, all_the_same=all_the_same)
    return verdict


def _as_data(held: rules.Held) -> dict[str, object]:
    reading = held.reading
    return {
        "measure": reading.measure,
        "value": reading.value,
        "low": reading.low,
        "high": reading.high,
        "of": reading.of,
        "threshold": str(held.threshold),
        "standing": held.standing.value,
    }


@transaction.atomic
def launch_from(cohort: Cohort, *, by: Person, name: str) -> Cohort:
    """Plan the launch on the mended design: the latest version, two weeks after the trial run at the soonest.

    Pressed twice, by one or by two, the launch that is planned already is returned.
    """
    cohort = cohort.locked()
    require_coordinator(by, cohort.program)
    verdict = queries.verdict_of(cohort)
    problem = rules.why_not_launch(cohort, verdict)
    if verdict is None or problem:
        raise RefusedError(problem)
    if verdict.launch:
        return verdict.launch
    after = max(today(), cohort.ends_on + REST)
    phases = proposed_phases(cohort.program, after, like_last=False)
    launch = create_cohort(cohort.program, by=by, name=name, phases=phases)
    verdict.launch = launch
    verdict.save(update_fields=["launch"])
    record("pilot.launched", launch, by=by, pilot=cohort.public_id)
    return launch
