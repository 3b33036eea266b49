"""What can be chosen where a list is long: languages, time zones, lines of work?"""

from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import Any
from zoneinfo import available_timezones

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.common.languages import names_by_code

Choices = list[tuple[str, str]]
REGIONS = (
    "Africa", "America", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific",
)  # fmt: skip


OLDER: Any = gettext_lazy("Older names of the same")
INHABITED = tuple(f"{region}/" for region in REGIONS)


def languages() -> Choices:
    """Return languages by their ISO code, in order of their names."""
    named = [(code, _(name)) for code, name in names_by_code().items()]
    return sorted(named, key=lambda choice: choice[1])


def language_names(codes: Iterable[str]) -> list[str]:
    known = dict(languages())
    return [known.get(code, code) for code in codes]


def own_name(code: str) -> str:
    """Return what a language is called by those who speak it."""
    entry = LANG_INFO.get(code, {})
    return str(entry.get("name_local") or names_by_code().get(code, code)).capitalize()


@lru_cache(maxsize=1)
def zones_in_use() -> frozenset[str]:
    """Return the zones by which clocks are set today, one or more for each country, without old names."""
    lines = (files("tzdata.zoneinfo") / "zone.tab").read_text("utf-8").splitlines()
    return frozenset(line.split("\t")[2] for line in lines if not line.startswith("#"))


@lru_cache(maxsize=1)
def time_zones() -> list[tuple[str, Choices]]:
    """Return the world's time zones by region, each called after its city; their old names last.

    Browsers and files still tell old names, such as Asia/Calcutta, so none may be missing.
    """
    zones = sorted(zone for zone in available_timezones() if zone.startswith(INHABITED))
    used = zones_in_use()
    groups = [
        (region, [(z, city_of(z)) for z in zones if z in used and z.startswith(f"{region}/")])
        for region in REGIONS
    ]
    older = [(zone, zone.replace("_", " ")) for zone in zones if zone not in used]
    return [*groups, ("UTC", [("UTC", "UTC")]), (OLDER, older)]


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
