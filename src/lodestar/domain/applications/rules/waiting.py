"""How is a place on a waitlist told?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.engine.selection.waiting import is_worth_telling

__all__ = ["is_worth_telling", "last_time_in_words", "place_in_words"]


def place_in_words(place: int, of: int) -> str:
    """Say where somebody stands."""
    if of == 1:
        return _("You are the only one on the waitlist.")
    if place == 1:
        return ngettext(
            "You are the first of %(of)d on the waitlist.",
            "You are the first of %(of)d on the waitlist.",
            of,
        ) % {"of": of}
    return _("You are number %(place)d of %(of)d on the waitlist.") % {"place": place, "of": of}


def last_time_in_words(taken: int | None) -> str:
    """Say how many came in from the last waitlist; nothing where there was none."""
    if taken is None:
        return ""
    if not taken:
        return _("Last time nobody was taken from it.")
    return ngettext(
        "Last time %(taken)d was taken from it.", "Last time %(taken)d were taken from it.", taken
    ) % {"taken": taken}
