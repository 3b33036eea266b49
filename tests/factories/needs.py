"""Surveys of needs, their answers, reports, and the roll they are held against."""

from datetime import timedelta

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.common.time import now, today
from lodestar.domain.needs import actions
from lodestar.domain.needs.models import NeedsAnswer, NeedsSurvey, RecruitmentGoal
from lodestar.domain.needs.queries.reports import engine_arguments, engine_options
from lodestar.domain.people.models import Education, Position
from lodestar.engine.matching.recruiting import shortage_of
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_coordinator

NEEDS = {"topics": ["Finding work"], "languages": ["en"], "time_zone": "Africa/Nairobi"}
OFFERS = {"topics": {"Interviews": 2}, "languages": ["en"], "time_zone": "Europe/London"}


def make_survey(cohort=None, *, role=RoleInCohort.MENTEE, opens_in=-3, days=21, **fields):
    opens_on = today() + timedelta(days=opens_in)
    fields.setdefault("closes_on", opens_on + timedelta(days=days))
    return NeedsSurvey.objects.create(
        cohort=cohort or make_cohort(), role=role, opens_on=opens_on, **fields
    )


def make_answer(survey=None, person=None, **fields):
    """Make a sent answer; without a person it has no name."""
    survey = survey or make_survey()
    is_mentor = survey.role == RoleInCohort.MENTOR
    fields.setdefault("answers", dict(OFFERS if is_mentor else NEEDS))
    fields.setdefault("sent_at", now())
    fields.setdefault("consent_version", "needs-1")
    return NeedsAnswer.objects.create(survey=survey, person=person, **fields)


def make_alumnus(given_name="Noor", family_name="Haddad", *, industry="", title="", **fields):
    """Make somebody on the roll who has not signed up for anything."""
    fields.setdefault("languages", ["en"])
    person = make_person(given_name, family_name, **fields)
    Position.objects.create(person=person, industry=industry, title=title)
    Education.objects.create(person=person, field="Biology", year=2001)
    return person


def make_goal(cohort=None, *, owner=None, **fields):
    cohort = cohort or make_cohort()
    if owner is None:
        owner = make_person("Lena", "Berg")
        make_coordinator(cohort.program, owner)
    fields.setdefault("target", 3)
    fields.setdefault("due_on", today() + timedelta(days=10))
    return RecruitmentGoal.objects.create(cohort=cohort, owner=owner, **fields)


def ready_report(cohort, by=None):
    """Return a report that the engine really computed, in this process and without a child."""
    actions.request_report(cohort, by=by)
    claimed = actions.claim_report(now())
    assert actions.freeze_inputs(claimed)
    arguments, options = engine_arguments(claimed.inputs), engine_options(claimed.inputs)
    assert actions.store_report(claimed, shortage_of(*arguments, **options))
    claimed.refresh_from_db()
    return claimed
