"""Home by its days: what needs somebody, in order, in every role they have; and what the records ask."""

from datetime import UTC, datetime, timedelta

import pytest

from lodestar.domain.common.time import set_clock, today
from lodestar.domain.groups.actions import set_next_meeting
from lodestar.domain.insights.queries import agenda_of, home_of, office_of
from tests.factories.applications import make_application
from tests.factories.groups import mentees_of, mentor_of, running_group
from tests.factories.mentorships import make_appointment, make_mentorship
from tests.factories.people import make_person, signed_in
from tests.factories.programs import make_cohort, make_coordinator, make_program
from tests.world import make_side

pytestmark = pytest.mark.django_db


def test_everything_with_a_day_stands_in_the_order_of_its_days():
    mentee = make_side("a").people["mentee"]
    for name in ("One", "Two"):
        cohort = make_cohort(make_program(name=name, slug=name.lower()))
        make_application(cohort, mentee, status="draft")

    days = [due.on for due in agenda_of(home_of(mentee), mentee)]
    page = signed_in(mentee).get("/home/").content.decode()

    assert len(days) > 1
    assert days == sorted(days)
    assert "What needs you, by its day" in page


def test_a_coordinator_of_several_programs_sees_where_people_wait_first():
    lena = make_person("Lena", "Berg")
    quiet, busy = (make_cohort(make_program(name=name, slug=name.lower())) for name in ("Quiet", "Busy"))  # fmt: skip
    for cohort in (quiet, busy):
        make_coordinator(cohort.program, lena)
    make_application(busy, make_person("Mei"))
    over = make_cohort(quiet.program, opens_in=-900)

    lines = office_of(lena, today())
    page = signed_in(lena).get("/home/").content.decode()

    assert [(line.cohort, line.applications) for line in lines] == [(busy, 1), (quiet, 0)]
    assert over not in {line.cohort for line in lines}
    assert "The 2 cohorts you look after" in page
    assert "one application waits" in page


def test_more_cohorts_cost_no_more_looks(django_assert_max_num_queries):
    lena = make_person("Lena", "Berg")
    program = make_program()
    make_coordinator(program, lena)
    make_cohort(program)
    with django_assert_max_num_queries(20) as before:
        office_of(lena, today())
    for _more in range(3):
        make_cohort(program)

    with django_assert_max_num_queries(len(before)):
        assert len(office_of(lena, today())) == 4


def test_nobody_sees_the_office_of_another():
    side = make_side("a")

    assert office_of(side.people["mentee"], today()) == []
    assert "you look after" not in signed_in(side.people["mentee"]).get("/home/").content.decode()


def test_what_the_records_say_and_the_clock_are_asked_at_home():
    person = make_person("Ruth", "Okafor", country="Kenya", city="Nairobi")

    page = signed_in(person).get("/home/").content.decode()

    assert "Is this still right?" in page
    assert "Nairobi, Kenya" in page
    assert "Is this your clock?" in page


def test_home_names_meetings_by_the_readers_clock_with_the_way_in():
    group = running_group()
    at = datetime(2027, 2, 1, 23, 30, tzinfo=UTC)
    set_clock(lambda: at - timedelta(days=3))
    set_next_meeting(mentor_of(group), at=at, where="https://meet.example.org/circle")
    person = mentees_of(group)[0].person
    person.time_zone = "Asia/Tokyo"
    person.save()
    mentorship = make_mentorship(mentee=person)
    appointment = make_appointment(mentorship)

    page = signed_in(person).get("/home/").content.decode()

    assert "Your next meetings" in page
    assert "Tue 2 Feb 08:30" in page
    assert "By your own clock: Asia/Tokyo." in page
    assert f'href="/meetings/{appointment.public_id}/"' in page
    assert "Join: Group" in page
    assert "Your next meetings" not in signed_in(make_person("Eve")).get("/home/").content.decode()
