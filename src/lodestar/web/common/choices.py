"""What can be chosen where a list is long: languages, time zones, lines of work?"""

from collections.abc import Iterable
from functools import lru_cache
from zoneinfo import available_timezones

from django.utils.translation import gettext as _

from lodestar.domain.common.languages import names_by_code

Choices = list[tuple[str, str]]
REGIONS = (
    "Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


def languages() -> Choices:
    """Return languages by their ISO code, in order of their names."""
    named = [(code, _(name)) for code, name in names_by_code().items()]
    return sorted(named, key=lambda choice: choice[1])


def language_names(codes: Iterable[str]) -> list[str]:
    known = dict(languages())
    return [known.get(code, code) for code in codes]


@lru_cache(maxsize=1)
def time_zones() -> list[tuple[str, Choices]]:
    """Return the world's time zones by region, each called after its city."""
    zones = sorted(available_timezones())
    groups = [
        (region, [(zone, city_of(zone)) for zone in zones if zone.startswith(f"{region}/")])
        for region in REGIONS
    ]
    return [*groups, ("UTC", [("UTC", "UTC")])]


def city_of(zone: str) -> str:
    return zone.partition("/")[2].replace("_", " ").replace("/", ", ") or zone


def industries() -> list[str]:
    """Return words to propose for a line of work; anything else may be written too."""
    return [
        _("Agriculture"),
        _("Architecture"),
        _("Arts and design"),
        _("Biotechnology"),
        _("Consulting"),
        _("Construction"),
        _("Education"),
        _("Energy and environment"),
        _("Engineering"),
        _("Entertainment"),
        _("Finance and banking"),
        _("Government"),
        _("Health care"),
        _("Hospitality and travel"),
        _("Human resources"),
        _("Insurance"),
        _("Law"),
        _("Logistics"),
        _("Manufacturing"),
        _("Marketing"),
        _("Media and publishing"),
        _("Nonprofit"),
        _("Real estate"),
        _("Research"),
        _("Retail"),
        _("Sales"),
        _("Technology"),
        _("Telecommunications"),
    ]
