from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest

from lodestar.domain.programs import models, rules
from lodestar.domain.programs.rules.defaults import (
    CRITERIA,
    TOPICS,
    default_criteria,
    topic_groups,
    topic_names,
    topics_of,
)
from lodestar.domain.programs.rules.readiness import ASKED_FIELDS

FIRST = date(2027, 1, 4)
MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
# Facts take their first moment from the clock, which is not there yet when tests are collected.
Cohort, Constraint, Criterion, Design, Goal = (
    partial(model, created_at=MOMENT)
    for model in (
        models.Cohort, models.Constraint, models.Criterion, models.Design, models.Goal,
    )
)  # fmt: skip
DAYS = {"opens_on": 0, "closes_on": 28, "matching_on": 35, "starts_on": 49, "ends_on": 200}


def day(number):
    return FIRST + timedelta(days=number)


def cohort(*, is_published=True, **moved):
    dates = {name: day(number) for name, number in (DAYS | moved).items()}
    return Cohort(name="Spring", published_at=MOMENT if is_published else None, **dates)


@pytest.mark.parametrize(
    ("number", "state"),
    [
        (-1, "planned"),
        (0, "open"),
        (28, "open"),
        (29, "closed"),
        (34, "closed"),
        (35, "matching"),
        (48, "matching"),
        (49, "running"),
        (200, "running"),
        (201, "finished"),
    ],
)
def test_the_state_is_read_off_the_days(number, state):
    assert rules.state_of(cohort(), day(number)) == state


def test_an_unpublished_cohort_is_planned_whatever_the_day():
    assert rules.state_of(cohort(is_published=False), day(10)) == "planned"


@pytest.mark.parametrize(
    ("moved", "words"),
    [
        ({}, []),
        ({"closes_on": -1}, ["before they open on 4 January 2027"]),
        ({"closes_on": 36}, ["while people can still apply"]),
        ({"starts_on": 30}, ["before matching begins"]),
        ({"ends_on": 49}, ["but it only starts on"]),
        ({"ends_on": 4000}, ["more than five years"]),
        ({"closes_on": -3, "ends_on": 10}, ["before they open", "but it only starts on"]),
    ],
)
def test_days_out_of_order_are_told_one_by_one(moved, words):
    told = rules.why_not_in_order(rules.phases_of(cohort(**moved)))

    assert len(told) == len(words)
    assert all(word in sentence for word, sentence in zip(words, told, strict=True))


@pytest.mark.parametrize(
    ("moved", "number", "words"),
    [
        ({"ends_on": 230}, 10, ""),
        ({"opens_on": 12}, 10, "People can already apply"),
        ({"closes_on": 5}, 10, "The closing day is in the past"),
        ({"ends_on": 230}, 201, "This cohort is finished"),
        ({"closes_on": 60}, 10, "while people can still apply"),
    ],
)
def test_days_move_while_nobody_relies_on_them(moved, number, words):
    problem = rules.why_not_change_cohort(cohort(), rules.phases_of(cohort(**moved)), day(number))

    assert words in problem
    assert bool(problem) is bool(words)


@pytest.mark.parametrize(
    ("number", "fields", "staying"),
    [
        (-1, {}, []),
        (0, {}, ["opens_on"]),
        (29, {"frozen_at": MOMENT}, ["opens_on", "closes_on"]),
        (35, {"frozen_at": MOMENT}, ["opens_on", "closes_on", "matching_on"]),
        (49, {"frozen_at": MOMENT}, ["opens_on", "closes_on", "matching_on", "starts_on"]),
        (201, {}, list(DAYS)),
        (100, {"published_at": None}, []),
    ],
)
def test_a_day_that_people_have_lived_through_stays(number, fields, staying):
    found = cohort()
    for name, value in fields.items():
        setattr(found, name, value)

    assert [name for name in DAYS if rules.why_day_stays(found, name, day(number))] == staying


def test_each_day_that_stays_refuses_the_move_in_its_own_words():
    wanted = rules.phases_of(cohort(matching_on=36, starts_on=50))

    assert rules.why_not_change_cohort(cohort(), wanted, day(60)) == (
        "Matching has begun, so its first day stays. The mentorships have started, so their first "
        "day stays."
    )


def numbers(phases):
    return [(getattr(phases, name) - FIRST).days for name in DAYS]


@pytest.mark.parametrize(
    ("moved", "staying", "expected"),
    [
        ({}, (), [0, 28, 35, 49, 200]),
        ({"opens_on": 7}, (), [7, 35, 42, 56, 207]),
        ({"starts_on": 42}, (), [0, 28, 35, 42, 193]),
        ({"opens_on": 7, "ends_on": 250}, (), [7, 35, 42, 56, 250]),
        ({"closes_on": 30}, ("starts_on",), [0, 30, 37, 49, 202]),
        ({"ends_on": 190}, (), [0, 28, 35, 49, 190]),
    ],
)
def test_later_days_follow_the_first_one_that_moved(moved, staying, expected):
    was, now = rules.phases_of(cohort()), rules.phases_of(cohort(**moved))

    assert numbers(rules.followed(was, now, staying)) == expected


def test_everything_moves_but_what_stays():
    moved = rules.shifted(rules.phases_of(cohort()), -7, ["opens_on", "closes_on"])

    assert numbers(moved) == [0, 28, 28, 42, 193]


def test_the_closing_day_stays_once_answers_are_frozen():
    closed = cohort()
    closed.frozen_at = MOMENT

    later = rules.why_not_change_cohort(closed, rules.phases_of(cohort(closes_on=30)), day(29))
    same = rules.why_not_change_cohort(closed, rules.phases_of(cohort(ends_on=230)), day(29))

    assert "the answers are frozen" in later
    assert same == ""


@pytest.mark.parametrize(
    ("published", "cohorts", "in_use"),
    [
        (False, [], False),
        (False, [cohort(is_published=False)], False),
        (False, [cohort()], True),
        (True, [], True),
    ],
)
def test_a_design_is_in_use_once_a_cohort_began_with_it(published, cohorts, in_use):
    design = Design(published_at=MOMENT if published else None)

    assert rules.is_in_use(design, cohorts) is in_use


@pytest.mark.parametrize(
    ("default", "maximum", "word"),
    [(1, 3, ""), (3, 3, ""), (4, 3, "at most 3"), (0, 3, "at least one")],
)
def test_a_mentor_begins_with_no_more_places_than_allowed(default, maximum, word):
    problem = rules.why_not_capacity(default, maximum)

    assert word in problem
    assert bool(problem) is bool(word)


@pytest.mark.parametrize(
    ("weights", "shares"),
    [([], []), ([0, 0], [0, 0]), ([30, 12, 9], [59, 23, 18]), ([1, 1, 1], [34, 33, 33])],
)
def test_shares_add_up_to_a_hundred(weights, shares):
    assert rules.shares_of(weights) == shares


def test_default_weights_sum_to_a_hundred_on_fields_that_the_form_asks():
    wishes = default_criteria()

    assert len(wishes) == len(CRITERIA)
    assert sum(wish.weight for wish in wishes) == 100
    assert {wish.field for wish in wishes} <= ASKED_FIELDS


def test_topics_are_read_with_and_without_groups():
    names = topic_names(topics_of(TOPICS))

    assert len(names) == len(set(names)) == 24
    assert [(g.name, g.topics) for g in topic_groups(["Pay", {"group": "A", "topics": ["B"]}])] == [
        ("A", ("B",)),
        ("", ("Pay",)),
    ]
