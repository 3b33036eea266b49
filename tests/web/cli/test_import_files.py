"""The command line's way to import a list of people."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from lodestar.domain.applications.models import Intake, Participant
from lodestar.domain.common.time import now
from lodestar.domain.people import jobs
from lodestar.domain.people.actions import staging
from lodestar.domain.people.models import Import, Person
from lodestar.web.cli import import_files
from tests.factories.forms import ask, make_question
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_program

EXPORTS = Path(__file__).parents[2] / "data" / "crm-exports"
EXPECTED = json.loads((EXPORTS / "expected.json").read_text())

pytestmark = pytest.mark.django_db


def said(capsys, *arguments):
    status = import_files.main([str(each) for each in arguments])
    return status, capsys.readouterr()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_dry_run_tells_what_the_file_holds(name, capsys):
    expected = {key: value for key, value in EXPECTED[name].items() if key != "notes"}

    status, printed = said(capsys, EXPORTS / name, "--as", "alumni", "--dry-run", "--json")

    result = json.loads(printed.out)
    assert status == 0
    assert {key: result[key] for key in expected} == expected
    assert (result["created"], Person.objects.count()) == (expected["importable_people"], 0)


def test_a_run_stores_the_people_and_a_second_one_changes_nothing(capsys):
    file = EXPORTS / "excel_semicolon_de.csv"

    first = json.loads(said(capsys, file, "--json")[1].out)
    second = json.loads(said(capsys, file, "--json")[1].out)

    assert (first["created"], first["unchanged"]) == (18, 0)
    assert (second["created"], second["changed"], second["unchanged"]) == (0, 0, 18)
    assert (Person.objects.count(), Import.objects.filter(status="applied").count()) == (18, 2)


def test_refused_rows_are_told_in_sentences(capsys):
    _, printed = said(capsys, EXPORTS / "hubspot_contacts.csv", "--dry-run")

    assert printed.out.splitlines() == [
        "hubspot_contacts.csv: utf-8, “,”, 20 rows of people.",
        "19 people: 19 new, 0 changed, 0 already known as they are.",
        "1 rows refused, 0 read together with an earlier row.",
        "  row 5, Email: This person has no e-mail address. Add an address to the row, or leave "
        "the person out.",
        "Nothing was stored: this was a dry run.",
    ]


def test_a_file_that_is_no_list_is_refused_in_a_sentence(tmp_path, capsys):
    file = tmp_path / "people.csv"
    file.write_bytes(b"%PDF-1.7")

    status, printed = said(capsys, file, "--dry-run", "--json")

    assert status == 2
    assert json.loads(printed.out) == {
        "error": "This file is a PDF document, not a table. Save the list as CSV (UTF-8) or XLSX "
        "and upload that file."
    }


def test_mentors_need_a_cohort_and_its_coordinator(capsys):
    make_person(email="stranger@example.org")
    file = EXPORTS / "excel_semicolon_de.csv"

    status, printed = said(
        capsys, file, "--as", "mentors", "--cohort", "none", "--by", "stranger@example.org"
    )

    assert status == 2
    assert printed.err.startswith("lodestar import: no such cohort for this coordinator")
    assert (Person.objects.count(), Participant.objects.count()) == (1, 0)


def test_those_whose_row_says_mentor_also_take_part_in_the_cohort(capsys):
    coordinator = make_person("Cora", "Nator", email="cora@example.org")
    cohort = make_cohort(make_program(coordinator=coordinator))
    file = EXPORTS / "excel_semicolon_de.csv"

    arguments = [file, "--as", "mentors", "--cohort", cohort.public_id]
    status, printed = said(capsys, *arguments, "--by", "cora@example.org", "--json")

    assert (status, json.loads(printed.out)["admitted"]) == (0, 9)
    assert Participant.objects.filter(cohort=cohort, role="mentor").count() == 9


def test_columns_that_are_own_questions_are_read_in_a_dry_run_and_in_earnest(tmp_path, capsys):
    cohort = make_cohort(make_program(coordinator=make_person("Cora", email="cora@example.org")))
    ask(cohort.design, make_question("sport"))
    file = tmp_path / "mentors.csv"
    file.write_text("Email,Which sport do you do?\nann@example.org,Sailing\nbo@example.org,Golf\n")
    arguments = [file, "--as", "mentors", "--cohort", cohort.public_id, "--by", "cora@example.org"]

    _, tried = said(capsys, *arguments, "--dry-run")
    status, done = said(capsys, *arguments)

    for printed in (tried, done):
        assert (
            "row 3, Which sport do you do?: “Golf” is not one of the choices of this question. "
            "Write one of these, or clear the cell: Running, Chess and go, Sailing."
        ) in printed.out
    assert status == 0
    assert Participant.objects.get().answers["q_sport"] == "Sailing"


def test_a_list_stopped_halfway_still_knows_its_cohort_and_is_nobody_elses(capsys, monkeypatch):
    cohort = make_cohort(make_program(coordinator=make_person("Cora", email="cora@example.org")))
    monkeypatch.setattr(staging, "stage_import", stopped)
    file = EXPORTS / "excel_semicolon_de.csv"

    with pytest.raises(KeyboardInterrupt):
        said(
            capsys,
            file,
            "--as",
            "mentors",
            "--cohort",
            cohort.public_id,
            "--by",
            "cora@example.org",
        )

    assert Intake.objects.get().cohort == cohort
    assert (jobs.stage_imports(now()), jobs.stage_imports(now() + timedelta(hours=1))) == (0, 1)


def stopped(_source):
    raise KeyboardInterrupt
