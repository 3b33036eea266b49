"""How does a pretend cohort get from its first application to two people who said yes?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lodestar.demo.cast import Figure
from lodestar.demo.people import person_of
from lodestar.demo.questions import with_own_answers
from lodestar.demo.travel import go_to
from lodestar.demo.words import STYLES, hopes_of, offers_of
from lodestar.domain.applications.actions import (
    accept_application,
    save_answers,
    start_application,
    submit_application,
)
from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.queries import applications_for
from lodestar.domain.matching.actions import mark_reviewed, publish_run, request_run
from lodestar.domain.matching.jobs import compute_runs
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.matching.queries import matches_of
from lodestar.domain.mentorships.actions import accept_match, decline_match
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import create_cohort, open_cohort
from lodestar.domain.programs.models import Cohort, Program
from lodestar.domain.programs.rules import Phases
from lodestar.domain.trials.actions import request_forecast
from lodestar.domain.trials.jobs import compute_forecasts
from lodestar.domain.trials.models import Forecast
from lodestar.domain.trials.queries import PoolWish

MENTOR, MENTEE = RoleInCohort.MENTOR, RoleInCohort.MENTEE


@dataclass(frozen=True)
class Office:
    """A program and the coordinator in whose name the demo acts."""

    program: Program
    coordinator: Person


def plan(office: Office, name: str, phases: Phases, *, is_pilot: bool = False) -> Cohort:
    """Plan a cohort two weeks before it opens, and publish it."""
    go_to(phases.opens_on - timedelta(days=14))
    cohort = create_cohort(
        office.program, by=office.coordinator, name=name, phases=phases, is_pilot=is_pilot
    )
    return open_cohort(cohort, by=office.coordinator)


def answers_of(figure: Figure, role: str, dice: Random) -> dict[str, object]:
    """Return what a figure writes into the form."""
    city, country, zone, languages = figure.place
    topics, about = (offers_of if role == MENTOR else hopes_of)(figure, dice)
    answers: dict[str, object] = {
        "topics": topics,
        "about": about,
        "industry": figure.field.industry,
        "function": figure.function,
        "employer": figure.employer,
        "field_of_study": figure.study,
        "languages": list(languages),
        "time_zone": zone,
        "country": country,
        "city": city,
        "class_year": figure.class_year,
        "years_of_experience": figure.experience,
        "style": [dice.choice(STYLES)],
        "hours_per_month": dice.choice((1, 2, 2, 3)),
        "matching_consent": True,
    }
    if role == MENTOR:
        answers["capacity"] = dice.choice((1, 1, 1, 2, 2, 3))
    return answers


def apply_as(
    figure: Figure, role: str, cohort: Cohort, dice: Random, **corrections: object
) -> Application:
    """Fill in the form and send it, as the person would."""
    person = person_of(figure)
    application = start_application(person, cohort=cohort, role=role)
    told = answers_of(figure, role, dice) | corrections
    answers = with_own_answers(told, cohort, role, figure)
    save_answers(application, by=person, answers=answers)
    return submit_application(application, by=person)


def recruit(
    cohort: Cohort, mentors: Sequence[Figure], mentees: Sequence[Figure], dice: Random, until: date
) -> None:
    """Let people apply one after the other between the opening day and `until`."""
    everyone = [(figure, MENTOR) for figure in mentors] + [(figure, MENTEE) for figure in mentees]
    dice.shuffle(everyone)
    span = max(1, (until - cohort.opens_on).days)
    for number, (figure, role) in enumerate(everyone):
        day = cohort.opens_on + timedelta(days=number * span // len(everyone))
        go_to(day, hour=dice.randint(7, 21), minute=dice.randint(0, 59))
        apply_as(figure, role, cohort, dice)


def accept_all(
    cohort: Cohort, *, by: Person, on: date, besides: Iterable[Application] = ()
) -> None:
    go_to(on, hour=9)
    left_out = {application.pk for application in besides}
    waiting = applications_for(by, cohort).filter(status=Application.Status.SUBMITTED)
    for application in waiting:
        if application.pk not in left_out:
            accept_application(application, by=by)


def solve(cohort: Cohort, *, by: Person, on: date) -> MatchRun:
    moment = go_to(on, hour=11)
    run = request_run(cohort, by=by, seed=1851)
    compute_runs(moment)
    run.refresh_from_db()
    return run


def foresee(cohort: Cohort, *, by: Person, on: date) -> Forecast:
    """Try the cohort's design on its applicants, with what is believed of people by then."""
    moment = go_to(on, hour=16)
    wish = PoolWish(Forecast.Pool.APPLICANTS)
    forecast = request_forecast(cohort, by=by, design=cohort.design, wish=wish, seed=1851)
    compute_forecasts(moment)
    forecast.refresh_from_db()
    return forecast


def publish(cohort: Cohort, *, by: Person, on: date) -> list[Match]:
    """Compute, look, publish; return the proposed matches."""
    run = solve(cohort, by=by, on=on)
    publish_run(mark_reviewed(run, by=by), by=by)
    return list(matches_of(run).select_related("mentor__person", "mentee__person"))


def answer_all(matches: Iterable[Match], dice: Random, *, on: date, yes_share: float) -> None:
    """Let both sides answer within days; those who say no say why."""
    for match in matches:
        go_to(on + timedelta(days=dice.randint(1, 3)), hour=dice.randint(7, 22))
        if dice.random() > yes_share:
            decline_match(match, by=match.mentor.person, reason="time")
            continue
        accept_match(match, by=match.mentee.person)
        accept_match(match, by=match.mentor.person)
