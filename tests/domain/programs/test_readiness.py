"""What contradicts itself in a plan, each case by its code; and what fits."""

import re
from decimal import Decimal

import pytest

from lodestar.domain.forms.rules import Condition
from lodestar.domain.programs.rules.readiness import CHECKS, Plan, what_contradicts
from lodestar.engine.forms.questions import Use, Words
from tests.factories.plans import (
    BLOCKED,
    FLASH,
    GROUP,
    HIDES_ALL_BUT_THE_PLACE,
    IN_PERSON,
    ONLY_RUNNERS,
    PEERS,
    PLACE,
    REVERSE,
    RUNS,
    SPORT,
    TOPICS,
    Audience,
    Design,
    Program,
    asking,
    at_most,
    classes,
    codes,
    cohort,
    criterion,
    day,
    design,
    eligible,
    goal,
    milestone,
    not_alone,
    only,
    own,
    plan,
    rule,
    scored,
    shows_only,
    surveying,
)
from tests.real_data import ROOT


def test_a_whole_plan_contradicts_itself_nowhere():
    assert codes(plan()) == []


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
    ("nobody_to_sign_off", {"design": design(needs_sign_off=True), "coordinators": [object()]}),
    ("hardly_time_to_answer", {"design": design(reply_days=1)}),
    ("trial_before_a_single_talk", {"design": design(format="flash", exploring_days=14)}),
    ("trial_longer_than_the_cohort", {"design": design(exploring_days=151)}),
    ("hardly_time_for_a_trial", {"design": design(exploring_days=6)}),
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
    ("sizes_that_cannot_be", {"design": design(**GROUP | {"group_least": 7})}),
    ("sizes_that_cannot_be", {"design": design(**PEERS | {"group_least": 1})}),
    ("sizes_that_cannot_be", {"design": design(**PEERS | {"group_most": 21})}),
    ("mentors_who_may_take_no_group", {"design": design(**GROUP | {"capacity_default": 2, "capacity_maximum": 2})}),
    ("places_that_never_make_a_group", {"design": design(**GROUP | {"capacity_default": 2})}),
    ("places_that_no_group_fills", {"design": design(**GROUP | {"capacity_maximum": 7})}),
    ("peers_led_by_a_mentor", {"design": design(**PEERS | {"led_by": "mentor"})}),
    ("peers_have_to_be_ahead", rule("min_gap", "3") | {"design": design(**PEERS)}),
    ("peers_gain_by_years_ahead", {"design": design(**PEERS), "criteria": [criterion("gap", "years_of_experience")]}),
    ("rules_for_groups_among_pairs", {"design": design(**PEERS | {"group_least": 2, "group_most": 3, "group_rules": [at_most("employer")]})}),
    ("group_rules_that_cannot_be", {"design": design(**GROUP, group_rules=[at_most("employer"), at_most("employer", 2)])}),
    ("group_rules_that_cannot_be", {"design": design(**GROUP, group_rules=[at_most("shoe_size")])}),
    ("group_rules_that_cannot_be", {"design": design(**GROUP, group_rules=[not_alone("gender", "")])}),
    ("rule_that_no_group_can_keep", {"design": design(**GROUP, group_rules=[not_alone("gender", "woman", 7)])}),
    ("rule_that_no_group_can_break", {"design": design(**GROUP, group_rules=[at_most("employer", 6)])}),
    ("rules_that_exclude_each_other", {"design": design(**GROUP, group_rules=[at_most("country"), not_alone("country", "Kenya")])}),
    ("audience_that_breaks_a_group_rule", classes({}, {"countries": ["Kenya", "Malta"]}) | {"design": design(**GROUP, group_rules=[at_most("country")])}),
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
    ("more_places_than_the_form_offers", eligible(kind="at_least", answer="capacity", least=4)),
    ("asked_for_an_answer_that_nobody_can_give", eligible(kind="chosen", answer="q_gone", values=["Chess"])),
    ("on_a_roll_that_is_empty", eligible(kind="on_roll") | {"on_roll": 0}),
    ("who_they_are_asked_twice", eligible(kind="on_roll", more=["verified"])),
    ("more_hours_than_are_expected", eligible(kind="at_least", answer="hours_per_month", least=3)),
    ("no_way_to_a_partner", {"design": design(ways=[])}),
    ("window_that_ends_after_matching", {"design": design(ways=["office", "rank"], window_days=1)}),
    ("lists_put_together_after_the_start", {"design": design(ways=["rank"], window_days=14)}),
    ("chosen_by_name_alone", {"design": design(ways=["ask"], **HIDES_ALL_BUT_THE_PLACE)}),
    ("hardly_days_to_choose", {"design": design(ways=["rank"]), "cohort": cohort(closes_on=32)}),
    ("asked_in_turn_beyond_the_start", {"design": design(ways=["ask"])}),
    ("list_too_short_to_help", {"design": design(ways=["rank"], most_choices=2)}),
    ("left_over_by_the_lists", {"design": design(ways=["rank"])}),
    ("more_requests_than_anybody_answers", {"design": design(ways=["ask"], most_asks=6)}),
    ("read_by_one_person_alone", {"design": design(ways=["ask"], asks_are_read=True), "coordinators": ["Lena"]}),
    ("asked_before_what_it_follows", asking(RUNS, own())),
    ("condition_that_can_never_hold", asking(own(), own("q_a", "How?", "short", condition=Condition("q_sport", ("Fencing",))))),
    ("condition_that_can_never_hold", asking(own("q_a", "How?", "short", condition=Condition("q_gone", ("yes",))))),
    ("condition_that_can_never_hold", asking(own(role="mentor"), RUNS)),
    ("needed_but_asked_only_of_some", asking(own(step="you"), languages={"condition": ONLY_RUNNERS, "step": "words"})),
    ("rule_without_its_question", asking(without=["languages"])),
    ("for_matching_but_never_weighed", asking(SPORT)),
    ("weighed_but_asked_only_of_some", asking(own(step="you"), own("q_runs", "How far?", condition=ONLY_RUNNERS)) | {
        "criteria": [criterion(), criterion("category", "q_runs", 9, "How far")]}),
    ("for_the_partner_but_never_shown", asking(own(use=Use.BRIEF))),
    ("for_the_numbers_but_shown", asking(own(use=Use.REPORT), shown={"q_sport": "paired"})),
    ("translated_in_part", asking(own(words={"de": Words("Welcher Sport?", "", {"Chess": "Schach"})}))),
    ("form_that_takes_long", asking(*(own(f"q_{n}", f"Why {n}?", "long") for n in range(4)))),
    ("asked_before_what_it_follows_in_needs", surveying(RUNS, own())),
    ("condition_that_can_never_hold_in_needs", surveying(own(role="mentor"), RUNS)),
    ("translated_in_part_in_needs", surveying(own(words={"de": Words("Welcher Sport?", "", {})}))),
    ("own_questions_that_take_long_in_needs", surveying(*(own(f"q_{n}", f"Why {n}?", "long") for n in range(3)))),
    ("weighed_but_never_asked", asking(own(role="mentor")) | {
        "criteria": [criterion(), criterion("category", "q_sport", 9, "Sport")]}),
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
        ("one_to_one_with_many", {"design": design(**GROUP)}),
        ("more_mentees_than_hours", {"design": design(**GROUP)}),
        ("no_hours_promised", {"design": design(**PEERS, hours_per_month=0)}),
        ("nobody_knows_what_is_expected", {"design": design(**PEERS | {"expected_of_mentors": ""})}),
        ("sizes_that_cannot_be", {"design": design(group_least=9)}),
        ("group_rules_that_cannot_be", {"design": design(group_rules=[at_most("shoe_size")])}),
        ("rules_that_exclude_each_other", {"design": design(**GROUP, group_rules=[at_most("country", 2), not_alone("country", "Kenya")])}),
        ("audience_that_breaks_a_group_rule", classes({}, {"countries": ["Kenya", "Malta", "Peru"]}) | {"design": design(**GROUP, group_rules=[at_most("country")])}),
        ("one_talk_in_a_long_cohort", {"design": design(**FLASH), "cohort": None}),
        ("in_person_wherever_people_live", {"design": design(**IN_PERSON), "criteria": [PLACE]}),
        ("in_person_across_countries", {"design": design(**IN_PERSON), **classes({"countries": ["Malta"]}, {})}),
        ("in_person_with_clocks_far_apart", rule("max_hours_apart", "1") | {"design": design(**IN_PERSON)}),
        ("younger_mentors_who_are_older", classes({"class_year_to": 2001}, {"class_year_from": 2010})),
        ("one_thing_scored_twice", {"selection": [scored(), scored(role="mentor")]}),
        ("more_people_than_places_and_no_criteria", {"counted": {"mentee": 40, "mentor": 40}}),
        ("reasons_that_cannot_be_told", {"design": shows_only("topics")}),
        ("window_that_ends_after_matching", {"design": design(ways=["office", "rank"])}),
        ("window_that_ends_after_matching", {"design": design(ways=["ask", "rank"], window_days=7)}),
        ("lists_put_together_after_the_start", {"design": design(ways=["rank"], window_days=13)}),
        ("chosen_by_name_alone", {"design": design(**HIDES_ALL_BUT_THE_PLACE)}),
        ("hardly_days_to_choose", {"design": design(ways=["rank"])}),
        ("asked_in_turn_beyond_the_start", {"design": design(ways=["ask"], most_choices=2)}),
        ("left_over_by_the_lists", {"design": design(ways=["ask", "rank"])}),
        ("condition_that_can_never_hold", asking(own(), RUNS)),
        ("asked_before_what_it_follows", asking(own(), RUNS)),
        ("asked_before_what_it_follows_in_needs", surveying(own(), RUNS)),
        ("condition_that_can_never_hold_in_needs", surveying(own(), RUNS)),
        ("own_questions_that_take_long_in_needs", surveying(own(), RUNS)),
        ("rule_without_its_question", rule("not_same", "employer")),
        ("for_matching_but_never_weighed", asking(SPORT) | {
            "criteria": [criterion(), criterion("category", "q_sport", 9, "Sport")]}),
        ("weighed_but_never_asked", asking(SPORT) | {
            "criteria": [criterion(), criterion("category", "q_sport", 9, "Sport")]}),
        ("for_the_partner_but_never_shown", asking(own(use=Use.BRIEF), shown={"q_sport": "paired"})),
        ("translated_in_part", asking(own())),
    ],
)  # fmt: skip
def test_what_fits_is_not_found_fault_with(code, changes):
    assert code not in codes(plan(**changes))


@pytest.mark.parametrize(
    "changes",
    [
        eligible(kind="at_least", answer="capacity", least=3),
        eligible(kind="on_roll") | {"on_roll": 1},
        eligible(kind="verified"),
        eligible(kind="at_least", answer="hours_per_month", least=2),
    ],
)
def test_rules_that_people_can_meet_are_not_found_fault_with(changes):
    assert codes(plan(**changes)) == []


def test_every_check_is_tried_and_described():
    known = [check.code for check in CHECKS]
    described = re.findall(r"^\| `(\w+)` ", (ROOT / "docs" / "contradictions.md").read_text(), re.M)

    assert len(known) == len(set(known)) > 140
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
