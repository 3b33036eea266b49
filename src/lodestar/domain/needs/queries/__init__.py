from lodestar.domain.needs.queries.demand import COLUMNS, ROWS, HeatMap, heat_map, people_in
from lodestar.domain.needs.queries.goals import Progress, goal_for, plan_of
from lodestar.domain.needs.queries.recruits import (
    Asked,
    Recruit,
    fillers,
    first_of,
    named_so,
    recruits_of,
)
from lodestar.domain.needs.queries.reports import (
    due_reports,
    failed_report,
    inputs_of,
    latest_report,
    report_for,
    reports_of,
    since,
    waiting_report,
)
from lodestar.domain.needs.queries.surveys import (
    Asking,
    asked_in,
    nameless_count,
    own_answer,
    survey_of,
    survey_to_answer,
)
from lodestar.domain.needs.queries.voices import Voice, mentees_in, mentors_in, voices_of

__all__ = [
    "COLUMNS",
    "ROWS",
    "Asked",
    "Asking",
    "HeatMap",
    "Progress",
    "Recruit",
    "Voice",
    "asked_in",
    "due_reports",
    "failed_report",
    "fillers",
    "first_of",
    "goal_for",
    "heat_map",
    "inputs_of",
    "latest_report",
    "mentees_in",
    "mentors_in",
    "named_so",
    "nameless_count",
    "own_answer",
    "people_in",
    "plan_of",
    "recruits_of",
    "report_for",
    "reports_of",
    "since",
    "survey_of",
    "survey_to_answer",
    "voices_of",
    "waiting_report",
]
