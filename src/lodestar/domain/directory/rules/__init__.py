from lodestar.domain.directory.rules.evidence import Evidence, evidence_in_sentences
from lodestar.domain.directory.rules.listing import (
    KINDS,
    open_answers,
    policy_of,
    profile_of,
    ruled_of,
    short_texts,
    terms_of,
)
from lodestar.domain.directory.rules.looking import (
    away_in_words,
    has_directory,
    is_free,
    left_out_in_words,
    may_look,
    sought_by,
)
from lodestar.domain.directory.rules.meanings import meanings_of

__all__ = [
    "KINDS",
    "Evidence",
    "away_in_words",
    "evidence_in_sentences",
    "has_directory",
    "is_free",
    "left_out_in_words",
    "may_look",
    "meanings_of",
    "open_answers",
    "policy_of",
    "profile_of",
    "ruled_of",
    "short_texts",
    "sought_by",
    "terms_of",
]
