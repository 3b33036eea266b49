"""A worker that is killed in the middle of a long computation loses nothing but its time."""

import time

import pytest

from tests.sandbox import kill

pytestmark = pytest.mark.faults

ASK = """
from lodestar.domain.programs.models import Cohort
{ask}
ask(Cohort.objects.get(), by=None)
"""
START = """
from lodestar.domain.common.time import now
from lodestar.domain.{room} import actions
from lodestar.domain.{room}.queries import {module}
from tests.engine.children import spin
{module}.{computation} = spin
row = actions.claim_{row}(now())
print("claimed", flush=True)
actions.compute_{row}(row, now)
"""
SWEEP = """
from datetime import timedelta
from lodestar.domain.common.time import now
from lodestar.domain.{room} import jobs
from lodestar.domain.{room}.models import {model}
if __name__ == "__main__":
    print(jobs.{job}(now()), jobs.{job}(now() + timedelta(hours=1)))
    row = {model}.objects.get()
    print(row.status, row.attempt_count, {told})
"""
RUNS = {
    "room": "matching",
    "module": "solving",
    "computation": "run_with_standbys",
    "row": "run",
    "job": "compute_runs",
    "model": "MatchRun",
    "ask": "from lodestar.domain.matching.actions import request_run as ask",
    "told": "row.matches.count(), row.unmatched.count()",
    "outcome": "solved 2 3 2",
}
REPORTS = {
    "room": "needs",
    "module": "reports",
    "computation": "shortage_of",
    "row": "report",
    "job": "compute_reports",
    "model": "NeedsReport",
    "ask": "from lodestar.domain.needs.actions import request_report as ask",
    "told": "row.result['mentees']",
    "outcome": "ready 2 5",
}
FORECASTS = {
    "room": "trials",
    "module": "solving",
    "computation": "forecast_pool",
    "row": "forecast",
    "job": "compute_forecasts",
    "model": "Forecast",
    "ask": "from tests.factories.trials import ask",
    "told": "row.progress, row.report['draws']",
    "outcome": "ready 2 100 500",
}


@pytest.fixture(scope="module")
def scene():
    return """
from tests.factories.matching import make_people
from tests.factories.programs import make_cohort
make_people(make_cohort(), 5, 3)
"""


@pytest.mark.parametrize("work", [RUNS, REPORTS, FORECASTS], ids=lambda work: work["model"])
def test_what_a_killed_worker_had_claimed_is_finished_by_the_next_sweep(sandbox, work):
    sandbox.run(ASK.format(**work))
    worker = sandbox.start(START.format(**work))
    assert worker.stdout.readline() == "claimed\n"
    time.sleep(0.5)

    kill(worker)

    assert sandbox.run(SWEEP.format(**work)) == ["0 1", work["outcome"]]
