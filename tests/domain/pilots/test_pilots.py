"""Criteria fixed beforehand, findings with their mends, a verdict signed once, and the launch after it."""

from datetime import timedelta
from decimal import Decimal

import pytest

from lodestar.domain.audit.models import Entry
from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships.models import Meeting
from lodestar.domain.pilots import actions, queries, rules
from lodestar.domain.pilots.models import Verdict
from lodestar.domain.programs.models import Goal
from lodestar.domain.programs.queries import latest_design
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person
from tests.factories.pilots import make_finding
from tests.factories.programs import make_cohort, make_coordinator, make_design, make_program

pytestmark = pytest.mark.django_db
Reading, Standing = rules.Reading, rules.Standing


@pytest.fixture
def running(pilot):
    """Return the same trial run, a week after its mentorships started."""
    pilot.starts_on = pilot.matching_on = pilot.closes_on = today() - timedelta(days=7)
    pilot.save()
    return pilot


def readings(cohort):
    return {reading.measure: reading for reading in queries.readings_of(cohort, today())}


@pytest.mark.parametrize(
    ("reading", "threshold", "standing", "is_sure"),
    [
        (Reading("met", 75.0, 46.0, 92.0, 12), 70, "reached", False),
        (Reading("met", 95.0, 80.0, 99.0, 40), 70, "reached", True),
        (Reading("met", 70.0, 40.0, 89.0, 10), 70, "reached", False),
        (Reading("met", 20.0, 8.0, 40.0, 20), 70, "missed", True),
        (Reading("silent", 5.0, 1.0, 24.0, 20), 10, "reached", False),
        (Reading("silent", 40.0, 22.0, 61.0, 20), 10, "missed", True),
        (Reading("fit", None, None, None, 3), 4, "unknown", False),
    ],
)
def test_a_number_is_held_against_its_threshold(reading, threshold, standing, is_sure):
    held = rules.held_against(reading, Decimal(threshold))

    assert (held.standing.value, held.is_sure) == (standing, is_sure)


def test_criteria_are_fixed_until_the_mentorships_start(lena, pilot):
    actions.set_gates(pilot, by=lena, thresholds={"met": Decimal(60), "silent": Decimal(15)})
    actions.set_gates(pilot, by=lena, thresholds={"met": Decimal(65)})

    assert [(gate.measure, gate.threshold) for gate in queries.gates_of(pilot)] == [("met", 65)]
    pilot.starts_on = today()
    pilot.save()
    with pytest.raises(RefusedError, match="moves them afterwards proves nothing"):
        actions.set_gates(pilot, by=lena, thresholds={"met": Decimal(10)})


@pytest.mark.parametrize(("measure", "value"), [("met", 0), ("met", 101), ("fit", 6), ("fit", -1)])
def test_a_threshold_lies_on_its_scale(lena, pilot, measure, value):
    with pytest.raises(RefusedError, match="is asked to reach a number above 0"):
        actions.set_gates(pilot, by=lena, thresholds={measure: Decimal(value)})


def test_without_criteria_of_their_own_the_usual_ones_are_shown(pilot):
    held = queries.held_of(pilot, today())

    assert [(each.reading.measure, each.threshold) for each in held] == list(rules.USUAL.items())
    assert {each.standing for each in held} == {Standing.UNKNOWN}


def test_every_measure_is_read_off_the_records(pilot):
    long_ago = now() - timedelta(days=90)
    pairs = [
        make_mentorship(
            pilot, mentor=make_person(f"M{n}"), mentee=make_person(f"E{n}"), began_at=long_ago
        )
        for n in range(6)
    ]
    for days, pair in zip((3, 21, 22, 80), pairs, strict=False):
        Meeting.objects.create(
            mentorship=pair, held_on=(long_ago + timedelta(days=days)).date(), minutes=40,
            logged_by=the_two(pair)[0],
        )  # fmt: skip
    for rating, pair in zip((5, 5, 4, 3, 3), pairs, strict=False):
        make_pulse(pair, usefulness=rating, answered_at=now(), due_on=today())
    make_pulse(pairs[0], usefulness=1, answered_at=now(), due_on=today() - timedelta(days=30))
    make_pulse(pairs[5])
    make_concern(pairs[3], kind="silence")
    make_mentee(pilot, make_person("Nobody", "Yet"))

    found = readings(pilot)

    assert (found["matched"].value, found["matched"].of) == (pytest.approx(600 / 7), 7)
    assert (found["met"].value, found["met"].of) == (pytest.approx(200 / 6), 6)
    assert (found["fit"].value, found["fit"].of) == (4.0, 5)
    # Five have not met for sixty days, of whom one also met lately: it was reported all the same.
    assert (found["silent"].value, found["silent"].of) == (100.0, 6)
    assert (found["answered"].value, found["answered"].of) == (pytest.approx(600 / 7), 7)


def test_fewer_than_five_say_nothing(pilot):
    make_mentorship(pilot)

    assert {reading.value for reading in readings(pilot).values()} == {None}
    assert rules.what_it_can_show(0) == ["There are no pairs yet, so it shows nothing yet."]
    assert "It has 12 pairs." in rules.what_it_can_show(12)[0]


def test_a_finding_is_open_until_its_mend_was_checked(lena, pilot):
    finding = actions.log_finding(pilot, by=lena, stage="portal", what=" A typo. ")
    with pytest.raises(RefusedError, match="not mended yet"):
        actions.check_finding(finding, by=lena)
    with pytest.raises(RefusedError, match="how it was mended"):
        actions.mend_finding(finding, by=lena, mend=" ")

    mended = actions.mend_finding(finding, by=lena, mend="Corrected.")
    checked = actions.check_finding(mended, by=lena)
    again = actions.mend_finding(checked, by=lena, mend="Corrected everywhere.")

    assert (finding.what, mended.mended_by, checked.checked_by) == ("A typo.", lena, lena)
    assert (again.checked_at, queries.open_findings(pilot)) == (None, 1)
    assert Entry.objects.filter(verb="pilot.finding_checked").count() == 1


def test_where_there_are_two_coordinators_whoever_did_not_mend_it_checks(lena, pilot):
    rosa = make_coordinator(pilot.program, make_person("Rosa", "Lindt")).person
    finding = actions.log_finding(pilot, by=lena, stage="portal", what="A typo.")
    mended = actions.mend_finding(finding, by=lena, mend="Corrected.")

    with pytest.raises(RefusedError, match="Ask Rosa Lindt"):
        actions.check_finding(mended, by=lena)
    checked = actions.check_finding(mended, by=rosa)

    assert (checked.checked_by, rules.is_own_check(checked)) == (rosa, False)
    assert [each.why_not_check for each in queries.found_in(pilot, rosa)] == [""]
    assert queries.found_in(pilot, lena)[0].why_not_check.startswith("You mended it yourself;")


def test_one_who_is_alone_may_check_and_it_is_said(lena, pilot):
    finding = actions.log_finding(pilot, by=lena, stage="portal", what="A typo.")
    mended = actions.mend_finding(finding, by=lena, mend="Corrected.")

    actions.check_finding(mended, by=lena)

    assert [each.is_own_check for each in queries.found_in(pilot, lena)] == [True]


def test_go_waits_for_open_findings_and_a_verdict_is_signed_once(lena, running):
    pilot = running
    make_finding(pilot, found_by=lena)

    with pytest.raises(RefusedError, match="1 finding is not mended and checked"):
        actions.sign_verdict(pilot, by=lena, outcome="go", reasons="It works.")
    with pytest.raises(RefusedError, match="Give the reasons"):
        actions.sign_verdict(pilot, by=lena, outcome="mend", reasons=" ")
    verdict = actions.sign_verdict(pilot, by=lena, outcome="mend", reasons="Mend the letter.")
    with pytest.raises(RefusedError, match="decided already, by Lena Berg"):
        actions.sign_verdict(pilot, by=lena, outcome="stop", reasons="No.")

    assert [each["measure"] for each in verdict.numbers] == list(rules.USUAL)
    assert Verdict.objects.count() == 1


@pytest.mark.parametrize("outcome", ["go", "mend"])
def test_before_its_mentorships_start_a_trial_run_can_only_be_stopped(lena, pilot, outcome):
    with pytest.raises(RefusedError, match="can be stopped, but not launched"):
        actions.sign_verdict(pilot, by=lena, outcome=outcome, reasons="x", all_the_same=True)

    assert actions.sign_verdict(pilot, by=lena, outcome="stop", reasons="Nobody came.")


def test_going_on_against_its_criteria_is_said_and_not_slipped(lena, running):
    with pytest.raises(RefusedError, match="To launch it all the same"):
        actions.sign_verdict(running, by=lena, outcome="go", reasons="It works.")

    actions.sign_verdict(running, by=lena, outcome="go", reasons="We know.", all_the_same=True)

    assert Entry.objects.get(verb="pilot.decided").details["all_the_same"] is True


def test_the_launch_carries_the_mended_design_forward(lena, running):
    pilot = running
    with pytest.raises(RefusedError, match="Decide first"):
        actions.launch_from(pilot, by=lena, name="Launch")
    mended = make_design(pilot.program)
    actions.sign_verdict(pilot, by=lena, outcome="go", reasons="It works.", all_the_same=True)

    launch = actions.launch_from(pilot, by=lena, name="Launch")

    assert launch.design == mended == latest_design(pilot.program)
    assert (launch.is_pilot, launch.published_at) == (False, None)
    assert (launch.opens_on - pilot.ends_on).days >= 14
    assert queries.launch_after(pilot) == launch
    assert actions.launch_from(pilot, by=lena, name="Pressed twice") == launch
    assert [each.pilot.measure for each in queries.beside(pilot, launch, today())] == list(
        rules.USUAL
    )


def test_a_program_that_was_stopped_is_not_launched(lena, pilot):
    actions.sign_verdict(pilot, by=lena, outcome="stop", reasons="Nobody came.")

    with pytest.raises(RefusedError, match="decided not to launch"):
        actions.launch_from(pilot, by=lena, name="Launch")


def test_a_cohort_that_is_no_trial_run_is_none(lena):
    cohort = make_cohort(make_program(coordinator=lena))

    with pytest.raises(NotFoundError):
        queries.pilot_for(lena, cohort.public_id)
    for act in (
        lambda: actions.set_gates(cohort, by=lena, thresholds={"met": Decimal(50)}),
        lambda: actions.log_finding(cohort, by=lena, stage="portal", what="x"),
        lambda: actions.sign_verdict(cohort, by=lena, outcome="go", reasons="x"),
    ):
        with pytest.raises(RefusedError):
            act()


def test_only_its_coordinators_do_anything(pilot):
    stranger, finding = make_person("Lena", "Berg"), make_finding(pilot)

    for act in (
        lambda: actions.set_gates(pilot, by=stranger, thresholds={"met": Decimal(50)}),
        lambda: actions.log_finding(pilot, by=stranger, stage="portal", what="x"),
        lambda: actions.mend_finding(finding, by=stranger, mend="x"),
        lambda: actions.check_finding(finding, by=stranger),
        lambda: actions.sign_verdict(pilot, by=stranger, outcome="stop", reasons="x"),
        lambda: actions.launch_from(pilot, by=stranger, name="x"),
    ):
        with pytest.raises(RefusedError, match="Only a coordinator"):
            act()
    with pytest.raises(NotFoundError):
        queries.finding_for(stranger, finding.public_id)


@pytest.mark.parametrize(
    ("standings", "words"),
    [
        (["reached", "reached"], "fixed beforehand: go."),
        (["reached", "unknown"], "Nothing is missed so far."),
        (["missed", "unknown"], "not yet. Missed:"),
        (["unknown", "unknown"], "Too early:"),
    ],
)
def test_the_numbers_advise_in_a_sentence(standings, words):
    held = [
        rules.Held(Reading("met", 1.0, 1.0, 1.0, 9), Decimal(1), Standing(each), False)
        for each in standings
    ]

    assert words in rules.advice(held)


def test_what_was_read_when_it_was_signed_stays(lena, running):
    make_mentorship(running)
    actions.sign_verdict(running, by=lena, outcome="mend", reasons="Almost.")
    before = queries.held_of(running, today())
    for _n in range(6):
        make_mentorship(running)

    verdict = queries.verdict_of(running)

    assert rules.held_when_signed(verdict) == before
    assert queries.held_of(running, today()) != before


def test_before_there_are_pairs_it_says_what_the_planned_ones_could_show(pilot):
    assert "no pairs yet, so it shows nothing" in rules.what_it_can_show(0)[0]
    told = rules.what_it_can_show(0, planned=12)[0]
    assert told.startswith("There are no pairs yet. With 12,")

    assert queries.planned_pairs(pilot) == Goal.objects.get(metric="mentees_served").target
    for name in ("Ann", "Bo", "Cy"):
        make_mentee(pilot, make_person(name))
    make_mentor(pilot, capacity=2)
    assert queries.planned_pairs(pilot) == 2
