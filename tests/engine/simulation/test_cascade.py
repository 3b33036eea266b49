import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.simulation.assumptions import Procedure
from lodestar.engine.simulation.cascade import (
    Outcome,
    Replies,
    Reply,
    State,
    is_set_aside,
    may_not_be_proposed_again,
    next_run_on,
    outcome_of,
    replies_of,
)
from lodestar.engine.simulation.fates import day_of

FIVE = Procedure(reply_days=5)
YES, NO, NONE = Reply.YES, Reply.NO, Reply.NONE


def said(reply: Reply, day: int = 9) -> Replies:
    return Replies(np.array([reply]), np.array([day]))


@pytest.mark.parametrize(
    ("mentee", "mentor", "state", "day"),
    [
        (said(YES, 2), said(YES, 4), State.ACCEPTED, 4),
        (said(YES, 2), said(NO, 4), State.DECLINED, 4),
        (said(NO, 2), said(YES, 4), State.DECLINED, 2),
        (said(NO, 3), said(NO, 1), State.DECLINED, 1),
        (said(NO, 3), said(NONE), State.DECLINED, 3),
        (said(NONE), said(NO, 5), State.DECLINED, 5),
        (said(YES, 1), said(NONE), State.EXPIRED, 5),
        (said(NONE), said(NONE), State.EXPIRED, 5),
    ],
)
def test_what_becomes_of_a_match(mentee, mentor, state, day):
    outcome = outcome_of(mentee, mentor, FIVE)

    assert (outcome.state.tolist(), outcome.day.tolist()) == ([state], [day])


def test_an_answer_after_the_deadline_is_none():
    on_time = replies_of(np.array([False] * 3), np.array([False] * 3), np.array([1, 5, 6]), FIVE)

    assert on_time.reply.tolist() == [YES, YES, NONE]


def test_whoever_is_silent_says_neither_yes_nor_no():
    replies = replies_of(np.array([True, False]), np.array([True, True]), np.array([1, 1]), FIVE)

    assert replies.reply.tolist() == [NONE, NO]


@pytest.mark.parametrize("asks_again", [True, False])
def test_only_silence_until_the_deadline_sets_a_side_aside(asks_again):
    procedure = Procedure(asks_silent_again=asks_again)
    outcome = Outcome(np.array([State.EXPIRED, State.EXPIRED, State.DECLINED]), np.array([5, 5, 1]))
    side = Replies(np.array([NONE, YES, NONE]), np.array([9, 1, 9]))

    found = is_set_aside(outcome, side, procedure).tolist()

    assert found == [not asks_again, False, False]


def test_only_a_no_keeps_a_pair_from_being_proposed_again():
    outcome = Outcome(
        np.array([State.EXPIRED, State.ACCEPTED, State.DECLINED]), np.array([5, 1, 1])
    )

    assert may_not_be_proposed_again(outcome).tolist() == [False, False, True]


def test_the_next_run_waits_for_the_last_answer():
    outcome = Outcome(np.array([State.ACCEPTED, State.DECLINED]), np.array([4, 1]))
    nobody = Outcome(np.zeros(0, dtype=int), np.zeros(0, dtype=int))

    assert next_run_on(10, outcome, Procedure(rematch_days=2)) == 16
    assert next_run_on(10, nobody, Procedure(rematch_days=0)) == 10


@given(st.lists(st.integers(0, 9), min_size=1, max_size=6).filter(sum))
def test_answers_come_in_on_the_days_that_have_a_weight(weights):
    answered_by = np.cumsum(weights) / sum(weights)

    days = day_of(np.linspace(0, 1, 500, endpoint=False), answered_by)

    share = np.bincount(days, minlength=len(weights) + 1)[1:] / 500
    assert share == pytest.approx(np.array(weights) / sum(weights), abs=0.005)
