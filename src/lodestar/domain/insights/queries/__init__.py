"""Does the program succeed? Every number here is counted from the records when it is asked for."""

from lodestar.domain.insights.queries.funnel import Funnel, FunnelStep, funnel
from lodestar.domain.insights.queries.goals import GoalNow, goals_of
from lodestar.domain.insights.queries.home import Home, home_of
from lodestar.domain.insights.queries.pairs import PairRow, pairs_of
from lodestar.domain.insights.queries.records import Records, records_of
from lodestar.domain.insights.queries.roadmap import NextAction, Stage, next_best_action, roadmap
from lodestar.engine.measures.rates import Share

__all__ = [
    "Funnel",
    "FunnelStep",
    "GoalNow",
    "Home",
    "NextAction",
    "PairRow",
    "Records",
    "Share",
    "Stage",
    "funnel",
    "goals_of",
    "home_of",
    "next_best_action",
    "pairs_of",
    "records_of",
    "roadmap",
]
