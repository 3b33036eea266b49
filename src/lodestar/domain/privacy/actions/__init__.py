from lodestar.domain.privacy.actions.copies import (
    ask_for_copy,
    claim_copy,
    fail_copy,
    forget_copies,
    store_copy,
)
from lodestar.domain.privacy.actions.leaving import (
    ask_to_leave,
    claim_leaver,
    come_back,
    forget_leaver,
)

__all__ = [
    "ask_for_copy",
    "ask_to_leave",
    "claim_copy",
    "claim_leaver",
    "come_back",
    "fail_copy",
    "forget_copies",
    "forget_leaver",
    "store_copy",
]
