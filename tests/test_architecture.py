"""The laws that import contracts cannot see."""

import tomllib
from itertools import chain
from pathlib import Path

import pytest
from django.apps import apps

HOME = Path(__file__).parents[1]
CONTRACTS = tomllib.loads((HOME / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
]
ORDER = next(c["layers"] for c in CONTRACTS if c["id"] == "rooms")[::-1]
SOURCES = sorted((HOME / "src").rglob("*.py"))
TEMPLATES = sorted((HOME / "src").rglob("*.html"))


def room_of(model):
    module = model.__module__.split(".")
    return module[2] if module[:2] == ["lodestar", "domain"] else None


def links_between_rooms():
    """Every stored link from a model of one room to a model of another."""
    for model in filter(room_of, apps.get_models()):
        for field in chain(model._meta.local_fields, model._meta.local_many_to_many):
            target = field.related_model
            if target and room_of(target) not in (None, room_of(model)):
                yield field


@pytest.fixture(scope="module")
def links():
    return list(links_between_rooms())


def test_a_room_links_only_to_earlier_rooms(links):
    ahead = [
        str(f)
        for f in links
        if ORDER.index(room_of(f.model)) <= ORDER.index(room_of(f.related_model))
    ]

    assert links
    assert ahead == []


def test_an_earlier_room_cannot_see_who_links_to_it(links):
    assert [str(link) for link in links if not link.remote_field.hidden] == []


def test_every_fact_has_a_public_id():
    from lodestar.domain.common.models import Fact

    facts = [model for model in apps.get_models() if issubclass(model, Fact)]

    assert len(facts) > 20
    assert [m for m in facts if not m._meta.get_field("public_id").unique] == []


def test_no_file_grows_past_400_lines():
    assert [
        str(p)
        for p in SOURCES
        if "migrations" not in p.parts and len(p.read_text().splitlines()) > 400
    ] == []


def test_no_template_grows_past_150_lines():
    assert [str(p) for p in TEMPLATES if len(p.read_text().splitlines()) > 150] == []


def test_views_ask_queries_and_never_the_tables():
    views = [p for p in SOURCES if "web" in p.parts and "views" in p.parts]

    assert views
    assert [str(p) for p in views if ".objects" in p.read_text()] == []


def test_nothing_is_marked_safe():
    marks = ("mark_safe", "|safe", "{% autoescape off", "format_html_join")

    assert [
        str(p) for p in [*SOURCES, *TEMPLATES] if any(mark in p.read_text() for mark in marks)
    ] == []


def test_every_template_compiles():
    from django.template.loader import get_template

    names = [str(p).split("/templates/")[1] for p in TEMPLATES if "/templates/" in str(p)]

    assert names
    for name in names:
        get_template(name)
