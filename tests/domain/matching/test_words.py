"""How is it said: reasons, where a match stands, why somebody is left, what was proven."""

import pytest

from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Unmatched
from lodestar.domain.matching.queries.reading import answers_of
from tests.factories.two import AMINA, MENTEE, MENTOR, RUTH, Answer, Status, make


def reason(code, kind, *values, field="topics"):
    return {"criterion": "Any", "field": field, "kind": kind, "code": code, "values": list(values)}


@pytest.mark.parametrize(
    ("told", "mentee_reads", "mentor_reads"),
    [
        (
            reason("shared", "topics", "public health", "writing"),
            "Ruth offers help with “public health” and “writing”, which you asked for.",
            "Amina asks for help with “public health” and “writing”, which you offer.",
        ),
        (reason("shared", "language", "sw", "xx-klingon"), "You both speak Swahili and xx-klingon.", None),
        (reason("shared", "category", "Remote"), "You both named “Remote”.", None),
        (
            reason("shared", "topics", "Web development > React"),
            "Ruth offers help with “React”, which you asked for.",
            "Amina asks for help with “React”, which you offer.",
        ),
        (
            reason("near", "topics", "Work > Pay", "Work > Contracts"),
            "You asked for help with “Pay”; Ruth offers “Contracts”.",
            "Amina asks for help with “Pay”; you offer “Contracts”.",
        ),
        (
            reason("same", "hierarchy", "Health > Care", field="industry"),
            "You both work, or want to work, in health care.",
            None,
        ),
        (
            reason("same_family", "hierarchy", "Health > Public health", field="industry"),
            "You both work, or want to work, in health.",
            None,
        ),
        (
            reason("same", "hierarchy", "Hydrologist", field="function"),
            "You both named the same work: Hydrologist.",
            None,
        ),
        (
            reason("same_family", "hierarchy", "Humanities", field="field_of_study"),
            "What you two studied is close.",
            None,
        ),
        (reason("same", "hierarchy", "Biology", field="field_of_study"), "You both studied Biology.", None),
        (reason("same", "hierarchy", "Kenya > Nairobi", field="place"), "You are both in Nairobi.", None),
        (reason("same", "hierarchy", "A > B", field="else"), "You both named B.", None),
        (
            reason("years_ahead", "gap", "8"),
            "Ruth is about 8 years further along the way.",
            "You are about 8 years further along the way than Amina.",
        ),
        (
            reason("years_ahead", "gap", "1"),
            "Ruth is a year further along the way.",
            "You are a year further along the way than Amina.",
        ),
        (
            reason("hours_apart", "timezone", "0"),
            "Your clocks show the same time, so an hour together is easy to find.",
            None,
        ),
        (reason("hours_apart", "timezone", "1"), "Your clocks are only an hour apart.", None),
        (reason("hours_apart", "timezone", "2.5"), "Your clocks are only 2.5 hours apart.", None),
        (reason("words", "text", "policy", "somebody", "lab"), "You both wrote about “policy” and “lab”.", None),
    ],
)  # fmt: skip
def test_a_reason_is_a_sentence_for_each_side(told, mentee_reads, mentor_reads):
    match = make(reasons=[told])

    assert rules.in_sentences(match, MENTEE) == [mentee_reads]
    assert rules.in_sentences(match, MENTOR) == [mentor_reads or mentee_reads]


@pytest.mark.parametrize(
    "told",
    [
        reason("shared", "opt_in", "woman"),
        reason("hours_apart", "timezone", "5"),
        reason("same_family", "hierarchy", "Africa", field="place"),
        reason("same_family", "hierarchy", "Society", field="industry"),
        reason("words", "text", "somebody", "hour"),
        reason("excluded", "topics", "ranked 9th"),
    ],
)
def test_what_is_not_for_telling_is_not_told(told):
    [sentence] = rules.in_sentences(make(reasons=[told]), MENTEE)

    assert sentence.startswith("The coordinators looked at everyone together")


def test_at_most_four_sentences_each_once():
    told = [reason("shared", "category", str(n % 6)) for n in range(12)]

    assert rules.in_sentences(make(reasons=told), MENTEE) == [
        f"You both named “{n}”." for n in range(4)
    ]


@pytest.mark.parametrize(
    ("match", "reader", "start"),
    [
        (make(), AMINA, "Please answer by Saturday, 28 November."),
        (make(Status.HALF_ACCEPTED, mentee=Answer.ACCEPTED), AMINA, "You said yes. Ruth has until"),
        (make(Status.HALF_ACCEPTED, mentee=Answer.ACCEPTED), RUTH, "Please answer by"),
        (make(Status.ACCEPTED, Answer.ACCEPTED, Answer.ACCEPTED), RUTH, "You and Amina both said yes"),
        (make(Status.DECLINED, mentor=Answer.DECLINED), RUTH, "You said no, and that is fine."),
        (make(Status.DECLINED, mentor=Answer.DECLINED), AMINA, "This match does not go ahead."),
        (make(Status.EXPIRED), AMINA, "The time to answer ran out on Saturday"),
        (make(exploring_days=14), AMINA, "Please answer by Saturday, 28 November. A yes is a yes to one meeting"),
        (make(Status.EXPLORING), AMINA, "You both said yes to a first meeting."),
        (make(Status.EXPLORING, mentee_verdict=Answer.ACCEPTED), AMINA, "You would like to go on. Ruth is asked"),
        (make(Status.EXPLORING, mentee_verdict=Answer.ACCEPTED), RUTH, "You both said yes to a first meeting."),
        (make(Status.DECLINED, mentor_verdict=Answer.DECLINED), RUTH, "You said no, and that is fine."),
        (make(Status.DECLINED, mentor_verdict=Answer.DECLINED), AMINA, "This match does not go ahead."),
        (make(Status.WITHDRAWN), AMINA, "The coordinators took this match back."),
    ],
)  # fmt: skip
def test_where_a_match_stands_is_said_to_each_of_its_two(match, reader, start):
    assert rules.next_in_words(match, reader).startswith(start)


@pytest.mark.parametrize(
    ("reason", "details", "why", "help_"),
    [
        (
            "no_eligible_mentor",
            {"rules": {"common_language:1": 30, "banned": 1}},
            "No mentor could be asked. 30 mentors: they share no language with them; 1 mentor: "
            "they were set apart from them by a coordinator.",
            "A mentor who meets these rules, or a milder rule.",
        ),
        (
            "no_eligible_mentor",
            {},
            "There was no mentor with a free place.",
            "One more mentor who can take somebody.",
        ),
        (
            "places_short",
            {"mentees": 8, "mentors": 6, "places": 7},
            "8 mentees, this one among them, can only be served by 6 mentors who have 7 places.",
            "One more place with one of these mentors, or one more mentor like them.",
        ),
        (
            "places_short",
            {"mentees": 80, "mentors": 60, "places": 70, "everyone": True},
            "All 60 mentors together have 70 places for 80 mentees.",
            "10 more places with these mentors, or more mentors like them.",
        ),
        (
            "left_for_total",
            {},
            "Serving this mentee would have lowered the total, which this program puts first.",
            "The objective “serve the most mentees” in the design.",
        ),
        (
            "not_needed",
            {"places": 2},
            "2 places stayed free: every mentee who could be served has a mentor.",
            "More mentees, or a word of thanks: they are the ones to ask when somebody falls out.",
        ),
    ],
)
def test_why_somebody_is_left_is_said_with_counts_and_a_mend(reason, details, why, help_):
    assert rules.unmatched_in_words(Unmatched(reason=reason, details=details)) == (why, help_)


def test_a_rule_that_nobody_named_is_shown_as_it_is():
    assert rules.rule_in_words("odd") == "break the rule “odd”"


@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [
        ({}, "No pair could be made: every one of them breaks a rule."),
        (
            {"matched": 3, "gap": 0, "violators": 0, "objective": "served"},
            "Proven best: no other set of pairs serves more mentees, and none that serves as many "
            "has a higher total.",
        ),
        (
            {"matched": 3, "gap": 0, "violators": 0, "objective": "total"},
            "Proven best: no other set of pairs has a higher total.",
        ),
        (
            {"matched": 3, "gap": 1500, "violators": 2, "objective": "served"},
            "Not proven best: another set of pairs could gain up to 1,500 points. Everything else "
            "on this page holds.",
        ),
    ],
)
def test_the_certificate_says_no_more_than_was_proven(certificate, sentence):
    assert rules.proof_in_words(certificate) == sentence


def test_every_number_of_a_certificate_is_explained():
    certificate = {"mentees": 3, "mentors": 2, "places": 2, "matched": 2, "total": 900, "gap": 0}

    rows = rules.numbers_explained(certificate)

    assert [(name, number) for name, number, _meaning in rows][:5] == [
        ("Mentors", "2"), ("Places", "2"), ("Allowed pairs", "0"), ("Total", "900"), ("Mean", "450")
    ]  # fmt: skip
    assert all(meaning for _name, _number, meaning in rows)
    assert rules.numbers_explained({}) == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("languages", "hi", "Hindi"),
        ("languages", "yo", "Yoruba"),
        ("place", "India > Mumbai", "Mumbai, India"),
        ("time_zone", "America/New_York", "New York"),
        ("function", "Health > Care", "Care"),
        ("years_of_experience", 12, "12"),
    ],
)
def test_the_office_reads_an_answer_as_it_would_be_said(field, value, said):
    assert rules.spoken(field, value) == said


def test_free_words_of_both_sides_are_brought_together_before_matching():
    mentee = answers_of({"industry": "Computing or Tech", "languages": ["German"], "region": "Texas",
                         "country": "USA", "function": "n/a", "topics": ["Front-End Web Developer"]})  # fmt: skip
    mentor = answers_of({"industry": "Software/IT", "languages": ["de"], "time_zone": "UTC+2",
                         "topics": {"javascript": 3}})  # fmt: skip

    assert str(mentee["industry"]).split(" > ")[0] == str(mentor["industry"]).split(" > ")[0]
    assert mentee["languages"] == mentor["languages"] == ("de",)
    assert (mentee["topics"], mentor["topics"]) == (
        ("Web development",),
        {"Web development > Front end > JavaScript": 3},
    )
    assert (mentee["time_zone"], mentor["time_zone"]) == ("America/Chicago", "Etc/GMT-2")
    assert mentee["place"] == "Americas > United States > Texas"
    assert "function" not in mentee
