"""How is it said whom news is for?"""

from django.utils.translation import gettext as _

from lodestar.domain.community.models import NewsPiece


def for_whom(piece: NewsPiece) -> str:
    """Say in a line whom a piece of news is for."""
    return " · ".join([place_of(piece), *narrowed_to(piece)])


def place_of(piece: NewsPiece) -> str:
    if piece.program is None:
        return _("Everybody")
    place = f"{piece.program}, {piece.cohort.name}" if piece.cohort else str(piece.program)
    sides = {
        "mentor": _("Mentors of %(place)s"),
        "mentee": _("Mentees of %(place)s"),
        "": _("Everybody in %(place)s"),
    }
    return sides[piece.role] % {"place": place}


def narrowed_to(piece: NewsPiece) -> list[str]:
    first, last = piece.class_year_from, piece.class_year_to
    found = []
    if first and last:
        found.append(_("classes %(first)d to %(last)d") % {"first": first, "last": last})
    elif first:
        found.append(_("class of %(year)d or later") % {"year": first})
    elif last:
        found.append(_("class of %(year)d or earlier") % {"year": last})
    named = (piece.countries, piece.fields_of_study, piece.industries)
    return [*found, *(", ".join(names) for names in named if names)]
