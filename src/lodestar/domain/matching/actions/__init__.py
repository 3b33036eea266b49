from lodestar.domain.matching.actions.answering import (
    answer_match,
    expire_match,
    remind_match,
    withdraw_match,
)
from lodestar.domain.matching.actions.computing import compute_run
from lodestar.domain.matching.actions.pairs import ban_pair, lift_pair_rule, pin_pair
from lodestar.domain.matching.actions.publishing import publish_run
from lodestar.domain.matching.actions.releasing import ask_from_now
from lodestar.domain.matching.actions.runs import (
    claim_run,
    discard_run,
    fail_run,
    mark_reviewed,
    request_run,
    store_result,
)

__all__ = [
    "answer_match",
    "ask_from_now",
    "ban_pair",
    "claim_run",
    "compute_run",
    "discard_run",
    "expire_match",
    "fail_run",
    "lift_pair_rule",
    "mark_reviewed",
    "pin_pair",
    "publish_run",
    "remind_match",
    "request_run",
    "store_result",
    "withdraw_match",
]
