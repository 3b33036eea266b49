"""How is one moment told to two people whose clocks show different times?"""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.mentorships.rules.appointments import days_to_partner
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import clock_of, zone_of


def wall_of(moment: datetime, person: Person) -> datetime:
    """Return what the clock on somebody's wall shows."""
    return moment.astimezone(clock_of(person)).replace(tzinfo=None)


def day_in_words(moment: datetime, person: Person) -> str:
    return date_format(wall_of(moment, person), "l j F")


def moment_in_words(moment: datetime, reader: Person) -> str:
    """Return a moment by the reader's own clock alone."""
    return date_format(wall_of(moment, reader), "D j M H:i")


def both_in_words(moment: datetime, reader: Person, partner: Person) -> str:
    """Return a moment by both clocks; where the calendars differ, the partner's day is said."""
    here, there = wall_of(moment, reader), wall_of(moment, partner)
    said = {
        "here": date_format(here, "D j M H:i"),
        "there": date_format(there, "H:i"),
        "day": date_format(there, "l"),
        "name": partner.first_name,
    }
    if here == there:
        return _("%(here)s for you both") % said
    apart = days_to_partner(moment, reader, partner)
    if apart > 0:
        return _("%(here)s for you · %(there)s on %(day)s, the next day, for %(name)s") % said
    if apart < 0:
        return _("%(here)s for you · %(there)s on %(day)s, the day before, for %(name)s") % said
    return _("%(here)s for you · %(there)s for %(name)s") % said


def zones_in_words(reader: Person, partner: Person) -> str:
    """Say by whose clocks all of a page goes, and where we had to guess."""
    said = {"mine": zone_of(reader), "theirs": zone_of(partner), "name": partner.first_name}
    if said["mine"] == said["theirs"]:
        sentence = _("You are both in the time zone %(mine)s.") % said
    else:
        sentence = _("Your clock: %(mine)s. That of %(name)s: %(theirs)s.") % said
    if said["mine"] != reader.time_zone:
        sentence += " " + _("You have not told us your time zone, so we take the association’s.")
    if said["theirs"] != partner.time_zone:
        guessed = _("%(name)s has not told us a time zone, so we take the association’s.")
        sentence += " " + guessed % said
    return sentence
