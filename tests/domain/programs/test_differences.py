"""Every change of a design is told in a sentence, and nothing else is."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from lodestar.domain.programs.models import (
    Audience,
    Constraint,
    Criterion,
    Design,
    Goal,
    Milestone,
    SelectionCriterion,
)
from lodestar.domain.programs.rules import AUDIENCE_RULES
from lodestar.domain.programs.rules.differences import (
    AUDIENCE_WORDS,
    NOT_COMPARED,
    Version,
    differences,
    differences_by_kind,
)

MADE = {"created_at": datetime(2026, 1, 1, tzinfo=UTC)}  # the demo's clock stands in the database
TOPICS = [{"group": "Work", "topics": ["Law", "Art"]}]


def goal(metric="met_share", target="70", baseline=None, due_on=None):
    return Goal(
        metric=metric,
        target=Decimal(target),
        baseline=None if baseline is None else Decimal(baseline),
        due_on=due_on,
        **MADE,
    )


def criterion(name="Topics", weight=30, field="topics"):
    sides = {"mentee_field": field, "mentor_field": field}
    return Criterion(name=name, kind="topics", weight=weight, **sides, **MADE)


def constraint(kind="common_language", value=""):
    return Constraint(kind=kind, value=value, **MADE)


def audience(role="mentor", **rules):
    return Audience(role=role, **rules, **MADE)


def milestone(name="Kick-off", **fields):
    usual = {"kind": "event", "anchor": "starts_on", "offset_days": 3}
    return Milestone(name=name, **(usual | fields), **MADE)


def scored(name="Why now", role="mentee", **fields):
    return SelectionCriterion(name=name, role=role, **(MADE | fields))


def design(**fields):
    return Design(**(MADE | {"topics": TOPICS} | fields))


def told(old=None, new=None):
    """Return what differs between two versions of which only the named parts are filled."""
    return differences(*(Version(**({"design": design()} | (each or {}))) for each in (old, new)))


def test_two_alike_do_not_differ():
    same = {"goals": [goal()], "criteria": [criterion()], "constraints": [constraint()]}

    assert told(same, same) == []
    assert told() == []


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (None, goal(), ["A new goal: “Mentorships that met, in percent”, 70."]),
        (goal(), None, ["“Mentorships that met, in percent” is no longer a goal."]),
        (
            goal(),
            goal(target="72.5"),
            ["The target of “Mentorships that met, in percent” rises from 70 to 72.5."],
        ),
        (
            goal(),
            goal(target="60"),
            ["The target of “Mentorships that met, in percent” falls from 70 to 60."],
        ),
        (
            goal(),
            goal(baseline="40"),
            ["Where “Mentorships that met, in percent” stood before: 40 instead of unknown."],
        ),
        (
            goal(),
            goal(due_on=date(2027, 5, 3)),
            ["“Mentorships that met, in percent” is now due on 3 May 2027."],
        ),
        (
            goal(due_on=date(2027, 5, 3)),
            goal(),
            ["“Mentorships that met, in percent” has no day any more by which it is due."],
        ),
    ],
)
def test_goals(old, new, sentences):
    assert told(*({"goals": [each] if each else []} for each in (old, new))) == sentences


def test_of_two_goals_with_one_measure_only_the_second_goes():
    two = {"goals": [goal(target="50"), goal(target="70")]}

    assert told(two, {"goals": [goal(target="50")]}) == [
        "“Mentorships that met, in percent” is no longer a goal."
    ]


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (audience(), audience(), []),
        (None, audience(), []),
        (
            audience(class_year_from=2001),
            audience(class_year_from=2005, class_year_to=2015),
            [
                "The first class of the mentors: 2005 instead of 2001.",
                "The last class of the mentors: 2015 instead of any.",
            ],
        ),
        (
            audience("mentee", countries=["Kenya", "Uganda"], industries=["Law"]),
            audience("mentee", fields_of_study=["Biology"], industries=["Law"]),
            [
                "The countries of the mentees: any instead of Kenya, Uganda.",
                "The fields of study of the mentees: Biology instead of any.",
            ],
        ),
        (
            None,
            audience("mentee", class_year_to=2020),
            ["The last class of the mentees: 2020 instead of any."],
        ),
    ],
)
def test_audiences(old, new, sentences):
    assert told(*({"audiences": [each] if each else []} for each in (old, new))) == sentences


def test_no_rule_of_an_audience_is_forgotten():
    assert tuple(AUDIENCE_WORDS) == AUDIENCE_RULES


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (criterion(), criterion(weight=40), ["The weight of Topics rises from 30 to 40."]),
        (criterion(), criterion(weight=10), ["The weight of Topics falls from 30 to 10."]),
        (criterion(), criterion(weight=0), ["Topics is no longer weighed; its weight was 30."]),
        (criterion(), None, ["Topics is no longer weighed; its weight was 30."]),
        (None, criterion(), ["Topics is weighed now, with 30."]),
        (criterion(weight=0), criterion(), ["Topics is weighed now, with 30."]),
        (criterion(weight=0), None, []),
        (None, criterion(weight=0), []),
        (criterion(), criterion(field="about"), ["Topics compares other answers."]),
        (criterion(weight=0), criterion(weight=0, field="about"), []),
    ],
)
def test_criteria(old, new, sentences):
    assert told(*({"criteria": [each] if each else []} for each in (old, new))) == sentences


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (None, constraint(), ["They share a language: a rule now."]),
        (constraint(), None, ["They share a language: no longer a rule."]),
        (
            constraint("min_gap", "3"),
            constraint("min_gap", "5"),
            ["The mentor is some years ahead: 5 instead of 3."],
        ),
        (
            constraint("not_same", "employer"),
            constraint("not_same"),
            ["They do not work for the same employer: – instead of employer."],
        ),
    ],
)
def test_constraints(old, new, sentences):
    assert told(*({"constraints": [each] if each else []} for each in (old, new))) == sentences


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("cadence_days", 7, "Days between two talks: 7 instead of 14."),
        ("hours_per_month", 3, "Hours a month a mentor gives: 3 instead of 2."),
        ("capacity_default", 2, "Places of a mentor who says nothing: 2 instead of 1."),
        ("capacity_maximum", 5, "Most places a mentor may offer: 5 instead of 3."),
        ("reply_days", 3, "Days to answer a proposed match: 3 instead of 5."),
        ("first_meeting_days", 7, "Days until the first talk: 7 instead of 14."),
        ("most_choices", 4, "Most mentors on one list: 4 instead of 6."),
        ("most_asks", 2, "Requests a mentor may have waiting at once: 2 instead of 3."),
        (
            "window_days",
            7,
            "Days after matching begins on which lists can still be changed: 7 instead of 0.",
        ),
        ("asks_are_read", True, "The office reads each request before it goes to a mentor."),
        ("ways", ["office", "ask"], "“People ask” is a way to a partner now."),
        ("pulse_first_days", 20, "First short question after so many days: 20 instead of 30."),
        ("pulse_every_days", 30, "Then again after so many days: 30 instead of 60."),
        (
            "format",
            "flash",
            "Format: “One good conversation” instead of “Two people, for months”.",
        ),
        (
            "mode",
            "online",
            "How the two meet: “Online” instead of “Online or in person, as the two like”.",
        ),
        (
            "objective",
            "total",
            "When not everybody can have the best partner: “The best total, even if fewer are "
            "served” instead of “Serve the most mentees, then the weakest match as good as "
            "possible, then the total”.",
        ),
    ],
)
def test_settings(field, value, sentence):
    assert told({"design": design()}, {"design": design(**{field: value})}) == [sentence]


def test_no_setting_of_a_design_is_forgotten():
    fields = [f for f in Design._meta.concrete_fields if f.name not in NOT_COMPARED]
    other = {f.name: "total" if f.choices else 99 for f in fields}

    assert len(told({"design": design()}, {"design": design(**other)})) == len(fields)


@pytest.mark.parametrize(
    ("topics", "sentences"),
    [
        ([{"group": "Work", "topics": ["Law", "Art", "Tax"]}], ["A new topic: “Tax”."]),
        ([{"group": "Work", "topics": ["Law"]}], ["A topic that is gone: “Art”."]),
        (["Tax", "Sea"], ["New topics: “Tax”, “Sea”.", "Topics that are gone: “Law”, “Art”."]),
        (["Law", "Art"], ["The topics are the same, grouped or ordered in another way."]),
    ],
)
def test_topics(topics, sentences):
    assert told({"design": design()}, {"design": design(topics=topics)}) == sentences


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        (milestone(), milestone(), []),
        (
            None,
            milestone(offset_days=-1),
            ["New: “Kick-off” for mentors and mentees, 1 day before the mentorships start."],
        ),
        (milestone(), None, ["“Kick-off” no longer takes place."]),
        (
            milestone(),
            milestone(
                kind="other",
                for_whom="mentee",
                offset_days=0,
                lasting_days=2,
                place="Hall",
                text="!",
            ),
            [
                "“Kick-off”: Something else instead of Event.",
                "“Kick-off”: for mentees instead of for mentors and mentees.",
                "“Kick-off”: on the day the mentorships start instead of 3 days after the mentorships start.",
                "“Kick-off”: 2 days long instead of 1 day long.",
                "“Kick-off”: at “Hall” instead of no place.",
                "“Kick-off” is told to people in other words.",
            ],
        ),
    ],
)
def test_milestones(old, new, sentences):
    assert told(*({"milestones": [each] if each else []} for each in (old, new))) == sentences


@pytest.mark.parametrize(
    ("old", "new", "sentences"),
    [
        ([], [scored()], ["“Why now” is scored now for mentees."]),
        ([scored()], [], ["“Why now” is no longer scored for mentees."]),
        ([scored()], [scored(weak="Nothing.")], ["“Why now” is read in another way for mentees."]),
        (
            [scored()],
            [scored(role="mentor")],
            ["“Why now” is no longer scored for mentees.", "“Why now” is scored now for mentors."],
        ),
        (
            [scored(), scored("Need")],
            [scored("Need"), scored()],
            ["What is scored stands in another order."],
        ),
        ([scored(), scored("Need")], [scored(), scored("Need")], []),
    ],
)
def test_what_is_scored(old, new, sentences):
    assert told({"selection": old}, {"selection": new}) == sentences


def test_who_sees_what_is_told_by_what_a_partner_reads_and_not_by_what_is_stored():
    usual = design(visibility={"about": "proposal"})
    changed = design(visibility={"about": "office", "style": "paired"})

    assert told({"design": design()}, {"design": usual}) == []
    assert told({"design": usual}, {"design": changed}) == [
        "Own words: shown only to the office, instead of with the proposal.",
        "Way of working: shown once both said yes, instead of only to the office.",
    ]


def test_each_difference_is_of_a_kind():
    old = {
        "design": design(cadence_days=14),
        "goals": [goal(), goal("usefulness")],
        "criteria": [criterion()],
        "constraints": [constraint()],
        "audiences": [audience(countries=["KE"])],
    }
    new = {
        "design": design(cadence_days=7, topics=["Law", "Tax"]),
        "goals": [goal(target="80"), goal("served_share")],
    }
    found = differences_by_kind(*(Version(**each) for each in (old, new)))

    assert [(each.kind, each.old, each.new) for each in found] == [
        ("goal_changed", None, None),
        ("goal_gone", old["goals"][1], None),
        ("goal_added", None, new["goals"][1]),
        ("criteria", None, None),
        ("constraints", None, None),
        ("audience", None, None),
        ("cadence_days", 14, 7),
        ("topics_added", None, ["Tax"]),
        ("topics_gone", ["Art"], None),
    ]
