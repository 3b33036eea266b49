"""What do home, the calendar and its feed say of a planned meeting, whether of two or of a group?"""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lodestar.domain.groups.models import Group
from lodestar.domain.insights.queries.meetings import Planned
from lodestar.domain.people.models import Person
from lodestar.web.common.calendar_files import Entry
from lodestar.web.common.links import absolute
from lodestar.web.common.meeting_words import entry_for, told_to
from lodestar.web.common.two_clocks import moment_in_words

ONLINE = ("https://", "http://")


@dataclass(frozen=True)
class Line:
    """One meeting as its reader has it: by their own clock, with the way in."""

    starts_at: datetime
    title: str
    address: str
    when: str
    where: str
    link: str
    minutes: int | None = None


def line_of(planned: Planned, reader: Person) -> Line:
    if planned.group is not None:
        return line_of_group(planned.group, planned.starts_at, reader)
    if planned.appointment is None:
        raise ValueError("A meeting is of two, or of a group.")
    told = told_to(planned.appointment, reader)
    return Line(
        planned.starts_at,
        _("Meeting with %(name)s") % {"name": told.partner.full_name},
        reverse("portal:meeting", args=[planned.appointment.public_id]),
        told.when,
        told.where,
        told.link,
        planned.appointment.minutes,
    )


def line_of_group(group: Group, starts_at: datetime, reader: Person) -> Line:
    return Line(
        starts_at,
        titled(group),
        reverse("portal:group", args=[group.public_id]),
        moment_in_words(starts_at, reader),
        where_of(group),
        link_of(group),
    )


def titled(group: Group) -> str:
    return _("%(group)s meets") % {"group": group}


def link_of(group: Group) -> str:
    """Return the address at which a group meets, if that is all it said."""
    where = group.meets_where.strip()
    return where if where.startswith(ONLINE) and len(where.split()) == 1 else ""


def where_of(group: Group) -> str:
    if link_of(group):
        return _("Online, by a link of your own.")
    return group.meets_where.strip() or _("Where, nobody has said yet.")


def calendar_entry(planned: Planned, reader: Person) -> Entry:
    """Return a meeting for the reader's own calendar program."""
    if planned.appointment is not None:
        page = absolute(reverse("portal:meeting", args=[planned.appointment.public_id]))
        return entry_for(planned.appointment, reader, page)
    if planned.group is None:
        raise ValueError("A meeting is of two, or of a group.")
    group, page = planned.group, absolute(reverse("portal:group", args=[planned.group.public_id]))
    link = link_of(group)
    return Entry(
        uid=f"{group.public_id}.group@lodestar",
        title=titled(group),
        starts_at=planned.starts_at,
        ends_at=planned.ends_at,
        place=group.meets_where,
        link=link or page,
        words="\n".join(filter(None, [where_of(group), link, page])),
    )
