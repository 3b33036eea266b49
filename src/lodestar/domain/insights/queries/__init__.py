"""Does the program succeed? Every number here is counted from the records when it is asked for."""

from lodestar.domain.insights.queries.agenda import Due, OfficeLine, agenda_of, office_of
from lodestar.domain.insights.queries.answers import answers_for_numbers
from lodestar.domain.insights.queries.days import days_impact
from lodestar.domain.insights.queries.funnel import Funnel, FunnelStep, funnel
from lodestar.domain.insights.queries.goals import GoalNow, goals_of
from lodestar.domain.insights.queries.home import Home, home_of
from lodestar.domain.insights.queries.moving import Move, later_design, move_of
from lodestar.domain.insights.queries.next_action import NextAction
from lodestar.domain.insights.queries.pairs import PairRow, pairs_of
from lodestar.domain.insights.queries.records import Records, records_of
from lodestar.domain.insights.queries.roadmap import Roadmap, roadmap_of
from lodestar.domain.insights.queries.sharing import (
    SharedRoadmap,
    SharedStage,
    cohort_behind,
    link_for,
    live_links,
    shared_roadmap,
)
from lodestar.domain.insights.queries.stages import Stage, State
from lodestar.engine.measures.rates import Share

__all__ = [
    "Due",
    "Funnel",
    "FunnelStep",
    "GoalNow",
    "Home",
    "Move",
    "NextAction",
    "OfficeLine",
    "PairRow",
    "Records",
    "Roadmap",
    "Share",
    "SharedRoadmap",
    "SharedStage",
    "Stage",
    "State",
    "agenda_of",
    "answers_for_numbers",
    "cohort_behind",
    "days_impact",
    "funnel",
    "goals_of",
    "home_of",
    "later_design",
    "link_for",
    "live_links",
    "move_of",
    "office_of",
    "pairs_of",
    "records_of",
    "roadmap_of",
    "shared_roadmap",
]
