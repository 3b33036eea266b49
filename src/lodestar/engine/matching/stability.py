"""Would two people both rather have each other than whom they were given?

Ranked lists of both sides are matched by mentee-proposing deferred acceptance (Gale & Shapley 1962;
Roth & Peranson 1999): nobody on the lists can then say that somebody prefers them and was kept away, and
no stable matching is better for any mentee. Where people are ranked equal, the number of matches
depends on how equals are told apart; promotion (Király 2011) finds at least two thirds of the most that
any stable matching can have, and nearly all of them in practice, where a lottery loses several in a hundred.
"""

from dataclasses import dataclass, replace
from heapq import heapreplace

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.lottery import Drawn, Tickets
from lodestar.engine.matching.pairs import NOBODY, Bools, EligiblePairs, Ints
from lodestar.engine.matching.problem import MatchingError

LARGEST_RANK = 2**31 - 1
UNLISTED = 2**40
UNDECIDED, DECIDED, PROMOTED = 0, 1, 2
FIRST_PAIRS = 4_096


@dataclass(frozen=True, slots=True, eq=False)
class RankedLists:
    """All pairs in which each is on the other's list, by mentee, best first (compressed rows).

    The list of mentee `i` is `mentor[start[i]:start[i + 1]]` (positions). `mentee_rank` is where the
    mentee puts that mentor, `mentor_rank` where that mentor puts the mentee: whole numbers, the
    smaller the better, equal for "no difference". `capacity` is places by mentor. `is_strict` says
    that nobody ranks two people equal; without it that is looked up.
    """

    start: Ints
    mentor: Ints
    mentee_rank: Ints
    mentor_rank: Ints
    capacity: Ints
    is_strict: bool = False

    @property
    def mentees(self) -> int:
        return len(self.start) - 1

    @property
    def mentors(self) -> int:
        return len(self.capacity)

    def __len__(self) -> int:
        return len(self.mentor)

    def mentee_of_each(self) -> NDArray[np.int64]:
        """Return the position of the mentee of every pair."""
        return np.repeat(np.arange(self.mentees), np.diff(self.start))

    def only(self, keep: Bools) -> "RankedLists":
        """Return the pairs that a mask over all pairs keeps."""
        start = np.concatenate([[0], np.cumsum(keep)])[self.start]
        columns = (self.mentor, self.mentee_rank, self.mentor_rank)
        mentor, mine, theirs = (column[keep] for column in columns)
        return replace(self, start=start, mentor=mentor, mentee_rank=mine, mentor_rank=theirs)


def ranked_lists(
    mentee: Ints,
    mentor: Ints,
    mentee_rank: Ints,
    mentor_rank: Ints,
    *,
    mentees: int,
    capacity: Ints,
) -> RankedLists:
    """Sort loose pairs of positions and ranks, in any order of rows, into lists.

    Raises MatchingError as `check_choices` does, and for a negative number of places.

    >>> one = np.array([1, 1])
    >>> lists = ranked_lists(np.array([0, 0]), np.array([2, 1]), np.array([2, 1]), one, mentees=1, capacity=np.array([1, 1, 1]))
    >>> lists.mentor.tolist()
    [1, 2]
    """
    if np.any(capacity < 0):
        raise MatchingError("A mentor has fewer than 0 places: state 0 or more.")
    check_choices(mentee, mentor, mentee_rank, choosers=mentees, others=len(capacity))
    check_choices(mentor, mentee, mentor_rank, choosers=len(capacity), others=mentees)
    order = np.lexsort((mentor, mentee_rank, mentee))
    start = np.searchsorted(mentee[order], np.arange(mentees + 1))
    columns = (mentor, mentee_rank, mentor_rank)
    one, mine, theirs = (column[order].astype(np.int64) for column in columns)
    lists = RankedLists(start, one, mine, theirs, capacity.astype(np.int64))
    return replace(lists, is_strict=not _has_ties(lists))


def deferred_acceptance(lists: RankedLists) -> NDArray[np.int64]:
    """Return each mentee's mentor (position, -1 for none) in the stable matching best for all mentees.

    Mentees ask their mentors in order; a mentor keeps the best so far, up to their places. The order
    in which people ask changes nothing, and whom a list leaves out, every stable matching leaves
    out (Roth 1986). Raises MatchingError where somebody ranks two people equal: tell them apart with
    `by_lottery` first, or use `promoted_acceptance`.

    >>> start, mentor = np.array([0, 2, 4]), np.array([0, 1, 0, 1])
    >>> lists = RankedLists(start, mentor, np.array([1, 2, 1, 2]), np.array([2, 1, 1, 2]), np.array([1, 1]))
    >>> deferred_acceptance(lists).tolist()
    [1, 0]
    """
    if _has_ties(lists):
        raise MatchingError(
            "Some lists rank two people equal: draw lots among equals first, or match by promotion."
        )
    return _ask_in_order(lists.start, lists.mentor, lists.mentor_rank, lists.capacity)


def by_lottery(lists: RankedLists, drawn: Drawn) -> RankedLists:
    """Return the same lists with equals told apart by one ticket a person, the higher first.

    One ticket for all lists, never one per mentor: it costs the mentees less (Abdulkadiroğlu,
    Pathak & Roth 2009).
    """
    mentee = lists.mentee_of_each()
    order = np.lexsort((~drawn.mentor[lists.mentor], lists.mentee_rank, mentee))
    mentor, place = lists.mentor[order], np.arange(len(lists))
    by_mentor = np.lexsort((~drawn.mentee[mentee], lists.mentor_rank[order], mentor))
    mentor_rank = np.empty(len(lists), dtype=np.int64)
    mentor_rank[by_mentor] = place
    return RankedLists(lists.start, mentor, place, mentor_rank, lists.capacity, is_strict=True)


def promoted_acceptance(lists: RankedLists, drawn: Drawn) -> NDArray[np.int64]:
    """Return each mentee's mentor (position, -1 for none) in a large stable matching with equals.

    Whoever was refused by their whole list asks everybody once more, promoted: among equals a mentor
    takes the promoted. And whoever ranks several mentors equal first asks each of them without
    commitment: such a mentee gives way to anybody who commits (Király 2011 for equals on the mentors'
    side, 2013 for both). Written as deferred acceptance over copies of every pair, so that the order
    of asking changes nothing. No pair would strictly rather have each other, and at least 2/3 of the
    most any stable matching can have are matched. What is still equal goes by the tickets. Without
    equals it is `deferred_acceptance`.

    >>> from lodestar.engine.matching.lottery import draw
    >>> start, mentor, one = np.array([0, 2, 3]), np.array([0, 1, 0]), np.array([1, 1, 1])
    >>> lists = RankedLists(start, mentor, np.array([1, 2, 1]), one, np.array([1, 1]))
    >>> promoted_acceptance(lists, draw(1, "ab", "xy")).tolist()
    [1, 0]
    """
    if not _has_ties(lists):
        return _ask_in_order(lists.start, lists.mentor, lists.mentor_rank, lists.capacity)
    copied, level = _copies(lists)
    mentee = lists.mentee_of_each()[copied]
    asking = np.lexsort(
        (
            ~drawn.mentor[lists.mentor[copied]],
            level,
            lists.mentee_rank[copied],
            level == PROMOTED,
            mentee,
        )
    )
    copied, level, mentee = copied[asking], level[asking], mentee[asking]
    mentor = lists.mentor[copied]
    liking = np.lexsort(
        (~drawn.mentee[mentee], -level, lists.mentor_rank[copied], level == UNDECIDED, mentor)
    )
    mentor_rank = np.empty(len(copied), dtype=np.int64)
    mentor_rank[liking] = np.arange(len(copied))
    start = np.searchsorted(mentee, np.arange(lists.mentees + 1))
    return _ask_in_order(start, mentor, mentor_rank, lists.capacity)


def count_blocking_pairs_of_lists(lists: RankedLists, mentee: Ints, mentor: Ints) -> int:
    """Count the listed pairs in which both would rather have each other than what they have.

    `mentee` and `mentor` are the matched pairs (positions), on the lists or not. Anybody on a list is
    better than anybody who is not, and than a free place. Raises MatchingError when a mentor has more
    mentees than places.

    >>> lists = RankedLists(np.array([0, 1]), np.array([0]), np.array([1]), np.array([1]), np.array([1]))
    >>> count_blocking_pairs_of_lists(lists, np.array([], dtype=int), np.array([], dtype=int))
    1
    """
    load = np.bincount(mentor, minlength=lists.mentors)
    if np.any(load > lists.capacity):
        raise MatchingError("The matching gives a mentor more mentees than places.")
    listed = _positions_of(lists, mentee, mentor)
    own = np.full(lists.mentees, UNLISTED, dtype=np.int64)
    np.minimum.at(own, mentee, _rank_at(lists.mentee_rank, listed))
    lowest = np.where(load < lists.capacity, UNLISTED, -1)
    np.maximum.at(lowest, mentor, _rank_at(lists.mentor_rank, listed))
    rather = (lists.mentee_rank < own[lists.mentee_of_each()]) & (
        lists.mentor_rank < lowest[lists.mentor]
    )
    return int(rather.sum())


def stable_by_score(pairs: EligiblePairs, drawn: Drawn) -> NDArray[np.int64]:
    """Return the pairs (positions, ascending) that are stable when both sides go by the score.

    The best pair that is left blocks any matching without it, so it is taken, again and again;
    with equal scores the mentee, then the mentor with the higher ticket comes first. Demand and
    capacity are kept; no pair is left in which both would score higher.

    >>> from lodestar.engine.matching.lottery import draw
    >>> pairs = EligiblePairs(np.array([0, 2, 4]), np.array([0, 1, 0, 1]), np.array([7, 9, 8, 1]), np.array([1, 1]))
    >>> stable_by_score(pairs, draw(1, "ab", "xy")).tolist()
    [1, 2]
    """
    mentee = pairs.mentee_of_each().astype(np.int64)
    behind = _places_by_ticket(drawn.mentee)[mentee] * pairs.mentors
    behind += _places_by_ticket(drawn.mentor)[pairs.mentor]
    lacking = pairs.score.max(initial=0) - pairs.score.astype(np.int64)
    order = np.argsort(lacking * (pairs.mentees * pairs.mentors) + behind)
    return np.sort(order[_take_while_free(pairs, mentee[order], pairs.mentor[order])])


def check_choices(chooser: Ints, chosen: Ints, rank: Ints, *, choosers: int, others: int) -> None:
    """Raise MatchingError where one side's ranked choices cannot be read, naming the row.

    Refused are columns of different lengths, people who are not there, ranks outside 0 to
    2,147,483,647, and a person whom the same chooser ranks twice.
    """
    if not len(chooser) == len(chosen) == len(rank):
        raise MatchingError("The columns of the choices differ in length: give all for each row.")
    is_absent = (chooser < 0) | (chooser >= choosers) | (chosen < 0) | (chosen >= others)
    _refuse_first(is_absent, "names somebody who is not there: drop it")
    is_rank = (rank >= 0) & (rank <= LARGEST_RANK) & (rank == np.floor(rank))
    _refuse_first(~is_rank, "has no proper rank: use 1, 2, 3 and so on")
    keys = chooser.astype(np.int64) * others + chosen
    order = np.argsort(keys, kind="stable")
    is_repeated = np.zeros(len(keys), dtype=bool)
    is_repeated[order[1:]] = np.diff(keys[order]) == 0
    _refuse_first(is_repeated, "ranks somebody a second time: keep one rank for each person")


def _refuse_first(is_wrong: Bools, what: str) -> None:
    if np.any(is_wrong):
        raise MatchingError(f"Row {int(np.argmax(is_wrong)) + 1} of the choices {what}.")


def _has_ties(lists: RankedLists) -> bool:
    if lists.is_strict:
        return False
    same_list = np.ones(max(0, len(lists) - 1), dtype=bool)
    ends = lists.start[1:-1]
    same_list[ends[(ends > 0) & (ends < len(lists))] - 1] = False
    if np.any(same_list & (np.diff(lists.mentee_rank) == 0)):
        return True
    ranked = np.sort(lists.mentor.astype(np.int64) * (LARGEST_RANK + 1) + lists.mentor_rank)
    return bool(np.any(ranked[1:] == ranked[:-1]))


def _ask_in_order(
    start: Ints, mentor: Ints, mentor_rank: Ints, capacity: Ints
) -> NDArray[np.int64]:
    """Let every mentee ask down their row; a mentor's ranks must differ.

    Plain Python over heaps: refusals come in long, thin chains (hundreds of rounds with a handful of
    mentees each), so rounds in numpy take three times as long. A mentor's worst stands first in
    their heap, as one whole number that holds rank and mentee; a free place is held by a stand-in whom
    anybody beats. Memory views, because only a few pairs of many are ever read.
    """
    mentees, mentors = len(start) - 1, len(capacity)
    standing = np.repeat(np.arange(mentees), np.diff(start)) - mentor_rank * np.int64(mentees)
    places = np.minimum(capacity, np.bincount(mentor, minlength=mentors)).tolist()
    stand_in, nobody_beats = int(standing.min(initial=0)) - 1, mentees
    held = [[stand_in] * count or [nobody_beats] for count in places]
    asked, standing_of = np.ascontiguousarray(mentor, dtype=np.int64).data, standing.data
    upcoming, end = start[:-1].tolist(), start[1:].tolist()
    for newcomer in range(mentees):
        asking = newcomer
        pair, last = upcoming[asking], end[asking]
        while pair < last:
            heap, offer = held[asked[pair]], standing_of[pair]
            pair += 1
            if offer > heap[0]:
                upcoming[asking] = pair
                refused = heapreplace(heap, offer)
                if refused == stand_in:
                    break
                asking = refused % mentees
                pair, last = upcoming[asking], end[asking]
    return _partners_held(held, mentees, stand_in)


def _partners_held(held: list[list[int]], mentees: int, stand_in: int) -> NDArray[np.int64]:
    offers = np.array([offer for heap in held for offer in heap], dtype=np.int64)
    mentor = np.repeat(np.arange(len(held)), [len(heap) for heap in held])
    is_match = (offers != stand_in) & (offers != mentees)
    partner = np.full(mentees, NOBODY, dtype=np.int64)
    partner[offers[is_match] % max(1, mentees)] = mentor[is_match]
    return partner


def _copies(lists: RankedLists) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return which pair each copy is of, and how it is asked: undecided only where the mentee has equals."""
    mentee, every = lists.mentee_of_each(), np.arange(len(lists))
    is_first = np.ones(len(lists), dtype=bool)
    is_first[1:] = (np.diff(mentee) > 0) | (np.diff(lists.mentee_rank) > 0)
    group = np.cumsum(is_first) - 1
    with_equals = every[np.bincount(group)[group] > 1]
    level = np.repeat([UNDECIDED, DECIDED, PROMOTED], [len(with_equals), len(every), len(every)])
    return np.concatenate([with_equals, every, every]), level


def _positions_of(lists: RankedLists, mentee: Ints, mentor: Ints) -> NDArray[np.int64]:
    """Return where each of these pairs stands on the lists; -1 for one that does not."""
    if not len(lists):
        return np.full(len(mentee), NOBODY, dtype=np.int64)
    keys = lists.mentee_of_each() * lists.mentors + lists.mentor
    order = np.argsort(keys)
    wanted = mentee.astype(np.int64) * lists.mentors + mentor
    place = np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)
    return np.where(keys[order[place]] == wanted, order[place], NOBODY)


def _rank_at(rank: Ints, position: Ints) -> NDArray[np.int64]:
    return np.append(rank, UNLISTED)[position]


def _places_by_ticket(tickets: Tickets) -> NDArray[np.int64]:
    """Return everybody's place in the draw, 0 for the highest ticket."""
    place = np.empty(len(tickets), dtype=np.int64)
    place[np.argsort(~tickets, kind="stable")] = np.arange(len(tickets))
    return place


def _take_while_free(pairs: EligiblePairs, mentee: Ints, mentor: Ints) -> NDArray[np.int64]:
    """Return which pairs of an order are taken, skipping in bulk those whose people are settled.

    The first pairs settle most people, so the runs may double: few pairs of a later run are left.
    """
    wanted, free = pairs.demands.tolist(), pairs.capacity.tolist()
    taken: list[int] = []
    first, count = 0, FIRST_PAIRS
    while first < len(mentee):
        run = slice(first, first + count)
        is_open = (np.array(wanted) > 0)[mentee[run]] & (np.array(free) > 0)[mentor[run]]
        left = first + np.flatnonzero(is_open)
        for pair, one, other in zip(
            left.tolist(), mentee[left].tolist(), mentor[left].tolist(), strict=True
        ):
            if wanted[one] and free[other]:
                wanted[one] -= 1
                free[other] -= 1
                taken.append(pair)
        first, count = first + count, 2 * count
    return np.array(taken, dtype=np.int64)
