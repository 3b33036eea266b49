from lodestar.domain.needs.rules.plans import (
    GoalWish,
    is_computing,
    why_not_plan,
    why_not_request,
)
from lodestar.domain.needs.rules.surveys import (
    CONSENT_TEXT,
    MOST_NAMELESS,
    is_open,
    why_not_answer,
    why_not_ask,
    why_not_nameless,
    why_not_one_more,
    why_not_send,
)
from lodestar.domain.needs.rules.words import (
    FIELDS,
    field_in_words,
    headline,
    standing,
    value_in_words,
    who,
    why_headline,
)

__all__ = [
    "CONSENT_TEXT",
    "FIELDS",
    "MOST_NAMELESS",
    "GoalWish",
    "field_in_words",
    "headline",
    "is_computing",
    "is_open",
    "standing",
    "value_in_words",
    "who",
    "why_headline",
    "why_not_answer",
    "why_not_ask",
    "why_not_nameless",
    "why_not_one_more",
    "why_not_plan",
    "why_not_request",
    "why_not_send",
]
