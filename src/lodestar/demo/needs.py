"""What do the pretend alumni need, and what does the office make of it?"""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from lodestar.demo.cast import Figure
from lodestar.demo.cohorts import MENTEE, MENTOR, Office, answers_of
from lodestar.demo.people import person_of
from lodestar.demo.questions import with_own_needs
from lodestar.demo.travel import go_to
from lodestar.domain.common.time import now
from lodestar.domain.needs.actions import ask, keep_answer, request_report, send_answer, set_goal
from lodestar.domain.needs.jobs import compute_reports
from lodestar.domain.needs.models import NeedsSurvey
from lodestar.domain.needs.queries import latest_report, relief_of
from lodestar.domain.needs.rules import GoalWish
from lodestar.domain.programs.models import Cohort

NAMELESS = 3


def ask_both(cohort: Cohort, office: Office) -> tuple[NeedsSurvey, NeedsSurvey]:
    """Ask both sides from ten days before the opening until the last day to apply."""
    first = cohort.opens_on - timedelta(days=10)
    go_to(first, hour=9)
    mentees, mentors = (
        ask(cohort, role=role, days=(first, cohort.closes_on), by=office.coordinator)
        for role in (MENTEE, MENTOR)
    )
    return mentees, mentors


def answer(survey: NeedsSurvey, figures: Sequence[Figure], dice: Random) -> None:
    """Let people answer one after the other; the last of the mentees give no name."""
    for number, figure in enumerate(figures):
        go_to(survey.opens_on + timedelta(days=number % 9), hour=dice.randint(8, 21))
        nameless = survey.role == MENTEE and number >= len(figures) - NAMELESS
        by = None if nameless else person_of(figure)
        said = answers_of(figure, survey.role, dice)
        said = with_own_needs(said, survey.cohort.design, survey.role, figure)
        send_answer(keep_answer(survey, by=by, said=said, has_consent=True), by=by)


def plan_whom_to_win(cohort: Cohort, office: Office) -> None:
    """Plan at the opening for any mentor, and for what the report of that day says is short."""
    lena, due_on = office.coordinator, cohort.closes_on
    go_to(cohort.opens_on, hour=8)
    set_goal(
        cohort, GoalWish(16, lena, due_on, channel="The dean’s letter to all classes"), by=lena
    )
    report_now(cohort, office)
    report = latest_report(cohort)
    for kind in relief_of(report)[:2] if report else []:
        wish = GoalWish(max(2, kind.count), lena, due_on, kind.field, kind.value)
        set_goal(cohort, wish, by=lena)


def report_now(cohort: Cohort, office: Office) -> None:
    """Work out what is short as things stand."""
    request_report(cohort, by=office.coordinator)
    compute_reports(now())
