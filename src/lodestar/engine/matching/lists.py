"""Whom did people choose themselves, and who is matched by score after that?

Two phases. Where both are on each other's list they are matched by deferred acceptance (stability.py),
and these matches stand; everybody else and every place that is left are matched exactly by score.
When nobody is ranked equal, no other set of pairs without a blocking pair on the lists serves more: all
stable matchings serve the same mentees and fill the same number of places with each mentor (the
"rural hospitals" theorem, Roth 1986), so the second phase always has the same people to work with.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.lottery import Drawn
from lodestar.engine.matching.pairs import NOBODY, Bools, EligiblePairs, Ints, loads_of
from lodestar.engine.matching.problem import PERFECT
from lodestar.engine.matching.stability import (
    RankedLists,
    check_choices,
    count_blocking_pairs_of_lists,
    promoted_acceptance,
    ranked_lists,
)

Fill = Callable[[EligiblePairs], NDArray[np.int64]]
"""An exact solve: serve the most mentees, then total the most. Returns positions of pairs."""


@dataclass(frozen=True, slots=True, eq=False)
class Choices:
    """One side's choices, one row each, in any order: who chose whom, at which rank.

    Positions; ranks are whole numbers, 1 for the first choice, equal for "no difference".
    """

    chooser: Ints
    chosen: Ints
    rank: Ints


@dataclass(frozen=True, slots=True, eq=False)
class ListsFirst:
    """What two-phase matching found.

    `taken` are positions of pairs, ascending; `from_lists` says of each whether it stands on the
    lists. `blocking_pairs` counts listed pairs that would rather have each other, `released` the
    matches of the first phase that were given up to serve more, `forbidden` the listed pairs that
    no rule allows.
    """

    taken: NDArray[np.int64]
    from_lists: Bools
    blocking_pairs: int
    released: int
    forbidden: int


def choices_after_meeting(
    person: Ints, met: Ints, says_yes: Bools, rating: NDArray[np.floating] | None = None
) -> Choices:
    """Return one side's choices after a mixer: everybody they said yes to, best rating first.

    Equal ratings rank equal, a missing one (NaN) last; without ratings every yes ranks equal.

    >>> said = choices_after_meeting(np.array([0, 0, 0]), np.array([4, 5, 6]), np.array([True, False, True]), np.array([7.0, 9.0, 8.0]))
    >>> said.chosen.tolist(), said.rank.tolist()
    ([4, 6], [2, 1])
    """
    yes = np.flatnonzero(says_yes)
    liking = np.zeros(len(yes)) if rating is None else -np.asarray(rating, dtype=float)[yes]
    _, step = np.unique(liking, return_inverse=True)
    return Choices(person[yes], met[yes], step.astype(np.int64) + 1)


def mutual_lists(
    mentee_choices: Choices, mentor_choices: Choices, *, mentees: int, capacity: Ints
) -> RankedLists:
    """Return the pairs in which each chose the other; a choice that is not returned is dropped.

    Raises MatchingError for a choice that cannot be read, naming the row.

    >>> mine = Choices(np.array([0, 0]), np.array([0, 1]), np.array([1, 2]))
    >>> theirs = Choices(np.array([1]), np.array([0]), np.array([1]))
    >>> mutual_lists(mine, theirs, mentees=1, capacity=np.array([1, 1])).mentor.tolist()
    [1]
    """
    mentors = len(capacity)
    _check(mentee_choices, mentees, mentors)
    _check(mentor_choices, mentors, mentees)
    mine = mentee_choices.chooser.astype(np.int64) * mentors + mentee_choices.chosen
    theirs = mentor_choices.chosen.astype(np.int64) * mentors + mentor_choices.chooser
    pair, at_mentee, at_mentor = np.intersect1d(mine, theirs, True, return_indices=True)
    mentee, mentor = np.divmod(pair, max(1, mentors))
    ranks = mentee_choices.rank[at_mentee], mentor_choices.rank[at_mentor]
    return ranked_lists(mentee, mentor, *ranks, mentees=mentees, capacity=capacity)


def lists_by_score(mentee_choices: Choices, pairs: EligiblePairs) -> RankedLists:
    """Return the mentees' lists, with mentors who go by the score among those who chose them.

    Choices that no rule allows are dropped.

    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([5, 8]), np.array([1]))
    >>> wishes = Choices(np.array([0, 1]), np.array([0, 0]), np.array([1, 1]))
    >>> lists_by_score(wishes, pairs).mentor_rank.tolist()
    [3, 0]
    """
    _check(mentee_choices, pairs.mentees, pairs.mentors)
    place = pairs.positions_of(mentee_choices.chooser, mentee_choices.chosen)
    allowed = np.flatnonzero(place != NOBODY)
    score = pairs.score[place[allowed]].astype(np.int64)
    return ranked_lists(
        mentee_choices.chooser[allowed],
        mentee_choices.chosen[allowed],
        mentee_choices.rank[allowed],
        score.max(initial=0) - score,
        mentees=pairs.mentees,
        capacity=pairs.capacity,
    )


def lists_first(
    pairs: EligiblePairs,
    mentee_choices: Choices,
    mentor_choices: Choices | None,
    drawn: Drawn,
    fill: Fill,
    *,
    serve_most: bool = False,
) -> ListsFirst:
    """Match by lists first, then fill the rest exactly by score.

    Mentors without lists (None) go by the score among those who chose them. Equals are told apart by
    promotion, then by everybody's one ticket. Blocking pairs on the lists are always 0, unless
    `serve_most`: then as few matches of the lists as possible are released so that as many are
    served as could be at all, and the result says how many, and how many pairs now block. The lists
    give one mentor each; whoever wishes for more gets them by score, after everybody else's first.

    >>> from lodestar.engine.matching.lottery import draw
    >>> pairs = EligiblePairs(np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([5, 4, 9]), np.array([1, 1]))
    >>> wish, drawn = Choices(np.array([0]), np.array([0]), np.array([1])), draw(1, ["a", "b"], ["x", "y"])
    >>> lists_first(pairs, wish, None, drawn, lambda rest: np.arange(len(rest))).taken.tolist()
    [0]
    """
    lists, forbidden = _eligible_lists(pairs, mentee_choices, mentor_choices)
    partner = promoted_acceptance(lists, drawn)
    served = np.flatnonzero(partner != NOBODY)
    listed = pairs.positions_of(served, partner[served])
    kept = _kept_serving_most(pairs, listed, fill) if serve_most else listed
    taken = np.sort(np.concatenate([kept, _filled(pairs, kept, fill)]))
    mentee = pairs.mentee_of_each()[taken]
    return ListsFirst(
        taken=taken,
        from_lists=np.isin(taken, _on_lists(pairs, lists)),
        blocking_pairs=count_blocking_pairs_of_lists(lists, mentee, pairs.mentor[taken]),
        released=len(listed) - int(np.isin(listed, taken).sum()),
        forbidden=forbidden,
    )


def _check(choices: Choices, choosers: int, others: int) -> None:
    check_choices(choices.chooser, choices.chosen, choices.rank, choosers=choosers, others=others)


def _eligible_lists(
    pairs: EligiblePairs, mentee_choices: Choices, mentor_choices: Choices | None
) -> tuple[RankedLists, int]:
    """Return the lists that may be matched, and how many listed pairs no rule allows."""
    if mentor_choices is None:
        lists = lists_by_score(mentee_choices, pairs)
        forbidden = len(mentee_choices.chooser) - len(lists)
    else:
        every = mutual_lists(
            mentee_choices, mentor_choices, mentees=pairs.mentees, capacity=pairs.capacity
        )
        lists = every.only(_on_lists(pairs, every) != NOBODY)
        forbidden = len(every) - len(lists)
    return lists.only(pairs.demands[lists.mentee_of_each()] > 0), forbidden


def _on_lists(pairs: EligiblePairs, lists: RankedLists) -> NDArray[np.int64]:
    return pairs.positions_of(lists.mentee_of_each(), lists.mentor)


def _filled(pairs: EligiblePairs, kept: Ints, fill: Fill) -> NDArray[np.int64]:
    """Return the pairs that an exact solve adds for everybody and every place that is left."""
    mentee_load, mentor_load = loads_of(pairs, kept)
    demand, free = pairs.demands - mentee_load, pairs.capacity - mentor_load
    is_open = (demand[pairs.mentee_of_each()] > 0) & (free[pairs.mentor] > 0)
    is_open[kept] = False
    rest = replace(
        pairs.only(is_open),
        capacity=free,
        demand=demand,
        minimum=np.maximum(pairs.minimums - mentor_load, 0),
        first=np.where(mentee_load > 0, 0, pairs.firsts),
    )
    return np.flatnonzero(is_open)[fill(rest)]


def _kept_serving_most(pairs: EligiblePairs, listed: Ints, fill: Fill) -> NDArray[np.int64]:
    """Return the most matches of the lists that can stand while the most mentees are served."""
    worth = np.full(len(pairs), PERFECT // 2, dtype=pairs.score.dtype)
    worth[listed] = PERFECT
    one_each = replace(pairs, score=worth, demand=pairs.firsts, minimum=None)
    return np.intersect1d(listed, fill(one_each))
