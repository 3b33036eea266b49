"""How are the format of a program, and the way in which two people meet, told to them?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.groups import sizes_in_words
from lodestar.domain.programs.rules.ways import Way, uses

Format, Mode = Design.Format, Design.Mode


def meeting_in_words(design: Design) -> str:
    """Return where the two of a pair meet."""
    if design.makes_groups:
        return {
            Mode.EITHER: _("You meet online or in person, as your group likes."),
            Mode.ONLINE: _("You will meet online."),
            Mode.IN_PERSON: _("You will meet in person."),
        }[Mode(design.mode)]
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
        Format.GROUP: _("You are in a group of %(sizes)s with one mentor."),
        Format.PEERS: _("You are in a group of %(sizes)s, and nobody is the mentor."),
    }
    format_told = by_format.get(Format(design.format), "") % {"sizes": sizes_of(design)}
    return [told for told in (format_told, meeting_in_words(design)) if told]


def found_in_words(design: Design) -> list[str]:
    """Return how whoever looks for a mentor comes to one, a sentence for each way."""
    told = {
        Way.OFFICE: _(
            "One person, chosen for you from everybody who offers their time, by what you want to talk about."
        ),
        Way.RANK: _(
            "You look who is there and name whom you would like best; all wishes are put together on one day."
        ),
        Way.ASK: _(
            "You look who is there, and ask whom you would like to talk with, one after the other."
        ),
    }
    return [sentence for way, sentence in told.items() if uses(design, way)]


def sizes_of(design: Design) -> str:
    return sizes_in_words(design.group_least, design.group_most)


def talks_in_words(design: Design) -> str:
    """Return how often two people talk, and where, as a program promises it."""
    where = {
        Mode.EITHER: _("online or in person, as your group likes")
        if design.makes_groups
        else _("online or in person, as you two like"),
        Mode.ONLINE: _("online"),
        Mode.IN_PERSON: _("in person"),
    }[Mode(design.mode)]
    if design.format == Format.FLASH:
        return _("One talk of about an hour, %(where)s.") % {"where": where}
    if design.makes_groups:
        return ngettext(
            "A meeting every day, %(where)s.",
            "A meeting about every %(days)d days, %(where)s.",
            design.cadence_days,
        ) % {"days": design.cadence_days, "where": where}
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
