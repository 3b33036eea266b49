"""What may be written down in the room of a group, and with what does it begin?"""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from lodestar.domain.groups.models import Group
from lodestar.domain.mentorships.rules import MINUTES
from lodestar.domain.programs.models import Design

SILENT_TIMES = 1.5
LONGEST_AHEAD = timedelta(days=400)
USUAL_LENGTH = timedelta(minutes=90)  # a group says when it begins, not how long it stays


def why_not_meeting(group: Group, held_on: date, minutes: int, on: date) -> str:
    """Return what is wrong with a meeting as it was told on a day, or ""."""
    if held_on > on:
        return _("A meeting is logged once it has happened; this date is still to come.")
    if group.began_at and held_on < group.began_at.date() - timedelta(days=30):
        return _("This date is long before your group began. Is the year right?")
    if minutes not in MINUTES:
        return _("A meeting takes between 5 and 600 minutes.")
    return ""


def why_not_date(moment: datetime, at: datetime) -> str:
    """Return what is wrong with the next date of a group, or ""."""
    if moment <= at:
        return _("This moment is past. Choose one ahead.")
    if moment > at + LONGEST_AHEAD:
        return _("This is more than a year ahead. Is the year right?")
    return ""


def first_meeting_due(group: Group) -> date | None:
    days = group.cohort.design.first_meeting_days
    return group.began_at.date() + timedelta(days=days) if group.began_at else None


def is_silent(group: Group, last_sign_on: date, on: date) -> bool:
    """Call a group silent after one and a half times the agreed cadence without a sign."""
    quiet = (on - last_sign_on).days
    is_running = group.status == Group.Status.RUNNING
    return is_running and quiet >= SILENT_TIMES * group.cohort.design.cadence_days


def led_by_in_words(design: Design) -> str:
    """Return who leads the meetings, as the people of a group read it."""
    return {
        Design.Leads.MENTOR: _("Your mentor leads the meetings."),
        Design.Leads.TURNS: _("You lead the meetings in turn; each time somebody else."),
        Design.Leads.ONE: _("You choose one of you who leads the meetings."),
    }[Design.Leads(design.led_by)]


def first_agenda(design: Design, topics: list[str]) -> list[str]:
    """Return what a first meeting can be about; `topics` are what most of them asked for."""
    about = (
        _("One topic you share: %(topics)s. Each says where they stand.")
        % {"topics": ", ".join(topics)}
        if topics
        else _("Each says what they hope for.")
    )
    return [
        _("A round: who you are, and one thing you are good at. Three minutes each."),
        about,
        _("Agree on four things: how often, how long, what is told outside, and what if somebody is missing."),
        _("Who leads next time, and when that is.")
        if design.led_by != Design.Leads.MENTOR
        else _("When you meet next."),
    ]  # fmt: skip
