"""What does every page know of the house it belongs to?"""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lodestar.domain.common.time import today
from lodestar.domain.directory.queries import looking
from lodestar.domain.people.models import Association, Person, Role
from lodestar.domain.people.queries import association, has_role
from lodestar.domain.programs.queries import coordinates_anything, reviews_anything
from lodestar.web.common import icons
from lodestar.web.common.languages import offered

IN_HOME = re.compile(r"^/(applications|office|matches|meetings|mentorships|pulses|news)/")


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    label: str
    address: str
    is_here: bool


class Navigation:
    """Where the person can go from here; worked out only when a page draws it."""

    def __init__(self, person: Person | None, path: str, house: Association) -> None:
        self.person = person
        self.path = path
        self.house = house

    @cached_property
    def is_admin(self) -> bool:
        return has_role(self.person, Role.Kind.ADMIN)

    @cached_property
    def is_lead(self) -> bool:
        return has_role(self.person, Role.Kind.SAFEGUARDING)

    @cached_property
    def coordinates(self) -> bool:
        return coordinates_anything(self.person)

    @cached_property
    def may_look(self) -> bool:
        return self.person is not None and bool(looking(self.person, today()))

    @cached_property
    def has_programs(self) -> bool:
        return self.coordinates or self.is_admin

    @cached_property
    def has_interest_groups(self) -> bool:
        return self.house.has_interest_groups

    @cached_property
    def reviews(self) -> bool:
        return reviews_anything(self.person)

    @property
    def console_address(self) -> str:
        """Return where the work of this person begins; "" for members without any."""
        if self.has_programs:
            return "/console/"
        if self.is_lead:
            return "/console/safety/"
        return "/console/readings/" if self.reviews else ""

    @cached_property
    def portal(self) -> list[Place]:
        if self.person is None:
            return []
        return self.places(
            [
                ("/home/", _("Home"), True),
                ("/directory/", _("Mentors"), self.may_look),
                ("/interest-groups/", _("Groups"), self.has_interest_groups),
                ("/calendar/", _("Calendar"), True),
                ("/me/", _("About you"), True),
                ("/console/", _("Coordinate"), self.has_programs),
                ("/console/safety/", _("Safety"), self.is_lead and not self.has_programs),
                ("/console/readings/", _("Read"), self.reviews and not self.has_programs),
            ]
        )

    @cached_property
    def console(self) -> list[Place]:
        wished = [
            ("/console/", _("Programs"), self.has_programs),
            ("/console/inbox/", _("Inbox"), self.has_programs),
            ("/console/news/", _("News"), self.has_programs),
            (
                "/console/interest-groups/",
                _("Groups"),
                self.has_programs and self.has_interest_groups,
            ),
            ("/console/concerns/", _("Concerns"), self.coordinates),
            ("/console/readings/", _("Read"), self.reviews),
            ("/console/safety/", _("Safety"), self.is_lead),
            ("/console/people/", _("People"), self.is_admin),
            ("/console/imports/", _("Imports"), self.is_admin or self.coordinates),
            ("/console/letters/", _("Letters"), self.is_admin),
            ("/console/association/", _("Association"), self.is_admin),
        ]
        return self.places(wished)

    def places(self, wished: list[tuple[str, str, bool]]) -> list[Place]:
        """Keep what is open to the person and built; the longest address that fits is where we are."""
        open_ones = [(address, label) for address, label, may in wished if may and exists(address)]
        path = IN_HOME.sub("/home/", self.path)
        fitting = [address for address, _label in open_ones if path.startswith(address)]
        here = max(fitting, key=len, default="")
        return [Place(label, address, address == here) for address, label in open_ones]


@lru_cache
def exists(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True


def house(request: HttpRequest) -> dict[str, object]:
    person: Person | None = getattr(request, "person", None)
    of_the_house: Any = getattr(request, "association", None) or SimpleLazyObject(association)
    return {
        "association": of_the_house,
        "person": person,
        "navigation": Navigation(person, request.path, of_the_house),
        "reading_languages": offered(),
        "LANGUAGE_CODE": get_language(),
        "icons_version": icons.version(),
        "is_demo": settings.DEMO,
    }
