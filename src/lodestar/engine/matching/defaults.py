"""Which design is used when an office brings none?

Weights after Eby et al. 2013 (meta-analysis, 173 samples): what people want and how they
work counts far more than surface likeness, so demographics weigh little and only by opt-in.
"""

from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
)

CRITERIA = (
    Criterion("topics", CriterionKind.TOPICS, "topics", "topics", 30),
    Criterion("industry", CriterionKind.HIERARCHY, "industry", "industry", 12),
    Criterion("experience", CriterionKind.GAP, "years", "years", 9),
    Criterion("field_of_study", CriterionKind.HIERARCHY, "field_of_study", "field_of_study", 9),
    Criterion("role", CriterionKind.HIERARCHY, "role", "role", 8),
    Criterion("place", CriterionKind.HIERARCHY, "place", "place", 7),
    Criterion("time_zone", CriterionKind.TIMEZONE, "time_zone", "time_zone", 7),
    Criterion("about", CriterionKind.TEXT, "about", "about", 10),
    Criterion("language", CriterionKind.LANGUAGE, "languages", "languages", 4),
    Criterion("shared_identity", CriterionKind.OPT_IN, "identity", "identity", 4),
)

CONSTRAINTS = (
    Constraint("blocked", ConstraintKind.BLOCKED),
    Constraint("past_pair", ConstraintKind.PAST_PAIR),
)


def default_design() -> Design:
    """Return the usual design: ten criteria, no one forbidden but by a list."""
    return Design(criteria=CRITERIA, constraints=CONSTRAINTS)
