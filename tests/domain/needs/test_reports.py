"""What a cohort lacks: the report, who of the roll is named in it, and that its forecast holds."""

import random
from datetime import timedelta

import pytest

from lodestar.domain.applications.models import Application
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.matching.queries.inputs import inputs_of as matching_inputs
from lodestar.domain.matching.queries.inputs import people_of
from lodestar.domain.messaging.models import Suppression
from lodestar.domain.needs import actions, jobs, queries, rules
from lodestar.domain.needs.actions.reports import by_weight
from lodestar.domain.needs.models import NeedsReport
from lodestar.domain.needs.queries.reports import engine_arguments
from lodestar.domain.needs.queries.roll import told_by_roll
from lodestar.domain.people.models import Consent
from lodestar.engine.limits import ChildBrokeError
from lodestar.engine.matching.run import run_match
from tests.factories.applications import make_application, make_mentee, make_mentor
from tests.factories.needs import make_alumnus, make_answer, make_survey, ready_report
from tests.factories.people import make_address, make_person
from tests.factories.programs import (
    make_cohort,
    make_criterion,
    make_design,
    make_program,
)

pytestmark = pytest.mark.django_db
Status = NeedsReport.Status
TRADES = ("Hospital & Health Care", "Law Practice", "Computer Software", "Banking")


@pytest.fixture
def cohort(lena):
    """Work and language count alike, and pairs without a language in common are no pairs."""
    program = make_program(coordinator=lena)
    design = make_design(program, with_criterion=False)
    make_criterion(design, "Work", "hierarchy", "industry", 50)
    make_criterion(design, "Language", "language", "languages", 50)
    design.constraints.create(kind="common_language")
    return make_cohort(program)


def wants(cohort, industry, *languages):
    answers = {"industry": industry, "languages": list(languages or ("en",))}
    return make_mentee(cohort, make_person("Amina", industry), answers=answers)


def keys(recruits):
    return [recruit.person.public_id for recruit in recruits]


def test_a_report_names_what_binds_and_who_would_fill_it(cohort, lena):
    for _ in range(3):
        wants(cohort, "Computer Software", "en")
    wants(cohort, "Hospital & Health Care", "sw")
    make_mentor(cohort, capacity=3, answers={"industry": "Computer Software", "languages": ["en"]})
    coder = make_alumnus("Omar", "Farouk", industry="Computer Software")
    nurse = make_alumnus("وانجيكو", "كاريوكي", industry="Hospital & Health Care", languages=["sw"])

    report = ready_report(cohort, by=lena)

    found = report.result
    assert (found["mentees"], found["places"], found["served"]) == (4, 3, 3)
    assert rules.headline(found) == ("One more mentor who speaks Swahili would serve 1 more mentee")
    best, *others = queries.recruits_of(report)
    assert (best.person, best.serves) == (nurse, 1)
    assert {each.person: each.serves for each in others} == {coder: 0, lena: 0}
    assert set(best.fills) == {("languages", "sw"), ("industry", "Health > Care")}
    assert keys(queries.recruits_of(report, "languages", "sw")) == [nurse.public_id]
    assert [(each.recruit.person, each.served) for each in queries.first_of(report)][:1] == [
        (nurse, 4)
    ]
    assert [(step["field"], step["value"]) for step in found["relief"]] == [("languages", "sw")]
    assert queries.fillers(report)["languages", "sw"] == 1


@pytest.mark.parametrize("seed", range(6))
def test_winning_those_named_serves_as_many_as_forecast(cohort, seed):
    dice = random.Random(seed)
    for _ in range(12):
        wants(cohort, dice.choice(TRADES), dice.choice(("en", "sw", "ar")))
    for _ in range(4):
        said = {"industry": dice.choice(TRADES), "languages": [dice.choice(("en", "sw"))]}
        make_mentor(cohort, capacity=dice.choice((1, 2)), answers=said)
    for _ in range(14):
        make_alumnus(industry=dice.choice(TRADES), languages=[dice.choice(("en", "sw", "ar"))])

    report = ready_report(cohort)

    told = dict(told_by_roll(cohort))
    asked = queries.first_of(report)
    assert asked
    for each in asked:
        person = each.recruit.person
        make_mentor(cohort, person, capacity=1, answers=told[person.public_id])
        assert served_now(cohort, report) == each.served
    assert asked[-1].served > report.result["served"]


def served_now(cohort, report):
    """Match everybody who takes part now, as a run of this cohort would."""
    design = engine_arguments(report.inputs)[1]
    return run_match(*people_of(matching_inputs(cohort)), design).certificate.matched


def test_survey_answers_count_before_anybody_has_applied(cohort):
    survey = make_survey(cohort)
    for _ in range(5):
        make_answer(survey, answers={"industry": "Banking", "languages": ["en"]})
    mentors = make_survey(cohort, role="mentor")
    promised = make_answer(
        mentors, make_alumnus(), answers={"languages": ["en"], "capacity": 2, "industry": "Banking"}
    )

    report = ready_report(cohort)

    assert (report.result["mentees"], report.result["places"]) == (5, 2)
    assert promised.person not in {recruit.person for recruit in queries.recruits_of(report)}
    assert promised.person.public_id not in str(report.inputs["directory"])


def test_who_is_in_shut_out_or_wants_no_news_is_not_named(cohort):
    wants(cohort, "Banking")
    free = make_alumnus("Free", industry="Banking")
    applied, drafted = make_alumnus("Applied"), make_alumnus("Drafted")
    make_application(cohort, applied, role="mentor", status="withdrawn")
    make_application(cohort, drafted, role="mentor", status="draft")
    make_alumnus("Blocked", blocked_at=now())
    mentee_now = make_mentee(make_cohort(cohort.program), make_alumnus("Mentee"))
    once = make_alumnus("Once")
    make_mentee(make_cohort(cohort.program, opens_in=-400), once)
    refusing, back = make_alumnus("Refusing"), make_alumnus("Back")
    for person, words in ((refusing, (True, False)), (back, (False, True))):
        for is_given in words:
            Consent.objects.create(
                person=person, use="news", is_given=is_given, text_version="1", channel="me"
            )
    quiet = make_alumnus("Quiet")
    make_address(quiet, "quiet@example.org")
    Suppression.objects.create(normalised="quiet@example.org", reason="asked")
    coordinators = {each.person_id for each in cohort.program.coordinators.all()}

    report = ready_report(cohort)
    named = {recruit.person for recruit in queries.recruits_of(report)}

    assert {person for person in named if person.pk not in coordinators} == {free, back, once}
    assert mentee_now.person not in named
    free.blocked_at = now()
    free.save()
    assert free not in {recruit.person for recruit in queries.recruits_of(report)}
    assert free not in {each.recruit.person for each in queries.first_of(report)}


def test_a_partner_of_before_is_not_named_for_the_same_mentee(cohort):
    mentee = wants(cohort, "Banking")
    ruth = make_alumnus("Ruth", industry="Banking")
    cohort.design.constraints.create(kind="past_pair")
    earlier = make_cohort(cohort.program)
    from tests.factories.mentorships import make_mentorship

    make_mentorship(earlier, mentor=ruth, mentee=mentee.person)

    report = ready_report(cohort)

    ends = [pair[:2] for pair in report.inputs["bans"]]
    assert ends == [[mentee.application.public_id, ruth.public_id]]
    assert [r.serves for r in queries.recruits_of(report) if r.person == ruth] == [0]


def test_whoever_the_design_does_not_mean_as_a_mentor_is_not_asked(cohort, lena):
    audience, _ = cohort.design.audiences.update_or_create(role="mentor")
    audience.class_year_to = 2015
    audience.save()
    meant, unknown = make_alumnus("Ruth", class_year=2010), make_alumnus("Omar", class_year=None)
    make_alumnus("Kim", class_year=2025)

    asked = set(queries.roll.recruitable(cohort))

    assert asked - {lena} == {meant, unknown}


def test_what_somebody_offered_here_before_is_known_of_them(cohort):
    ruth = make_alumnus("Ruth")
    for program, topics in ((cohort.program, {"Interviews": 3}), (make_program(), {"Law": 3})):
        make_application(
            make_cohort(program), ruth, role="mentor", answers={"topics": topics, "about": "x"}
        )

    told = dict(told_by_roll(cohort))

    assert told[ruth.public_id]["topics"] == {"Interviews": 3}
    assert "about" not in told[ruth.public_id]


def test_asking_twice_gives_the_report_that_waits(cohort, lena):
    wants(cohort, "Banking")

    first, again = (actions.request_report(cohort, by=lena) for _ in range(2))

    assert (again, NeedsReport.objects.count()) == (first, 1)


def test_without_a_mentee_or_a_criterion_there_is_nothing_to_compute(lena):
    bare = make_cohort(design=make_design(with_criterion=False))
    make_mentee(bare)

    for cohort in (make_cohort(), bare):
        with pytest.raises(RefusedError):
            actions.request_report(cohort, by=lena)

    assert NeedsReport.objects.count() == 0


def test_the_job_computes_in_a_child_and_only_once(cohort):
    wants(cohort, "Banking")
    report = actions.request_report(cohort, by=None)

    counts = [jobs.compute_reports(now()), jobs.compute_reports(now())]

    report.refresh_from_db()
    assert counts == [1, 0]
    assert (report.status, report.attempt_count, report.result["served"]) == (Status.READY, 1, 0)


def test_three_broken_children_are_enough(cohort, monkeypatch):
    wants(cohort, "Banking")
    report = actions.request_report(cohort, by=None)
    monkeypatch.setattr("lodestar.domain.needs.actions.reports.result_of", break_off)

    for hours in range(5):
        jobs.compute_reports(now() + timedelta(hours=hours))

    report.refresh_from_db()
    assert (report.status, report.attempt_count) == (Status.FAILED, 3)
    assert report.problem == "The computation was broken off several times. Ask for a new one."
    assert queries.failed_report(cohort) == report


def break_off(_report):
    raise ChildBrokeError


def test_over_its_time_it_fails_with_a_sentence(cohort, settings):
    wants(cohort, "Banking")
    actions.request_report(cohort, by=None)
    settings.MATCHING_SECONDS = 0.01

    jobs.compute_reports(now())

    [report] = NeedsReport.objects.all()
    assert report.status == Status.FAILED
    assert report.problem.startswith("The computation took longer or needed more memory")


def test_a_lost_claim_stores_nothing(cohort):
    wants(cohort, "Banking")
    actions.request_report(cohort, by=None)
    lost = actions.claim_report(now())
    taken_up = actions.claim_report(now() + timedelta(hours=1))

    assert actions.compute_report(lost, now) is False
    assert actions.fail_report(lost, "late") is False
    assert actions.fail_report(taken_up, "in time") is True


def test_a_new_report_lets_go_of_what_the_earlier_one_held_about_people(cohort):
    wants(cohort, "Banking")
    make_alumnus()
    earlier = ready_report(cohort)

    newer = ready_report(cohort)

    earlier.refresh_from_db()
    assert (earlier.inputs, earlier.result) == ({}, {})
    assert queries.latest_report(cohort) == newer


def test_what_came_since_is_counted(cohort):
    wants(cohort, "Banking")
    report = ready_report(cohort)
    Application.objects.update(submitted_at=report.frozen_at - timedelta(days=1))
    make_application(cohort)
    make_answer(make_survey(cohort), make_person())

    found = queries.since(report)

    assert (found.applications, found.answers, found.any) == (1, 1, 2)


def test_a_list_of_many_costs_as_much_as_one_of_one(cohort, django_assert_max_num_queries):
    wants(cohort, "Banking")
    for _ in range(9):
        make_alumnus(industry="Banking")
    report = ready_report(cohort)

    with django_assert_max_num_queries(6):
        recruits = queries.recruits_of(report)
        told = {(each.work.industry, each.studies.field) for each in recruits if each.fills}
        assert told == {("Banking", "Biology")}
        assert queries.named_so(recruits, "haddad noor") != []


def test_what_most_mentors_offer_anyway_stands_behind_what_serves_as_many():
    common = {"serves": 3, "unserved": 9, "firsts": 9, "points": 5, "wanted": 9}
    wanted = {"serves": 3, "unserved": 2, "firsts": 1, "points": 4, "wanted": 3}
    fewer = {**common, "serves": 2}

    weights = [
        by_weight(wanted, is_usual=False),
        by_weight(common, is_usual=True),
        by_weight(fewer, is_usual=False),
    ]

    assert weights == sorted(weights)
