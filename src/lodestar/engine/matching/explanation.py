"""Why this match?"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.scorer import Scorer

SPEAKS_FOR = 50
ALTERNATIVES = 3
ALWAYS_TOLD = ("shared", "words", "choice", "near", "hours_in_common")


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a match, as a code that the caller puts into words.

    Codes: `shared` (topics, categories, languages), `near` (a topic wanted and the nearest offered),
    `same` and `same_family` (paths), `hours_apart`, `hours_in_common`, `years_ahead`, `words`,
    `choice` (which of the mentee's choices); `values` are what is shared or the number.
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
    mentor scores higher for this mentee. `broken_rule` is only ever set on a pinned pair; `kept` marks a
    pair that worked together before the run.
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
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Rivals:
    """The mentors a mentee could have had: how many score higher than the match, and the best few."""

    higher: int
    best: tuple[tuple[int, int], ...]


def explain_pair(
    scorer: Scorer, row: int, column: int, points: Ints, rivals: Rivals
) -> MatchedPair:
    """Explain one match by its contributions (points by criterion) and what is shared."""
    names = [criterion.name for criterion in scorer.compiled.criteria]
    return MatchedPair(
        mentee=scorer.mentees[row].key,
        mentor=scorer.mentors[column].key,
        score=int(points.sum()),
        contributions=dict(zip(names, points.tolist(), strict=True)),
        coverage=scorer.coverage(row, column),
        rank=rivals.higher + 1,
        reasons=reasons_of(scorer, row, column, points),
        alternatives=tuple((scorer.mentors[place].key, score) for place, score in rivals.best),
    )


def rivals_among(pairs: EligiblePairs, row: int, column: int, score: int) -> Rivals:
    """Return a mentee's other mentors from a list that holds all of them, or the best of them."""
    span = slice(int(pairs.start[row]), int(pairs.start[row + 1]))
    others = pairs.mentor[span] != column
    mentors, scores = pairs.mentor[span][others], pairs.score[span][others]
    best = np.lexsort((mentors, -scores))[:ALTERNATIVES]
    return Rivals(
        int((scores > score).sum()), tuple((int(mentors[n]), int(scores[n])) for n in best)
    )


def reasons_of(scorer: Scorer, row: int, column: int, points: Ints) -> tuple[Reason, ...]:
    """List what both sides answered and what speaks for the pair, weightiest first."""
    found = []
    compiled = scorer.compiled
    for place, (criterion, share, part) in enumerate(
        zip(compiled.criteria, compiled.share, compiled.parts, strict=True)
    ):
        if not (part.mentee_answered[row] and part.mentor_answered[column]):
            continue
        finding = part.finding(row, column)
        if finding and (finding[0] in ALWAYS_TOLD or points[place] >= SPEAKS_FOR * share):
            reason = Reason(criterion.name, criterion.kind, *finding, points=int(points[place]))
            found.append(reason)
    return tuple(sorted(found, key=lambda reason: (-reason.points, reason.criterion)))
