"""In which words is somebody shown what we know of them?"""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import Untold, untold, zone_guess
from lodestar.web.common.choices import language_names


def untold_lines(found: Untold) -> list[tuple[str, str]]:
    """Return what the records say of somebody as labels and values, in the order of a profile."""
    said = found.fields
    name = " ".join(filter(None, [said.get("given_name"), said.get("family_name")]))
    place = ", ".join(filter(None, [said.get("city"), said.get("state"), said.get("country")]))
    work = [str(row) or row.industry for row in found.positions]
    studies = [" ".join(filter(None, [str(row), str(row.year or "")])) for row in found.educations]
    lines = [
        (_("Name"), name),
        (_("Class year"), str(said.get("class_year", ""))),
        (_("Place"), place),
        (_("Languages"), ", ".join(language_names(said.get("languages", [])))),
        (_("Work"), "; ".join(filter(None, work))),
        (_("Studies"), "; ".join(filter(None, studies))),
        (_("About you"), str(said.get("about", ""))),
    ]
    return [(label, value) for label, value in lines if value]


def asked_of(person: Person, now: datetime) -> dict[str, object]:
    """Return what a page shows that asks somebody to confirm what we hold: the records, and their clock."""
    found = untold(person)
    zone = zone_guess(person)
    moment = now.astimezone(ZoneInfo(zone)) if zone else now
    return {
        "untold": found,
        "untold_lines": untold_lines(found),
        "asks_zone": "time_zone" not in person.said,
        "zone": zone,
        "zone_words": zone.replace("_", " "),
        "zone_time": date_format(moment, "H:i"),
    }
