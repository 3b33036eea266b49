"""What becomes of proposed matches: who answers when, and who may be matched again?

The decisions of a running cohort as plain functions, so that a trial replays what the program does.
A match is open for some working days. A no by either side closes it at once; two yeses close it with the later one;
otherwise it expires at the deadline. An answer after the deadline is none.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from lodestar.engine.matching.pairs import Bools, Ints
from lodestar.engine.simulation.assumptions import Procedure


class Reply(IntEnum):
    """One side's answer to one proposed match."""

    NONE = 0
    YES = 1
    NO = 2


class State(IntEnum):
    """What became of a proposed match."""

    EXPIRED = 0
    ACCEPTED = 1
    DECLINED = 2


@dataclass(frozen=True, slots=True, eq=False)
class Replies:
    """One side's answers by match, and the working day (1 is the first) on which each came in."""

    reply: Ints
    day: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """What became of each match, and on which working day after it was proposed."""

    state: Ints
    day: Ints


def replies_of(is_silent: Bools, declines: Bools, day: Ints, procedure: Procedure) -> Replies:
    """Return one side's answers; `day` is when each would answer.

    >>> found = replies_of(np.array([False, False]), np.array([True, False]), np.array([2, 9]), Procedure())
    >>> found.reply.tolist()
    [2, 0]
    """
    answers = ~is_silent & (day <= procedure.reply_days)
    return Replies(np.where(answers, np.where(declines, Reply.NO, Reply.YES), Reply.NONE), day)


def outcome_of(mentee: Replies, mentor: Replies, procedure: Procedure) -> Outcome:
    """Return what became of matches from both sides' answers.

    >>> yes, silent = Replies(np.array([1]), np.array([2])), Replies(np.array([0]), np.array([9]))
    >>> outcome_of(yes, silent, Procedure()).state.tolist(), outcome_of(yes, yes, Procedure()).day.tolist()
    ([0], [2])
    """
    never = procedure.reply_days + 1
    no_day = np.minimum(
        np.where(mentee.reply == Reply.NO, mentee.day, never),
        np.where(mentor.reply == Reply.NO, mentor.day, never),
    )
    is_declined = no_day < never
    is_accepted = (mentee.reply == Reply.YES) & (mentor.reply == Reply.YES)
    state = np.where(
        is_declined, State.DECLINED, np.where(is_accepted, State.ACCEPTED, State.EXPIRED)
    )
    yes_day = np.maximum(mentee.day, mentor.day)
    day = np.where(is_declined, no_day, np.where(is_accepted, yes_day, procedure.reply_days))
    return Outcome(state, day)


def is_set_aside(outcome: Outcome, side: Replies, procedure: Procedure) -> Bools:
    """Return by match whether this side is not asked again: it let the match expire without a word."""
    if procedure.asks_silent_again:
        return np.zeros(len(side.reply), dtype=bool)
    is_silent: Bools = (outcome.state == State.EXPIRED) & (side.reply == Reply.NONE)
    return is_silent


def may_not_be_proposed_again(outcome: Outcome) -> Bools:
    """Return by match whether this pair is out for good: one of the two said no."""
    is_declined: Bools = outcome.state == State.DECLINED
    return is_declined


def next_run_on(begun: int, outcome: Outcome, procedure: Procedure) -> int:
    """Return the working day of the next match run: when every match is closed, and then some."""
    return begun + int(outcome.day.max(initial=0)) + procedure.rematch_days
