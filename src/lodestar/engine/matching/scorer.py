"""What does every pair score, and which pairs are eligible?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.constraints import BELOW_FLOOR, Rulebook, compile_rules
from lodestar.engine.matching.criteria import Measure, compile_criterion
from lodestar.engine.matching.pairs import EligiblePairs, Ints
from lodestar.engine.matching.problem import (
    Answer,
    Criterion,
    CriterionKind,
    Design,
    MatchingError,
    Mentee,
    Mentor,
    capacity_of,
    shares,
)

BLOCK_CELLS = 524_288
MIDDLE = 50


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """A cohort with every pair scored.

    `share` is each criterion's weight in basis points; `fill[i, c]` the closeness that counts for
    mentee i where criterion c has no answer; `refused[i, r]` how many mentors rule r forbids to mentee i.
    """

    mentees: tuple[Mentee, ...]
    mentors: tuple[Mentor, ...]
    criteria: tuple[Criterion, ...]
    share: tuple[int, ...]
    measures: tuple[Measure, ...]
    rules: Rulebook
    pairs: EligiblePairs
    fill: NDArray[np.int64]
    refused: NDArray[np.int64]
    rule_codes: tuple[str, ...]

    def contributions(self, rows: Ints, columns: Ints) -> NDArray[np.int64]:
        """Return points by pair and criterion for mentees paired one by one with mentors."""
        points = np.zeros((len(rows), len(self.measures)), dtype=np.int64)
        for place, measure in enumerate(self.measures):
            for first in range(0, len(rows), 64):
                some = slice(first, first + 64)
                block = filled(measure, rows[some], columns[some], self.fill[rows[some], place])
                points[some, place] = block.diagonal() * self.share[place]
        return points

    def coverage(self, row: int, column: int) -> int:
        """Return the percent of the weight that rests on answers from both sides.

        Opt-in criteria count only where both opted in: keeping one's identity to oneself is no gap.
        """
        known = whole = 0
        for criterion, share, measure in zip(self.criteria, self.share, self.measures, strict=True):
            both = bool(measure.mentee_answered[row] and measure.mentor_answered[column])
            if both or criterion.kind is not CriterionKind.OPT_IN:
                whole += share
                known += share * both
        return 100 * known // whole if whole else 0


def score_cohort(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    *,
    bans: Mapping[tuple[str, str], str],
) -> Scored:
    """Compile a cohort and score every pair, in blocks of rows that stay small in memory.

    A score is the exact sum of whole-number contributions: basis points times a closeness
    from 0 to 100, so 1,000,000 is a perfect pair. Raises MatchingError for a faulty design.
    """
    criteria = tuple(criterion for criterion in design.criteria if criterion.weight)
    share = tuple(shares([criterion.weight for criterion in criteria])) if criteria else ()
    if not criteria:
        raise MatchingError("The design has no criterion with a weight: give it at least one.")
    measures = tuple(
        compile_criterion(
            criterion,
            answers(mentees, criterion.mentee_field),
            answers(mentors, criterion.mentor_field),
            design.reference_on,
        )
        for criterion in criteria
    )
    rules = compile_rules(design.constraints, mentees, mentors, bans, design.reference_on)
    capacity = np.array([capacity_of(mentor, design) for mentor in mentors], dtype=np.int64)
    table = _score_all(len(mentees), len(mentors), measures, share, rules)
    pairs, refused = table.pairs(design.floor, capacity)
    return Scored(
        mentees=tuple(mentees),
        mentors=tuple(mentors),
        criteria=criteria,
        share=share,
        measures=measures,
        rules=rules,
        pairs=pairs,
        fill=table.fill,
        refused=refused,
        rule_codes=(*rules.codes, BELOW_FLOOR),
    )


def answers(people: Sequence[Mentee] | Sequence[Mentor], name: str) -> list[Answer]:
    """Return everybody's answer to a field; the field `key` is the person's own key."""
    return [person.key if name == "key" else person.answers.get(name) for person in people]


def filled(measure: Measure, rows: Ints, columns: Ints, fill: Ints) -> Ints:
    """Return closeness with the mentee's own mean in place of missing answers."""
    block = measure.closeness(rows, columns)
    known = measure.mentee_answered[rows][:, None] & measure.mentor_answered[columns][None, :]
    return np.where(known, block, fill[:, None])


@dataclass(frozen=True, slots=True, eq=False)
class _Table:
    score: NDArray[np.int32]
    rule: NDArray[np.uint8]
    fill: NDArray[np.int64]
    codes: int

    def pairs(self, floor: int, capacity: Ints) -> tuple[EligiblePairs, NDArray[np.int64]]:
        """Keep what no rule forbids, and count for each mentee what each rule took."""
        rule = self.rule
        rule[(rule == 0) & (self.score < floor)] = self.codes + 1
        refused = np.stack(
            [(rule == number).sum(axis=1) for number in range(1, self.codes + 2)], axis=1
        )
        eligible = rule == 0
        start = np.concatenate([[0], np.cumsum(eligible.sum(axis=1))]).astype(np.int64)
        mentor = np.concatenate(
            [np.flatnonzero(row).astype(np.int32) for row in eligible] or [np.zeros(0, np.int32)]
        )
        return EligiblePairs(start, mentor, self.score[eligible], capacity), refused


def _score_all(
    mentees: int,
    mentors: int,
    measures: tuple[Measure, ...],
    share: tuple[int, ...],
    rules: Rulebook,
) -> _Table:
    score = np.zeros((mentees, mentors), dtype=np.int32)
    rule = np.zeros((mentees, mentors), dtype=np.uint8)
    fill = np.zeros((mentees, len(measures)), dtype=np.int64)
    columns = np.arange(mentors)
    height = max(1, BLOCK_CELLS // max(1, mentors))
    for first in range(0, mentees, height):
        rows = np.arange(first, min(first + height, mentees))
        rule[rows] = rules.forbid(rows, columns)
        for place, measure in enumerate(measures):
            fill[rows, place] = _add_points(score, rows, measure, share[place])
    for place, measure in enumerate(measures):
        _fill_silent(measure, fill[:, place])
        silent = ~measure.mentee_answered
        score[silent] += (fill[silent, place] * share[place]).astype(np.int32)[:, None]
    return _Table(score, rule, fill, len(rules.codes))


def _add_points(score: NDArray[np.int32], rows: Ints, measure: Measure, share: int) -> Ints:
    """Add a criterion's points for some mentees; return what counts where mentors left it blank.

    That is each mentee's mean over the mentors who answered, rounded half up. Only answers are
    compared; mentees who left it blank are filled in when all others are known.
    """
    spoke, theirs = rows[measure.mentee_answered[rows]], np.flatnonzero(measure.mentor_answered)
    fill = np.full(len(rows), MIDDLE)
    if len(spoke) and len(theirs):
        block = measure.closeness(spoke, theirs)
        mean = (2 * block.sum(axis=1) + len(theirs)) // (2 * len(theirs))
        fill[measure.mentee_answered[rows]] = mean
        above = ((block - mean[:, None]) * share).astype(np.int32)
        if len(theirs) == score.shape[1]:
            score[spoke] += above
        else:
            score[np.ix_(spoke, theirs)] += above
    score[spoke] += (fill[measure.mentee_answered[rows]] * share).astype(np.int32)[:, None]
    return fill


def _fill_silent(measure: Measure, fill: NDArray[np.int64]) -> None:
    """A mentee who left the question blank counts at the mean of those who did not."""
    spoke = measure.mentee_answered
    count = int(spoke.sum())
    mean = (2 * int(fill[spoke].sum()) + count) // (2 * count) if count else MIDDLE
    fill[~spoke] = mean
