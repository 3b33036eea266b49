"""The queue only says look now."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lodestar.config import jobs
from lodestar.config.ready import JUMP_SECONDS, clock_lead
from lodestar.domain.common.time import now, set_clock

pytestmark = pytest.mark.django_db
READY, RUNNING = TaskResultStatus.READY, TaskResultStatus.RUNNING


def waiting():
    tasks = DBTaskResult.objects.filter(status=READY).order_by("enqueued_at")
    return [(task.args_kwargs["args"][0], task.queue_name) for task in tasks]


@pytest.mark.parametrize("name", jobs.JOBS)
def test_every_job_is_there_and_does_no_harm_when_nothing_is_due(name):
    job = jobs.JOBS[name]

    job.function(now())
    job.function(now())

    assert job.every >= timedelta(seconds=5)


def test_one_look_waits_however_often_it_is_asked_for():
    for _ in range(3):
        jobs.wake("send_letters")
        jobs.wake("seal_entries")

    assert waiting() == [("send_letters", "post"), ("seal_entries", "default")]


def test_a_look_that_has_begun_does_not_stop_the_next():
    jobs.wake("send_letters")
    DBTaskResult.objects.update(status=RUNNING, started_at=timezone.now())

    jobs.wake("send_letters")

    assert waiting() == [("send_letters", "post")]


def test_the_clock_wakes_each_job_at_its_interval():
    due = dict.fromkeys(jobs.JOBS, 0.0)
    jobs.wake_due(due, 100.0)
    first = len(waiting())
    DBTaskResult.objects.all().delete()

    jobs.wake_due(due, 104.0)
    nothing = waiting()
    jobs.wake_due(due, 105.0)

    assert (first, nothing) == (len(jobs.JOBS), [])
    assert waiting() == [("send_letters", "post")]


def test_the_clock_outlives_a_database_that_does_not_answer(monkeypatch):
    due = dict.fromkeys(jobs.JOBS, 0.0)

    def refuse(_name):
        raise DatabaseError

    monkeypatch.setattr(jobs, "wake", refuse)
    jobs.wake_due(due, 100.0)

    assert set(due.values()) == {101.0}


def test_a_clock_that_was_set_is_noticed():
    before = clock_lead()
    set_clock(lambda: timezone.now() + timedelta(days=1))

    assert clock_lead() - before > JUMP_SECONDS


def test_old_results_go_and_those_of_killed_workers_too():
    for status, hours in (
        (READY, 30),
        (RUNNING, 30),
        (TaskResultStatus.SUCCESSFUL, 30),
        (RUNNING, 1),
    ):
        jobs.run_job.enqueue("seal_entries")
        task = DBTaskResult.objects.order_by("-enqueued_at").first()
        DBTaskResult.objects.filter(pk=task.pk).update(
            status=status, enqueued_at=timezone.now() - timedelta(hours=hours)
        )

    jobs.forget_results(now())

    left = DBTaskResult.objects.order_by("enqueued_at").values_list("status", flat=True)
    assert list(left) == [READY, RUNNING]


def test_a_failing_job_is_logged_and_does_not_hide(monkeypatch, caplog):
    def fail(_moment):
        raise ValueError("broken")

    monkeypatch.setattr(jobs.Job, "function", property(lambda _job: fail))

    with pytest.raises(ValueError, match="broken"):
        jobs.run_job.call("send_letters")

    assert [record.message for record in caplog.records] == ["the job send_letters failed"]
