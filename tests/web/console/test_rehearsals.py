"""Rehearsing through the test client: ask, wait, read as somebody, compare, write down a finding."""

import pytest
from django.urls import reverse

from lodestar.domain.pilots.models import Finding
from lodestar.domain.rehearsals.models import Rehearsal
from tests.factories.people import make_person, signed_in
from tests.factories.pilots import make_pilot
from tests.factories.programs import make_cohort, make_design, make_program
from tests.factories.rehearsals import letter, make_rehearsal, remark, sample_report

pytestmark = pytest.mark.django_db
Status = Rehearsal.Status
SENT = {"mentors": "8", "mentees": "10", "manner": "usual"}


@pytest.fixture
def cohort(lena):
    program = make_program(coordinator=lena)
    return make_cohort(program, opens_in=14, is_published=False)


@pytest.fixture
def pilot(lena):
    program = make_program(coordinator=lena)
    make_design(program)
    return make_pilot(program)


@pytest.fixture
def office(lena):
    return signed_in(lena)


def url(name, fact, *more):
    return reverse(f"console:{name}", args=[fact.public_id, *more])


def page(office, name, fact, *more, **query):
    return office.get(url(name, fact, *more), query).content.decode()


def sent(cohort, **changes):
    return SENT | {"design": cohort.design.public_id} | changes


def test_a_cohort_that_was_not_rehearsed_says_what_a_rehearsal_brings(office, cohort):
    shown = page(office, "rehearsals", cohort)

    assert "Not rehearsed yet" in shown
    assert "Mentors who say no to a match" in shown
    assert "nothing is published." in shown


def test_asking_leads_to_the_page_that_shows_how_far_it_is(office, cohort):
    asked = office.post(url("rehearsals-run", cohort), sent(cohort))

    rehearsal = Rehearsal.objects.get()
    assert asked.url == url("rehearsal", rehearsal)
    assert "The stage is being set" in page(office, "rehearsal", rehearsal)
    assert (rehearsal.mentor_count, rehearsal.mentee_count) == (8, 10)


def test_while_it_runs_the_page_says_to_which_day_it_has_come(office, cohort):
    running = make_rehearsal(
        cohort, status=Status.CLAIMED, progress=31, reached_on=cohort.matching_on
    )

    response = office.get(url("rehearsal", running), headers={"HX-Request": "true"})

    shown = response.content.decode()
    assert f"It has come to {cohort.matching_on:%-d %B %Y}: 31 % of the days" in shown
    assert "<html" not in shown


def test_an_impossible_number_of_people_is_refused_in_the_form(office, cohort):
    response = office.post(url("rehearsals-run", cohort), sent(cohort, mentors="300"))

    assert response.status_code == 422
    assert "less than or equal to 30" in response.content.decode()
    assert not Rehearsal.objects.exists()


def test_another_version_of_the_design_can_be_rehearsed(office, cohort):
    newer = make_design(cohort.program)

    office.post(url("rehearsals-run", cohort), sent(cohort, design=newer.public_id))

    assert Rehearsal.objects.get().design == newer


def test_a_cohort_that_is_over_offers_no_rehearsal(office, lena):
    over = make_cohort(make_program(coordinator=lena), opens_in=-300)

    shown = page(office, "rehearsals", over)

    assert "This cohort is over" in shown
    assert "Rehearse this design" not in shown


def test_what_was_played_is_told_day_by_day_with_its_letters(office, cohort):
    shown = page(office, "rehearsal", make_rehearsal(cohort))

    assert "182 days in 41 seconds: 1 of 1 mentees found a mentor, 1 pair met, 3 letters." in shown
    assert "It ran at 265 days a minute." in shown
    assert "Amal Probe and نور مثال apply." in shown
    assert "One thing is worth a look." in shown
    assert "1 mentor says no to a match." in shown
    assert "it ends two weeks after the last day" in shown


def test_it_can_be_read_as_one_person(office, cohort):
    report = sample_report()
    shown = page(office, "rehearsal", make_rehearsal(cohort, report=report), who="mentor-1")

    assert "Day by day, as Amal Probe lives it" in shown
    assert "Something waits" not in shown
    assert "Matching finds somebody" not in shown


def test_a_person_who_is_not_in_it_is_nobody(office, cohort):
    shown = page(office, "rehearsal", make_rehearsal(cohort), who="<script>")

    assert "Something waits" in shown
    assert "<script>alert" not in shown


def test_a_letter_reads_as_it_would_arrive_and_leads_nowhere(office, cohort):
    text = "Dear نور,\n\nRead and answer:\nhttps://real.example/m/abc/"
    rehearsal = make_rehearsal(
        cohort, report=sample_report(letters=[letter("mentee-1", text=text)])
    )

    shown = page(office, "rehearsal-letter", rehearsal, 0)

    assert "https://real.example/m/abc/" in shown
    assert 'href="https://real.example' not in shown
    assert "Write it down as a finding" not in shown


def test_from_one_letter_to_the_next_of_the_same_reader(office, cohort):
    letters = [letter("mentee-1"), letter("mentor-1"), letter("mentee-1", "feedback.pulse")]
    rehearsal = make_rehearsal(cohort, report=sample_report(letters=letters))

    shown = page(office, "rehearsal-letter", rehearsal, 0)

    assert url("rehearsal-letter", rehearsal, 2) in shown
    assert url("rehearsal-letter", rehearsal, 1) not in shown


@pytest.mark.parametrize("number", [3, 99_999_999_999])
def test_a_letter_that_is_not_there_is_not_found(office, cohort, number):
    assert office.get(url("rehearsal-letter", make_rehearsal(cohort), number)).status_code == 404


def test_a_letter_that_could_not_be_written_says_why(office, cohort):
    broken = letter("mentee-1", subject="", text="", fate="broken", why="KeyError: day")
    rehearsal = make_rehearsal(cohort, report=sample_report(letters=[broken]))

    shown = page(office, "rehearsal-letter", rehearsal, 0)

    assert "KeyError: day" in shown
    assert "There is no text to show." in shown


def test_the_next_rehearsal_says_what_changed(office, cohort):
    make_rehearsal(cohort)
    words = [letter("mentor-1", text="New words."), letter("mentee-1")]
    later = make_rehearsal(cohort, report=sample_report(letters=words, remarks=[remark("crowd", said="Too many letters.")]))  # fmt: skip

    shown = page(office, "rehearsal", later)

    assert "The test people and what they do are the same in both." in shown
    assert "reads differently" in shown
    assert "No longer there" in shown
    assert "Too many letters." in shown


def test_the_list_says_of_each_what_came_of_it_and_asks_like_the_last_time(office, cohort):
    make_rehearsal(cohort, mentor_count=5, manner="keen")
    make_rehearsal(
        cohort, status=Status.FAILED, problem="The design weighs nothing.", mentor_count=6
    )

    shown = page(office, "rehearsals", cohort)

    assert "182 days in 41 seconds: 1 of 1 mentees found a mentor" in shown
    assert "The design weighs nothing." in shown
    assert 'name="mentors" value="6"' in shown


def test_a_failed_rehearsal_says_why(office, cohort):
    failed = make_rehearsal(cohort, status=Status.FAILED, problem="The design weighs nothing.")

    assert "The design weighs nothing." in page(office, "rehearsal", failed)


def test_a_remark_becomes_a_finding_with_its_stage(office, pilot):
    rehearsal = make_rehearsal(pilot)

    begun = page(office, "rehearsal-finding", rehearsal, remark="0")
    form = {"what": "For 60 days nobody hears from us.", "stage": "feedback"}
    kept = office.post(url("rehearsal-finding", rehearsal), form)

    assert 'value="feedback" selected' in begun
    assert "For 60 days nobody hears from us." in begun
    assert kept.url == url("rehearsal", rehearsal)
    assert list(Finding.objects.values_list("cohort", "stage", "what")) == [(pilot.pk, "feedback", form["what"])]  # fmt: skip


def test_a_letter_becomes_a_finding_with_its_stage(office, pilot):
    begun = page(office, "rehearsal-finding", make_rehearsal(pilot), letter="1")

    assert "The letter “We found somebody for you” to the mentee on 10 March 2026" in begun
    assert 'value="matching" selected' in begun


@pytest.mark.parametrize("query", [{}, {"remark": "7"}, {"letter": "-1"}, {"remark": "a"}])
def test_a_finding_begins_empty_where_nothing_is_pointed_at(office, pilot, query):
    begun = office.get(url("rehearsal-finding", make_rehearsal(pilot)), query)

    assert begun.status_code == 200
    assert begun.context["form"].initial == {}


def test_a_finding_without_words_is_asked_for_again(office, pilot):
    response = office.post(url("rehearsal-finding", make_rehearsal(pilot)), {"stage": "design"})

    assert response.status_code == 422
    assert not Finding.objects.exists()


def test_a_cohort_that_is_no_trial_run_says_where_findings_are_kept(office, cohort):
    rehearsal = make_rehearsal(cohort)

    shown = page(office, "rehearsal", rehearsal)

    assert "Make this cohort a trial run" in shown
    assert office.get(url("rehearsal-finding", rehearsal)).status_code == 404


def test_others_find_nothing(cohort):
    rehearsal = make_rehearsal(cohort)
    stranger = signed_in(make_person("Tomás", "Ferreira"))

    answers = [
        stranger.get(url("rehearsals", cohort)),
        stranger.post(url("rehearsals-run", cohort), sent(cohort)),
        stranger.get(url("rehearsal", rehearsal)),
        stranger.get(url("rehearsal-letter", rehearsal, 0)),
        stranger.get(url("rehearsal-finding", rehearsal)),
    ]

    assert {answer.status_code for answer in answers} == {404}
