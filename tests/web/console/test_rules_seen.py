"""The matching page says beforehand what the rules do, and to whom."""

import pytest
from django.urls import reverse

from lodestar.domain.matching.queries import stranding
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.matching import asking_cohort
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_coordinator, make_program

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(lena):
    made = make_cohort(make_program(coordinator=lena))
    made.design.constraints.create(kind="common_language")
    make_mentor(made, make_person("Max", "Weber"), answers={"languages": ["en"]})
    return made


def page(person, cohort, **headers):
    return signed_in(person).get(
        reverse("console:matching", args=[cohort.public_id]), headers=headers
    )


def addresses(people):
    return [f"/console/applications/{who.application.public_id}/" for who in people]


def test_whom_a_rule_strands_is_named_and_leads_to_the_application(lena, cohort):
    stranded = [
        make_mentee(cohort, make_person(name, "<Min>"), answers={"languages": ["ko"]})
        for name in ("Cho", "ليلى")
    ]

    seen = page(lena, cohort).content.decode()

    assert "Without it these 2 mentees would have somebody:" in seen
    assert "By all rules together 3 people have nobody they may meet." in seen
    assert "Cho &lt;Min&gt;" in seen
    assert [seen.count(f'href="{address}"') for address in addresses(stranded)] == [2, 2]
    assert reverse("console:needs", args=[cohort.public_id]) in seen
    assert "Soften a rule for the cohorts to come" in seen


def test_many_are_counted_after_twenty(lena, cohort):
    for n in range(23):
        make_mentee(cohort, make_person(f"Cho{n:02}", "Min"), answers={"languages": ["ko"]})

    seen = page(lena, cohort).content.decode()

    assert "Cho19 Min" in seen
    assert "Cho20 Min" not in seen
    assert "and 3 more" in seen


def test_where_nobody_is_stranded_the_rules_only_say_what_they_take(lena, cohort):
    make_mentee(cohort, make_person("Amina", "Odhiambo"), answers={"languages": ["en"]})

    seen = page(lena, cohort).content.decode()

    assert "What the rules do" in seen
    assert "They make 1 pair, of which 1 may meet." in seen
    assert "would have somebody" not in seen
    assert "nobody they may meet" not in seen


def test_nothing_is_said_without_two_sides_and_nothing_computed_for_a_look_at_the_runs(
    lena, cohort, monkeypatch
):
    alone = page(lena, cohort).content.decode()
    make_application(cohort, make_person())
    monkeypatch.setattr(stranding, "computed", lambda *_args: 1 / 0)

    fragment = page(lena, cohort, HX_Request="true")

    assert "What the rules do" not in alone
    assert fragment.status_code == 200
    assert "What the rules do" not in fragment.content.decode()


def test_where_the_office_proposes_nobody_its_rules_are_not_told(lena):
    cohort = asking_cohort(program=make_program(coordinator=lena))
    make_mentor(cohort)
    make_mentee(cohort, make_person("Amina", "Odhiambo"))

    seen = page(lena, cohort).content.decode()

    assert "People find each other here" in seen
    assert "What the rules do" not in seen


def test_too_many_pairs_are_said(lena, cohort, monkeypatch):
    make_mentee(cohort, make_person())
    monkeypatch.setattr(stranding, "MOST_PAIRS", 0)

    assert "too many to look at each here" in page(lena, cohort).content.decode()


def test_only_coordinators_of_the_program_see_it(cohort):
    other = make_person("Tomas", "Lind")
    make_coordinator(make_program(), other)

    assert [page(who, cohort).status_code for who in (other, make_person())] == [404, 404]
