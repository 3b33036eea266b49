"""The navigation shows each person the doors that are theirs, and where they are."""

import pytest

from lodestar.domain.people.models import Association, Role
from lodestar.web.common import context
from lodestar.web.common.context import Navigation, Place
from tests.factories.people import make_person, make_role
from tests.factories.programs import make_program

ADDRESSES = {
    "/home/", "/calendar/", "/me/", "/console/", "/console/concerns/", "/console/safety/", "/console/people/",
    "/console/imports/", "/console/association/",
}  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def everything_is_built(monkeypatch) -> None:
    monkeypatch.setattr(context, "exists", ADDRESSES.__contains__)


def labels(places):
    return [place.label for place in places]


def test_a_visitor_has_no_navigation():
    assert Navigation(None, "/", Association()).portal == []


def test_a_member_sees_their_own_pages():
    assert labels(Navigation(make_person(), "/home/", Association()).portal) == [
        "Home",
        "Calendar",
        "About you",
    ]


def test_a_coordinator_sees_programs_and_concerns():
    person = make_person()
    make_program(coordinator=person)

    navigation = Navigation(person, "/console/", Association())

    assert labels(navigation.portal) == ["Home", "Calendar", "About you", "Coordinate"]
    assert labels(navigation.console) == ["Programs", "Concerns", "Imports"]


def test_an_admin_sees_people_imports_and_the_association():
    person = make_role(make_person()).person

    assert labels(Navigation(person, "/console/", Association()).console) == [
        "Programs",
        "People",
        "Imports",
        "Association",
    ]


def test_a_safeguarding_lead_sees_safety():
    person = make_role(make_person(), Role.Kind.SAFEGUARDING).person

    navigation = Navigation(person, "/home/", Association())

    assert labels(navigation.console) == ["Safety"]
    assert labels(navigation.portal) == ["Home", "Calendar", "About you", "Safety"]
    assert navigation.console_address == "/console/safety/"


def test_a_member_without_duties_has_no_console():
    assert Navigation(make_person(), "/home/", Association()).console_address == ""


def test_the_longest_address_that_fits_is_where_we_are():
    person = make_role(make_person()).person

    places = Navigation(person, "/console/people/abc/", Association()).console

    assert [place for place in places if place.is_here] == [
        Place("People", "/console/people/", True)
    ]


def test_what_is_not_built_is_not_shown(monkeypatch):
    monkeypatch.setattr(context, "exists", {"/home/"}.__contains__)

    assert labels(Navigation(make_person(), "/home/", Association()).portal) == ["Home"]


@pytest.mark.parametrize(
    "path", ["/mentorships/abc/", "/matches/abc/", "/applications/abc/", "/pulses/abc/"]
)
def test_what_one_reaches_from_home_is_at_home(path):
    places = Navigation(make_person(), path, Association()).portal

    assert [place.label for place in places if place.is_here] == ["Home"]
