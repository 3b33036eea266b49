"""The cohort's page, its numbers and its pairs, for its coordinators."""

import csv
from io import StringIO

import pytest

from lodestar.domain.common.time import today
from lodestar.domain.mentorships import actions
from lodestar.web.common.formats import csv_text, neutralised
from tests.factories.applications import make_application
from tests.factories.feedback import make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, signed_in
from tests.factories.programs import (
    OUTSIDERS,
    make_cohort,
    make_outsider,
    make_program,
)

pytestmark = pytest.mark.django_db
PAGES = ["", "insights/", "insights/?role=mentor", "insights/funnel.csv", "mentorships/"]


@pytest.fixture
def office():
    coordinator = make_person("Cora")
    cohort = make_cohort(make_program("First Steps", coordinator=coordinator), opens_in=-30)
    return coordinator, cohort


def address(cohort, rest=""):
    return f"/console/cohorts/{cohort.public_id}/{rest}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("who", OUTSIDERS)
def test_a_cohort_is_its_own_coordinators(office, page, who):
    assert signed_in(make_outsider(who)).get(address(office[1], page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_every_page_works_with_nothing_to_count(office, page):
    answer = signed_in(office[0]).get(address(office[1], page))

    assert answer.status_code == 200


@pytest.mark.parametrize("page", PAGES)
def test_the_office_reads_no_words_of_the_two(office, page):
    coordinator, cohort = office
    mentorship = make_mentorship(cohort)
    mentor = the_two(mentorship)[0]
    actions.write_message(mentorship, by=mentor, text="CANARY-message")
    actions.log_meeting(mentorship, by=mentor, held_on=today(), note="CANARY-note", is_shared=True)
    actions.set_goal(mentorship, by=mentor, text="CANARY-goal", step="CANARY-step")

    answer = signed_in(coordinator).get(address(cohort, page))

    assert answer.status_code == 200
    assert "CANARY" not in answer.content.decode()


def test_the_roadmap_has_one_thing_on_top_and_links_that_work(office):
    coordinator, cohort = office
    make_application(cohort, make_person())
    client = signed_in(coordinator)

    page = client.get(address(cohort)).content.decode()

    assert "1 application waits for your answer" in page
    assert page.count('class="button primary"') == 1
    assert page.count("<li") >= 6
    assert client.get(address(cohort, "applications/")).status_code == 200


def test_the_funnel_is_a_picture_with_words_and_a_table(office):
    coordinator, cohort = office
    for _ in range(2):
        make_application(cohort, make_person())
    make_mentorship(cohort)

    page = signed_in(coordinator).get(address(cohort, "insights/")).content.decode()

    assert "<desc" in page
    assert page.count('id="funnel-mentee-title"') == 1
    assert "had a match to which both said yes" in page
    assert "too few to say" in page


def test_the_filter_swaps_only_the_funnel(office):
    coordinator, cohort = office
    make_mentorship(cohort)

    fragment = signed_in(coordinator).get(
        address(cohort, "insights/?role=mentor"), headers={"HX-Request": "true"}
    )

    assert "<html" not in fragment.content.decode()
    assert "The way of the mentors" in fragment.content.decode()


def test_the_file_holds_the_same_counts(office):
    coordinator, cohort = office
    for _ in range(5):
        make_mentorship(cohort)

    answer = signed_in(coordinator).get(address(cohort, "insights/funnel.csv"))

    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["step"], row["count"]) for row in rows] == [
        ("applied", "5"),
        ("accepted", "5"),
        ("matched", "5"),
        ("both accepted", "5"),
        ("met", "0"),
        ("answered", "0"),
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="funnel-mentees.csv"'
    assert rows[1]["share_of_previous"] == "1.0"


def test_pairs_are_counts_and_dates_the_silent_first(office):
    coordinator, cohort = office
    mentorship = make_mentorship(cohort)
    make_pulse(mentorship)
    actions.log_meeting(mentorship, by=the_two(mentorship)[0], held_on=today())

    page = signed_in(coordinator).get(address(cohort, "mentorships/")).content.decode()

    assert "0 / 1" in page
    assert str(the_two(mentorship)[0]) in page


def test_what_four_people_answered_is_not_shown(office):
    coordinator, cohort = office
    goal = cohort.design.goals.get()
    goal.metric = "usefulness"
    goal.save()
    for _ in range(4):
        make_pulse(make_mentorship(cohort), answered_at=today_noon(), usefulness=1)
    client = signed_in(coordinator)

    before = client.get(address(cohort)).content.decode()
    make_pulse(make_mentorship(cohort), answered_at=today_noon(), usefulness=1)
    after = client.get(address(cohort)).content.decode()

    assert "too few to say" in before
    assert "too few to say" not in after


def today_noon():
    from lodestar.domain.common.time import now

    return now()


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+49 30", "'+49 30"),
        ("-2", "'-2"),
        ("@SUM", "'@SUM"),
        ("\t=1", "'\t=1"),
        ("  =1", "'  =1"),
        ("Ruth", "Ruth"),
        (-2, "-2"),
        (0.5, "0.5"),
        (None, ""),
        (True, "True"),
    ],
)
def test_no_cell_is_a_formula(cell, expected):
    assert neutralised(cell) == expected


def test_a_file_is_read_back_as_it_was_written():
    rows = [["a", 'say "hi"'], ["b", "two\nlines"]]

    assert list(csv.reader(StringIO(csv_text(rows)[1:]))) == rows
