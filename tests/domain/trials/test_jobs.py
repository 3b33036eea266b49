"""Forecasts are computed in a child, within limits; a killed worker loses nothing."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.trials import actions, jobs
from lodestar.domain.trials.models import Forecast
from tests.engine.children import die_told, forecast_little, grow, spin
from tests.factories.matching import make_people
from tests.factories.people import make_person
from tests.factories.programs import make_cohort
from tests.factories.trials import ask

pytestmark = pytest.mark.django_db
Status = Forecast.Status
ENGINE = "lodestar.domain.trials.queries.solving.forecast_pool"


@pytest.fixture
def waiting():
    cohort = make_cohort()
    make_people(cohort, 5, 3)
    return ask(cohort, by=make_person("Lena", "Berg"))


def test_nothing_due_does_nothing():
    assert jobs.compute_forecasts(now()) == 0


def test_a_waiting_forecast_is_computed_in_a_child_and_only_once(waiting, monkeypatch):
    heard = []
    note = actions.note_progress
    monkeypatch.setattr(
        actions,
        "note_progress",
        lambda forecast, share: heard.append(share) or note(forecast, share),
    )

    counts = [jobs.compute_forecasts(now()), jobs.compute_forecasts(now())]

    waiting.refresh_from_db()
    assert counts == [1, 0]
    assert (waiting.status, waiting.attempt_count, waiting.progress) == (Status.READY, 1, 100)
    assert (waiting.report["draws"], waiting.report["exact_draws"]) == (500, 500)
    assert len(heard) > 10
    assert heard == sorted(heard)


def test_a_child_over_its_time_fails_the_forecast_with_a_sentence(waiting, settings):
    settings.FORECAST_SECONDS = 0.01

    jobs.compute_forecasts(now())

    waiting.refresh_from_db()
    assert waiting.status == Status.FAILED
    assert waiting.problem.startswith("The forecast took longer than 0 seconds and was stopped.")


def test_a_child_over_its_memory_fails_the_forecast_with_a_sentence(waiting, monkeypatch):
    monkeypatch.setattr(ENGINE, grow)

    jobs.compute_forecasts(now())

    waiting.refresh_from_db()
    assert waiting.status == Status.FAILED
    assert "more than 2048 MiB of memory" in waiting.problem


def test_a_broken_child_gives_its_claim_back(waiting, monkeypatch):
    monkeypatch.setattr(ENGINE, die_told)

    jobs.compute_forecasts(now())
    waiting.refresh_from_db()
    lost = (waiting.status, waiting.progress)
    monkeypatch.setattr(ENGINE, forecast_little)
    jobs.compute_forecasts(now() + timedelta(minutes=1))

    waiting.refresh_from_db()
    assert lost == (Status.CLAIMED, 50)
    assert (waiting.status, waiting.attempt_count) == (Status.READY, 2)


def test_a_killed_workers_forecast_is_taken_up_again(waiting, settings, monkeypatch):
    monkeypatch.setattr(ENGINE, forecast_little)
    claimed = actions.claim_forecast(now())
    actions.note_progress(claimed, 0.7)

    early = jobs.compute_forecasts(now())
    late = jobs.compute_forecasts(now() + timedelta(seconds=settings.FORECAST_SECONDS + 61))

    waiting.refresh_from_db()
    assert (early, late) == (0, 1)
    assert (waiting.status, waiting.attempt_count) == (Status.READY, 2)


def test_what_the_engine_refuses_is_told(waiting, monkeypatch):
    believed = waiting.believed
    believed["hours"]["manual_case"] = 5_000_000
    Forecast.objects.filter(pk=waiting.pk).update(believed=believed)
    monkeypatch.setattr("lodestar.domain.trials.queries.solving.StaffHours", refuse_hours)

    jobs.compute_forecasts(now())

    waiting.refresh_from_db()
    assert (waiting.status, waiting.problem) == (Status.FAILED, "one sentence for people")


def refuse_hours(**_hours):
    from lodestar.engine.matching.problem import MatchingError

    raise MatchingError("one sentence for people")


def test_spinning_for_ever_is_stopped(waiting, monkeypatch, settings):
    settings.FORECAST_SECONDS = 1.5
    monkeypatch.setattr(ENGINE, spin)

    jobs.compute_forecasts(now())

    waiting.refresh_from_db()
    assert waiting.status == Status.FAILED
