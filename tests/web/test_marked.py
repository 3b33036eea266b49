"""Every page of every role, in a language that is made up: what is bare there was never marked."""

import re
from zoneinfo import available_timezones

import pytest
from django.test import Client

from lodestar.domain.people.models import Person
from lodestar.web.cli.routes import all_routes
from lodestar.web.common import access
from tests.factories.people import signed_in
from tests.unmarked import bare, read, words_of_people
from tests.web.test_access import address, door_of, holders, text_of
from tests.world import make_world

pytestmark = pytest.mark.django_db
# What may be read in English, and why.
ALLOWED = re.compile(
    "|".join(
        (
            r"(?i:canary-\w-\w+)",
            r"Lodestar",  # a name
            r"Français|English",  # each language is offered in its own words
            r"\S+@\S+",  # addresses
            r"https?://\S+|/\S+/\S*",
            r"\S*\.(?:csv|xlsx|pdf|json|toml|zip)",  # names of files
            r"UTC|CSV|XLSX|PDF|PNG|WebP|JSON",
        )
    )
)


def pages_of(world, door):
    """Yield every page of a door as whoever uses it sees it."""
    side, browsers = world.sides[0], {}
    for route in all_routes():
        if door_of(route) != door or "GET" not in route.methods:
            continue
        path = address(route, side)
        people = {access.VISITOR: None, **holders(route, side, world)}
        for role in route.open_to if route.open_to else ():
            person = people.get(role)
            if role != access.VISITOR and person is None:
                continue
            if role not in browsers:
                browsers[role] = signed_in(person) if person else Client()
                browsers[role].cookies["language"] = "qps"
            answer = browsers[role].get(path)
            if answer.status_code == 200 and "html" in answer["Content-Type"]:
                yield f"{route.name} ({role})", text_of(answer)
                break


def places_of_clocks() -> list[str]:
    """Return the cities and continents that time zones are called by: the world agrees on them in English."""
    parts = {part for zone in available_timezones() for part in zone.replace("_", " ").split("/")}
    return sorted(parts, key=len, reverse=True)


@pytest.mark.parametrize("door", ["portal", "console", "other"])
def test_every_sentence_on_a_page_is_marked(door):
    world = make_world()
    Person.objects.update(reads_in="qps")
    data = [*words_of_people(), *places_of_clocks()]

    found = set()
    for name, html in pages_of(world, door):
        found |= {(name, left) for text in read(html) if (left := bare(text, data, ALLOWED))}

    assert "\n".join(f"{name}: {text}" for name, text in sorted(found)) == ""
