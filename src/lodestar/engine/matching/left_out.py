"""Why is someone left without a mentor, and what would help?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from lodestar.engine.matching.assignment import Taken
from lodestar.engine.matching.covers import Cover, served_cover
from lodestar.engine.matching.pairs import EligiblePairs, Ints, loads_of
from lodestar.engine.matching.scorer import Scorer

NO_ELIGIBLE_MENTOR = "no_eligible_mentor"
PLACES_SHORT = "places_short"
LEFT_FOR_TOTAL = "left_for_total"
LEFT_FOR_STABLE = "left_for_stable"
LEFT_FOR_LISTS = "left_for_lists"
SEARCH_STOPPED = "search_stopped"
RELAX_RULE = "relax_rule"
MORE_MENTORS = "more_mentors"
MORE_PLACES = "more_places"
SERVE_FIRST = "serve_first"
SERVE_MOST = "serve_most"
MORE_TIME = "more_time"
HELP = {
    LEFT_FOR_TOTAL: SERVE_FIRST,
    LEFT_FOR_STABLE: SERVE_FIRST,
    LEFT_FOR_LISTS: SERVE_MOST,
    SEARCH_STOPPED: MORE_TIME,
}


@dataclass(frozen=True, slots=True)
class Unmatched:
    """One mentee without a mentor, why, and what would help.

    `no_eligible_mentor` comes with `rules` (mentors taken by each rule); `places_short` with a Hall set:
    these `mentees` can only be served by `mentors` who have `places`, fewer than the mentees.
    """

    mentee: str
    reason: str
    help: str
    rules: Mapping[str, int] = field(default_factory=dict)
    mentees: int = 0
    mentors: int = 0
    places: int = 0
    everyone: bool = False


@dataclass(frozen=True, slots=True)
class HallSet:
    """A group that competes for too few places (Hall 1935), by positions."""

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    places: int


def explain_unmatched(
    scorer: Scorer,
    pairs: EligiblePairs,
    taken: Taken,
    groups: tuple[HallSet, ...],
    otherwise: str = LEFT_FOR_TOTAL,
) -> tuple[Unmatched, ...]:
    """Explain every mentee whom a solve left out (`pairs` as solved, after pins).

    `otherwise` is the reason for those who are in none of the groups that are short of places.
    """
    mentee_load, _ = loads_of(pairs, taken)
    group_of = {row: group for group in groups for row in group.mentees}
    return tuple(
        _explained(scorer, pairs, row, group_of.get(row), otherwise)
        for row in np.flatnonzero(mentee_load < pairs.firsts).tolist()
    )


def _explained(
    scorer: Scorer, pairs: EligiblePairs, row: int, group: HallSet | None, otherwise: str
) -> Unmatched:
    key = scorer.mentees[row].key
    if pairs.start[row] == pairs.start[row + 1]:
        rules = scorer.refusals(row)
        return Unmatched(
            key, NO_ELIGIBLE_MENTOR, RELAX_RULE if rules else MORE_MENTORS, rules=rules
        )
    if group is None:
        return Unmatched(key, otherwise, HELP[otherwise])
    return Unmatched(
        key,
        PLACES_SHORT,
        MORE_PLACES,
        mentees=len(group.mentees),
        mentors=len(group.mentors),
        places=group.places,
        everyone=len(group.mentors) == pairs.mentors,
    )


def hall_sets(pairs: EligiblePairs, taken: Taken) -> tuple[HallSet, ...]:
    """Return the groups that are short of places, none with an eligible pair to another.

    Hall 1935: whoever can be reached from a mentee without a mentor, by going to an eligible mentor
    and on to the mentees matched there, competes for the same places. No groups where a matching
    leaves out somebody whom it could serve.
    """
    cover = served_cover(pairs, taken, 0)
    return groups_of(pairs, cover) if cover is not None else ()


def groups_of(pairs: EligiblePairs, cover: Cover) -> tuple[HallSet, ...]:
    """Part the people of a cover into groups without an eligible pair between them."""
    mentee = pairs.mentee_of_each()
    inside = cover.mentee[mentee] & cover.mentor[pairs.mentor]
    size = pairs.mentees + pairs.mentors
    ends = (mentee[inside], pairs.mentor[inside].astype(np.int64) + pairs.mentees)
    graph = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(size, size))
    _, group = connected_components(graph.tocsr(), directed=False)
    rows, columns = np.flatnonzero(cover.mentee), np.flatnonzero(cover.mentor)
    mentees_of, mentors_of = _by_group(group, rows), _by_group(group, columns + pairs.mentees)
    return tuple(
        HallSet(
            tuple(members.tolist()),
            tuple((mentors_of[number] - pairs.mentees).tolist()),
            int(pairs.capacity[mentors_of[number] - pairs.mentees].sum()),
        )
        for number, members in sorted(mentees_of.items())
        if number in mentors_of
    )


def joined(groups: Sequence[HallSet]) -> HallSet:
    """Return several groups as one; where each is short of places, so are all of them together."""
    return HallSet(
        tuple(sorted(row for group in groups for row in group.mentees)),
        tuple(sorted(column for group in groups for column in group.mentors)),
        sum(group.places for group in groups),
    )


def _by_group(group: Ints, members: Ints) -> dict[int, Ints]:
    """Return the members of each group, by the number of the group."""
    return {int(number): members[group[members] == number] for number in np.unique(group[members])}
