"""What does the office do in a rehearsal? What a good one does: accept daily, match on the day, look after people."""

from datetime import timedelta
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.demo.rehearsal import members
from lodestar.demo.rehearsal.stage import Stage
from lodestar.domain.applications.actions import accept_application, vouch_for_applicant
from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import applications_for
from lodestar.domain.applications.queries.judging import must_be_known
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.feedback.actions import close_concern
from lodestar.domain.feedback.models import Concern
from lodestar.domain.feedback.queries import concerns_for
from lodestar.domain.matching.actions import mark_reviewed, publish_run, request_run
from lodestar.domain.matching.jobs import compute_runs
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries import matches_of, unmatched_of
from lodestar.domain.matching.rules import working_days_after
from lodestar.domain.programs.actions import open_cohort
from lodestar.domain.programs.rules.ways import last_day_of_window

MATCHING = "matching"
LOOKS_AFTER = timedelta(days=2)
SETTLED = "We talked on the telephone and found a way."


def publish_cohort(stage: Stage) -> None:
    """Open the cohort as the office does; if its design contradicts itself, there is nothing to rehearse."""
    open_cohort(stage.world.cohort, by=stage.world.coordinator)
    stage.world.cohort.refresh_from_db()
    stage.diary.note("planned")


def plan(stage: Stage) -> None:
    """Put the office's own days into the calendar."""
    cohort = stage.world.cohort
    for day, code in ((cohort.opens_on, "opens"), (cohort.closes_on, "closes"), (cohort.starts_on, "starts"), (cohort.ends_on, "ends")):  # fmt: skip
        stage.later(day, 8, "programs", partial(stage.diary.note, code))
    last = last_day_of_window(cohort)  # test people make no lists, so the office matches everybody
    first = last + timedelta(days=1) if last else cohort.matching_on
    stage.later(first, 11, MATCHING, partial(match, stage, is_first=True))


def look(stage: Stage) -> None:
    """Do what an office does every day: answer who applied, look after who asked for help."""
    cohort = stage.world.cohort
    if cohort.opens_on <= stage.day <= cohort.matching_on and applicants(stage).exists():
        stage.later(stage.day, 9, "applications", partial(accept_all, stage))
    if stage.day >= cohort.matching_on and worries(stage).exists():
        stage.later(stage.day, 16, "feedback", partial(look_after, stage))


def applicants(stage: Stage) -> QuerySet[Application]:
    waiting = applications_for(stage.world.coordinator, stage.world.cohort)
    return waiting.filter(status=Application.Status.SUBMITTED).order_by("pk")


def accept_all(stage: Stage) -> None:
    for application in applicants(stage):
        if must_be_known(application):
            vouch_for_applicant(
                application, by=stage.world.coordinator, sentence=_("I know them from a rehearsal.")
            )
        accept_application(application, by=stage.world.coordinator)
        stage.diary.note("accepted", [stage.by_person(application.person_id).key])


def match(stage: Stage, *, is_first: bool) -> None:
    """Run the matcher, look, publish; once more for those who are left when the time to answer is over."""
    cohort, coordinator = stage.world.cohort, stage.world.coordinator
    try:
        run = request_run(cohort, by=coordinator, seed=1851)
    except RefusedError:
        if is_first:
            raise
        return  # nobody is left, or no place is
    compute_runs(now())
    run.refresh_from_db()
    if run.status == MatchRun.Status.FAILED:
        raise RefusedError(run.problem)
    matches = list(matches_of(run).select_related("mentor__person", "mentee__person"))
    left = [stage.by_person(each.participant.person_id).key for each in unmatched_of(run)]
    if matches:
        publish_run(mark_reviewed(run, by=coordinator), by=coordinator)
        told = [stage.by_person(each.mentee.person_id).key for each in matches]
        stage.diary.note("matched", told)
        deadline = members.answer_in_time(stage, run)
        if is_first and deadline:
            stage.later(
                working_days_after(deadline, 1), 11, MATCHING, partial(match, stage, is_first=False)
            )
    if left:
        stage.diary.note("unmatched", left)


def worries(stage: Stage) -> QuerySet[Concern]:
    """Return what was told two days ago and is still open."""
    told = now() - LOOKS_AFTER
    return concerns_for(stage.world.coordinator).filter(
        status__in=Concern.OPEN, created_at__lte=told
    )


def look_after(stage: Stage) -> None:
    for concern in worries(stage):
        close_concern(concern, by=stage.world.coordinator, note=SETTLED)
        stage.diary.note("settled", [stage.by_person(concern.raised_by_id).key])
