"""Which jobs are there, and how often does each look?

A queued task is only a kick: the truth is in the rows that the job finds. So a lost task, a task
run twice and a worker killed in the middle do no harm; the clock kicks again.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from lodestar.domain.common.time import now
from lodestar.web.common.languages import house_language, reading

ORDINARY = "default"
POST = "post"  # its own worker: a long match run must not keep a sign-in code waiting
RESULTS_KEPT = timedelta(days=1)
logger = logging.getLogger("lodestar.jobs")


@dataclass(frozen=True)
class Job:
    """A function of the current moment that finds what is due and does it; running it twice is harmless."""

    path: str
    every: timedelta
    queue: str = ORDINARY

    @property
    def function(self) -> Callable[[datetime], object]:
        found: Callable[[datetime], object] = import_string(self.path)
        return found


JOBS = {
    "stage_imports": Job("lodestar.domain.people.jobs.stage_imports", timedelta(minutes=1)),
    "apply_imports": Job("lodestar.domain.applications.jobs.apply_imports", timedelta(minutes=1)),
    "undo_imports": Job("lodestar.domain.applications.jobs.undo_imports", timedelta(minutes=1)),
    "forget_files": Job("lodestar.domain.people.jobs.forget_files", timedelta(hours=6)),
    "make_copies": Job("lodestar.web.portal.jobs.make_copies", timedelta(minutes=1)),
    "forget_copies": Job("lodestar.domain.privacy.jobs.forget_copies", timedelta(hours=6)),
    "forget_leavers": Job("lodestar.domain.privacy.jobs.forget_leavers", timedelta(hours=1)),
    "forget_devices": Job("lodestar.domain.people.jobs.forget_devices", timedelta(hours=6)),
    "send_letters": Job("lodestar.web.mail.jobs.send_letters", timedelta(seconds=5), POST),
    "poll_mailbox": Job("lodestar.web.mail.mailbox.poll_mailbox", timedelta(minutes=1)),
    "read_incoming": Job("lodestar.web.mail.incoming.read_incoming", timedelta(seconds=30)),
    "write_daily_letters": Job(
        "lodestar.domain.messaging.jobs.write_daily_letters", timedelta(minutes=5)
    ),
    "forget_old_words": Job("lodestar.domain.messaging.jobs.forget_old_words", timedelta(hours=6)),
    "admit_intakes": Job("lodestar.domain.applications.jobs.admit_intakes", timedelta(minutes=1)),
    "freeze_closed_cohorts": Job(
        "lodestar.domain.applications.jobs.freeze_closed_cohorts", timedelta(minutes=15)
    ),
    "carry_out_decisions": Job(
        "lodestar.domain.applications.jobs.carry_out_decisions", timedelta(seconds=15)
    ),
    "tell_of_free_places": Job(
        "lodestar.domain.applications.jobs.tell_of_free_places", timedelta(minutes=30)
    ),
    "tell_waitlists": Job("lodestar.domain.applications.jobs.tell_waitlists", timedelta(hours=6)),
    "offer_carrying_over": Job(
        "lodestar.domain.applications.jobs.offer_carrying_over", timedelta(hours=1)
    ),
    "give_out_readings": Job(
        "lodestar.domain.applications.jobs.give_out_readings", timedelta(minutes=5)
    ),
    "judge_applications": Job(
        "lodestar.domain.applications.jobs.judge_waiting_applications", timedelta(minutes=5)
    ),
    "remind_drafts": Job("lodestar.domain.applications.jobs.remind_drafts", timedelta(hours=1)),
    "remind_milestones": Job(
        "lodestar.domain.applications.jobs.remind_milestones", timedelta(hours=1)
    ),
    "compute_runs": Job("lodestar.domain.matching.jobs.compute_runs", timedelta(seconds=15)),
    "answer_inquiries": Job(
        "lodestar.domain.matching.jobs.answer_inquiries", timedelta(seconds=15)
    ),
    "compute_forecasts": Job(
        "lodestar.domain.trials.jobs.compute_forecasts", timedelta(seconds=15)
    ),
    "play_rehearsals": Job(
        "lodestar.domain.rehearsals.jobs.play_rehearsals", timedelta(seconds=15)
    ),
    "compute_needs": Job("lodestar.domain.needs.jobs.compute_reports", timedelta(seconds=15)),
    "expire_matches": Job("lodestar.domain.matching.jobs.expire_matches", timedelta(minutes=5)),
    "propose_replacements": Job(
        "lodestar.domain.matching.jobs.propose_replacements", timedelta(minutes=10)
    ),
    "pin_wishes": Job("lodestar.domain.mentorships.jobs.pin_wishes", timedelta(hours=1)),
    "go_on_asking": Job("lodestar.domain.matching.jobs.go_on_asking", timedelta(minutes=1)),
    "remind_of_lists": Job("lodestar.domain.matching.jobs.remind_of_lists", timedelta(hours=1)),
    "note_alone": Job("lodestar.domain.matching.jobs.note_alone", timedelta(hours=1)),
    "close_windows": Job("lodestar.domain.matching.jobs.close_windows", timedelta(minutes=15)),
    "remind_unmet_pairs": Job(
        "lodestar.domain.mentorships.jobs.remind_unmet_pairs", timedelta(hours=1)
    ),
    "reopen_agreements": Job(
        "lodestar.domain.mentorships.jobs.reopen_agreements", timedelta(hours=1)
    ),
    "remind_tasks": Job("lodestar.domain.mentorships.jobs.remind_tasks", timedelta(minutes=30)),
    "make_takeaways": Job("lodestar.web.portal.jobs.make_takeaways", timedelta(seconds=15)),
    "forget_room_files": Job(
        "lodestar.domain.mentorships.jobs.forget_room_files", timedelta(minutes=10)
    ),
    "remind_of_meetings": Job(
        "lodestar.domain.mentorships.jobs.remind_of_meetings", timedelta(minutes=10)
    ),
    "ask_whether_met": Job(
        "lodestar.domain.mentorships.jobs.ask_whether_met", timedelta(minutes=10)
    ),
    "lapse_proposals": Job(
        "lodestar.domain.mentorships.jobs.lapse_proposals", timedelta(minutes=30)
    ),
    "refresh_listings": Job(
        "lodestar.domain.directory.jobs.refresh_listings", timedelta(minutes=1)
    ),
    "form_groups": Job("lodestar.domain.groups.jobs.form_groups", timedelta(seconds=15)),
    "expire_group_answers": Job("lodestar.domain.groups.jobs.expire_answers", timedelta(minutes=5)),
    "remind_unmet_groups": Job(
        "lodestar.domain.groups.jobs.remind_unmet_groups", timedelta(hours=1)
    ),
    "ask_due_pulses": Job("lodestar.domain.feedback.jobs.ask_due_pulses", timedelta(minutes=10)),
    "write_news_letters": Job(
        "lodestar.domain.community.jobs.write_news_letters", timedelta(minutes=1)
    ),
    "forget_results": Job("lodestar.config.jobs.forget_results", timedelta(hours=1)),
    "seal_entries": Job("lodestar.domain.audit.jobs.seal_entries", timedelta(minutes=1)),
}


@task()
def run_job(name: str) -> None:
    """Run one job; its failure is logged here, because the worker only stores it."""
    try:
        with reading(house_language()):
            JOBS[name].function(now())
    except Exception:
        logger.exception("the job %s failed", name)
        raise


def wake(name: str) -> None:
    """Queue a look by this job, unless one already waits that will see the same rows."""
    waiting = DBTaskResult.objects.filter(
        task_path=run_job.module_path, status=TaskResultStatus.READY, args_kwargs__args=[name]
    )
    if not waiting.exists():
        run_job.using(queue_name=JOBS[name].queue).enqueue(name)


def wake_due(due: dict[str, float], instant: float) -> None:
    """Wake every job whose time has come, and note in `due` when it comes next."""
    for name, job in JOBS.items():
        if instant < due[name]:
            continue
        try:
            wake(name)
        except DatabaseError:
            logger.warning("the database did not answer; %s is tried again", name)
            due[name] = instant + 1
        else:
            due[name] = instant + job.every.total_seconds()


def forget_results(_now: datetime) -> int:
    """Delete what the queue keeps of old looks, those of killed workers included.

    By the machine's own clock, not by ours, because the queue writes its times by that one.
    """
    old = DBTaskResult.objects.filter(enqueued_at__lt=timezone.now() - RESULTS_KEPT)
    return old.exclude(status=TaskResultStatus.READY).delete()[0]
