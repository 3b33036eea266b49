from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.matching.asking import (
    Fate,
    Next,
    Standing,
    Step,
    Wish,
    may_be_asked,
    next_step,
    standing_of,
)
from tests.tried_on import tried_on

ON = date(2027, 3, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("wishes", "goes_on", "step"),
    [
        ([], True, Next(Step.NOBODY_LEFT)),
        ([Wish("ruth", 1)], True, Next(Step.ASK, "ruth")),
        ([Wish("ruth", 1)], False, Next(Step.STOPPED)),
        ([Wish("ruth", 1, Fate.ASKED), Wish("noor", 2)], True, Next(Step.WAIT, "ruth")),
        ([Wish("ruth", 1, Fate.ASKED), Wish("noor", 2)], False, Next(Step.WAIT, "ruth")),
        ([Wish("ruth", 1, Fate.NO), Wish("noor", 2)], True, Next(Step.ASK, "noor")),
        ([Wish("ruth", 1, Fate.SILENT), Wish("noor", 2)], True, Next(Step.ASK, "noor")),
        ([Wish("ruth", 1, Fate.NOT_FREE)], True, Next(Step.NOBODY_LEFT)),
        ([Wish("ruth", 1, Fate.YES), Wish("noor", 2)], True, Next(Step.DONE, "ruth")),
        ([Wish("ruth", 1, standing=Standing.BUSY), Wish("noor", 2)], True, Next(Step.ASK, "noor")),
        ([Wish("ruth", 1, standing=Standing.BUSY)], True, Next(Step.WAIT, "ruth")),
        ([Wish("ruth", 1, standing=Standing.NOT_FREE)], True, Next(Step.NOBODY_LEFT)),
        ([Wish("ruth", 1, Fate.LATER, again_on=ON)], True, Next(Step.ASK, "ruth")),
        ([Wish("ruth", 1, Fate.LATER, again_on=ON + DAY)], True, Next(Step.WAIT, "ruth")),
        ([Wish("ruth", 2), Wish("noor", 1)], True, Next(Step.ASK, "noor")),
    ],
)
def test_what_happens_next(wishes, goes_on, step):
    assert next_step(wishes, ON, goes_on=goes_on) == step


@pytest.mark.parametrize(
    ("free", "is_away", "waiting", "standing"),
    [
        (1, False, 0, Standing.FREE),
        (1, False, 2, Standing.FREE),
        (1, False, 3, Standing.BUSY),
        (0, False, 0, Standing.NOT_FREE),
        (2, True, 0, Standing.NOT_FREE),
    ],
)
def test_when_a_mentor_can_be_asked(free, is_away, waiting, standing):
    found = standing_of(free_places=free, is_away=is_away, waiting=waiting, most=3)

    assert found is standing


WISHES = st.lists(
    st.builds(
        Wish,
        key=st.sampled_from("abcdefgh"),
        rank=st.integers(1, 6),
        fate=st.sampled_from(Fate),
        standing=st.sampled_from(Standing),
        again_on=st.none() | st.dates(ON - 9 * DAY, ON + 9 * DAY),
    ),
    max_size=6,
    unique_by=lambda wish: wish.key,
)


@given(WISHES, st.booleans())
@tried_on(200)
def test_the_order_in_which_a_list_is_read_changes_nothing(wishes, goes_on):
    one, other = (next_step(each, ON, goes_on=goes_on) for each in (wishes, wishes[::-1]))

    assert one.step == other.step
    if one.step is Step.ASK:
        assert one == other


@given(WISHES)
@tried_on(200)
def test_the_first_who_may_be_asked_is_asked_and_nobody_while_one_waits(wishes):
    found = next_step(wishes, ON)
    settled = any(wish.fate in (Fate.ASKED, Fate.YES) for wish in wishes)
    may = [wish for wish in wishes if may_be_asked(wish, ON)]

    assert (found.step is Step.ASK) == (bool(may) and not settled)
    if found.step is Step.ASK:
        asked = next(wish for wish in wishes if wish.key == found.key)
        assert asked in may
        assert asked.rank == min(wish.rank for wish in may)


@given(WISHES, st.lists(st.sampled_from([Fate.NO, Fate.SILENT, Fate.NOT_FREE]), max_size=8))
@tried_on(200)
def test_asking_ends_after_each_was_asked_once(wishes, answers):
    """Whatever comes back, nobody is asked twice and the list comes to its end."""
    asked = []
    for answer in answers:
        found = next_step(wishes, ON)
        if found.step is not Step.ASK:
            break
        asked.append(found.key)
        wishes = [
            Wish(wish.key, wish.rank, answer if wish.key == found.key else wish.fate, wish.standing, wish.again_on)
            for wish in wishes
        ]  # fmt: skip

    assert len(asked) == len(set(asked))
