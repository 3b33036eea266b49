"""When a forecast makes sense, which one is kept, and how everything is said."""

from datetime import UTC, date, datetime

import pytest

from lodestar.domain.programs.models import Design
from lodestar.domain.trials import rules
from lodestar.domain.trials.models import Forecast
from lodestar.engine.measures.power import detectable
from lodestar.engine.simulation.assumptions import Assumptions
from lodestar.engine.simulation.comparing import Difference
from lodestar.engine.simulation.rates import published_rates
from lodestar.engine.simulation.reporting import plain
from lodestar.engine.simulation.spreads import Gain

SHARE = {"count": 30, "of": 60}


def forecast(**fields):
    return Forecast(**({"status": "ready", "pool": "applicants"} | fields))


@pytest.mark.parametrize(
    ("mentees", "mentors", "says_no"),
    [(0, 0, True), (4, 9, True), (5, 1, True), (5, 2, False), (4_000, 3_000, False), (4_001, 3_000, True)],
)  # fmt: skip
def test_a_forecast_takes_enough_people_and_not_too_many(mentees, mentors, says_no):
    assert bool(rules.why_not_people(mentees, mentors)) == says_no


@pytest.mark.parametrize(
    ("fields", "sent", "may"),
    [
        ({}, None, True),
        ({"status": "failed"}, None, False),
        ({"status": "requested"}, None, False),
        ({"pool": "past"}, None, False),
        ({"pool": "roll"}, None, False),
        ({}, datetime(2026, 1, 1, tzinfo=UTC), False),
    ],
)
def test_which_forecast_may_be_kept(fields, sent, may):
    assert rules.can_pin(forecast(**fields), sent) == may


@pytest.mark.parametrize(
    ("first", "every", "pulses"),
    [(30, 60, 3), (300, 60, 0), (180, 60, 1), (30, 1, 11), (1, 1, 12)],
)
def test_how_often_each_side_is_asked(first, every, pulses):
    design = Design(pulse_first_days=first, pulse_every_days=every)

    assert rules.pulses_of(design, date(2026, 1, 1), date(2026, 6, 30)) == pulses


@pytest.mark.parametrize(
    ("actual", "verdict", "words"),
    [
        (3, "within", "as expected"),
        (1, "below", "below what was expected"),
        (9, "above", "above what was expected"),
        (None, "", "not known"),
    ],
)
def test_what_happened_is_judged_by_the_interval(actual, verdict, words):
    assert rules.verdict_of(2, 5, actual) == verdict
    assert rules.verdict_in_words(verdict) == words


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"code": "everyone"}, "In 50 % of draws all 8 mentees share 3 places."),
        ({"code": "mixed"}, "In 50 % of draws 8 mentees of many kinds share 3 places."),
        ({"code": "of_value", "field": "industry", "value": "Health > Biotech and pharma"},
         "In 50 % of draws 8 mentees (field of work: Biotech and pharma) share 3 places."),
        ({"code": "of_value", "field": "languages", "value": "ar"},
         "In 50 % of draws 8 mentees (language: Arabic) share 3 places."),
        ({"code": "of_value", "field": "topics", "value": "المقابلات"},
         "In 50 % of draws 8 mentees (topic: المقابلات) share 3 places."),
        ({"code": "no_eligible_mentor"}, "In 50 % of draws 8 mentees have no mentor whom the rules allow."),
        ({"code": "no_eligible_mentor", "field": "shoe_size", "value": "44"},
         "In 50 % of draws 8 mentees (shoe size: 44) have no mentor whom the rules allow."),
    ],
)  # fmt: skip
def test_what_binds_is_said_in_a_sentence(facts, said):
    found = {"share": SHARE, "mentees": 7.9, "places": 3.2, "field": "", "value": ""} | facts

    assert rules.bottleneck_in_words(found) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"code": "recruit", "people_to_win": 1}, "Recruit 1 mentor like those there are"),
        ({"code": "recruit", "people_to_win": 4, "field": "place", "value_of_field": "Kenya > Nairobi"},
         "Recruit 4 mentors for mentees with place: Nairobi, Kenya"),
        ({"code": "one_more_place", "people_to_win": 9}, "Ask 9 mentors to take one more mentee each"),
        ({"code": "one_more_place", "people_to_win": 2, "field": "topics", "value_of_field": "Pay"},
         "Ask 2 mentors open to mentees with topic: Pay to take one more each"),
        ({"code": "relax_rule", "rule": "common_language:1"}, "Leave out the rule “They share a language”"),
        ({"code": "relax_rule", "rule": "own_rule"}, "Leave out the rule “Own rule”"),
        ({"code": "loosen_rule", "rule": "max_hours_apart:2", "new_value": 7.0},
         "Loosen the rule “Their clocks are not too far apart” to 7.0"),
        ({"code": "lower_floor", "new_value": 0.025},
         "Lower the lowest score that is proposed to 0.025 of a perfect one"),
    ],
)  # fmt: skip
def test_what_would_help_is_said_as_an_office_would(facts, said):
    blank = {"people_to_win": None, "field": "", "value_of_field": "", "rule": "", "new_value": 0}

    assert rules.relief_in_words(blank | facts) == said


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"code": "recruit", "people_to_ask": 5, "says_yes": 0.2, "hours": 1.25},
         "5 people to ask, if 1 in 5 says yes; about 1.2 hours"),
        ({"code": "one_more_place", "people_to_ask": 1, "hours": 0.25},
         "1 mentor to ask; the gain holds if all say yes; about 0.2 hours"),
        ({"code": "relax_rule", "hours": 2.0, "added_pairs": 14},
         "one rule given up or loosened: 14 more pairs are allowed; about 2 hours"),
        ({"code": "lower_floor", "hours": 1.0, "added_pairs": 1},
         "one rule given up or loosened: 1 more pair is allowed; about 1 hour"),
        ({"code": "relax_rule"}, ""),
    ],
)  # fmt: skip
def test_what_a_relief_costs_is_said_as_an_office_would(facts, said):
    assert rules.cost_in_words({"people_to_ask": None, "hours": None} | facts) == said


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "With 1 mentee who meets and answers, no difference in outcomes can be shown."),
        (4, "With 4 mentees who meet and answer, no difference in outcomes can be shown."),
        (8, "not even a share of all against one of half would be seen 4 times of 5"),
        (100, "a share of one half must rise by 19 points, or a rating of 1 to 5 by 0.4"),
    ],
)
def test_what_could_be_shown_depends_on_the_size(size, said):
    assert said in rules.power_in_words(plain(detectable(size, size)))


@pytest.mark.parametrize(
    ("gain", "said"),
    [
        (Gain(2.7, 2.1, 3.3, 500), "With the second about 2.7 more mentees meet"),
        (Gain(-2.7, -3.3, -2.1, 500), "With the second about 2.7 fewer mentees meet"),
        (Gain(0.1, -0.2, 0.4, 500), "Both let about as many mentees meet"),
        (Gain(2.7, None, None, 1), "Both let about as many mentees meet"),
    ],
)
def test_two_forecasts_are_compared_in_a_sentence(gain, said):
    sentence = rules.difference_in_words(Difference(gain, -1, 7))

    assert sentence == f"{said}; 9 times of 10 the difference lies between −1 and +7."


def test_the_same_fates_and_different_numbers_of_people_are_told_as_such():
    same = Difference(Gain(0.0, 0.0, 0.0, 500), 0, 0)

    assert rules.difference_in_words(same, is_same=True) == (
        "No difference: the same people met the same fates, and as many of them met a mentor."
    )
    assert rules.difference_in_words(same) == (
        "Both let about as many mentees meet; 9 times of 10 there is no difference."
    )
    assert rules.shares_in_words((13.0, 51.2), (16, 60)) == (
        "Of the first 16 mentees 81 % meet a mentor, of the second 60 it is 85 %."
    )


def test_every_rate_and_source_has_words():
    said = {
        name: (rules.rate_in_words(name), rules.beginning_in_words(rate.published, rate.source))
        for name, rate in published_rates().items()
    }

    assert len({label for label, _source in said.values()}) == len(said)
    assert said["mentee.drop_out"][1] == "Our guess: 5 %; nothing is published."
    assert [name for name, (_label, begun) in said.items() if begun.startswith("Published: ")] == [
        "pair.never_met"
    ]
    assert all(begun.startswith(("Published: ", "Our guess: ")) for _label, begun in said.values())
    assert rules.source_in_words(Assumptions().meeting_source).startswith("our guess, shaped so")
    assert rules.beginning_in_words(0.125, "our own count") == "12.5 %: our own count"
    assert rules.source_in_words("our own count") == "our own count"


def test_half_of_nothing_is_the_last_day():
    assert rules.days_half_met((0, 0)) == 1
    assert rules.days_half_met((1, 1, 1, 1)) == 2


def report_where(planned, accepted, met, **rates):
    usual = {name: rate.usual for name, rate in published_rates().items()}
    return {
        "inputs": {"mentees": 16},
        "planned": planned,
        "expected": {"accepted": {"mean": accepted}, "met": {"mean": met}},
        "rates": {
            name: {"usual": rates.get(name.replace(".", "_"), share)}
            for name, share in usual.items()
        },
    }


def test_where_everybody_falls_away_people_are_named_and_not_places():
    certain = dict.fromkeys(("mentee_drop_out", "mentor_drop_out", "mentor_decline"), 1.0)

    assert rules.stops_in_words(report_where(16, 0.0, 0.0, **certain)) == [
        "About 16 of 16 find no mentor who says yes too, because people drop out, do not answer or say no "
        "(the largest rates: Mentees who drop out before matching, 100 %; Mentors who drop out before matching, "
        "100 %; Mentors who say no to a match, 100 %)."
    ]


def test_the_way_to_a_first_meeting_is_told_step_by_step():
    assert rules.stops_in_words(report_where(13, 13.0, 11.7)) == [
        "3 of 16 have no place, even if everybody keeps their word.",
        "About 1 of 16 have a mentor and never meet (10 % of the pairs that said yes).",
    ]
    assert rules.stops_in_words(report_where(16, 16.0, 15.8)) == []


def test_a_number_that_is_certain_is_told_without_a_range():
    certain = {
        "inputs": {"mentees": 16},
        "expected": {"met": {"mean": 0.0, "low": 0.0, "high": 0.0}},
    }

    assert (
        rules.headline(certain)
        == "0 of 16 mentees will meet a mentor, 9 times of 10 or more often."
    )
