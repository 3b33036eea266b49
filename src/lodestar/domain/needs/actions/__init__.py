from lodestar.domain.needs.actions.goals import drop_goal, set_goal
from lodestar.domain.needs.actions.reports import (
    claim_report,
    compute_report,
    fail_report,
    freeze_inputs,
    request_report,
    store_report,
)
from lodestar.domain.needs.actions.surveys import (
    ask,
    keep_answer,
    send_answer,
    take_back_answer,
)

__all__ = [
    "ask",
    "claim_report",
    "compute_report",
    "drop_goal",
    "fail_report",
    "freeze_inputs",
    "keep_answer",
    "request_report",
    "send_answer",
    "set_goal",
    "store_report",
    "take_back_answer",
]
