"""How are wants, shortages and plans told in sentences?"""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.matching.rules import vocabulary

FIELDS: Mapping[str, Callable[[], str]] = {
    "topics": lambda: _("Topic"),
    "industry": lambda: _("Field of work"),
    "function": lambda: _("Kind of work"),
    "field_of_study": lambda: _("Field of study"),
    "languages": lambda: _("Language"),
    "place": lambda: _("Place"),
    "country": lambda: _("Country"),
    "time_zone": lambda: _("Time zone"),
    "clock": lambda: _("Part of the world"),
    "style": lambda: _("Way of working"),
}


def works_in(count: int) -> str:
    return ngettext("who works in %(value)s", "who work in %(value)s", count)


def lives_in(count: int) -> str:
    return ngettext("who lives in %(value)s", "who live in %(value)s", count)


WHO: Mapping[str, Callable[[int], str]] = {
    "topics": lambda n: ngettext(
        "who can help with “%(value)s”", "who can help with “%(value)s”", n
    ),
    "industry": works_in,
    "function": works_in,
    "field_of_study": lambda n: ngettext("who studied %(value)s", "who studied %(value)s", n),
    "languages": lambda n: ngettext("who speaks %(value)s", "who speak %(value)s", n),
    "place": lives_in,
    "country": lives_in,
    "time_zone": lambda n: ngettext(
        "who lives by the clock of %(value)s", "who live by the clock of %(value)s", n
    ),
    "clock": lambda n: ngettext("from %(value)s", "from %(value)s", n),
}
CLOCKS: Mapping[str, Callable[[], str]] = {
    "americas": lambda: _("the Americas"),
    "middle": lambda: _("Europe and Africa"),
    "east": lambda: _("Asia and the Pacific"),
    "": lambda: _("not told"),
}
WORK = ("industry", "function")


def field_in_words(field: str) -> str:
    """Return what a field is called above a column.

    >>> field_in_words("languages"), field_in_words("shoe_size")
    ('Language', 'shoe size')
    """
    return FIELDS[field]() if field in FIELDS else field.replace("_", " ")


def value_in_words(field: str, value: str) -> str:
    """Return one value as a reader would say it.

    >>> value_in_words("industry", "Health > Care"), value_in_words("languages", "sw")
    ('health care', 'Swahili')
    >>> value_in_words("place", "Africa > Kenya > Nairobi")
    'Nairobi, Kenya'
    """
    if field in WORK:
        return vocabulary.work(value) or vocabulary.last_step(value)
    if field == "clock":
        return CLOCKS.get(value, lambda: value)()
    if field == "place":
        return vocabulary.place(vocabulary.STEP.join(value.split(vocabulary.STEP)[1:]) or value)
    return vocabulary.spoken(field, value) or value


def who(field: str, value: str, count: int = 1) -> str:
    """Return whom a gap asks for, as it goes on after "one more mentor", or after "mentors".

    >>> who("languages", "sw"), who("languages", "sw", 2)
    ('who speaks Swahili', 'who speak Swahili')
    """
    if not field:
        return ""
    told = {"field": field_in_words(field), "value": value_in_words(field, value)}
    if field in WHO:
        return WHO[field](count) % told
    return _("whose answer to “%(field)s” is “%(value)s”") % told


def headline(result: Mapping[str, Any]) -> str:
    """Return in one sentence what binds: the shortage of which one more mentor serves the most."""
    values = result.get("values", [])
    binding = next((value for value in values if value["serves"]), None)
    if not result.get("mentees"):
        return _("Nobody looks for a mentor yet")
    if binding is None and result["served"] == result["mentees"]:
        return _("Every mentee so far can have a mentor")
    if binding is None:
        return _("No one kind of mentor would serve anybody more: a rule stands between")
    return ngettext(
        "One more mentor %(who)s would serve %(n)s more mentee",
        "One more mentor %(who)s would serve %(n)s more mentees",
        binding["serves"],
    ) % {"who": who(binding["field"], binding["value"]), "n": binding["serves"]}


def standing(result: Mapping[str, Any]) -> str:
    """Return the counts beneath the headline."""
    left = result["mentees"] - result["served"]
    told = {
        "mentees": ngettext("%(n)s mentee", "%(n)s mentees", result["mentees"])
        % {"n": result["mentees"]},
        "places": ngettext("%(n)s place", "%(n)s places", result["places"])
        % {"n": result["places"]},
        "mentors": ngettext("%(n)s mentor", "%(n)s mentors", result["mentors"])
        % {"n": result["mentors"]},
        "served": result["served"],
        "left": left,
    }
    if not left:
        return _("%(mentees)s, and %(mentors)s with %(places)s: all could be served today.") % told
    return (
        _("%(mentees)s, and %(mentors)s with %(places)s: %(served)s could be served, %(left)s not.")
        % told
    )


def why_headline(result: Mapping[str, Any]) -> list[str]:
    """Say how the headline's number came about, and whether anybody at all would help."""
    counted = ngettext(
        "Counted by matching everybody anew with such a mentor who takes one mentee.",
        "Counted by matching everybody anew with such a mentor who takes up to %(n)s mentees.",
        result["places_each"],
    ) % {"n": result["places_each"]}
    like = [who(field, value) for field, values in result["like"] for value in values]
    more = (
        _("Any mentor more would serve somebody; this one fits best.")
        if result["anyone"]["mentees"]
        else _("A mentor without it would serve nobody more.")
    )
    if not like:
        return [counted, more]
    otherwise = _("For the rest it is a mentor like most here: one %(like)s.") % {
        "like": ", ".join(like)
    }
    return [counted, otherwise, more]


def points_in_words(points: int) -> str:
    """Return what a better match is worth, in hundredths of a perfect one.

    >>> points_in_words(173_000)
    '17'
    """
    return str(round(points / 10_000))
