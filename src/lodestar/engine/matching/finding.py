"""Who of many suits one mentee best, at a glance?

For a directory that somebody leafs through: the same points as matching gives, but for what takes long
to compare (own words, a weak signal), and without its lowest score, since whoever asks decides
for themselves. A rule of the design still keeps two apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.constraints import compile_rules
from lodestar.engine.matching.explanation import Reason, reasons_of
from lodestar.engine.matching.problem import CriterionKind, Design, Mentee, Mentor
from lodestar.engine.matching.scorer import Scorer

UNREAD = (CriterionKind.TEXT, CriterionKind.RANKED)


@dataclass(frozen=True, slots=True)
class Fit:
    """How well each of some mentors suits a mentee, and which rule keeps the two apart, if one does."""

    scores: Sequence[int]
    broken: Sequence[str | None]
    scorer: Scorer | None = None
    points: NDArray[np.int64] | None = None

    def reasons(self, column: int) -> tuple[Reason, ...]:
        """Return what both answered and what speaks for the two, weightiest first."""
        if self.scorer is None or self.points is None:
            return ()
        return reasons_of(self.scorer, 0, column, self.points[column])


def fit_of(
    mentee: Mentee,
    mentors: Sequence[Mentor],
    ruled: Sequence[Mentor],
    design: Design,
    bans: Mapping[tuple[str, str], str],
) -> Fit:
    """Weigh mentors by what may be read of them; `ruled` are the same ones as the rules read them."""
    criteria = tuple(c for c in design.criteria if c.weight and c.kind not in UNREAD)
    broken = _broken(mentee, ruled, design, bans)
    if not criteria or not mentors:
        return Fit([0] * len(mentors), broken)
    plain = replace(design, criteria=criteria, constraints=(), floor=0)
    scorer = Scorer([mentee], mentors, plain, bans={})
    columns = np.arange(len(mentors))
    weighed = scorer.weigh(np.zeros(len(mentors), dtype=np.int64), columns)
    return Fit(weighed.score.tolist(), broken, scorer, weighed.contributions)


def _broken(
    mentee: Mentee,
    ruled: Sequence[Mentor],
    design: Design,
    bans: Mapping[tuple[str, str], str],
) -> list[str | None]:
    """Return for each mentor the first rule that the two would break."""
    first: list[str | None] = [None] * len(ruled)
    if not ruled:
        return first
    rules = compile_rules(design.constraints, [mentee], ruled, bans, design.reference_on)
    columns = np.arange(len(ruled))
    for code, rule in reversed(tuple(rules.items())):
        for place in np.flatnonzero(rule.broken_by(0, columns)).tolist():
            first[place] = code
    return first
