"""What do pages, letters and calendars say of a planned meeting?"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lodestar.domain.mentorships.models import Appointment, Way
from lodestar.domain.mentorships.rules import partner_of
from lodestar.domain.mentorships.rules.agendas import agenda_lines, agenda_name
from lodestar.domain.people.models import Person
from lodestar.web.common.calendar_files import Entry
from lodestar.web.common.two_clocks import both_in_words


@dataclass(frozen=True)
class MeetingTold:
    """A planned meeting in the words of one of the two."""

    appointment: Appointment
    partner: Person
    when: str
    where: str
    link: str
    agenda_name: str
    agenda: list[str]


def told_to(appointment: Appointment, reader: Person) -> MeetingTold:
    partner = partner_of(appointment.mentorship, reader)
    is_link = appointment.way in (Way.VIDEO, Way.LINK)
    return MeetingTold(
        appointment,
        partner,
        both_in_words(appointment.starts_at, reader, partner),
        where_in_words(appointment),
        appointment.where if is_link else "",
        agenda_name(appointment),
        agenda_lines(appointment),
    )


def where_in_words(appointment: Appointment) -> str:
    """Say how the two talk; an address to click is shown beside it."""
    if appointment.way == Way.VIDEO:
        return _("In your video room; it opens in any browser, without an account.")
    if appointment.way == Way.LINK:
        return _("Online, by a link of your own.")
    if appointment.way == Way.PHONE:
        return _("On the telephone: %(where)s") % {"where": appointment.where}
    return _("At %(where)s") % {"where": appointment.where}


def entry_for(appointment: Appointment, reader: Person, page: str) -> Entry:
    """Return a meeting for the reader's calendar: the partner by name, the place, and the way to its page.

    The agenda stays on the page and in our letters: calendars are often shared with others.
    """
    partner = partner_of(appointment.mentorship, reader)
    is_link = appointment.way in (Way.VIDEO, Way.LINK)
    lines = [where_in_words(appointment), appointment.where if is_link else "", page]
    return Entry(
        uid=uid_of(appointment),
        title=_("Meeting with %(name)s") % {"name": partner.full_name},
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        sequence=appointment.sequence,
        changed_at=appointment.changed_at,
        is_cancelled=appointment.status == Appointment.Status.CANCELLED,
        place=appointment.where,
        link=appointment.where if is_link else page,
        words="\n".join(filter(None, lines)),
    )


def uid_of(appointment: Appointment) -> str:
    """Return the one name of a meeting in every calendar, whatever becomes of it or of our address."""
    return f"{appointment.public_id}.meeting@lodestar"


def is_over(appointment: Appointment, now: datetime) -> bool:
    return appointment.ends_at <= now
