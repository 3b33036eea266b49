"""The layouts of thirteen tools, and the real sets, read as a person would read them."""

import json
from pathlib import Path

import pytest

from lodestar.engine.tables.columns import Mapping, recognise
from lodestar.engine.tables.people import Found, people_in
from lodestar.engine.tables.person import ImportedEducation
from lodestar.engine.tables.reading import Table, read_table
from lodestar.engine.tables.summary import Summary, summary_json, summary_of
from tests.real_data import real_data

EXPORTS = Path(__file__).parents[2] / "data" / "crm-exports"
EXPECTED = json.loads((EXPORTS / "expected.json").read_text())
COMPARED = (
    "encoding",
    "delimiter",
    "lines_before_heading",
    "heading_rows",
    "data_rows",
    "importable_people",
    "emails",
)


def read(path: Path) -> tuple[Table, Mapping]:
    table = read_table(path.read_bytes(), path.name)
    return table, recognise(table)


def summary(path: Path) -> Summary:
    return summary_of(*read(path))


@pytest.mark.parametrize("name", EXPECTED)
def test_every_layout_gives_the_people_it_should(name: str) -> None:
    result = summary_json(summary(EXPORTS / name))

    assert {key: result[key] for key in COMPARED} == {key: EXPECTED[name][key] for key in COMPARED}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_row_is_accounted_for(name: str) -> None:
    table, mapping = read(EXPORTS / name)
    outcomes = list(people_in(table, mapping))

    assert {row.number for row in table.rows} == {outcome.row for outcome in outcomes}


REFUSALS = {
    "mailchimp_audience.csv": {},
    "linkedin_connections.csv": {"no_address": 20},
    "raisers_edge_export.csv": {"deceased": 3, "organisation": 3},
    "salesforce_npsp.csv": {},
    "hubspot_contacts.csv": {"no_address": 1},
    "eventbrite_attendees.csv": {"guest": 6},
    "google_forms_signup.csv": {},
    "microsoft_forms.csv": {},
    "qualtrics_mid_programme.csv": {"preview": 3},
    "surveymonkey_post_programme.csv": {"no_address": 5},
    "excel_semicolon_de.csv": {},
    "excel_unicode_text.txt": {},
    "registrar_degrees.csv": {"confidential": 4},
}


@pytest.mark.parametrize("name", EXPECTED)
def test_every_refusal_has_its_reason(name: str) -> None:
    codes = [problem.code for problem in summary(EXPORTS / name).refused]

    assert {code: codes.count(code) for code in codes} == REFUSALS[name]


def test_degrees_on_several_rows_belong_to_one_person() -> None:
    person = summary(EXPORTS / "registrar_degrees.csv").people[0]

    assert person.educations == (
        ImportedEducation("BA", "Economics", "", 2005),
        ImportedEducation("MBA", "Business Administration", "", 2010),
        ImportedEducation("PHD", "Economics", "", 2014),
    )


def test_salesforce_rows_give_each_person_their_own_fields() -> None:
    table, mapping = read(EXPORTS / "salesforce_npsp.csv")
    people = [found.person for found in people_in(table, mapping) if isinstance(found, Found)][:2]

    assert [
        (person.full_name, person.email, person.employer, person.job_title, person.country)
        for person in people
    ] == [
        (
            "Jesse Beaconborne",
            "work-700075@example.com",
            "Stark Industries",
            "Nurse Practitioner",
            "Poland",
        ),
        ("Alex Beaconborne", "person-700076@example.org", "", "", "Poland"),
    ]


def test_names_in_two_orders_come_out_in_one() -> None:
    people = summary(EXPORTS / "google_forms_signup.csv").people

    assert [(person.given_name, person.family_name) for person in people[:2]] == [
        ("Micah", "Finchmere"),
        ("Blair", "Heronham"),
    ]


def test_the_last_answer_counts() -> None:
    result = summary(EXPORTS / "google_forms_signup.csv")

    assert result.merged == ((32, 6),)


def test_a_formula_stays_text() -> None:
    people = summary(EXPORTS / "google_forms_signup.csv").people

    assert "=1+1 is not a goal" in [person.about for person in people]


def test_class_years_are_read_as_offices_write_them() -> None:
    people = summary(EXPORTS / "excel_unicode_text.txt").people

    assert [person.educations[0].class_year for person in people[:6]] == [
        2015,
        2010,
        2001,
        2017,
        1996,
        1999,
    ]


@pytest.mark.parametrize("name", ["mentees-2000.csv", "mentors-2000.csv"])
def test_real_alumni_are_all_imported(name: str) -> None:
    result = summary(real_data("alumni-import") / name)

    assert (len(result.people), result.refused, result.merged) == (2000, (), ())


@pytest.mark.parametrize(
    ("name", "heading_rows", "data_rows", "columns"),
    [
        ("google_forms_2021.csv", 1, 400, 18),
        ("typeform_2016.csv", 1, 1000, 50),
        ("surveymonkey_2011.csv", 2, 500, 65),
        ("surveymonkey_2014_latin1.csv", 2, 200, 38),
    ],
)
def test_real_forms_are_read(name: str, heading_rows: int, data_rows: int, columns: int) -> None:
    table, mapping = read(real_data("raw-forms") / name)
    result = summary_of(table, mapping)

    assert (table.heading_rows, result.data_rows, len(table.headings)) == (
        heading_rows,
        data_rows,
        columns,
    )
    assert {problem.code for problem in result.refused} == {"no_address_column"}
