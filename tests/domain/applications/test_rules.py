from datetime import UTC, date, datetime
from functools import partial

import pytest

from lodestar.domain.applications import models, rules
from lodestar.domain.applications.rules.answers import (
    answers_of_row,
    capacity_of,
    cleaned,
    for_matching,
)
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design

MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
Application = partial(models.Application, created_at=MOMENT)
Participant = partial(models.Participant, created_at=MOMENT)
STATUSES = models.Application.Status.values
WHOLE = {
    "time_zone": "UTC",
    "languages": ["en"],
    "topics": ["Pay"],
    "about": "A sentence or two in my own words.",
    "matching_consent": True,
}


def cohort(**changes):
    days = {
        "opens_on": date(2027, 1, 4),
        "closes_on": date(2027, 1, 31),
        "matching_on": date(2027, 2, 7),
        "starts_on": date(2027, 2, 21),
        "ends_on": date(2027, 8, 1),
    }
    told = {"published_at": MOMENT, "design": Design(created_at=MOMENT)} | days | changes
    return Cohort(created_at=MOMENT, **told)


def person(**names):
    return Person(created_at=MOMENT, **({"given_name": "Amina"} | names))


def application(status="submitted", **fields):
    fields.setdefault("cohort", cohort())
    return Application(role="mentee", status=status, person=person(), **fields)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2027, 1, 3), "Applications are not open yet."),
        (date(2027, 1, 4), ""),
        (date(2027, 1, 31), ""),
        (date(2027, 2, 1), "Applications closed on 31 January 2027."),
    ],
)
def test_people_apply_from_the_first_to_the_last_day(day, words):
    assert rules.why_not_apply(cohort(), day) == words


@pytest.mark.parametrize("status", STATUSES)
def test_answers_move_while_the_application_lives_and_the_cohort_is_open(status):
    own = application(status)
    lives = status in ("draft", "submitted", "accepted", "waitlisted")

    assert rules.can_edit(own, date(2027, 1, 10)) is lives
    assert rules.can_edit(own, date(2027, 2, 1)) is False


def test_frozen_answers_stay_even_within_the_days():
    own = application(cohort=cohort(frozen_at=MOMENT))

    assert "now stay as they are" in rules.why_not_edit(own, date(2027, 1, 10))


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        ("time_zone", "Choose your time zone"),
        ("languages", "Choose at least one language"),
        ("topics", "Choose at least one topic you would like help with."),
        ("about", "Write a sentence or two"),
        ("matching_consent", "Say yes to being matched"),
    ],
)
def test_each_missing_answer_is_named(missing, sentence):
    answers = {name: value for name, value in WHOLE.items() if name != missing}
    draft = application("draft", answers=answers)

    [told] = rules.why_not_submit(draft, draft.person)

    assert told.startswith(sentence)
    assert not rules.can_submit(draft, draft.person, date(2027, 1, 10))


def test_a_mentor_is_asked_what_they_can_help_with_and_everybody_for_a_name():
    answers = WHOLE | {"topics": {}}
    draft = Application(role="mentor", status="draft", answers=answers, cohort=cohort())

    assert rules.why_not_submit(draft, person(given_name="")) == [
        "Tell us your name.",
        "Choose at least one topic you can help with.",
    ]


@pytest.mark.parametrize(
    ("status", "day", "can"),
    [
        ("draft", date(2027, 1, 10), True),
        ("draft", date(2027, 2, 1), False),
        ("submitted", date(2027, 1, 10), False),
    ],
)
def test_a_whole_draft_is_sent_while_the_cohort_is_open(status, day, can):
    own = application(status, answers=WHOLE)

    assert rules.can_submit(own, own.person, day) is can


@pytest.mark.parametrize("status", STATUSES)
def test_the_table_of_decisions(status):
    own = application(status)

    can = {decision: rules.can_decide(own, decision) for decision in rules.DECISIONS}

    assert can == {
        "accepted": status in ("submitted", "waitlisted", "declined"),
        "waitlisted": status == "submitted",
        "declined": status in ("submitted", "waitlisted"),
    }
    assert bool(rules.why_not_decide(own, "accepted")) is not can["accepted"]


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize(("places_taken", "has_left"), [(0, False), (1, False), (1, True)])
def test_withdrawing_waits_for_an_open_proposal(status, places_taken, has_left):
    participant = Participant(places_taken=places_taken, left_at=MOMENT if has_left else None)

    problem = rules.why_not_withdraw(application(status), participant)

    lives = status in ("draft", "submitted", "accepted", "waitlisted")
    assert bool(problem) is (not lives or (places_taken == 1 and not has_left))


@pytest.mark.parametrize(
    ("role", "said", "kept"),
    [
        ("mentee", {"topics": [" Pay ", "Pay", ""], "x": 1}, {"topics": ["Pay"]}),
        ("mentee", {"topics": list("abcdefgh")}, {"topics": list("abcdef")}),
        ("mentee", {"topics": {"Pay": 3}}, {"topics": ["Pay"]}),
        ("mentor", {"topics": {"Pay": 9, "": 2, "Job": "x"}}, {"topics": {"Pay": 3, "Job": 2}}),
        ("mentor", {"topics": ["Pay"]}, {"topics": {"Pay": 2}}),
        ("mentee", {"capacity": 3}, {}),
        ("mentor", {"capacity": "3"}, {"capacity": 3}),
        ("mentee", {"class_year": "1999.0", "hours_per_month": "many"}, {"class_year": 1999}),
        ("mentee", {"class_year": 12}, {}),
        ("mentee", {"languages": "en", "city": None}, {"languages": ["en"]}),
        ("mentee", {"gender": "woman", "gender_matters": False}, {}),
        (
            "mentee",
            {"gender": "woman", "gender_matters": True},
            {"gender": "woman", "gender_matters": True},
        ),
        ("mentee", {"about": "a\x00b" + "c" * 3000}, {"about": "ab" + "c" * 1998}),
        ("mentee", {"years_of_experience": 1e400}, {}),
    ],
)
def test_answers_have_one_form(role, said, kept):
    assert cleaned(role, said) == kept


@pytest.mark.parametrize(
    ("answers", "derived"),
    [
        ({"country": "Kenya"}, {"place": "Kenya"}),
        ({"country": "Kenya", "city": "Nairobi"}, {"place": "Kenya > Nairobi"}),
        ({"city": "Nairobi"}, {}),
        ({"class_year": 2020}, {"years_of_experience": 7}),
        ({"class_year": 2030}, {"years_of_experience": 0}),
        ({"class_year": 2020, "years_of_experience": 3}, {}),
    ],
)
def test_what_follows_from_answers_is_added_for_matching(answers, derived):
    assert for_matching(answers, date(2027, 2, 1)) == answers | derived


@pytest.mark.parametrize(
    ("role", "answers", "capacity"),
    [
        ("mentee", {"capacity": 3}, 1),
        ("mentor", {}, 2),
        ("mentor", {"capacity": 1}, 1),
        ("mentor", {"capacity": 9}, 3),
        ("mentor", {"capacity": 0}, 1),
    ],
)
def test_capacity_stays_within_the_design(role, answers, capacity):
    assert capacity_of(role, answers, 2, 3) == capacity


def test_a_row_speaks_first_and_the_profile_fills_its_gaps():
    known = person(city="Graz", country="Austria", class_year=2004, languages=["de"])
    row = {"city": "Wien", "job_title": "Nurse", "educations": [{"field_of_study": "Biology"}]}

    assert answers_of_row(known, row) == {
        "languages": ["de"],
        "country": "Austria",
        "city": "Wien",
        "class_year": 2004,
        "function": "Nurse",
        "field_of_study": "Biology",
    }


@pytest.mark.parametrize(
    ("role", "row", "kept"),
    [
        ("mentor", {"topics": ["Law (3)", "Pay"]}, {"topics": {"Law": 3, "Pay": 2}}),
        ("mentee", {"topics": ["Pay (1)", "Law (3)"]}, {"topics": ["Law", "Pay"]}),
        ("mentee", {"goal": ["Nurse"]}, {"topics": ["Nurse"], "function": "Nurse"}),
        (
            "mentee",
            {"topics": ["Pay"], "goal": ["Nurse"]},
            {"topics": ["Pay"], "function": "Nurse"},
        ),
        ("mentee", {"years_of_experience": 0.0}, {"years_of_experience": 0}),
        ("mentee", {"time_zone": "europe/vienna"}, {"time_zone": "Europe/Vienna"}),
        ("mentee", {"languages": ["German", "Twi"]}, {"languages": ["de", "Twi"]}),
        ("mentor", {"style": ["Opens doors", "sings"]}, {"style": ["opens_doors"]}),
        ("mentor", {"state": "Texas"}, {"region": "Texas"}),
    ],
)
def test_what_a_row_says_becomes_answers(role, row, kept):
    assert cleaned(role, answers_of_row(person(), row)) == kept
