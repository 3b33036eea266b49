"""Why this match, and why is someone left without one?"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.scorer import Scored

NO_ELIGIBLE_MENTOR = "no_eligible_mentor"
PLACES_SHORT = "places_short"
LEFT_FOR_TOTAL = "left_for_total"
RELAX_RULE = "relax_rule"
MORE_MENTORS = "more_mentors"
MORE_PLACES = "more_places"
SERVE_FIRST = "serve_first"
SPEAKS_FOR = 50
ALTERNATIVES = 3


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a match, as a code that the caller puts into words.

    Codes: `shared` (topics, categories, languages), `same` and `same_family` (paths),
    `hours_apart`, `years_ahead`, `words`; `values` are what is shared or the number.
    """

    criterion: str
    kind: str
    code: str
    values: tuple[str, ...]
    points: int


@dataclass(frozen=True, slots=True)
class MatchedPair:
    """One match. `contributions` are points by criterion and add up exactly to `score`.

    `coverage` is the percent of the weight on which both answered; `rank` is 1 when no other eligible
    mentor scores higher for this mentee. `broken_rule` is only ever set on a pinned pair.
    """

    mentee: str
    mentor: str
    score: int
    contributions: Mapping[str, int]
    coverage: int
    rank: int
    reasons: tuple[Reason, ...]
    alternatives: tuple[tuple[str, int], ...] = ()
    pinned: bool = False
    broken_rule: str | None = None


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


def explain_pair(scored: Scored, row: int, column: int, points: Ints) -> MatchedPair:
    """Explain one match by its contributions, what is shared, and the next best mentors."""
    names = [criterion.name for criterion in scored.criteria]
    score = int(points.sum())
    span = slice(int(scored.pairs.start[row]), int(scored.pairs.start[row + 1]))
    mentors, scores = scored.pairs.mentor[span], scored.pairs.score[span]
    others = mentors != column
    best = np.lexsort((mentors[others], -scores[others]))[:ALTERNATIVES]
    return MatchedPair(
        mentee=scored.mentees[row].key,
        mentor=scored.mentors[column].key,
        score=score,
        contributions=dict(zip(names, points.tolist(), strict=True)),
        coverage=scored.coverage(row, column),
        rank=int((scores[others] > score).sum()) + 1,
        reasons=_reasons(scored, row, column, points),
        alternatives=tuple(
            (scored.mentors[int(mentors[others][place])].key, int(scores[others][place]))
            for place in best
        ),
    )


def _reasons(scored: Scored, row: int, column: int, points: Ints) -> tuple[Reason, ...]:
    """List what both sides answered and what speaks for the pair, weightiest first."""
    found = []
    for place, (criterion, measure) in enumerate(
        zip(scored.criteria, scored.measures, strict=True)
    ):
        if not (measure.mentee_answered[row] and measure.mentor_answered[column]):
            continue
        finding = measure.finding(row, column)
        share = scored.share[place]
        shares_something = finding is not None and finding[0] in ("shared", "words")
        if finding and (shares_something or points[place] >= SPEAKS_FOR * share):
            reason = Reason(criterion.name, criterion.kind, *finding, points=int(points[place]))
            found.append(reason)
    return tuple(sorted(found, key=lambda reason: (-reason.points, reason.criterion)))


def explain_unmatched(scored: Scored, pairs: EligiblePairs, partner: Ints) -> tuple[Unmatched, ...]:
    """Explain every mentee whom a solve left out (`pairs` as solved, after pins)."""
    left = np.flatnonzero(partner < 0)
    hall = hall_sets(pairs, partner)
    found = []
    for row in left.tolist():
        key = scored.mentees[row].key
        if scored.pairs.start[row] == scored.pairs.start[row + 1]:
            found.append(_no_mentor(scored, row))
            continue
        mentees, mentors, places = hall[row]
        everyone = mentors == scored.pairs.mentors
        if places >= mentees:
            found.append(Unmatched(key, LEFT_FOR_TOTAL, SERVE_FIRST))
        else:
            short = Unmatched(
                key,
                PLACES_SHORT,
                MORE_PLACES,
                mentees=mentees,
                mentors=mentors,
                places=places,
                everyone=everyone,
            )
            found.append(short)
    return tuple(found)


def _no_mentor(scored: Scored, row: int) -> Unmatched:
    counts = {
        code: int(count)
        for code, count in zip(scored.rule_codes, scored.refused[row], strict=True)
        if count
    }
    by_count = dict(sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])))
    help_code = RELAX_RULE if by_count else MORE_MENTORS
    return Unmatched(scored.mentees[row].key, NO_ELIGIBLE_MENTOR, help_code, rules=by_count)


def hall_sets(pairs: EligiblePairs, partner: Ints) -> dict[int, tuple[int, int, int]]:
    """Return for each mentee left out (mentees, mentors, places) of the group that is short.

    Hall 1935: whoever can be reached from a mentee without a mentor, by going to an eligible
    mentor and on to the mentees matched there, competes for the same places. The reached
    people fall into groups with no eligible pair between them.
    """
    mentee_reached, mentor_reached = _reach(pairs, partner)
    mentee = pairs.mentee_of_each()
    inside = mentee_reached[mentee] & mentor_reached[pairs.mentor]
    size = pairs.mentees + pairs.mentors
    ends = (mentee[inside], pairs.mentor[inside].astype(np.int64) + pairs.mentees)
    graph = coo_array((np.ones(len(ends[0]), dtype=np.int8), ends), shape=(size, size))
    _, group = connected_components(graph.tocsr(), directed=False)
    of_mentees = np.bincount(group[: pairs.mentees][mentee_reached], minlength=size)
    mentor_groups = group[pairs.mentees :]
    of_mentors = np.bincount(mentor_groups[mentor_reached], minlength=size)
    places = np.zeros(size, dtype=np.int64)
    np.add.at(places, mentor_groups[mentor_reached], pairs.capacity[mentor_reached])
    return {
        row: (int(of_mentees[g]), int(of_mentors[g]), int(places[g]))
        for row, g in ((int(row), int(group[row])) for row in np.flatnonzero(partner < 0))
    }


def _reach(pairs: EligiblePairs, partner: Ints) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    mentee_reached = partner < 0
    mentor_reached = np.zeros(pairs.mentors, dtype=bool)
    fresh = mentee_reached
    while fresh.any():
        for mentee, mentor, _ in pairs.blocks():
            mentor_reached[mentor[fresh[mentee]]] = True
        onward = np.zeros(pairs.mentees, dtype=bool)
        matched = partner >= 0
        onward[matched] = mentor_reached[partner[matched]]
        fresh = onward & ~mentee_reached
        mentee_reached = mentee_reached | fresh
    return mentee_reached, mentor_reached
