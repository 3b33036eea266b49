"""How are the format of a program, and the way in which two people meet, told to them?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Design

Format, Mode = Design.Format, Design.Mode


def meeting_in_words(design: Design) -> str:
    """Return where the two of a pair meet."""
    return {
        Mode.EITHER: _("You meet online or in person, as the two of you like."),
        Mode.ONLINE: _("You will meet online."),
        Mode.IN_PERSON: _("You will meet in person."),
    }[Mode(design.mode)]


def shape_in_words(design: Design) -> list[str]:
    """Return what kind of pair a program makes, a sentence each; what is usual goes without saying."""
    by_format = {
        Format.FLASH: _("You talk once, for about an hour."),
        Format.REVERSE: _("In this program the younger one of the two is the mentor."),
    }
    format_told = by_format.get(Format(design.format), "")
    return [told for told in (format_told, meeting_in_words(design)) if told]


def talks_in_words(design: Design) -> str:
    """Return how often two people talk, and where, as a program promises it."""
    where = {
        Mode.EITHER: _("online or in person, as you two like"),
        Mode.ONLINE: _("online"),
        Mode.IN_PERSON: _("in person"),
    }[Mode(design.mode)]
    if design.format == Format.FLASH:
        return _("One talk of about an hour, %(where)s.") % {"where": where}
    return ngettext(
        "A talk every day, %(where)s.", "A talk about every %(days)d days, %(where)s.",
        design.cadence_days,
    ) % {"days": design.cadence_days, "where": where}  # fmt: skip


def time_of_mentors_in_words(design: Design) -> str:
    """Return how much time a mentor gives."""
    if design.format == Format.FLASH:
        return _("An hour for each mentee you take.")
    return ngettext(
        "About an hour a month.", "About %(hours)d hours a month.", design.hours_per_month
    ) % {"hours": design.hours_per_month}
