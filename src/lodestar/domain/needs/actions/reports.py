"""How is a report asked for, frozen and computed between short transactions, and stored?"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
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
from lodestar.domain.matching.actions.computing import compute_claimed
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.matching.rules import fingerprint
from lodestar.domain.needs import queries
from lodestar.domain.needs.models import NeedsReport
from lodestar.domain.needs.queries.reports import result_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.engine.answers.values import plain, values_of
from lodestar.engine.matching.recruiting import Shortage

Status = NeedsReport.Status


def request_report(cohort: Cohort, *, by: Person | None) -> NeedsReport:
    """Ask what a cohort lacks; while one report waits, asking again gives that one."""
    if waiting := queries.waiting_report(cohort):
        return waiting
    if problem := queries.why_not_request(cohort, queries.voices_of(cohort)):
        raise RefusedError(problem)
    return claims.or_waiting(
        partial(queries.waiting_report, cohort), partial(new_report, cohort, by=by)
    )


@transaction.atomic
def new_report(cohort: Cohort, *, by: Person | None) -> NeedsReport:
    report = NeedsReport(cohort=cohort, requested_by=by)
    report.full_clean(validate_constraints=False)
    report.save()
    record("needs_report.requested", report, by=by)
    wake("compute_needs")
    return report


def claim_report(now: datetime) -> NeedsReport | None:
    """Claim the report that waits longest; a claim is lost with its lease, three lost ones are enough."""
    reports = NeedsReport.objects.select_related("cohort")
    return claims.claim_next(reports, now, seconds=settings.MATCHING_SECONDS, give_up=give_up)


def give_up(report: NeedsReport) -> bool:
    sentence = _("The computation was broken off several times. Ask for a new one.")
    return fail_report(report, sentence)


def compute_report(report: NeedsReport, clock: Clock) -> bool:
    """Compute a claimed report and store what came of it; False if the claim was lost or given back."""
    if not report.inputs and not freeze_inputs(report):
        return False
    return compute_claimed(report, clock, find=result_of, store=store_report, fail=fail_report)


def freeze_inputs(report: NeedsReport) -> bool:
    """Freeze what a claimed report stands on, once; a roll of ten thousand is too long for a page to wait.

    Read outside any transaction, kept in one; False if the claim was lost meanwhile.
    """
    at, inputs = current_time(), queries.inputs_of(report.cohort)
    frozen = {"frozen_at": at, "inputs": inputs, "inputs_sha256": fingerprint(inputs)}
    with transaction.atomic():
        if not claims.keep(report, **frozen):
            return False
        record("needs_report.frozen", report, inputs_sha256=frozen["inputs_sha256"])
    report.frozen_at, report.inputs = at, inputs
    return True


@transaction.atomic
def fail_report(report: NeedsReport, problem: str) -> bool:
    """End a report with the sentence that says why; False if the claim was lost meanwhile."""
    if not claims.fail(report, problem, inputs={}):
        return False
    record("needs_report.failed", report, attempt=report.attempt_count)
    return True


def store_report(report: NeedsReport, found: Shortage) -> bool:
    """Store what the engine found; what earlier reports held about people is let go.

    It is put in words outside the transaction, which on SQLite keeps everybody else from writing.
    """
    result = as_data(report, found)
    with transaction.atomic():
        if not claims.finish(report, Status.READY, ready_at=current_time(), result=result):
            return False
        earlier = NeedsReport.objects.filter(cohort=report.cohort_id, pk__lt=report.pk)
        earlier.filter(status=Status.READY).update(inputs={}, result={})
        record("needs_report.ready", report, served=found.served, mentees=found.mentees)
    return True


def as_data(report: NeedsReport, found: Shortage) -> dict[str, Any]:
    """Return what was found as plain data, what serves the most first."""
    theirs: dict[str, str] = dict(report.inputs["fields"])
    firsts = first_wishes(report, theirs)
    values: list[dict[str, Any]] = [
        {
            "field": short.need.field,
            "value": short.need.value,
            "wanted": short.need.wanted,
            "places": short.need.places,
            "met": short.need.met,
            "unserved": short.need.unserved,
            "firsts": firsts[short.need.field, plain(short.need.value)],
            "serves": short.one_more_serves,
            "points": short.need.gain.points,
        }
        for short in found.values
    ]
    usual = {(field, plain(value)) for field, said in found.like for value in said}

    def order(value: dict[str, Any]) -> tuple[int, ...]:
        offered = theirs[value["field"]], plain(value["value"])
        return by_weight(value, is_usual=offered in usual)

    values.sort(key=order)
    return {
        "mentees": found.mentees,
        "mentors": found.mentors,
        "places": found.places,
        "served": found.served,
        "places_each": report.inputs["places_each"],
        "asked": len(report.inputs["directory"]),
        "like": [[field, list(values)] for field, values in found.like],
        "anyone": asdict(found.anyone),
        "anyone_serves": found.anyone_serves,
        "values": values,
        "relief": [
            {"field": step.field, "value": step.value, "served": step.served}
            for step in found.relief
        ],
        "recruits": recruits_as_data(report, found, values),
        "first": [{"key": step.mentor, "served": step.served} for step in found.first],
    }


def by_weight(value: dict[str, Any], *, is_usual: bool) -> tuple[int, ...]:
    """What serves the most first; among equals, what more of those without a mentor want, want first, then fit.

    What most mentors offer anyway, such as the language of everybody, tells nobody whom to look for.
    """
    return (
        -value["serves"], is_usual, -value["unserved"], -value["firsts"], -value["points"], -value["wanted"],
    )  # fmt: skip


def first_wishes(report: NeedsReport, fields: Iterable[str]) -> Counter[tuple[str, str]]:
    """Count by field and value how many mentees name it before anything else."""
    told = [answers_of(each["answers"]) for each in report.inputs["mentees"]]
    said = ((field, values_of(read.get(field))) for read in told for field in fields)
    return Counter((field, plain(values[0])) for field, values in said if values)


def recruits_as_data(
    report: NeedsReport, found: Shortage, values: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Return those listed with their gains, and the values wanted that they offer."""
    theirs: dict[str, str] = dict(report.inputs["fields"])
    told = {each["key"]: each["answers"] for each in report.inputs["directory"]}
    return [
        {
            "key": gain.mentor,
            "gain": [gain.gain.mentees, gain.gain.points],
            "fills": fills(answers_of(told[gain.mentor]), values, theirs),
        }
        for gain in found.gains
    ]


def fills(
    read: dict[str, Any], values: list[dict[str, Any]], theirs: dict[str, str]
) -> list[list[str]]:
    offered = {
        (mine, plain(value))
        for mine, other in theirs.items()
        for value in values_of(read.get(other))
    }
    return [
        [each["field"], each["value"]]
        for each in values
        if (each["field"], plain(each["value"])) in offered
    ]
