"""Two who press at once, and a worker that is killed while it counts."""

import time

import pytest

from tests.sandbox import Sandbox, finish, kill

pytestmark = pytest.mark.faults

STAGE = """
import time
from datetime import timedelta
from pathlib import Path
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.needs import actions, jobs, queries
from lodestar.domain.needs.models import NeedsAnswer, NeedsReport, NeedsSurvey, RecruitmentGoal
from lodestar.domain.needs.rules import GoalWish
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from tests.factories.applications import make_mentee
from tests.factories.needs import make_survey
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program
"""
SCENE = """
lena = make_person("Lena", "Berg")
cohort = make_cohort(make_program(coordinator=lena))
make_mentee(cohort)
make_survey(cohort)
"""
RACE = """
lena, cohort = Person.objects.get(given_name="Lena"), Cohort.objects.get()
survey = NeedsSurvey.objects.get()
print("ready", flush=True)
while not Path({flag!r}).exists():
    time.sleep(0.002)
{act}
print("done")
"""


@pytest.fixture(scope="module")
def blank(tmp_path_factory):
    made = Sandbox(tmp_path_factory.mktemp("sandbox"))
    made.run(STAGE + SCENE)
    yield made
    made.remove()


@pytest.fixture
def sandbox(blank, tmp_path):
    made = Sandbox(tmp_path, like=blank)
    yield made
    made.remove()


@pytest.mark.parametrize(
    ("act", "model"),
    [
        ("actions.request_report(cohort, by=lena)", "NeedsReport"),
        ("actions.keep_answer(survey, by=lena, said={'topics': ['Law']})", "NeedsAnswer"),
        ("actions.set_goal(cohort, GoalWish(3, lena, today()), by=lena)", "RecruitmentGoal"),
        (
            "actions.ask(cohort, role='mentor', days=(today(), today()), by=lena)",
            "NeedsSurvey.objects.filter(role='mentor') or NeedsSurvey",
        ),
    ],
)
def test_of_four_who_press_at_once_all_end_with_the_same_one(sandbox, tmp_path, act, model):
    flag = tmp_path / "go"
    runners = [sandbox.start(STAGE + RACE.format(flag=str(flag), act=act)) for _ in range(4)]
    for runner in runners:
        assert runner.stdout.readline() == "ready\n"

    flag.touch()
    answers = [finish(runner) for runner in runners]

    rows = f"({model})" if "filter" in model else f"{model}.objects"
    assert answers == [["done"]] * 4
    assert sandbox.run(STAGE + f"print({rows}.count())") == ["1"]


def test_a_report_whose_worker_was_killed_is_finished_by_the_next_sweep(sandbox):
    sandbox.run(STAGE + "actions.request_report(Cohort.objects.get(), by=None)")
    worker = sandbox.start(
        STAGE
        + """
from lodestar.domain.needs.queries import reports
from tests.engine.children import spin
reports.shortage_of = spin
report = actions.claim_report(now())
print("claimed", flush=True)
actions.compute_report(report, now)
"""
    )
    assert worker.stdout.readline() == "claimed\n"
    time.sleep(0.5)

    kill(worker)
    swept = sandbox.run(
        STAGE
        + """
if __name__ == "__main__":
    print(jobs.compute_reports(now()), jobs.compute_reports(now() + timedelta(hours=1)))
    report = NeedsReport.objects.get()
    print(report.status, report.attempt_count, report.result["mentees"])
"""
    )

    assert swept == ["0 1", "ready 2 1"]
