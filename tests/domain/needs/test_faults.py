"""Several who press at once."""

import pytest

from tests.sandbox import race

pytestmark = pytest.mark.faults

STAGE = """
from lodestar.domain.common.time import today
from lodestar.domain.needs import actions
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
PEOPLE = """
lena, cohort = Person.objects.get(given_name="Lena"), Cohort.objects.get()
survey = NeedsSurvey.objects.get()
"""


@pytest.fixture(scope="module")
def scene():
    return STAGE + SCENE


@pytest.mark.parametrize(
    ("act", "model"),
    [
        ("actions.request_report(cohort, by=lena)", "NeedsReport"),
        ("actions.keep_answer(survey, by=lena, said={'topics': ['Law']})", "NeedsAnswer"),
        (
            "actions.ask(cohort, role='mentor', days=(today(), today()), by=lena)",
            "NeedsSurvey.objects.filter(role='mentor') or NeedsSurvey",
        ),
    ],
)
def test_of_four_who_press_at_once_all_end_with_the_same_one(sandbox, act, model):
    answers = race(sandbox, STAGE + PEOPLE, [act] * 4)

    rows = f"({model})" if "filter" in model else f"{model}.objects"
    assert answers == ["done"] * 4
    assert sandbox.run(STAGE + f"print({rows}.count())") == ["1"]


def test_of_four_who_plan_the_same_goal_one_does_and_three_are_told(sandbox):
    act = "actions.set_goal(cohort, GoalWish(3, lena, today()), by=lena)"

    answers = race(sandbox, STAGE + PEOPLE, [act] * 4)

    assert sorted(answer == "done" for answer in answers) == [False, False, False, True]
    assert sandbox.run(STAGE + "print(RecruitmentGoal.objects.count())") == ["1"]
