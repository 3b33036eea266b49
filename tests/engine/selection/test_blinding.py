"""A text without who wrote it."""

import pytest

from lodestar.engine.selection.blinding import blinded


@pytest.mark.parametrize(
    ("text", "names", "left"),
    [
        ("I am Amina.", ["Amina", "Odhiambo"], "I am […]."),
        ("AMINA ODHIAMBO here", ["Amina", "Odhiambo"], "[…] […] here"),
        ("Maria Lopez's plan", ["Maria", "Lopez Garcia"], "[…] […]'s plan"),
        ("I will not animate", ["Will", "Ani"], "I […] not animate"),
        ("Li and Bo", ["L", ""], "Li and Bo"),
        ("أنا نور حداد من بيروت", ["نور", "حداد"], "أنا […] […] من بيروت"),
        ("私は田中美衣です", ["美衣", "田中"], "私は[…][…]です"),
        ("write to a.b@example.org or @amina", [], "write to […] or […]"),
        ("see https://amina.example/cv now", [], "see […] now"),
        ("call +41 (0)44 123 45 67", [], "call […]"),
        ("2015 - 2022, 2015-2022", [], "2015 - 2022, 2015-2022"),
        ("in 2015 to 2022, 40 hours", [], "in 2015 to 2022, 40 hours"),
        ("", ["Amina"], ""),
    ],
)
def test_names_addresses_and_numbers_are_left_out_and_nothing_else(text, names, left):
    assert blinded(text, names) == left
