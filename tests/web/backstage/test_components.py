"""The page of components shows every one there is, so that none is drawn unseen."""

from pathlib import Path

import pytest
from django.test import Client

import lodestar.web
from lodestar.web.common.charts import bars
from lodestar.web.common.templatetags.look import hue, initials, percent

WEB = Path(lodestar.web.__file__).parent
NAMES = {p.stem for p in (WEB / "common" / "templates" / "components").glob("*.html")}


@pytest.mark.django_db
def test_the_page_is_drawn():
    answer = Client().get("/console/components/")

    assert answer.status_code == 200
    assert "<c-" not in answer.content.decode()


def test_every_component_is_on_the_page_or_inside_another():
    texts = [p.read_text() for p in (WEB / "backstage" / "templates").rglob("*.html")]
    texts += [p.read_text() for p in (WEB / "common" / "templates").rglob("*.html")]
    texts += [p.read_text() for p in (WEB / "console").rglob("association.html")]
    texts += [p.read_text() for p in (WEB / "portal").rglob("welcome.html")]
    texts += [p.read_text() for p in (WEB / "portal").rglob("agreement.html")]

    unseen = [n for n in NAMES if not any(f"<c-{n.replace('_', '-')}" in text for text in texts)]

    assert len(NAMES) > 20
    assert unseen == []


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Ruth Okafor", "RO"), ("Ruth", "R"), ("ليلى المنصوري", "ل"), ("", "·"), ("a b c", "AC")],
)
def test_initials_are_two_letters_or_one_where_they_would_join(name, letters):
    assert initials(name) == letters


def test_a_hue_stays_with_its_person():
    assert hue("ruth") == hue("ruth")
    assert len({hue(str(number)) for number in range(200)}) == 12


def test_a_share_outside_of_its_bounds_still_draws():
    assert [percent(share) for share in (-1, 0.425, 3, None)] == [
        "0.0%",
        "42.5%",
        "100.0%",
        "0.0%",
    ]


def test_bars_say_who_was_lost_and_what_share_stayed():
    placed = bars([{"label": "applied", "count": 10}, {"label": "met", "count": 4}])

    assert [(b.count, b.share, b.kept, b.lost) for b in placed] == [
        (10, 1.0, None, 0),
        (4, 0.4, 0.4, 6),
    ]


def test_a_funnel_of_nobody_divides_by_nothing():
    placed = bars([{"label": "applied", "count": 0}, {"label": "met", "count": 0}])

    assert [(b.share, b.kept) for b in placed] == [(0.0, None), (0.0, None)]
