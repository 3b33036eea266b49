import pytest

from lodestar.config.jobs import JOBS
from lodestar.domain.applications import jobs
from lodestar.domain.applications.actions import Purpose, request_intake, take_place, upload_list
from lodestar.domain.applications.models import Application, Intake, Participant, RoleInCohort
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.people import jobs as people_jobs
from lodestar.domain.people.actions.imports import request_import, request_undo, upload_import
from lodestar.domain.people.models import Import, Person
from lodestar.domain.programs.queries import coordinators_of
from tests.factories.forms import ask, make_question
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db
LIST = """First name,Last name,Email,City,Country,Job title,Industry,Class of,Topics,Capacity,Role
Ann,Lee,ann@example.org,Graz,Austria,Engineer,Energy,2004,Interviews; Pay,2,mentor
Bo,Kay,bo@example.org,Linz,Austria,,,1999,,,both
Cy,Day,cy@example.org,Wien,,,,2020,,,mentee
No,Mail,,Wien,,,,,,,mentor
"""


@pytest.fixture
def cohort():
    return make_cohort(make_program(coordinator=make_person("Lena", "Berg")))


def intake_of(cohort, *, apply=True):
    lena = coordinators_of(cohort.program).get().person
    upload_import(LIST.encode(), file_name="mentors.csv", by=lena)
    people_jobs.stage_imports(now())
    source = Import.objects.latest("pk")
    request_import(source, by=lena)
    intake = request_intake(source, cohort=cohort, role=RoleInCohort.MENTOR, by=lena)
    if apply:
        people_jobs.apply_imports(now())
    return intake


def undo(intake):
    request_undo(Import.objects.get(pk=intake.source_id), by=None)
    jobs.undo_imports(now())


def names():
    return sorted(Participant.objects.values_list("person__given_name", flat=True))


def test_nothing_is_admitted_before_the_list_is_applied(cohort):
    intake_of(cohort, apply=False)

    assert jobs.admit_intakes(now()) == 0
    assert not Participant.objects.exists()


def test_people_of_the_asked_role_become_participants_once(cohort):
    intake = intake_of(cohort)

    first, again = jobs.admit_intakes(now()), jobs.admit_intakes(now())

    assert (first, again) == (2, 0)
    assert names() == ["Ann", "Bo"]
    ann = Participant.objects.get(person__given_name="Ann")
    assert (ann.role, ann.capacity, ann.application.status) == ("mentor", 2, "accepted")
    assert ann.application.source == f"import:{intake.source.public_id}"
    assert ann.answers == {
        "topics": {"Interviews": 2, "Pay": 2},
        "industry": "Energy",
        "function": "Engineer",
        "country": "Austria",
        "city": "Graz",
        "place": "Austria > Graz",
        "class_year": 2004,
        "years_of_experience": cohort.starts_on.year - 2004,
        "capacity": 2,
    }


def test_the_look_that_applies_a_list_also_admits_its_people(cohort):
    intake_of(cohort, apply=False)

    JOBS["apply_imports"].function(now())

    assert names() == ["Ann", "Bo"]


def test_whoever_applied_already_keeps_their_own_application(cohort):
    intake_of(cohort)
    bo = Person.objects.get(given_name="Bo")
    own = Application.objects.create(cohort=cohort, person=bo, role="mentor", source="form")

    jobs.admit_intakes(now())

    own.refresh_from_db()
    assert (own.status, own.source) == ("draft", "form")
    assert names() == ["Ann"]


def test_undoing_the_import_takes_back_participants_and_people(cohort):
    intake = intake_of(cohort)
    jobs.admit_intakes(now())

    undo(intake)

    intake.refresh_from_db()
    assert intake.undone_at is not None
    assert (names(), Application.objects.count()) == ([], 0)
    assert sorted(Person.objects.values_list("given_name", flat=True)) == ["Lena"]


def test_who_already_has_a_partner_stays_when_the_import_is_undone(cohort):
    intake = intake_of(cohort)
    jobs.admit_intakes(now())
    take_place(Participant.objects.get(person__given_name="Ann"))

    undo(intake)

    assert names() == ["Ann"]
    assert sorted(Person.objects.values_list("given_name", flat=True)) == ["Ann", "Lena"]


def test_an_import_undone_before_its_intake_admits_nobody(cohort):
    intake = intake_of(cohort)

    undo(intake)

    assert jobs.admit_intakes(now()) == 0
    assert names() == []


def test_asking_twice_makes_one_intake_and_another_role_is_refused(cohort):
    lena = coordinators_of(cohort.program).get().person
    intake = intake_of(cohort)

    again = request_intake(intake.source, cohort=cohort, role="mentor", by=lena)
    with pytest.raises(RefusedError, match="already meant for another cohort or role"):
        request_intake(intake.source, cohort=cohort, role="mentee", by=lena)

    assert again == intake
    assert Intake.objects.count() == 1


def test_only_a_coordinator_takes_a_list_in(cohort):
    source = intake_of(cohort).source

    with pytest.raises(RefusedError, match="Only a coordinator"):
        request_intake(source, cohort=cohort, role="mentor", by=make_person("Eve", "Else"))


def test_columns_that_answer_own_questions_become_answers_of_the_application(cohort):
    runs = make_question("runs", "Do you run?", "yes_no", role="mentor")
    far = make_question("far", "How far?", "short", only_if=("runs", "yes"), role="mentor")
    dream = make_question("dream", "What do you dream of?", "short", role="mentee")
    ask(cohort.design, runs, far, dream)
    lena = coordinators_of(cohort.program).get().person
    text = """First name,Email,Do you run?,How far?,What do you dream of?,Shoe size
Ann,ann@example.org,yes,Five miles,Peace,40
Bo,bo@example.org,no,A mile,,
Cy,cy@example.org,perhaps,,,
"""
    source = upload_list(text.encode(), file_name="mentors.csv", purpose=Purpose(cohort, "mentor"), by=lena)  # fmt: skip
    people_jobs.stage_imports(now())
    source.refresh_from_db()
    request_import(source, by=lena)
    jobs.apply_imports(now())

    own = {
        each.person.given_name: {k: v for k, v in each.answers.items() if k.startswith("q_")}
        for each in Application.objects.select_related("person")
    }
    assert own == {"Ann": {"q_runs": "yes", "q_far": "Five miles"}, "Bo": {"q_runs": "no"}}
    refused = source.rows.get(outcome="refused")
    assert (refused.number, refused.field, refused.reason, refused.mend) == (
        4,
        "Do you run?",
        "“perhaps” is neither yes nor no.",
        "Write yes or no, or clear the cell.",
    )
    ann = Person.objects.get(given_name="Ann")
    assert ann.extra == {"answers": {"What do you dream of?": "Peace"}}
