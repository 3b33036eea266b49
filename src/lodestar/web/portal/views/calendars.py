"""What is coming for a member, on a page and as a feed for their own calendar."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.applications.queries.days import CohortDay, days_for
from lodestar.domain.common.time import now
from lodestar.domain.insights.queries.meetings import meetings_ahead, meetings_kept
from lodestar.domain.people.actions import hours as actions
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import feed_by_secret, feed_of
from lodestar.domain.people.rules import today_of, zone_of
from lodestar.domain.programs.models import Cohort
from lodestar.web.common.access import EVERYONE, MEMBER, open_to
from lodestar.web.common.calendar_files import DayEntry, feed_text
from lodestar.web.common.confidence import in_confidence
from lodestar.web.common.links import absolute
from lodestar.web.common.page import saved, show
from lodestar.web.common.phases import names_of_days
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.two_clocks import wall_of
from lodestar.web.portal.meetings import Line, calendar_entry, line_of

CALENDAR_PAGE = "portal/people/calendar.html"


@dataclass(frozen=True)
class DayLine:
    """What a day of a cohort is, and of which."""

    name: str
    cohort: Cohort
    ends_on: date
    is_one_day: bool


@dataclass(frozen=True)
class Day:
    """One day of what is coming: meetings by the clock, and days of a program."""

    on: date
    meetings: list[Line]
    lines: list[DayLine]


def days_of(person: Person, at: datetime) -> list[Day]:
    """Return what is coming by the days of the reader's own calendar."""
    on = today_of(person)
    days: dict[date, Day] = {}
    for planned in meetings_ahead(person, at):
        day = max(wall_of(planned.starts_at, person).date(), on)
        days.setdefault(day, Day(day, [], [])).meetings.append(line_of(planned, person))
    for each in days_for(person, on):
        day = max(each.starts_on, on)
        days.setdefault(day, Day(day, [], [])).lines.append(day_line(each))
    return [days[day] for day in sorted(days)]


def day_line(each: CohortDay) -> DayLine:
    return DayLine(name_of(each), each.cohort, each.ends_on, each.starts_on == each.ends_on)


def name_of(each: CohortDay) -> str:
    return each.milestone.name if each.milestone else names_of_days()[each.turn]


def day_entry(each: CohortDay) -> DayEntry:
    """Return a day for the reader's calendar, where it stands among others: so its program is named."""
    key = each.milestone.public_id if each.milestone else each.turn
    return DayEntry(
        f"{key}.{each.cohort.public_id}.day@lodestar",
        _("%(what)s · %(cohort)s") % {"what": name_of(each), "cohort": each.cohort},
        each.starts_on,
        each.ends_on,
    )


def calendar_context(person: Person) -> dict[str, object]:
    feed = feed_of(person)
    return {
        "days": days_of(person, now()),
        "zone": zone_of(person),
        "feed": feed,
        "feed_address": absolute(reverse("portal:feed", args=[feed.secret])) if feed else "",
    }


@require_safe
@open_to(MEMBER)
def calendar(request: MemberRequest) -> HttpResponse:
    return show(request, CALENDAR_PAGE, calendar_context(request.person))


@require_POST
@open_to(MEMBER)
def change_feed(request: MemberRequest) -> HttpResponse:
    """Make a secret address, or a new one, or close it."""
    person = request.person
    if request.POST.get("answer") == "close":
        actions.end_feed(person, by=person)
        messages.info(request, _("Closed. Calendars that read it get nothing any more."))
    else:
        actions.open_feed(person, by=person)
        messages.success(request, _("Your address is ready. Keep it to yourself."))
    return saved(request, CALENDAR_PAGE, calendar_context(person), then="portal:calendar")


@require_safe
@open_to(*EVERYONE)
def feed(_request: HttpRequest, secret: str) -> HttpResponse:
    """Return what is coming to whoever has the secret address: calendars carry no session."""
    person, at = feed_by_secret(secret).person, now()
    entries = [calendar_entry(each, person) for each in meetings_kept(person, at)]
    days = [day_entry(each) for each in days_for(person, today_of(person))]
    text = feed_text(entries, days, zone=zone_of(person), name=_("Mentoring"), now=at)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="mentoring.ics"'
    return in_confidence(answer)
