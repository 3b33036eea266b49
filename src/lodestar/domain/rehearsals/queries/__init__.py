from lodestar.domain.rehearsals.queries.comparing import Change, compared
from lodestar.domain.rehearsals.queries.freezing import inputs_of
from lodestar.domain.rehearsals.queries.rehearsals import (
    earlier_rehearsal,
    latest_rehearsal,
    rehearsal_for,
    rehearsals_for,
    waiting_rehearsal,
)

__all__ = [
    "Change",
    "compared",
    "earlier_rehearsal",
    "inputs_of",
    "latest_rehearsal",
    "rehearsal_for",
    "rehearsals_for",
    "waiting_rehearsal",
]
