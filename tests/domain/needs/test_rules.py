"""What binds, told in sentences; what may be asked and planned."""

import pytest

from lodestar.domain.needs import rules

FOUND = {
    "mentees": 9,
    "mentors": 4,
    "places": 6,
    "served": 6,
    "places_each": 3,
    "anyone": {"mentees": 0, "points": 0, "filled": 0},
    "like": [],
    "values": [],
}
SWAHILI = {"field": "languages", "value": "sw", "serves": 3}


@pytest.mark.parametrize(
    ("found", "sentence"),
    [
        ({"mentees": 0}, "Nobody looks for a mentor yet"),
        ({"served": 9}, "Every mentee so far can have a mentor"),
        ({}, "No one kind of mentor would serve anybody more: a rule stands between"),
        (
            {"values": [{**SWAHILI, "serves": 0}]},
            "No one kind of mentor would serve anybody more: a rule stands between",
        ),
        (
            {"values": [SWAHILI]},
            "One more mentor who speaks Swahili would serve 3 more mentees",
        ),
        (
            {"values": [{"field": "way", "value": "listens", "serves": 1}]},
            "One more mentor whose answer to “way” is “listens” would serve 1 more mentee",
        ),
    ],
)
def test_the_headline_says_what_binds(found, sentence):
    assert rules.headline(FOUND | found) == sentence


ARABIC = {"field": "languages", "value": "ar", "serves": 3}


def test_where_any_mentor_more_would_serve_as_many_that_is_said_first():
    found = FOUND | {"values": [SWAHILI], "anyone_serves": 3}

    assert rules.headline(found) == (
        "Any mentor more would serve 3 more mentees; most wished for is one who speaks Swahili"
    )
    assert rules.why_headline(found)[-1] == (
        "Any mentor more would serve as many; named is what the most of those want who would "
        "otherwise have nobody."
    )
    assert rules.headline(found | {"anyone_serves": 2}) == (
        "One more mentor who speaks Swahili would serve 3 more mentees"
    )


def test_the_reason_speaks_of_the_one_whom_the_headline_names():
    five = {"field": "languages", "value": "sw", "serves": 5}
    found = FOUND | {"values": [five, ARABIC], "anyone_serves": 3, "anyone": {"mentees": 3}}
    won = {("languages", "sw"): True}

    assert rules.headline(found, won).startswith("Any mentor more would serve 3 more mentees")
    assert rules.why_headline(found, won)[-1].startswith("Any mentor more would serve as many;")


def test_what_the_plan_has_won_steps_back():
    few = {"field": "languages", "value": "de", "serves": 1}
    swahili = ("languages", "sw")

    def order(settled):
        return [each["value"] for each in rules.in_order([SWAHILI, ARABIC, few], settled)]

    assert order({}) == ["sw", "ar", "de"]
    assert order({swahili: False}) == ["ar", "sw", "de"]
    assert order({swahili: True}) == ["ar", "de", "sw"]
    assert rules.headline(FOUND | {"values": [SWAHILI, ARABIC]}, {swahili: False}) == (
        "One more mentor who speaks Arabic would serve 3 more mentees"
    )
    assert rules.headline(FOUND | {"values": [SWAHILI]}, {swahili: True}) == (
        "One more mentor who speaks Swahili would serve 3 more mentees"
    )


@pytest.mark.parametrize(
    ("mentees", "criteria", "paired", "begin"),
    [
        (1, 1, 0, ""),
        (1, 0, 0, "The design of this program weighs nothing yet"),
        (0, 1, 0, "Nobody looks for a mentor here yet."),
        (0, 1, 24, "Nobody looks for a mentor here any more: 24 mentees have theirs."),
    ],
)
def test_why_there_is_nothing_to_work_out(mentees, criteria, paired, begin):
    sentence = rules.why_not_request(mentees, criteria, paired)

    assert sentence.startswith(begin)
    assert bool(sentence) == bool(begin)


def test_the_counts_beneath_it_say_who_is_left():
    assert rules.standing(FOUND) == (
        "9 mentees, and 4 mentors with 6 places: 6 could be served, 3 not."
    )
    assert rules.standing(FOUND | {"mentees": 1, "mentors": 1, "places": 1, "served": 1}) == (
        "1 mentee, and 1 mentor with 1 place: all could be served today."
    )


def test_how_it_was_counted_says_who_was_tried_and_whether_anybody_would_do():
    like = {"like": [["languages", ["en"]], ["time_zone", ["Europe/Oslo"]]]}

    plain = rules.why_headline(FOUND | {"places_each": 1})
    told = rules.why_headline(FOUND | like | {"anyone": {"mentees": 1}})

    assert plain == [
        "Counted by matching everybody anew with such a mentor who takes one mentee.",
        "A mentor without it would serve nobody more.",
    ]
    assert told == [
        "Counted by matching everybody anew with such a mentor who takes up to 3 mentees.",
        "For the rest it is a mentor like most here: one who speaks English, who lives by the clock of Oslo.",
        "Any mentor more would serve somebody; this one fits best.",
    ]


@pytest.mark.parametrize(
    ("field", "value", "one", "many"),
    [
        ("topics", "مقابلات", "who can help with “مقابلات”", "who can help with “مقابلات”"),
        ("industry", "Health > Care", "who works in health care", "who work in health care"),
        ("function", "Flumer", "who works in Flumer", "who work in Flumer"),
        ("field_of_study", "Law > Law", "who studied Law", "who studied Law"),
        ("place", "Africa > Kenya > Nairobi", "who lives in Nairobi, Kenya", "who live in Nairobi, Kenya"),
        ("country", "Kenya", "who lives in Kenya", "who live in Kenya"),
        ("clock", "east", "from Asia and the Pacific", "from Asia and the Pacific"),
        ("", "", "", ""),
    ],
)  # fmt: skip
def test_whom_a_gap_asks_for(field, value, one, many):
    assert (rules.who(field, value), rules.who(field, value, 2)) == (one, many)


def test_whole_answers_are_sent_and_others_say_what_is_missing():
    assert rules.why_not_send("mentee", {"topics": ["Law"]}, has_consent=True) == []
    assert rules.why_not_send("mentor", {}, has_consent=False) == [
        "Choose at least one topic you could help with.",
        "Say yes to our using the answers; without it we cannot count them.",
    ]
