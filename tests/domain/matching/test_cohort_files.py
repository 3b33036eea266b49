"""An office's files mean the same to the console as to the command line."""

from pathlib import Path

import pytest
from django.utils.timezone import now as real_now

from lodestar.domain.applications import jobs as application_jobs
from lodestar.domain.applications.actions import Purpose, upload_list
from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching import actions, jobs, rules
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people import jobs as people_jobs
from lodestar.domain.people.actions.imports import request_import
from lodestar.domain.people.models import Address, Import
from lodestar.engine.answers.profiles import answers_from
from lodestar.web.cli.cohorts import entries_of
from lodestar.web.cli.sheets import read_sheet
from tests.factories.matching import publish
from tests.factories.programs import make_cohort, make_program, make_usual_design
from tests.real_data import real_data

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parents[2] / "data" / "cohort"


@pytest.fixture
def cohort(lena):
    program = make_program(coordinator=lena)
    return make_cohort(program, design=make_usual_design(program))


def admit(cohort, role, path, by):
    purpose = Purpose(cohort, role)
    upload_list(path.read_bytes(), file_name=path.name, purpose=purpose, by=by)
    people_jobs.stage_imports(real_now())
    request_import(Import.objects.latest("pk"), by=by)
    people_jobs.apply_imports(real_now())
    application_jobs.admit_intakes(real_now())


def run_of(cohort, by):
    run = actions.request_run(cohort, by=by)
    jobs.compute_runs(real_now())
    run.refresh_from_db()
    assert run.problem == ""
    return run


SAME_FIELDS = {
    "topics": "topics",
    "industry": "industry",
    "function": "role",
    "field_of_study": "field_of_study",
    "time_zone": "time_zone",
    "place": "place",
    "country": "country",
    "years_of_experience": "years",
    "about": "about",
}


def told_to_command(path, role):
    """Return each person's answers by address as `lodestar match` reads them."""
    entries = entries_of(read_sheet(path), role)
    read = {entry.email: answers_from(entry.cells) for entry in entries}
    return {
        email: {ours: answers.get(theirs) for ours, theirs in SAME_FIELDS.items()}
        for email, answers in read.items()
    }


def told_to_console(cohort, role):
    people = Participant.objects.filter(cohort=cohort, role=role).order_by("pk")
    addresses = Address.objects.filter(person__in=people.values("person"), is_primary=True)
    emails = dict(addresses.values_list("person_id", "normalised"))
    read = {emails[each.person_id]: answers_of(each.answers) for each in people}
    return {
        email: {name: answers.get(name) for name in SAME_FIELDS} for email, answers in read.items()
    }


def plainly(answers):
    """Strength 2 is meant where none is said."""
    topics = answers["topics"]
    return answers | {"topics": dict.fromkeys(topics, 2) if isinstance(topics, tuple) else topics}


def differences(console, command):
    """Return by address and field what the two doors read otherwise.

    The console may know more: years since the class year, and a place no table knows.
    """
    return {
        (email, name): (said, answer)
        for email in console
        for name, said in plainly(console[email]).items()
        if (answer := plainly(command[email])[name]) not in (said, None)
    }


def test_forty_mentors_and_sixty_mentees_are_matched_by_what_they_wish(cohort, lena):
    admit(cohort, RoleInCohort.MENTOR, FILES / "mentors-40.csv", lena)
    admit(cohort, RoleInCohort.MENTEE, FILES / "mentees-60.csv", lena)

    run = run_of(cohort, lena)

    people = Participant.objects.filter(cohort=cohort)
    assert people.filter(answers__has_key="topics").count() == 98
    assert run.certificate["matched"] == 51
    topics = [dict(match.contributions)["Topics"] for match in run.matches.all()]
    assert sum(points > 0 for points in topics) > 40


@pytest.mark.parametrize(
    ("role", "name"), [("mentor", "mentors-40.csv"), ("mentee", "mentees-60.csv")]
)
def test_the_console_and_the_command_line_read_the_same(cohort, lena, role, name):
    admit(cohort, role, FILES / name, lena)

    console, command = told_to_console(cohort, role), told_to_command(FILES / name, role)

    assert console.keys() == command.keys()
    assert differences(console, command) == {}


@pytest.mark.parametrize(
    ("role", "name"), [("mentor", "mentors-200.csv"), ("mentee", "mentees-200.csv")]
)
def test_real_alumni_are_read_the_same(cohort, lena, role, name):
    path = real_data("alumni-import") / name
    admit(cohort, role, path, lena)

    console, command = told_to_console(cohort, role), told_to_command(path, role)

    assert console.keys() == command.keys()
    assert differences(console, command) == {}


def test_two_hundred_alumni_are_matched_proven_and_written_to(cohort, lena):
    folder = real_data("alumni-import")
    admit(cohort, RoleInCohort.MENTEE, folder / "mentees-200.csv", lena)
    admit(cohort, RoleInCohort.MENTOR, folder / "mentors-200.csv", lena)

    run = run_of(cohort, lena)
    people = Participant.objects.filter(cohort=cohort)
    places = sum(people.filter(role="mentor").values_list("capacity", flat=True))
    mentees = people.filter(role="mentee").count()
    assert rules.is_proven(run.certificate)
    assert mentees > 190
    assert run.certificate["matched"] == min(mentees, places)

    publish(run, by=lena)

    assert Letter.objects.filter(kind="matching.proposed").count() == 2 * run.certificate["matched"]
    assert {
        sum(points for _name, points in match.contributions) - match.score
        for match in run.matches.all()
    } == {0}
    told = [rules.in_sentences(match, RoleInCohort.MENTEE) for match in run.matches.all()]
    spoken = sum(not sentences[0].startswith("The coordinators looked") for sentences in told)
    assert spoken > 0.9 * len(told)
