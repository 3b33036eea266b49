"""How does a design change without changing under a cohort that began with it?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.models import Person
from lodestar.domain.programs import rules
from lodestar.domain.programs.actions.milestones import as_milestone_wish, write_milestones
from lodestar.domain.programs.actions.programs import require_coordinator
from lodestar.domain.programs.models import (
    Audience,
    Cohort,
    Constraint,
    Criterion,
    Design,
    EligibilityRule,
    Goal,
    Program,
    SelectionCriterion,
)
from lodestar.domain.programs.queries import (
    GROUP_FACTS,
    PACE_FACTS,
    SHAPE_FACTS,
    WAYS_FACTS,
    latest_design,
)
from lodestar.domain.programs.rules.defaults import (
    ConstraintWish,
    CriterionWish,
    TopicGroup,
    topic_names,
)
from lodestar.domain.programs.rules.eligibility import EligibilityWish
from lodestar.domain.programs.rules.milestones import MilestoneWish, why_not_milestones
from lodestar.domain.programs.rules.rubric import SelectionWish

NUMBERS = PACE_FACTS
EXPECTATIONS = ("expected_of_mentors", "expected_of_mentees")
MOST_TOPICS = 60
MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class GoalWish:
    """What a design wants to reach."""

    metric: str
    target: Decimal
    baseline: Decimal | None = None
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class AudienceWish:
    """For whom a design is in one role; what is blank asks nothing."""

    role: str
    class_year_from: int | None = None
    class_year_to: int | None = None
    countries: tuple[str, ...] = ()
    fields_of_study: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    is_binding: bool = False


def editable(design: Design, by: Person) -> Design:
    """Return the latest version where it is free to change, else a new version like it."""
    require_coordinator(by, design.program.locked())
    latest = latest_design(design.program)
    if not rules.is_in_use(latest, latest.cohorts.all()):
        return latest
    return next_version(latest, by)


def next_version(design: Design, by: Person) -> Design:
    """Copy a design; cohorts that are still being planned move on to the copy."""
    copy = copied(design, design.program, design.version + 1)
    Cohort.objects.filter(design=design, published_at=None).update(design=copy)
    record("design.copied", copy, by=by, version=copy.version)
    return copy


def copied(design: Design, program: Program, version: int) -> Design:
    """Write a design again as a version of a program."""
    copy = Design(program=program, version=version, topics=design.topics)
    whole = ("group_rules", "visibility", "form", "surveys")
    for name in (*NUMBERS, *EXPECTATIONS, *SHAPE_FACTS, *WAYS_FACTS, *GROUP_FACTS, *whole):
        setattr(copy, name, getattr(design, name))
    copy.full_clean()
    copy.save()
    write_audiences(copy, [as_audience_wish(a) for a in design.audiences.order_by("role")])
    goals = design.goals.order_by("pk")
    write_goals(copy, [GoalWish(g.metric, g.target, g.baseline, g.due_on) for g in goals])
    write_criteria(copy, [as_wish(criterion) for criterion in design.criteria.all()])
    rules_ = design.constraints.order_by("pk")
    write_constraints(copy, [ConstraintWish(rule.kind, rule.value) for rule in rules_])
    write_milestones(copy, [as_milestone_wish(each) for each in design.milestones.all()])
    write_selection(copy, [as_selection_wish(each) for each in design.selection.all()])
    write_eligibility(copy, [as_eligibility_wish(each) for each in design.eligibility.all()])
    return copy


def as_wish(criterion: Criterion) -> CriterionWish:
    return CriterionWish(
        criterion.name,
        criterion.kind,
        criterion.mentee_field,
        criterion.weight,
        criterion.mentor_field,
    )


def as_selection_wish(criterion: SelectionCriterion) -> SelectionWish:
    return SelectionWish(
        criterion.role, criterion.name, criterion.meaning, criterion.answer, *criterion.levels
    )


def as_eligibility_wish(rule: EligibilityRule) -> EligibilityWish:
    return EligibilityWish(
        rule.role, rule.kind, rule.answer, rule.least, rule.is_binding, tuple(rule.values)
    )


def as_audience_wish(audience: Audience) -> AudienceWish:
    return AudienceWish(
        audience.role,
        audience.class_year_from,
        audience.class_year_to,
        tuple(audience.countries),
        tuple(audience.fields_of_study),
        tuple(audience.industries),
        audience.is_binding,
    )


@transaction.atomic
def describe_design(design: Design, *, by: Person, **changes: object) -> Design:
    """Set cadence, hours, places, days to answer and the objective; returns the version that holds them."""
    design = editable(design, by)
    for name in NUMBERS:
        if name in changes:
            setattr(design, name, changes[name])
    if problem := rules.why_not_capacity(design.capacity_default, design.capacity_maximum):
        raise RefusedError(problem)
    design.full_clean()
    design.save()
    record("design.described", design, by=by, fields=sorted(changes))
    return design


@transaction.atomic
def set_topics(design: Design, *, by: Person, groups: Sequence[TopicGroup]) -> Design:
    """Say what people may wish for and offer."""
    topics: list[object] = [
        {"group": group.name, "topics": list(group.topics)} for group in groups if group.topics
    ]
    names = topic_names(topics)
    if len(names) > MOST_TOPICS:
        raise RefusedError(
            _("These are %(count)d topics. Nobody reads more than %(most)d; please merge some.")
            % {"count": len(names), "most": MOST_TOPICS}
        )
    design = editable(design, by)
    design.topics = topics
    design.save()
    record("design.topics_set", design, by=by, count=len(names))
    return design


@transaction.atomic
def set_expectations(design: Design, *, by: Person, mentors: str, mentees: str) -> Design:
    """Say what people of each role can be counted on to do."""
    design = editable(design, by)
    design.expected_of_mentors, design.expected_of_mentees = mentors.strip(), mentees.strip()
    design.full_clean()
    design.save()
    record("design.expectations_set", design, by=by)
    return design


@transaction.atomic
def set_audiences(design: Design, *, by: Person, audiences: Sequence[AudienceWish]) -> Design:
    """Say for whom a design is, in each role."""
    for wish in audiences:
        if max(map(len, (wish.countries, wish.fields_of_study, wish.industries))) > MOST_VALUES:
            raise RefusedError(
                _("No rule may list more than %(most)d names; leave the rule blank instead.")
                % {"most": MOST_VALUES}
            )
    design = editable(design, by)
    write_audiences(design, audiences)
    record("design.audiences_set", design, by=by, roles=sorted(a.role for a in audiences))
    return design


@transaction.atomic
def set_goals(design: Design, *, by: Person, goals: Sequence[GoalWish]) -> Design:
    """Replace the goals of a design."""
    design = editable(design, by)
    write_goals(design, goals)
    record("design.goals_set", design, by=by, count=len(goals))
    return design


@transaction.atomic
def set_criteria(design: Design, *, by: Person, criteria: Sequence[CriterionWish]) -> Design:
    """Replace what matching weighs."""
    if not any(criterion.weight > 0 for criterion in criteria):
        raise RefusedError(_("Matching has to weigh something. Give at least one weight above 0."))
    design = editable(design, by)
    write_criteria(design, criteria)
    record("design.criteria_set", design, by=by, count=len(criteria))
    return design


@transaction.atomic
def set_constraints(design: Design, *, by: Person, constraints: Sequence[ConstraintWish]) -> Design:
    """Replace the rules that no pair may break."""
    design = editable(design, by)
    write_constraints(design, constraints)
    record("design.constraints_set", design, by=by, kinds=sorted(c.kind for c in constraints))
    return design


@transaction.atomic
def set_milestones(design: Design, *, by: Person, milestones: Sequence[MilestoneWish]) -> Design:
    """Replace what happens when."""
    if problem := why_not_milestones(milestones):
        raise RefusedError(problem)
    design = editable(design, by)
    write_milestones(design, milestones)
    record("design.milestones_set", design, by=by, count=len(milestones))
    return design


def write_audiences(design: Design, audiences: Sequence[AudienceWish]) -> None:
    design.audiences.all().delete()
    for wish in audiences:
        audience = Audience(
            design=design,
            role=wish.role,
            class_year_from=wish.class_year_from,
            class_year_to=wish.class_year_to,
            countries=list(wish.countries),
            fields_of_study=list(wish.fields_of_study),
            industries=list(wish.industries),
            is_binding=wish.is_binding,
        )
        audience.full_clean()
        audience.save()


def write_goals(design: Design, goals: Sequence[GoalWish]) -> None:
    design.goals.all().delete()
    for wish in goals:
        goal = Goal(
            design=design,
            metric=wish.metric,
            target=wish.target,
            baseline=wish.baseline,
            due_on=wish.due_on,
        )
        goal.full_clean()
        goal.save()


def write_criteria(design: Design, criteria: Sequence[CriterionWish]) -> None:
    design.criteria.all().delete()
    for position, wish in enumerate(criteria):
        criterion = Criterion(
            design=design,
            name=wish.name,
            kind=wish.kind,
            mentee_field=wish.field,
            mentor_field=wish.mentor_field or wish.field,
            weight=wish.weight,
            position=position,
        )
        criterion.full_clean()
        criterion.save()


def write_constraints(design: Design, constraints: Sequence[ConstraintWish]) -> None:
    design.constraints.all().delete()
    for wish in constraints:
        constraint = Constraint(design=design, kind=wish.kind, value=wish.value)
        constraint.full_clean()
        constraint.save()


def write_eligibility(design: Design, wishes: Sequence[EligibilityWish]) -> None:
    design.eligibility.all().delete()
    for wish in wishes:
        rule = EligibilityRule(
            design=design,
            role=wish.role,
            kind=wish.kind,
            answer=wish.answer,
            least=wish.least,
            values=list(wish.values),
            is_binding=wish.is_binding,
        )
        rule.full_clean()
        rule.save()


def write_selection(design: Design, selection: Sequence[SelectionWish]) -> None:
    design.selection.all().delete()
    for position, wish in enumerate(selection):
        criterion = SelectionCriterion(
            design=design,
            role=wish.role,
            name=str(wish.name),
            meaning=str(wish.meaning),
            answer=wish.answer,
            weak=str(wish.weak),
            fair=str(wish.fair),
            strong=str(wish.strong),
            position=position,
        )
        criterion.full_clean()
        criterion.save()
