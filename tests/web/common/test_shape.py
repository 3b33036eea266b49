"""How a program is told to those who think about it."""

import pytest

from lodestar.web.common.shape import found_in_words
from tests.factories.programs import make_design

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("ways", "beginnings"),
    [
        (["office"], ["One person, chosen for you"]),
        (["ask"], ["You look who is there, and ask"]),
        (["office", "rank"], ["One person, chosen for you", "You look who is there and name"]),
    ],
)
def test_nobody_is_promised_to_be_chosen_for_where_they_choose_themselves(ways, beginnings):
    told = found_in_words(make_design(ways=ways))

    assert len(told) == len(beginnings)
    assert all(map(str.startswith, told, beginnings))
