from lodestar.domain.rehearsals.rules.fates import Fates, fates_of
from lodestar.domain.rehearsals.rules.requests import (
    FEWEST,
    MOST_MENTEES,
    MOST_MENTORS,
    USUAL_MENTEES,
    USUAL_MENTORS,
    why_not_rehearse,
)
from lodestar.domain.rehearsals.rules.watching import remarks_of, stage_of
from lodestar.domain.rehearsals.rules.words import (
    event_in_words,
    fates_in_words,
    headline,
    kind_in_words,
)

__all__ = [
    "FEWEST",
    "MOST_MENTEES",
    "MOST_MENTORS",
    "USUAL_MENTEES",
    "USUAL_MENTORS",
    "Fates",
    "event_in_words",
    "fates_in_words",
    "fates_of",
    "headline",
    "kind_in_words",
    "remarks_of",
    "stage_of",
    "why_not_rehearse",
]
