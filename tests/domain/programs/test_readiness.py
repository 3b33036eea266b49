import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

import pytest

from lodestar.domain.programs import models
from lodestar.domain.programs.rules.readiness import CHECKS, Plan, what_contradicts
from tests.real_data import ROOT

FIRST = date(2027, 1, 4)
MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
# Facts take their first moment from the clock, which is not there yet when tests are collected.
(
    Audience, Cohort, Constraint, Criterion, Design, Goal, Milestone, Program, SelectionCriterion,
) = (
    partial(model, created_at=MOMENT)
    for model in (
        models.Audience, models.Cohort, models.Constraint, models.Criterion, models.Design,
        models.Goal, models.Milestone, models.Program, models.SelectionCriterion,
    )
)  # fmt: skip
DAYS = {"opens_on": 0, "closes_on": 28, "matching_on": 35, "starts_on": 49, "ends_on": 200}
TOPICS = ["Pay", "Interviews", "Work and family", "Moving abroad", "First job"]
SAID = {"expected_of_mentors": "An hour a fortnight.", "expected_of_mentees": "Come prepared."}
BLOCKED, LANGUAGE = Constraint(kind="blocked"), Constraint(kind="common_language")


def day(number):
    return FIRST + timedelta(days=number)


def cohort(**changes):
    moved = {name: day(changes.pop(name, number)) for name, number in DAYS.items()}
    return Cohort(name="Spring", **moved, **changes)


def design(**changes):
    return Design(**({"topics": TOPICS} | SAID | changes))


def criterion(kind="topics", field="topics", weight=30, name="Topics"):
    return Criterion(name=name, kind=kind, mentee_field=field, mentor_field=field, weight=weight)


def goal(metric="met_share", target=70, due=200, **fields):
    day_ = None if due is None else day(due)
    return Goal(metric=metric, target=Decimal(target), due_on=day_, **fields)


def milestone(kind="event", anchor="starts_on", offset=3, **fields):
    usual = {"name": "Kick-off", "for_whom": "both", "place": "The hall", "text": "We all meet."}
    return Milestone(kind=kind, anchor=anchor, offset_days=offset, **(usual | fields))


def only(*milestones):
    """Plan these beside first steps that suit everybody."""
    return {"milestones": [milestone("onboarding", "matching_on", -5, name="Welcome"), *milestones]}


def plan(**changes):
    whole = {
        "cohort": cohort(),
        "design": design(),
        "program": Program(name="First Steps", description="For your first years at work."),
        "goals": [goal()],
        "criteria": [criterion(), criterion("gap", "years_of_experience", 20, "Experience")],
        "constraints": [BLOCKED, LANGUAGE],
        "coordinators": ["Lena", "Tomas"],
        **only(milestone()),
    }
    return Plan(**(whole | changes))


def codes(whole, on=None):
    return [each.code for each in what_contradicts(whole, on or day(-10))]


def rule(kind, value=""):
    return {"constraints": [BLOCKED, LANGUAGE, Constraint(kind=kind, value=value)]}


def test_a_whole_plan_contradicts_itself_nowhere():
    assert codes(plan()) == []


def scored(name="Why now", role="mentee", **fields):
    levels = {"weak": "Nothing.", "fair": "A step.", "strong": "A step, and what they tried."}
    return SelectionCriterion(name=name, role=role, **(levels | fields))


def classes(mentors, mentees):
    """Return audiences whose sides begin, or end, with a class year."""
    return {"audiences": [Audience(role="mentor", **mentors), Audience(role="mentee", **mentees)]}


def shows_only(*shown):
    """Return a design of which two people read only these answers with the proposal."""
    answers = (
        "topics",
        "about",
        "work",
        "field_of_study",
        "class_year",
        "place",
        "time_zone",
        "languages",
    )
    return design(visibility={name: "proposal" if name in shown else "office" for name in answers})


IN_PERSON, REVERSE, FLASH = {"mode": "in-person"}, {"format": "reverse"}, {"format": "flash"}
PLACE = criterion("hierarchy", "place", 20, "Place")
BROKEN = [
    ("nobody_looks_after_it", {"coordinators": []}),
    ("only_one_looks_after_it", {"coordinators": ["Lena"]}),
    ("nothing_is_said_about_it", {"program": Program(name="First Steps", description=" ")}),
    ("years_run_backwards", {"audiences": [Audience(role="mentor", class_year_from=2010, class_year_to=2001)]}),
    ("years_nobody_has", {"audiences": [Audience(role="mentee", class_year_to=20222)]}),
    ("nobody_on_the_roll", {"audiences": [Audience(role="mentor", countries=["Atlantis"])], "counted": {"mentor": 0}}),
    ("hardly_anybody_on_the_roll", {"audiences": [Audience(role="mentor", countries=["Malta"])], "counted": {"mentor": 9}}),
    ("goal_larger_than_the_audience", {"goals": [goal("mentees_served", 30), goal()], "counted": {"mentee": 29}}),
    ("mentors_no_older_than_mentees", rule("min_gap", "3") | {"audiences": [
        Audience(role="mentor", class_year_from=2015), Audience(role="mentee", class_year_to=2010)]}),
    ("nobody_knows_what_is_expected", {"design": design(expected_of_mentees="")}),
    ("days_out_of_order", {"cohort": cohort(closes_on=40)}),
    ("closed_before_it_opens_to_anybody", {"cohort": cohort(closes_on=-11, opens_on=-20)}),
    ("too_short_to_hear_of_it", {"cohort": cohort(opens_on=20)}),
    ("long_wait_after_applying", {"cohort": cohort(starts_on=74)}),
    ("too_short_to_become_anything", {"cohort": cohort(ends_on=90), "goals": [goal(due=90)]}),
    ("trial_run_that_lasts", {"cohort": cohort(is_pilot=True)}),
    ("launch_before_its_trial_run_ends", {"others": [cohort(is_pilot=True, starts_on=-5, ends_on=10, opens_on=-60, closes_on=-30)]}),
    ("two_calls_at_once", {"others": [cohort(opens_on=28)]}),
    ("no_goal_has_a_target", {"goals": []}),
    ("no_goal_has_a_target", {"goals": [goal(target=0)]}),
    ("goal_beyond_its_scale", {"goals": [goal(target=101)]}),
    ("goal_beyond_its_scale", {"goals": [goal("usefulness", 6)]}),
    ("goal_below_where_it_stands", {"goals": [goal(baseline=Decimal(70))]}),
    ("two_targets_for_one_measure", {"goals": [goal(), goal(target=80)]}),
    ("goal_due_before_the_start", {"goals": [goal(due=48)]}),
    ("goal_due_in_the_past", {"goals": [goal(due=-11)], "cohort": None}),
    ("goal_due_before_anybody_is_asked", {"goals": [goal("usefulness", 4, due=78)]}),
    ("goal_due_before_anybody_can_have_met", {"goals": [goal(due=62)]}),
    ("goal_without_a_day", {"goals": [goal(due=None)]}),
    ("goals_only_count_heads", {"goals": [goal("mentees_served", 30)]}),
    ("nothing_weighed_is_asked", {"criteria": [criterion(weight=0)]}),
    ("nothing_weighed_is_asked", {"criteria": [criterion("category", "shoe_size")]}),
    ("weighed_but_never_asked", {"criteria": [criterion(), criterion("category", "shoe_size", 20, "Shoes")]}),
    ("one_answer_weighed_twice", {"criteria": [criterion(), criterion(name="Wishes")]}),
    ("one_criterion_decides_alone", {"criteria": [criterion(weight=90), criterion("gap", "years_of_experience", 10, "Experience")]}),
    ("own_words_weigh_much", {"criteria": [criterion(), criterion("text", "about", 30, "Own words")]}),
    ("identity_weighs_much", {"criteria": [criterion(), criterion("opt_in", "gender", 20, "Gender")]}),
    ("topics_weighed_but_none_to_choose", {"design": design(topics=[])}),
    ("too_few_topics_to_tell_people_apart", {"design": design(topics=["Pay"])}),
    ("more_topics_than_anybody_reads", {"design": design(topics=[f"Topic {n}" for n in range(41)])}),
    ("one_topic_written_twice", {"design": design(topics=[*TOPICS, {"group": "Money", "topics": ["  PAY"]}])}),
    ("rule_without_its_number", rule("min_gap", "many")),
    ("rule_without_its_number", rule("max_hours_apart", "-1")),
    ("one_rule_twice", rule("blocked")),
    ("rule_that_keeps_nobody_apart", rule("max_hours_apart", "12")),
    ("rule_that_keeps_nobody_apart", rule("min_gap", "0")),
    ("rule_that_hardly_anybody_meets", rule("min_gap", "26")),
    ("clocks_hardly_apart", rule("max_hours_apart", "0")),
    ("people_without_a_common_language", {"constraints": [BLOCKED]}),
    ("places_that_cannot_be", {"design": design(capacity_default=4, capacity_maximum=3, hours_per_month=9)}),
    ("more_mentees_than_hours", {"design": design(capacity_default=2)}),
    ("largest_load_needs_more_hours", {"design": design(capacity_maximum=5)}),
    ("no_hours_promised", {"design": design(hours_per_month=0)}),
    ("talks_rarer_than_the_cohort_lasts", {"design": design(cadence_days=300)}),
    ("hardly_any_talks", {"design": design(cadence_days=60)}),
    ("start_before_the_answers", {"design": design(reply_days=20)}),
    ("hardly_time_to_answer", {"design": design(reply_days=1)}),
    ("first_talk_after_the_end", {"design": design(first_meeting_days=151, pulse_first_days=160)}),
    ("long_wait_for_the_first_talk", {"design": design(first_meeting_days=22)}),
    ("asked_after_the_end", {"design": design(pulse_first_days=151)}),
    ("asked_before_they_can_have_met", {"design": design(pulse_first_days=13)}),
    ("asked_too_often", {"design": design(pulse_every_days=13)}),
    ("asked_only_once", {"design": design(pulse_every_days=150)}),
    ("before_applications_open", only(milestone("other", "opens_on", -1))),
    ("goes_on_after_the_end", only(milestone(anchor="ends_on", offset=-1, lasting_days=3))),
    ("survey_after_the_end", only(milestone("survey", "ends_on", 1))),
    ("mentors_prepared_after_the_start", only(milestone("preparation", offset=1, for_whom="mentor"))),
    ("mentors_prepared_after_matching", only(milestone("preparation", "matching_on", 0, lasting_days=2))),
    ("event_before_anybody_is_matched", only(milestone(anchor="matching_on", offset=-1))),
    ("over_before_the_last_can_apply", only(milestone("preparation", "closes_on", 0, for_whom="mentor"))),
    ("first_steps_after_the_start", only(milestone("onboarding", offset=1))),
    ("two_events_on_one_day", only(milestone(lasting_days=2), milestone(offset=4, name="Evening", for_whom="mentee"))),
    ("survey_beside_a_pulse", only(milestone("survey", offset=43))),
    ("two_surveys_close_together", only(milestone("survey", "ends_on", -40), milestone("survey", "ends_on", -27, name="Last"))),
    ("one_milestone_twice", only(milestone(), milestone(name="kick-off", for_whom="mentor"))),
    ("too_much_in_one_week", only(*(milestone("other", offset=day, name=f"Thing {day}") for day in range(4)))),
    ("already_past", only(milestone("other", "opens_on", -11))),
    ("nobody_is_welcomed", {"milestones": [milestone()]}),
    ("event_without_a_place", only(milestone(place=" "))),
    ("milestone_without_words", only(milestone("other", text=""))),
    ("in_person_wherever_people_live", {"design": design(**IN_PERSON)}),
    ("in_person_across_countries", {"design": design(**IN_PERSON), "criteria": [criterion(), PLACE],
        **classes({"countries": ["Malta"]}, {"countries": ["Kenya", "Chile"]})}),
    ("in_person_with_clocks_far_apart", rule("max_hours_apart", "6") | {"design": design(**IN_PERSON)}),
    ("online_but_place_weighs_much", {"design": design(mode="online"), "criteria": [criterion(), PLACE]}),
    ("one_talk_in_a_long_cohort", {"design": design(**FLASH)}),
    ("one_talk_but_a_pace_for_more", {"design": design(**FLASH)}),
    ("one_talk_asked_about_again", {"design": design(**FLASH)}),
    ("younger_mentors_have_to_be_ahead", rule("min_gap", "3") | {"design": design(**REVERSE)}),
    ("younger_mentors_gain_by_years_ahead", {"design": design(**REVERSE)}),
    ("younger_mentors_who_are_older", {"design": design(**REVERSE), **classes({"class_year_to": 2001}, {"class_year_from": 2010})}),
    ("mentors_younger_without_saying_so", classes({"class_year_from": 2015}, {"class_year_to": 2010})),
    ("one_to_one_with_many", {"design": design(capacity_maximum=4)}),
    ("scored_but_never_asked", {"selection": [scored(answer="capacity")]}),
    ("scored_but_never_asked", {"selection": [scored(answer="shoe_size")]}),
    ("scored_but_never_asked", {"selection": [scored(answer="topics")], "design": design(topics=[])}),
    ("scored_without_levels", {"selection": [scored(fair=" ")]}),
    ("levels_nobody_can_tell_apart", {"selection": [scored(fair="A  STEP, and what they tried.")]}),
    ("one_thing_scored_twice", {"selection": [scored(), scored("why now ")]}),
    ("more_than_anybody_scores", {"selection": [scored(f"Thing {n}") for n in range(6)]}),
    ("more_people_than_places_and_no_criteria", {"counted": {"mentee": 90, "mentor": 40}}),
    ("yes_to_a_name_alone", {"design": shows_only()}),
    ("identity_told_to_somebody_unknown", {"design": design(visibility={"gender": "proposal"})}),
    ("own_words_that_nobody_reads", {"design": design(visibility={"about": "office"}), "criteria": [criterion(), criterion("text", "about", 10, "Own words")]}),
    ("reasons_that_cannot_be_told", {"design": shows_only("work", "place")}),
    ("in_person_with_somebody_who_lives_nowhere", {"design": design(visibility={"place": "paired"}, **IN_PERSON)}),
]  # fmt: skip


@pytest.mark.parametrize(("code", "changes"), BROKEN)
def test_each_contradiction_is_found_where_it_is(code, changes):
    assert code in codes(plan(**changes))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("hardly_any_talks", {"design": design(cadence_days=60, **FLASH)}),
        ("talks_rarer_than_the_cohort_lasts", {"design": design(cadence_days=300, **FLASH)}),
        ("asked_only_once", {"design": design(pulse_every_days=150, **FLASH)}),
        ("one_to_one_with_many", {"design": design(capacity_maximum=4, **FLASH)}),
        ("one_talk_in_a_long_cohort", {"design": design(**FLASH), "cohort": None}),
        ("in_person_wherever_people_live", {"design": design(**IN_PERSON), "criteria": [PLACE]}),
        ("in_person_across_countries", {"design": design(**IN_PERSON), **classes({"countries": ["Malta"]}, {})}),
        ("in_person_with_clocks_far_apart", rule("max_hours_apart", "1") | {"design": design(**IN_PERSON)}),
        ("younger_mentors_who_are_older", classes({"class_year_to": 2001}, {"class_year_from": 2010})),
        ("one_thing_scored_twice", {"selection": [scored(), scored(role="mentor")]}),
        ("more_people_than_places_and_no_criteria", {"counted": {"mentee": 40, "mentor": 40}}),
        ("reasons_that_cannot_be_told", {"design": shows_only("topics")}),
    ],
)  # fmt: skip
def test_what_fits_is_not_found_fault_with(code, changes):
    assert code not in codes(plan(**changes))


def test_every_check_is_tried_and_described():
    known = [check.code for check in CHECKS]
    described = re.findall(r"^\| `(\w+)` ", (ROOT / "docs" / "contradictions.md").read_text(), re.M)

    assert len(known) == len(set(known)) >= 40
    assert {code for code, _ in BROKEN} == set(known)
    assert described == known


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_each_case_says_what_and_the_mend_in_whole_sentences(check):
    changes = [changes for code, changes in BROKEN if code == check.code]
    for each in (one for some in changes for one in check.of(plan(**some), day(-10))):
        assert each.sentence[0] == each.sentence[0].upper() or each.sentence[0] in "“"
        assert each.sentence.endswith(".")
        assert each.mend.endswith(".")


@pytest.mark.parametrize(
    "milestones",
    [
        only(milestone("survey", offset=44)),
        only(milestone("survey", "ends_on", -40), milestone("survey", "ends_on", -26, name="Last")),
        only(milestone(for_whom="mentor"), milestone(name="Evening", for_whom="mentee")),
        only(milestone(for_whom="mentor"), milestone(for_whom="mentee", text="Come.")),
        only(milestone("preparation", "matching_on", 0, for_whom="mentor")),
        only(milestone(anchor="matching_on", offset=-1, for_whom="mentor")),
        only(milestone(anchor="ends_on", offset=0)),
        only(*(milestone("other", offset=day, name=f"Thing {day}") for day in (0, 1, 2, 7))),
        {"milestones": []},
    ],
)
def test_what_is_just_far_enough_apart_is_well(milestones):
    assert codes(plan(**milestones)) == []


def test_a_design_alone_is_looked_at_without_a_cohort():
    assert codes(plan(cohort=None)) == []
    assert "asked_too_often" in codes(plan(cohort=None, design=design(pulse_every_days=3)))


def test_what_stands_in_the_way_comes_first():
    found = what_contradicts(plan(coordinators=["Lena"], goals=[]), day(-10))

    assert [(each.code, each.blocks) for each in found] == [
        ("no_goal_has_a_target", True),
        ("only_one_looks_after_it", False),
    ]


def test_an_empty_design_is_looked_at_without_a_fault():
    bare = Plan(design=Design(topics=[]))

    found = codes(bare)

    assert {"nobody_looks_after_it", "no_goal_has_a_target", "nothing_weighed_is_asked"} <= {*found}
