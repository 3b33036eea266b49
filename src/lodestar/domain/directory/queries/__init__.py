from lodestar.domain.directory.queries.found import EXACT, NEAR, WIDER, Reader
from lodestar.domain.directory.queries.search import PAGE_SIZE, Choice, Results, found_by
from lodestar.domain.directory.queries.seen import Seen, looking, seen_by_others, seen_for
from lodestar.domain.directory.queries.wishes import FREE, KEPT, LATER, SET_ASIDE, SHOWS, Wish

__all__ = [
    "EXACT",
    "FREE",
    "KEPT",
    "LATER",
    "NEAR",
    "PAGE_SIZE",
    "SET_ASIDE",
    "SHOWS",
    "WIDER",
    "Choice",
    "Reader",
    "Results",
    "Seen",
    "Wish",
    "found_by",
    "looking",
    "seen_by_others",
    "seen_for",
]
