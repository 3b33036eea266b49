"""How does a trial run stand, what was found in it, and what was decided?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet

from lodestar.domain.applications.queries.waiting import places_in
from lodestar.domain.common.find import one
from lodestar.domain.feedback.models import Concern
from lodestar.domain.feedback.queries import answer_share, usefulness_by_person
from lodestar.domain.groups.queries.numbers import beginnings_of, served_share, silent_share
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import mentorships_in
from lodestar.domain.people.models import Person
from lodestar.domain.pilots import rules
from lodestar.domain.pilots.models import Finding, Gate, Verdict
from lodestar.domain.programs.models import Cohort, Goal
from lodestar.domain.programs.queries import cohorts_for, coordinators_of
from lodestar.engine.measures.rates import Mean, Share, in_percent, share_of

Measure = Gate.Measure
MET_WITHIN = timedelta(days=21)
SILENT_AFTER = timedelta(days=60)


def pilot_for(person: Person, key: str) -> Cohort:
    """A trial run of a program that this person coordinates."""
    return one(cohorts_for(person).filter(is_pilot=True), public_id=key)


def gates_of(cohort: Cohort) -> QuerySet[Gate]:
    return Gate.objects.filter(cohort=cohort).order_by("pk")


def verdict_of(cohort: Cohort) -> Verdict | None:
    return Verdict.objects.filter(cohort=cohort).select_related("signed_by").first()


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as one coordinator sees it: why they cannot check its mend, and if the one who mended it did."""

    finding: Finding
    why_not_check: str
    is_own_check: bool


def found_in(cohort: Cohort, person: Person) -> list[Found]:
    others = others_than(person, cohort)
    return [
        Found(each, rules.why_not_check(each, person, others), rules.is_own_check(each))
        for each in findings_of(cohort)
    ]


def others_than(person: Person, cohort: Cohort) -> list[Person]:
    """Return who looks after the program of a cohort besides somebody."""
    office = coordinators_of(cohort.program).exclude(person=person)
    return [each.person for each in office]


def findings_of(cohort: Cohort) -> QuerySet[Finding]:
    """What was found; what is still open first."""
    found = Finding.objects.filter(cohort=cohort)
    people = found.select_related("found_by", "mended_by", "checked_by")
    return people.order_by(
        F("checked_at").asc(nulls_first=True), F("mended_at").asc(nulls_first=True), "pk"
    )


def finding_for(person: Person, key: str) -> Finding:
    cohorts = cohorts_for(person).values("pk")
    return one(Finding.objects.filter(cohort__in=cohorts).select_related("cohort"), public_id=key)


def open_findings(cohort: Cohort) -> int:
    return Finding.objects.filter(cohort=cohort, checked_at=None).count()


def held_of(cohort: Cohort, on: date) -> list[rules.Held]:
    """Hold each criterion of a trial run against the records as they are now."""
    thresholds = {gate.measure: gate.threshold for gate in gates_of(cohort)} or dict(
        rules.usual_gates()
    )
    readings = {reading.measure: reading for reading in readings_of(cohort, on)}
    return [rules.held_against(readings[name], threshold) for name, threshold in thresholds.items()]


def evidence_of(cohort: Cohort, on: date) -> rules.Evidence:
    """Return on what a trial run would be decided today."""
    return rules.Evidence(
        held_of(cohort, on), open_findings(cohort), has_started=on >= cohort.starts_on
    )


def readings_of(cohort: Cohort, on: date) -> list[rules.Reading]:
    """Read every measure off the records of a cohort."""
    return [
        _reading(Measure.MATCHED, in_percent(served_share(cohort))),
        _reading(Measure.MET, in_percent(met_in_time(cohort, on))),
        _reading(Measure.FIT, usefulness_by_person(cohort)),
        _reading(Measure.SILENT, in_percent(silent_or_lost(cohort, on))),
        _reading(Measure.ANSWERED, in_percent(answer_share(cohort))),
    ]


def _reading(measure: str, now: Mean) -> rules.Reading:
    return rules.Reading(measure, now.value, now.low, now.high, now.of)


def met_in_time(cohort: Cohort, on: date) -> Share:
    """Pairs who met within 21 days of their yes, of those whose 21 days have passed or who have met."""
    count = whole = 0
    for began_at, met_on in beginnings_of(cohort):
        last = began_at.date() + MET_WITHIN
        in_time = met_on is not None and met_on <= last
        count += in_time
        whole += in_time or on > last
    return share_of(count, whole)


def silent_or_lost(cohort: Cohort, on: date) -> Share:
    """Pairs that run and have not met for 60 days, or whose silence was reported and not closed."""
    if cohort.design.makes_groups:
        return silent_share(cohort, on - SILENT_AFTER)
    running = mentorships_in(cohort).filter(status=Mentorship.Status.ACTIVE)
    long_ago = on - SILENT_AFTER
    quiet = running.exclude(meetings__held_on__gte=long_ago).filter(began_at__date__lt=long_ago)
    reported = Concern.objects.filter(
        ~Q(status=Concern.Status.CLOSED),
        kind=Concern.Kind.SILENCE, mentorship__match__mentor__cohort=cohort,
    )  # fmt: skip
    silent = {*quiet.values_list("pk", flat=True), *reported.values_list("mentorship", flat=True)}
    lost = mentorships_in(cohort).filter(end_reason=Mentorship.EndReason.SILENCE)
    silent |= set(lost.values_list("pk", flat=True))
    return share_of(len(silent), mentorships_in(cohort).count())


@dataclass(frozen=True, slots=True)
class Beside:
    """One measure of a trial run, and of the launch that followed."""

    pilot: rules.Reading
    launch: rules.Reading

    @property
    def both(self) -> tuple[rules.Reading, rules.Reading]:
        return self.pilot, self.launch


def planned_pairs(cohort: Cohort) -> int:
    """Return how many pairs a trial run could have: of who is in, else of what its design hopes for."""
    here = places_in(cohort)
    if found := min(here.mentees, here.places):
        return found
    hoped = cohort.design.goals.filter(metric=Goal.Metric.MENTEES_SERVED).order_by("due_on")
    return round(max((goal.target for goal in hoped), default=0))


def launch_after(cohort: Cohort) -> Cohort | None:
    """The launch that was planned from a trial run, else the first ordinary cohort that opened after it."""
    verdict = (
        Verdict.objects.filter(cohort=cohort)
        .select_related("launch__design", "launch__program")
        .first()
    )
    if verdict and verdict.launch:
        return verdict.launch
    later = Cohort.objects.filter(
        program=cohort.program_id, is_pilot=False, opens_on__gte=cohort.starts_on
    )
    return later.select_related("design", "program").order_by("opens_on", "pk").first()


def beside(cohort: Cohort, launch: Cohort, on: date) -> Sequence[Beside]:
    """Set a trial run beside its launch, measure by measure."""
    pairs = zip(readings_of(cohort, on), readings_of(launch, on), strict=True)
    return [Beside(pilot, later) for pilot, later in pairs]
