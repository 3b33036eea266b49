"""Answers to a program's own questions: kept, hidden, set aside, told before, counted."""

from datetime import timedelta

import pytest

from lodestar.domain.applications import rules
from lodestar.domain.applications.actions import (
    accept_application,
    save_answers,
    submit_application,
)
from lodestar.domain.applications.queries.forms import answered_last, changed_under, told_before
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now
from tests.factories.applications import MENTEE_ANSWERS, make_application
from tests.factories.forms import ask, make_question
from tests.factories.people import make_person
from tests.factories.programs import make_cohort, make_design, make_program

pytestmark = pytest.mark.django_db
RUNS = make_question("runs", "Do you run?", "yes_no", is_required=True)
FAR = make_question(
    "far", "How far do you run?", "short", is_required=True, only_if=("runs", "yes")
)
SPORT = make_question(is_lasting=True)


@pytest.fixture
def cohort(lena):
    program = make_program(coordinator=lena)
    return make_cohort(program, design=ask(make_design(program), RUNS, FAR, SPORT))


def draft(cohort, **answers):
    return make_application(cohort, status="draft", answers=MENTEE_ANSWERS | answers)


def test_own_answers_are_cleaned_and_unknown_ones_are_nobody_s(cohort):
    application = draft(cohort)

    kept = save_answers(
        application,
        by=application.person,
        answers={"q_runs": True, "q_sport": "chess", "q_shoe": 44},
    )

    assert kept.answers == MENTEE_ANSWERS | {"q_runs": "yes", "q_sport": "Chess"}


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({}, ["Answer “Do you run?”."]),
        ({"q_runs": "yes"}, ["Answer “How far do you run?”."]),
        ({"q_runs": "no"}, []),
        ({"q_runs": "yes", "q_far": "Five miles"}, []),
    ],
)
def test_only_what_is_asked_can_be_missing(cohort, answers, missing):
    application = draft(cohort, **answers)

    assert rules.why_not_submit(application, application.person) == missing
    if missing:
        with pytest.raises(RefusedError):
            submit_application(application, by=application.person)


def test_a_question_that_was_left_out_is_not_missing(lena):
    program = make_program(coordinator=lena)
    cohort = make_cohort(program, design=ask(make_design(program), without=["about", "time_zone"]))
    application = draft(cohort, about="", time_zone="")

    assert rules.why_not_submit(application, application.person) == []


def test_hidden_answers_wait_while_somebody_thinks_and_go_when_it_is_sent(cohort):
    application = draft(cohort, q_runs="yes", q_far="Five miles")

    kept = save_answers(application, by=application.person, answers={"q_runs": "no"})
    sent = submit_application(kept, by=application.person)

    assert kept.answers["q_far"] == "Five miles"
    assert "q_far" not in sent.answers


def test_a_participant_keeps_what_counts(cohort, lena):
    application = make_application(
        cohort, answers=MENTEE_ANSWERS | {"q_runs": "no", "q_far": "Five miles", "q_gone": "x", "q_sport": "Chess"}
    )  # fmt: skip

    accept_application(application, by=lena)
    participant = application.__class__.objects.get(pk=application.pk).participant

    own = {name: said for name, said in participant.answers.items() if name.startswith("q_")}
    assert own == {"q_runs": "no", "q_sport": "Chess"}


def test_a_form_that_changed_leaves_a_sent_application_as_it_is(cohort):
    application = make_application(
        cohort,
        answers=MENTEE_ANSWERS | {"q_runs": "yes", "q_far": "Five miles", "q_sport": "Sailing"},
    )
    fewer = make_question(options=SPORT.options[:2])
    later = ask(make_design(cohort.program), fewer, make_question("why", "Why now?", "short", is_required=True))  # fmt: skip
    cohort.design = later
    cohort.save()
    application.refresh_from_db()

    found = changed_under(application)

    assert found.aside == [("Do you run?", "Yes"), ("How far do you run?", "Five miles")]
    assert found.gone == [("Which sport do you do?", "Sailing")]
    assert [name for _question, name in found.wanting] == ["Why now?"]
    assert (application.status, application.answers["q_sport"]) == ("submitted", "Sailing")


def test_whoever_answered_the_same_form_is_told_nothing(cohort):
    application = make_application(cohort, answers=MENTEE_ANSWERS | {"q_runs": "no"})

    assert not changed_under(application).is_anything


def test_a_lasting_answer_is_known_in_the_next_program(cohort):
    person = make_person()
    old, latest = (now() - timedelta(days=days) for days in (400, 30))
    earlier = make_cohort(design=ask(make_design(), SPORT))
    other_words = make_cohort(
        design=ask(make_design(), make_question(label="Which sport do you watch?"))
    )
    make_application(earlier, person, answers={"q_sport": "Chess"}, submitted_at=old)
    make_application(other_words, person, answers={"q_sport": "Sailing"}, submitted_at=latest)
    make_application(make_cohort(design=ask(make_design(), SPORT)), person, status="draft",
                     answers={"q_sport": "Running"})  # fmt: skip

    assert told_before(person, cohort) == {"q_sport": "Chess"}
    assert told_before(make_person(), cohort) == {}


def test_what_was_answered_last_time_is_counted(cohort):
    for answers in ({"q_runs": "yes", "q_far": "Five"}, {"q_runs": "yes"}, {"q_runs": "no"}):
        make_application(cohort, answers=MENTEE_ANSWERS | answers)

    found = answered_last(cohort.program)

    assert [(found[key].count, found[key].asked) for key in ("q_runs", "q_far", "q_sport")] == [
        (3, 3), (1, 2), (0, 3),
    ]  # fmt: skip
    assert answered_last(make_program()) == {}
