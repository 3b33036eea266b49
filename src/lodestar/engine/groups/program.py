"""Which mentors take a group, and who is in it, so that no group is too small?

A mentor has no group or one between two sizes. Finding the best such groups is NP-hard (Arulselvan et al. 2018,
"Matchings with lower quotas"), so it is solved by branch and bound over which mentors open (HiGHS). Each pair is tied to its mentor's opening by itself, not only in sum, which makes the bound of
the linear relaxation far tighter (as in facility location: Krarup & Pruzan 1983).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, vstack

from lodestar.engine.groups.rules import Apart, AtMost, NotAlone, Rule
from lodestar.engine.matching.pairs import NOBODY, EligiblePairs, Ints

HALF = 0.5
ENDLESS = np.inf
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Effort:
    """How long to search: `nodes` of the search, the same on every machine, and `seconds`, which are not."""

    nodes: int = 20_000
    seconds: float | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The best groups found (positions of pairs), and what no groups exceed of what was aimed at."""

    taken: NDArray[np.int64]
    bound: int


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """The rows of the whole program. Columns: pairs, mentors that open, mentees served, and rules' own."""

    pairs: EligiblePairs
    rows: csr_array
    low: Floats
    high: Floats
    serving: Floats
    is_free_of_rules: bool

    def most_served(self, effort: Effort) -> Found | None:
        """Return groups that serve the most mentees."""
        return self._solved(self.serving, 0, effort)

    def largest_total(self, served: int, effort: Effort) -> Found | None:
        """Return groups with the largest total among those that serve at least `served`.

        None if the search ended before it found any.
        """
        aim = np.zeros(self.rows.shape[1])
        aim[: len(self.pairs)] = self.pairs.score
        return self._solved(aim, served, effort)

    def _solved(self, aim: Floats, served: int, effort: Effort) -> Found | None:
        """Maximise one aim. Aims are whole numbers, so a bound is cut down to one."""
        count = len(self.pairs)
        limits = [
            LinearConstraint(self.rows, self.low, self.high),
            LinearConstraint(self.serving.reshape(1, -1), served, ENDLESS),
        ]
        # With the open mentors fixed and no rules what is left is a flow, whose corners are whole.
        is_whole = np.ones(len(aim), dtype=np.int64)
        is_whole[:count] = not self.is_free_of_rules
        options: dict[str, float] = {"mip_rel_gap": 0, "node_limit": effort.nodes}
        if effort.seconds is not None:
            options["time_limit"] = effort.seconds
        program: Any = milp  # its published types know options by name only
        found = program(
            -aim, integrality=is_whole, bounds=Bounds(0, 1), constraints=limits, options=options
        )
        if found.x is None:
            return None
        limit = found.mip_dual_bound
        bound = int(np.floor(-limit + HALF)) if np.isfinite(limit) else int(aim.sum())
        return Found(np.flatnonzero(found.x[:count] > HALF), bound)


@dataclass(frozen=True, slots=True, eq=False)
class _Part:
    """Some rows of the program: row, column and value of each entry, and both limits by row."""

    row: Ints
    column: Ints
    value: Floats
    low: Floats
    high: Floats


def program_of(
    pairs: EligiblePairs, least: Ints, most: Ints, rules: Sequence[Rule] = ()
) -> Program:
    """Build the program; `least` and `most` by mentor are the sizes of a group, if they take one.

    >>> pairs = EligiblePairs(np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([9, 4, 5]), np.array([2, 1]))
    >>> program = program_of(pairs, np.array([2, 1]), np.array([2, 1]))
    >>> program.largest_total(2, Effort()).taken.tolist()
    [0, 2]
    """
    count, mentors = len(pairs), pairs.mentors
    many = np.flatnonzero((pairs.demands > 1) & (pairs.firsts > 0))
    alone = [rule for rule in rules if isinstance(rule, NotAlone)]
    width = count + mentors + len(many) + mentors * len(alone)
    company = {
        rule.code: count + mentors + len(many) + mentors * place for place, rule in enumerate(alone)
    }
    parts = [_demands(pairs), *_sizes(pairs, least, most), _openings(pairs)]
    parts.append(_firsts(pairs, many))
    for rule in rules:
        parts += list(_rows_of(rule, pairs, company))
    serving = np.zeros(width)
    serving[:count] = np.where(pairs.demands > 1, 0, pairs.firsts)[pairs.mentee_of_each()]
    serving[count + mentors : count + mentors + len(many)] = 1
    return Program(
        pairs,
        vstack([_table(part, width) for part in parts], format="csr"),
        np.concatenate([part.low for part in parts]),
        np.concatenate([part.high for part in parts]),
        serving,
        not rules,
    )


def _table(part: _Part, width: int) -> csr_array:
    return csr_array((part.value, (part.row, part.column)), shape=(len(part.low), width))


def _demands(pairs: EligiblePairs) -> _Part:
    every = np.arange(len(pairs))
    most = pairs.demands.astype(float)
    return _part((pairs.mentee_of_each(), every, np.ones(len(pairs))), 0, most)


def _sizes(pairs: EligiblePairs, least: Ints, most: Ints) -> list[_Part]:
    """Everybody in a mentor's group, less the least or the most if the mentor opens."""
    count, mentors = len(pairs), pairs.mentors
    row = np.concatenate([pairs.mentor, np.arange(mentors)])
    column = np.arange(count + mentors)
    ones, none = np.ones(count), np.zeros(mentors)
    return [
        _part((row, column, np.concatenate([ones, -least])), none, none + ENDLESS),
        _part((row, column, np.concatenate([ones, -most])), none - ENDLESS, none),
    ]


def _openings(pairs: EligiblePairs) -> _Part:
    """Nobody is in the group of a mentor who does not open."""
    return _within(np.arange(len(pairs)), len(pairs) + pairs.mentor.astype(np.int64))


def _firsts(pairs: EligiblePairs, many: Ints) -> _Part:
    """Whoever may have several mentors counts as served only with at least one."""
    place = np.full(pairs.mentees, NOBODY)
    place[many] = np.arange(len(many))
    row = place[pairs.mentee_of_each()]
    theirs = np.flatnonzero(row != NOBODY)
    served = len(pairs) + pairs.mentors + np.arange(len(many))
    entries = (
        np.concatenate([row[theirs], np.arange(len(many))]),
        np.concatenate([theirs, served]),
        np.concatenate([np.ones(len(theirs)), -np.ones(len(many))]),
    )
    return _part(entries, np.zeros(len(many)), np.full(len(many), ENDLESS))


def _within(column: Ints, limit: Ints) -> _Part:
    """Each of these columns is at most another."""
    every, ones = np.arange(len(column)), np.ones(len(column))
    entries = (
        np.concatenate([every, every]),
        np.concatenate([column, limit]),
        np.concatenate([ones, -ones]),
    )
    return _part(entries, np.full(len(column), -ENDLESS), np.zeros(len(column)))


def _part(entries: tuple[Ints, Ints, Floats], low: Floats | int, high: Floats) -> _Part:
    return _Part(*entries, np.broadcast_to(np.float64(low), high.shape), high)


def _rows_of(rule: Rule, pairs: EligiblePairs, company: dict[str, int]) -> Iterator[_Part]:
    if isinstance(rule, AtMost):
        yield _at_most(rule, pairs)
    elif isinstance(rule, Apart):
        yield _apart(rule, pairs)
    else:
        yield from _not_alone(rule, pairs, company[rule.code])


def _at_most(rule: AtMost, pairs: EligiblePairs) -> _Part:
    """One row for each mentor and each value."""
    names = {value: number for number, value in enumerate(sorted({*rule.value} - {""}))}
    kind = np.array([names.get(value, NOBODY) for value in rule.value], dtype=np.int64)
    kind_of = kind[pairs.mentee_of_each()]
    theirs = np.flatnonzero(kind_of != NOBODY)
    key = pairs.mentor[theirs].astype(np.int64) * max(1, len(names)) + kind_of[theirs]
    cells, row = np.unique(key, return_inverse=True)
    opening = len(pairs) + cells // max(1, len(names))
    entries = (
        np.concatenate([row, np.arange(len(cells))]),
        np.concatenate([theirs, opening]),
        np.concatenate([np.ones(len(theirs)), np.full(len(cells), -float(rule.most))]),
    )
    return _part(entries, np.full(len(cells), -ENDLESS), np.zeros(len(cells)))


def _apart(rule: Apart, pairs: EligiblePairs) -> _Part:
    """One row for each pair of people and each mentor whom both may have."""
    ends = np.array(rule.pairs, dtype=np.int64).reshape(-1, 2)
    mentor = np.tile(np.arange(pairs.mentors), len(ends))
    one, other = (
        pairs.positions_of(np.repeat(ends[:, side], pairs.mentors), mentor) for side in (0, 1)
    )
    both = np.flatnonzero((one != NOBODY) & (other != NOBODY))
    every, ones = np.arange(len(both)), np.ones(len(both))
    entries = (
        np.tile(every, 3),
        np.concatenate([one[both], other[both], len(pairs) + mentor[both]]),
        np.concatenate([ones, ones, -ones]),
    )
    return _part(entries, np.full(len(both), -ENDLESS), np.zeros(len(both)))


def _not_alone(rule: NotAlone, pairs: EligiblePairs, column: int) -> Iterator[_Part]:
    """Whether a group has any of them is a column; if it has, it has enough."""
    has = np.array(rule.has, dtype=bool)
    theirs = np.flatnonzero(has[pairs.mentee_of_each()])
    mentor = pairs.mentor[theirs].astype(np.int64)
    yield _within(theirs, column + mentor)
    every = np.arange(pairs.mentors)
    entries = (
        np.concatenate([mentor, every]),
        np.concatenate([theirs, column + every]),
        np.concatenate([np.ones(len(theirs)), np.full(pairs.mentors, -float(rule.least))]),
    )
    yield _part(entries, np.zeros(pairs.mentors), np.full(pairs.mentors, ENDLESS))
