"""How are wants, shortages and plans told in sentences?"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
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
Kind = tuple[str, str]
NOTHING_SETTLED: Mapping[Kind, bool] = MappingProxyType({})


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


def in_order(
    values: Sequence[Mapping[str, Any]], settled: Mapping[Kind, bool] = NOTHING_SETTLED
) -> list[Mapping[str, Any]]:
    """Return values in the order of a report, but what the plan has won steps back.

    `settled` are the kinds whose goal is reached, each with whether it was since the report: those come
    last, since the report knows nothing of it; the others behind what serves as many.
    """

    def order(value: Mapping[str, Any]) -> tuple[bool, int, bool]:
        kind = value["field"], value["value"]
        return settled.get(kind, False), -value["serves"], kind in settled

    return sorted(values, key=order)


def binding_of(
    result: Mapping[str, Any], settled: Mapping[Kind, bool] = NOTHING_SETTLED
) -> Mapping[str, Any] | None:
    """Return the shortage that binds: of what would serve somebody more, the first."""
    ordered = in_order(result.get("values", []), settled)
    return next((value for value in ordered if value["serves"]), None)


def does_anyone(result: Mapping[str, Any], binding: Mapping[str, Any] | None) -> bool:
    """Say whether a mentor like most would serve as many as the one who is wanted most."""
    return binding is not None and bool(result.get("anyone_serves", 0) >= binding["serves"])


def served_alike(counts: Iterable[int]) -> int:
    """Return how many each of several would serve, where it is as many for all; else nothing."""
    different = {*counts}
    return different.pop() if len(different) == 1 else 0


def headline(result: Mapping[str, Any], settled: Mapping[Kind, bool] = NOTHING_SETTLED) -> str:
    """Return in one sentence what binds: the shortage of which one more mentor serves the most."""
    binding = binding_of(result, settled)
    if not result.get("mentees"):
        return _("Nobody looks for a mentor yet")
    if binding is None and result["served"] == result["mentees"]:
        return _("Every mentee so far can have a mentor")
    if binding is None:
        return _("No one kind of mentor would serve anybody more: a rule stands between")
    told = {"who": who(binding["field"], binding["value"]), "n": binding["serves"]}
    if does_anyone(result, binding):
        return (
            ngettext(
                "Any mentor more would serve %(n)s more mentee; most wished for is one %(who)s",
                "Any mentor more would serve %(n)s more mentees; most wished for is one %(who)s",
                binding["serves"],
            )
            % told
        )
    return (
        ngettext(
            "One more mentor %(who)s would serve %(n)s more mentee",
            "One more mentor %(who)s would serve %(n)s more mentees",
            binding["serves"],
        )
        % told
    )


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


def why_headline(
    result: Mapping[str, Any], settled: Mapping[Kind, bool] = NOTHING_SETTLED
) -> list[str]:
    """Say how the headline's number came about, and whether anybody at all would help."""
    counted = ngettext(
        "Counted by matching everybody anew with such a mentor who takes one mentee.",
        "Counted by matching everybody anew with such a mentor who takes up to %(n)s mentees.",
        result["places_each"],
    ) % {"n": result["places_each"]}
    like = [who(field, value) for field, values in result["like"] for value in values]
    more = whether_anyone(result, binding_of(result, settled))
    if not like:
        return [counted, more]
    otherwise = _("For the rest it is a mentor like most here: one %(like)s.") % {
        "like": ", ".join(like)
    }
    return [counted, otherwise, more]


def whether_anyone(result: Mapping[str, Any], binding: Mapping[str, Any] | None) -> str:
    """Say whether a mentor who offers nothing of what is short would help, too."""
    if does_anyone(result, binding):
        return _(
            "Any mentor more would serve as many; named is what the most of those want who would "
            "otherwise have nobody."
        )
    if result["anyone"]["mentees"]:
        return _("Any mentor more would serve somebody; this one fits best.")
    return _("A mentor without it would serve nobody more.")
