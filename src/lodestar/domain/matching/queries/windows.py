"""Which lists are there, and which windows are over?"""

from datetime import date, timedelta

from django.db.models import F, QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.queries import REMIND_DAYS_BEFORE, taking_part
from lodestar.domain.matching.models import Choice, MatchRun
from lodestar.domain.matching.queries.inputs import Inputs, inputs_of
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.ways import Way, is_window_open, last_day_of_window, uses


def lists_of(cohort: Cohort) -> list[list[object]]:
    """Return every choice of a cohort that was not put to its mentor, as (mentee, mentor, rank), in one order."""
    rows = Choice.objects.filter(mentee__cohort=cohort, asks=None).order_by("mentee", "rank", "pk")
    names = ("mentee__public_id", "mentor__public_id", "rank")
    return sorted(list(told) for told in rows.values_list(*names))


def window_inputs_of(cohort: Cohort) -> Inputs:
    """Freeze what the run of a window depends on: the inputs of any run, and the lists of who still looks."""
    inputs = inputs_of(cohort)
    mentees = {mentee["key"] for mentee in inputs["mentees"]}
    mentors = {mentor["key"] for mentor in inputs["mentors"]}
    return inputs | {
        "choices": [c for c in lists_of(cohort) if c[0] in mentees and c[1] in mentors],
        "fills": uses(cohort.design, Way.OFFICE),
    }


def windows_to_close(on: date) -> list[Cohort]:
    """Return the cohorts whose lists are closed and were never put together."""
    held = MatchRun.objects.filter(kind=MatchRun.Kind.WINDOW).values("cohort")
    cohorts = Cohort.objects.filter(
        published_at__isnull=False, matching_on__lt=on, ends_on__gte=on
    ).exclude(pk__in=held)
    return [
        cohort
        for cohort in cohorts.select_related("design", "program").order_by("pk")
        if last_day_of_window(cohort) and not is_window_open(cohort, on) and lists_of(cohort)
    ]


def windows_closing_soon(on: date) -> list[Cohort]:
    """Return the cohorts whose lists close within three days."""
    cohorts = Cohort.objects.filter(published_at__isnull=False, ends_on__gte=on)
    soon = on + timedelta(days=REMIND_DAYS_BEFORE)
    return [
        cohort
        for cohort in cohorts.select_related("design", "program").order_by("pk")
        if (last := last_day_of_window(cohort)) and on <= last <= soon
    ]


def mentees_without_list(cohort: Cohort, on: date) -> QuerySet[Participant]:
    """Return who looks for a mentor, takes no pause, and has nobody on their list who could be theirs."""
    listed = Choice.objects.filter(
        mentee__cohort=cohort, mentor__left_at=None, mentor__person__blocked_at=None
    )
    return (
        taking_part(cohort)
        .filter(role=RoleInCohort.MENTEE, places_taken__lt=F("capacity"), person__blocked_at=None)
        .exclude(paused_until__gt=on)
        .exclude(pk__in=listed.values("mentee"))
        .select_related("application", "person")
        .order_by("pk")
    )


def window_run_of(cohort: Cohort) -> MatchRun | None:
    """Return the newest run of a window in this cohort."""
    runs = MatchRun.objects.filter(cohort=cohort, kind=MatchRun.Kind.WINDOW)
    return runs.defer("inputs").order_by("-pk").first()
