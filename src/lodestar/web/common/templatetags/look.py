"""How is a person drawn, and a number as long as it is large?"""

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from django import template
from django.utils.formats import localize as localised
from django.utils.translation import gettext as _

from lodestar.domain.people.models import Person
from lodestar.web.common.charts import Bar, bars

register = template.Library()
HUES = 12


@register.filter
def hue(key: object) -> str:
    """Return the class of a hue that stays with a person for life."""
    known = getattr(key, "public_id", key)
    return f"hue-{crc32(str(known).encode()) % HUES}"


@register.filter
def initials(person: Person | str) -> str:
    """Return one or two letters; one where a script has no capitals, as letters may join there."""
    names = person.split() if isinstance(person, str) else [person.given_name, person.family_name]
    letters = [name.strip()[0] for name in (names[0], names[-1]) if name.strip()] if names else []
    if len(names) == 1:
        letters = letters[:1]
    if letters and letters[0].upper() == letters[0].lower():
        letters = letters[:1]
    return "".join(letters).upper() or "·"


@register.filter
def nth(number: int) -> str:
    """Return a place in a row as one says it: "third"; beyond ten, "next"."""
    said = [
        _("first"), _("second"), _("third"), _("fourth"), _("fifth"),
        _("sixth"), _("seventh"), _("eighth"), _("ninth"), _("tenth"),
    ]  # fmt: skip
    return said[number - 1] if 1 <= number <= len(said) else _("next")


@register.filter
def percent(share: float | None) -> str:
    """Return a share of 0 to 1 as an attribute of SVG: "42.5%"."""
    return f"{min(1.0, max(0.0, float(share or 0))) * 100:.1f}%"


@register.filter
def percent_words(share: float) -> str:
    """Return a share of 0 to 1 as a reader sees it: "42 %"."""
    return f"{localised(round(share * 100))} %"


@register.filter
def last_bottom(placed: list[Bar]) -> int:
    """Return how tall the drawing of some bars is."""
    return placed[-1].bottom if placed else 0


@register.filter
def as_bars(stages: Iterable[Any]) -> list[Bar]:
    """Return the bars of a funnel, with their places and labels."""
    return bars(stages)


@register.filter
def coordinate(number: float) -> str:
    """Return a number as an attribute of SVG, in no language: "1232.5"."""
    return f"{float(number):.10g}"


@register.filter
def of_100(points: int) -> str:
    """Return points of a perfect score as a reader sees them: "84"."""
    return str(round(int(points) / 10_000))
