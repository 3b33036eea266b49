"""Rehearsals are played in a child that knows nothing real; a killed worker loses nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.time import now
from lodestar.domain.rehearsals import actions, jobs
from lodestar.domain.rehearsals.models import Rehearsal
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program
from tests.factories.rehearsals import ask_rehearsal, sample_report

pytestmark = pytest.mark.django_db
Status = Rehearsal.Status


@pytest.fixture(autouse=True)
def stand_in(settings):
    settings.REHEARSE = "tests.domain.rehearsals.child"


@pytest.fixture
def waiting():
    lena = make_person("Lena", "Berg")
    return ask_rehearsal(make_cohort(make_program(coordinator=lena)), by=lena)


def told(rehearsal, act):
    rehearsal.inputs = {"act": act, "report": sample_report(), "fates": {}}
    rehearsal.save()
    return rehearsal


def test_nothing_due_does_nothing():
    assert jobs.play_rehearsals(now()) == 0


def test_what_waits_is_played_once_and_says_how_far_it_is(waiting, monkeypatch):
    heard = []
    note = actions.note_progress
    monkeypatch.setattr(
        actions, "note_progress", lambda row, *said: heard.append(said) or note(row, *said)
    )
    told(waiting, "answer")

    counts = [jobs.play_rehearsals(now()), jobs.play_rehearsals(now())]

    waiting.refresh_from_db()
    assert counts == [1, 0]
    assert (waiting.status, waiting.attempt_count, waiting.progress) == (Status.DONE, 1, 100)
    assert waiting.report["tally"] == sample_report()["tally"]
    assert [(share, day.isoformat()) for share, day in heard] == [(0.5, "2026-03-10")]
    assert list(Entry.objects.filter(kind="rehearsals.rehearsal").values_list("verb", flat=True)) == ["rehearsal.requested", "rehearsal.done"]  # fmt: skip


def test_the_child_knows_no_real_database_no_mail_server_and_no_real_key(
    waiting, settings, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", "postgres://real:secret@db/real")
    monkeypatch.setenv("SECRET_KEY_FILE", "/run/secrets/key")
    told(waiting, "look")

    jobs.play_rehearsals(now())

    waiting.refresh_from_db()
    seen, folder = waiting.report["environment"], waiting.report["folder"]
    assert seen["DATABASE_URL"] == f"sqlite:///{folder}/stage.sqlite3"
    assert seen["EMAIL_URL"] == "dummy:"
    assert seen["SECRET_KEY"] not in (settings.SECRET_KEY, "")
    assert seen["BASE_URL"] == settings.BASE_URL
    assert "SECRET_KEY_FILE" not in seen
    assert not any("real:secret" in value for value in seen.values())
    assert not Path(folder).exists()


def test_a_refusal_is_told_as_it_was_said(waiting):
    told(waiting, "refuse")

    jobs.play_rehearsals(now())

    waiting.refresh_from_db()
    assert (waiting.status, waiting.problem) == (Status.FAILED, "one sentence for people")


def test_a_child_over_its_memory_fails_the_rehearsal_with_a_sentence(waiting):
    told(waiting, "hunger")

    jobs.play_rehearsals(now())

    waiting.refresh_from_db()
    assert waiting.status == Status.FAILED
    assert "more than 2048 MiB of memory" in waiting.problem


def test_a_child_over_its_time_is_killed_and_leaves_no_folder(waiting, settings, tmp_path):
    settings.REHEARSAL_SECONDS = 0.5
    told(waiting, "sleep")

    jobs.play_rehearsals(now())

    waiting.refresh_from_db()
    assert waiting.status == Status.FAILED
    assert waiting.problem.startswith("The rehearsal took longer than 0 seconds and was stopped.")


def test_a_broken_child_gives_its_claim_back_and_says_in_the_log_how_it_ended(waiting, caplog):
    told(waiting, "break")

    jobs.play_rehearsals(now())
    waiting.refresh_from_db()
    lost = (waiting.status, waiting.progress)
    told(waiting, "answer")
    jobs.play_rehearsals(now() + timedelta(minutes=1))

    waiting.refresh_from_db()
    assert lost == (Status.CLAIMED, 50)
    assert (waiting.status, waiting.attempt_count) == (Status.DONE, 2)
    assert "it broke" in caplog.text


def test_a_killed_workers_rehearsal_is_taken_up_again(waiting, settings):
    told(waiting, "answer")
    claimed = actions.claim_rehearsal(now())

    early = jobs.play_rehearsals(now())
    late = jobs.play_rehearsals(now() + timedelta(seconds=settings.REHEARSAL_SECONDS + 61))

    waiting.refresh_from_db()
    assert (early, late) == (0, 1)
    assert (waiting.status, waiting.attempt_count) == (Status.DONE, 2)
    assert not actions.store_rehearsal(claimed, sample_report())
