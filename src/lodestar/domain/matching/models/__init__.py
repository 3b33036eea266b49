"""Who should be paired with whom, and why?"""

from lodestar.domain.matching.models.asking import Ask, Choice
from lodestar.domain.matching.models.matches import (
    Bookmark,
    Comment,
    DraftChange,
    Inquiry,
    Match,
    MatchRun,
    PairRule,
    Standby,
    Unmatched,
)
from lodestar.domain.matching.models.runs import CohortRun

__all__ = [
    "Ask",
    "Bookmark",
    "Choice",
    "CohortRun",
    "Comment",
    "DraftChange",
    "Inquiry",
    "Match",
    "MatchRun",
    "PairRule",
    "Standby",
    "Unmatched",
]
