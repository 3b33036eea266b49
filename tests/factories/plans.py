"""Plans of a cohort that contradict themselves nowhere, changed in one thing at a time; no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import partial

from lodestar.domain.forms.rules import USUAL_FORM, Condition, Option, Question, as_data, in_order
from lodestar.domain.programs import models
from lodestar.domain.programs.rules.readiness import Plan, what_contradicts
from lodestar.engine.forms.questions import Kind, Use

FIRST = date(2027, 1, 4)
MOMENT = datetime(2027, 1, 1, tzinfo=UTC)
# Facts take their first moment from the clock, which is not there yet when tests are collected.
(
    Audience, Cohort, Constraint, Criterion, Design, Goal, Milestone, Program, SelectionCriterion,
    EligibilityRule,
) = (
    partial(model, created_at=MOMENT)
    for model in (
        models.Audience, models.Cohort, models.Constraint, models.Criterion, models.Design,
        models.Goal, models.Milestone, models.Program, models.SelectionCriterion, models.EligibilityRule,
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


def scored(name="Why now", role="mentee", **fields):
    levels = {"weak": "Nothing.", "fair": "A step.", "strong": "A step, and what they tried."}
    return SelectionCriterion(name=name, role=role, **(levels | fields))


def eligible(*, more=(), **rule):
    """Return rules on mentors that bind."""
    rules = [rule, *({"kind": kind} for kind in more)]
    return {"eligibility": [EligibilityRule(role="mentor", is_binding=True, **r) for r in rules]}


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


def asking(*own, without=(), shown=None, **changes):
    """Return a design that asks these besides the usual questions, but for some of them."""
    usual = [
        replace(each, **changes.get(each.key, {})) for each in USUAL_FORM if each.key not in without
    ]
    form = as_data(in_order([*usual, *own]))
    return {"design": design(form=form, visibility=shown or {})}


def surveying(*own):
    """Return a design whose needs survey asks these besides."""
    return {"design": design(surveys={"needs": as_data(own)})}


def own(key="q_sport", label="Which sport?", kind="one", **fields):
    if kind == "one":
        fields.setdefault("options", (Option("Chess", "Chess"), Option("Running", "Running")))
    return Question(key, Kind(kind), label, **fields)


ONLY_RUNNERS = Condition("q_sport", ("Running",))
SPORT = own(use=Use.MATCH)
RUNS = own("q_runs", "How far?", "short", condition=ONLY_RUNNERS)
IN_PERSON, REVERSE, FLASH = {"mode": "in-person"}, {"format": "reverse"}, {"format": "flash"}
PLACE = criterion("hierarchy", "place", 20, "Place")
HIDES_ALL_BUT_THE_PLACE = {"visibility": dict.fromkeys(("topics", "about", "work"), "paired")}
GROUP = {
    "format": "group",
    "group_least": 3,
    "group_most": 6,
    "capacity_default": 5,
    "capacity_maximum": 6,
}
PEERS = {"format": "peers", "group_least": 4, "group_most": 6, "led_by": "turns"}


def at_most(field, count=1):
    return {"kind": "at_most", "field": field, "count": count, "value": ""}


def not_alone(field, value, count=2):
    return {"kind": "not_alone", "field": field, "count": count, "value": value}
