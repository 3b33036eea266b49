"""With what does a new program begin? Each of these is a proposal that a coordinator changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Constraint, Criterion, Goal

Kind = Criterion.Kind


@dataclass(frozen=True, slots=True)
class CriterionWish:
    """What a criterion should be; both sides answer the same field unless said otherwise."""

    name: str
    kind: str
    field: str
    weight: int
    mentor_field: str = ""


@dataclass(frozen=True, slots=True)
class ConstraintWish:
    """A rule to keep, with its number or field where it has one."""

    kind: str
    value: str = ""


# Weights after Eby et al. 2013 (173 samples): aims and ways of working count, surface likeness
# hardly does, and demographics only where both people ask for it.
CRITERIA: tuple[tuple[object, str, str, int], ...] = (
    (_("Topics"), Kind.TOPICS, "topics", 30),
    (_("Industry"), Kind.HIERARCHY, "industry", 12),
    (_("Own words"), Kind.TEXT, "about", 10),
    (_("Experience"), Kind.GAP, "years_of_experience", 9),
    (_("Field of study"), Kind.HIERARCHY, "field_of_study", 9),
    (_("Kind of work"), Kind.HIERARCHY, "function", 8),
    (_("Place"), Kind.HIERARCHY, "place", 7),
    (_("Time zone"), Kind.TIMEZONE, "time_zone", 7),
    (_("Language"), Kind.LANGUAGE, "languages", 4),
    (_("Gender, where both ask"), Kind.OPT_IN, "gender", 4),
)


def weighing(**weights: int) -> tuple[tuple[object, str, str, int], ...]:
    """Return the usual criteria of these fields, in this order, with these weights."""
    usual = {field: (name, kind) for name, kind, field, _weight in CRITERIA}
    return tuple((*usual[field], field, weight) for field, weight in weights.items())


CONSTRAINTS = (
    ConstraintWish(Constraint.Kind.COMMON_LANGUAGE),
    ConstraintWish(Constraint.Kind.PAST_PAIR),
    ConstraintWish(Constraint.Kind.BLOCKED),
)

GOALS = (
    (Goal.Metric.MENTEES_SERVED, Decimal(30)),
    (Goal.Metric.SERVED_SHARE, Decimal(80)),
    (Goal.Metric.MET_SHARE, Decimal(70)),
    (Goal.Metric.USEFULNESS, Decimal(4)),
)

TOPICS: tuple[tuple[object, tuple[object, ...]], ...] = (
    (
        _("Finding work"),
        (
            _("Finding my first job"),
            _("A résumé that opens doors"),
            _("Interviews without panic"),
            _("Talking about pay"),
            _("Meeting people in my field"),
        ),
    ),
    (
        _("Growing in work"),
        (
            _("Settling into a new job"),
            _("Speaking up in meetings"),
            _("Leading people for the first time"),
            _("Working with a difficult boss"),
            _("Getting promoted"),
            _("Learning to say no"),
        ),
    ),
    (
        _("Choosing a direction"),
        (
            _("Finding out what I want"),
            _("Changing fields"),
            _("Going to graduate school"),
            _("Research as a career"),
            _("Public service and nonprofits"),
            _("Working abroad"),
        ),
    ),
    (
        _("Building something"),
        (
            _("Starting a business"),
            _("Working for myself"),
            _("Raising money for an idea"),
        ),
    ),
    (
        _("Life around work"),
        (
            _("Work and family"),
            _("Being the first in my family"),
            _("Moving to a new city"),
            _("Coming back after a break"),
        ),
    ),
)


def default_criteria() -> list[CriterionWish]:
    return criteria_of(CRITERIA)


def criteria_of(weighted: Sequence[tuple[object, str, str, int]]) -> list[CriterionWish]:
    return [CriterionWish(str(name), kind, field, weight) for name, kind, field, weight in weighted]


def topics_of(groups: Sequence[tuple[object, Sequence[object]]]) -> list[dict[str, object]]:
    return [
        {"group": str(group), "topics": [str(topic) for topic in topics]}
        for group, topics in groups
    ]


@dataclass(frozen=True, slots=True)
class TopicGroup:
    """A few topics under one heading."""

    name: str
    topics: tuple[str, ...]


def topic_groups(topics: Sequence[object]) -> list[TopicGroup]:
    """Read the topics of a design: groups, or plain names that have no heading."""
    groups = [
        TopicGroup(str(entry["group"]), tuple(map(str, entry["topics"])))
        for entry in topics
        if isinstance(entry, dict)
    ]
    plain = tuple(entry for entry in topics if isinstance(entry, str))
    return [*groups, TopicGroup("", plain)] if plain else groups


def topic_names(topics: Sequence[object]) -> list[str]:
    """Return every topic once, in order."""
    return list(dict.fromkeys(t for group in topic_groups(topics) for t in group.topics))
