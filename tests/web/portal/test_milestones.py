"""What happens when is told to those it is meant for, on its day."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils.formats import date_format

from lodestar.domain.applications.queries.coming import coming_for
from lodestar.domain.common.time import now, today
from lodestar.domain.programs.actions.milestones import write_milestones
from lodestar.domain.programs.rules.milestones import MilestoneWish
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_program

pytestmark = pytest.mark.django_db

LINK = "https://meet.example/mentors"
WISHES = [
    MilestoneWish(
        "preparation", "A talk before you begin", "mentor", "matching_on", -3, 1, place=LINK
    ),
    MilestoneWish("onboarding", "Three questions", "mentee", "starts_on", -7, 7, text="لا تقلقي"),
    MilestoneWish("event", "Kick-off", "both", "starts_on", 3, 1, "We all meet.", "Room <2>"),
]


@pytest.fixture
def cohort():
    cohort = make_cohort(make_program())
    write_milestones(cohort.design, WISHES)
    return cohort


def names(coming):
    return [str(each.milestone) for each in coming]


def test_anybody_reads_the_days_but_not_the_place(cohort):
    page = Client().get(f"/programs/{cohort.program.slug}/")

    words = " ".join(page.content.decode().split())
    assert names(page.context["milestones"]) == [str(wish.name) for wish in WISHES]
    day = date_format(cohort.starts_on + timedelta(days=3), "l, j F Y")
    assert f"{day}</time> · mentors and mentees" in words
    assert "لا تقلقي" in words
    assert LINK not in words
    assert "Room" not in words


def test_a_program_without_milestones_says_nothing_of_them():
    cohort = make_cohort(make_program())

    page = Client().get(f"/programs/{cohort.program.slug}/").content.decode()

    assert "What happens when" not in page


@pytest.mark.parametrize(
    ("status", "told", "knows_where"),
    [
        ("draft", True, False),
        ("submitted", True, False),
        ("waitlisted", True, False),
        ("accepted", True, True),
        ("declined", False, False),
        ("withdrawn", False, False),
    ],
)
def test_an_applicant_reads_what_is_meant_for_them_and_where_once_they_are_in(
    cohort, status, told, knows_where
):
    application = make_application(cohort, status=status)

    page = signed_in(application.person).get(f"/applications/{application.public_id}/")

    words = page.content.decode()
    assert names(page.context["milestones"]) == (["Three questions", "Kick-off"] if told else [])
    assert ("Room &lt;2&gt;" in words) == knows_where
    assert LINK not in words


def test_a_mentor_who_is_in_reads_where_to_come(cohort):
    mentor = make_mentor(cohort)

    page = signed_in(mentor.person).get(f"/applications/{mentor.application.public_id}/")
    home = signed_in(mentor.person).get("/home/")

    assert f'href="{LINK}"' in page.content.decode()
    assert f'href="{LINK}"' in home.content.decode()
    assert names(home.context["coming"]) == ["A talk before you begin", "Kick-off"]


def test_what_is_over_is_told_no_more_and_what_lasts_still_is(cohort):
    mentee = make_mentee(cohort)
    last = cohort.starts_on - timedelta(days=1)

    days = (last, cohort.starts_on, cohort.starts_on + timedelta(days=4))
    found = {day: names(coming_for(mentee.person, day)) for day in days}

    assert list(found.values()) == [["Three questions", "Kick-off"], ["Kick-off"], []]


def test_whoever_left_or_never_came_in_has_nothing_ahead(cohort):
    left, applicant = make_mentee(cohort, left_at=now()), make_application(cohort)
    cohorts = make_cohort(make_program(), is_published=False)
    write_milestones(cohorts.design, WISHES)
    hidden = make_mentee(cohorts)

    people = (left.person, applicant.person, hidden.person, make_person())
    assert [coming_for(person, today()) for person in people] == [[], [], [], []]


def test_the_two_read_what_is_ahead_in_their_room(cohort):
    mentorship = make_mentorship(cohort)
    rooms = [
        signed_in(person).get(f"/mentorships/{mentorship.public_id}/")
        for person in the_two(mentorship)
    ]

    assert sorted(names(room.context["coming"]) for room in rooms) == [
        ["A talk before you begin", "Kick-off"],
        ["Three questions", "Kick-off"],
    ]
    assert all("Room &lt;2&gt;" in room.content.decode() for room in rooms)


def test_an_application_tells_only_what_is_ahead():
    cohort = make_cohort(make_program(), opens_in=-60)
    write_milestones(cohort.design, [*WISHES, MilestoneWish("event", "End", "both", "ends_on")])
    mentor = make_mentor(cohort)

    page = signed_in(mentor.person).get(f"/applications/{mentor.application.public_id}/")

    assert names(page.context["milestones"]) == ["End"]
    assert not page.context["has_to_do"]


def test_whoever_takes_part_twice_reads_in_which_cohort_it_is(cohort):
    mentee = make_mentee(cohort)
    browser = signed_in(mentee.person)
    once = " ".join(browser.get("/home/").content.decode().split())
    other = make_cohort(make_program("Second Wind"))
    write_milestones(other.design, WISHES)
    make_mentor(other, mentee.person)

    twice = " ".join(browser.get("/home/").content.decode().split())

    assert f"</time> · {cohort}" not in once
    assert f"</time> · {other}" in twice
