"""Two hundred real mentees and mentors, from the office's files to letters."""

import pytest
from django.utils.timezone import now as real_now

from lodestar.domain.applications import jobs as application_jobs
from lodestar.domain.applications.actions import request_intake
from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching import actions, jobs, rules
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people import jobs as people_jobs
from lodestar.domain.people.actions.imports import request_import, upload_import
from lodestar.domain.people.models import Import
from lodestar.domain.programs.models import Criterion
from lodestar.domain.programs.rules.defaults import CRITERIA
from tests.factories.matching import publish
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design, make_program
from tests.real_data import real_data

pytestmark = pytest.mark.django_db


def admit(cohort, role, path, by):
    upload_import(path.read_bytes(), file_name=path.name, by=by)
    people_jobs.stage_imports(real_now())
    source = Import.objects.latest("pk")
    request_import(source, by=by)
    request_intake(source, cohort=cohort, role=role, by=by)
    people_jobs.apply_imports(real_now())
    application_jobs.admit_intakes(real_now())


def test_two_hundred_alumni_are_matched_proven_and_written_to():
    folder = real_data("alumni-import")
    lena = make_person("Lena", "Berg")
    program = make_program(coordinator=lena)
    design = make_design(program, with_criterion=False)
    for name, kind, field, weight in CRITERIA:
        Criterion.objects.create(
            design=design, name=str(name), kind=kind, mentee_field=field, mentor_field=field,
            weight=weight,
        )  # fmt: skip
    cohort = make_cohort(program, design=design)
    admit(cohort, RoleInCohort.MENTEE, folder / "mentees-200.csv", lena)
    admit(cohort, RoleInCohort.MENTOR, folder / "mentors-200.csv", lena)

    run = actions.request_run(cohort, by=lena)
    jobs.compute_runs(real_now())
    run.refresh_from_db()
    people = Participant.objects.filter(cohort=cohort)
    places = sum(people.filter(role="mentor").values_list("capacity", flat=True))
    mentees = people.filter(role="mentee").count()
    assert run.problem == ""
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
