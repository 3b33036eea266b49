"""Any colour an association picks can be read by day and by night."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lodestar.web.common as common
from lodestar.web.common import colours
from lodestar.web.common.colours import contrast, shades
from tests.tried_on import tried_on

CSS = (Path(common.__file__).parent / "static" / "app.css").read_text()
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
WORDS = ("ink", "soft", "good", "warn", "bad")
HARD = ["#000000", "#ffffff", "#ffff00", "#00ff00", "#0000ff", "#ff00ff", "#808080", "#fffefb"]


def tokens(mode):
    """The colours of app.css for one palette."""
    pairs = re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", CSS)
    return {name: light if mode == "light" else dark for name, light, dark in pairs}


def failures(colour, mode):
    """Which of the promises does a colour break?"""
    made, given_tokens = shades(colour, mode), tokens(mode)
    grounds = {"paper": given_tokens["paper"], "sheet": given_tokens["sheet"], "wash": made.wash}
    checks = [("text on brand", contrast(made.on_brand, made.brand), 4.5)]
    for ground, behind in grounds.items():
        checks.append((f"brand on {ground}", contrast(made.brand, behind), 3.0))
        checks.append((f"link on {ground}", contrast(made.link, behind), 4.5))
        checks += [(f"{w} on {ground}", contrast(given_tokens[w], behind), 4.5) for w in WORDS]
        checks.append((f"edge on {ground}", contrast(given_tokens["edge"], behind), 3.0))
    return [(what, round(found, 2)) for what, found, wanted in checks if found < wanted]


@tried_on(300)
@given(COLOURS)
def test_any_colour_can_be_read_by_day(colour):
    assert failures(colour, "light") == []


@tried_on(300)
@given(COLOURS)
def test_any_colour_can_be_read_by_night(colour):
    assert failures(colour, "dark") == []


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("colour", HARD)
def test_the_hardest_colours_can_be_read(colour, mode):
    assert failures(colour, mode) == []


def test_a_colour_that_is_dark_enough_stays_as_it_was_picked():
    assert shades("#7A1F3D", "light").brand == "#7a1f3d"


def test_contrast_is_that_of_wcag():
    assert [round(contrast(one, "#ffffff"), 2) for one in ("#000000", "#767676", "#ff0000")] == [
        21.0,
        4.54,
        4.0,
    ]


@given(COLOURS)
def test_going_to_oklch_and_back_loses_nothing_one_could_see(colour):
    back = colours.from_oklch(*colours.to_oklch(colour))

    pairs = [(int(colour[i : i + 2], 16), int(back[i : i + 2], 16)) for i in (1, 3, 5)]
    assert max(abs(one - other) for one, other in pairs) <= 1


def test_the_stylesheet_starts_from_the_same_palette_and_default_colour():
    light, dark = shades(colours.DEFAULT, "light"), shades(colours.DEFAULT, "dark")

    assert {
        "light": {name: tokens("light")[name] for name in ("paper", "sheet", "ink")},
        "dark": {name: tokens("dark")[name] for name in ("paper", "sheet", "ink")},
    } == {
        mode: {
            "paper": colours.PAPER[mode],
            "sheet": colours.SHEET[mode],
            "ink": colours.INK[mode],
        }
        for mode in ("light", "dark")
    }
    for name in ("brand", "on-brand", "link", "wash"):
        field = name.replace("-", "_")
        assert tokens("light")[name] == getattr(light, field)
        assert tokens("dark")[name] == getattr(dark, field)
