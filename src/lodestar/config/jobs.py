"""Which jobs are there, and how often does each look?"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from lodestar.domain.common.time import now


@dataclass(frozen=True)
class Job:
    """A function of the current moment that finds what is due and does it; running it twice is harmless."""

    path: str
    every: timedelta

    @property
    def function(self) -> Callable[[datetime], object]:
        found: Callable[[datetime], object] = import_string(self.path)
        return found


JOBS = {
    "stage_imports": Job("lodestar.domain.people.jobs.stage_imports", timedelta(minutes=1)),
    "apply_imports": Job("lodestar.domain.people.jobs.apply_imports", timedelta(minutes=1)),
    "undo_imports": Job("lodestar.domain.applications.jobs.undo_imports", timedelta(minutes=1)),
    "forget_files": Job("lodestar.domain.people.jobs.forget_files", timedelta(hours=6)),
    "send_letters": Job("lodestar.web.mail.jobs.send_letters", timedelta(seconds=5)),
    "forget_old_words": Job("lodestar.domain.messaging.jobs.forget_old_words", timedelta(hours=6)),
    "admit_intakes": Job("lodestar.domain.applications.jobs.admit_intakes", timedelta(minutes=1)),
    "freeze_closed_cohorts": Job(
        "lodestar.domain.applications.jobs.freeze_closed_cohorts", timedelta(minutes=15)
    ),
    "remind_drafts": Job("lodestar.domain.applications.jobs.remind_drafts", timedelta(hours=1)),
    "compute_runs": Job("lodestar.domain.matching.jobs.compute_runs", timedelta(seconds=15)),
    "expire_matches": Job("lodestar.domain.matching.jobs.expire_matches", timedelta(minutes=5)),
    "remind_unmet_pairs": Job(
        "lodestar.domain.mentorships.jobs.remind_unmet_pairs", timedelta(hours=1)
    ),
    "ask_due_pulses": Job("lodestar.domain.feedback.jobs.ask_due_pulses", timedelta(minutes=10)),
    "seal_entries": Job("lodestar.domain.audit.jobs.seal_entries", timedelta(minutes=1)),
}


@task()
def run_job(name: str) -> None:
    JOBS[name].function(now())


def wake(name: str) -> None:
    """Queue a look by this job, unless one already waits that will see the same rows."""
    waiting = DBTaskResult.objects.filter(
        task_path=run_job.module_path, status=TaskResultStatus.READY, args_kwargs__args=[name]
    )
    if not waiting.exists():
        run_job.enqueue(name)


def wake_due(due: dict[str, float], instant: float) -> None:
    """Wake every job whose time has come, and note in `due` when it comes next."""
    for name, job in JOBS.items():
        if instant >= due[name]:
            wake(name)
            due[name] = instant + job.every.total_seconds()
