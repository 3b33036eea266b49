"""What is a stage of the roadmap, and in which words is it told?"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Cohort


class State(StrEnum):
    """Where a stage stands; `NONE` is a stage of which the records hold nothing."""

    DONE = "done"
    GOING = "going"
    AHEAD = "ahead"
    NONE = "none"

    @property
    def label(self) -> str:
        return {
            State.DONE: _("done"),
            State.GOING: _("under way"),
            State.AHEAD: _("ahead"),
            State.NONE: _("nothing on record"),
        }[self]


@dataclass(frozen=True)
class Chip:
    """A word about a stage; its kind is a colour that repeats what the word says."""

    word: str
    kind: str = ""


@dataclass(frozen=True, kw_only=True)
class Stage:
    """One of the ten, read off the records and never ticked by hand.

    `sentence` is for the office. `shared` is all that people outside read: dates, and counts that
    `rules.tellable` let pass. Without `leads_to` there is nothing to press; `about` names another
    cohort that it leads to.
    """

    key: str
    name: str
    state: State
    sentence: str
    done_when: str
    shared: str = ""
    chip: Chip | None = None
    leads_to: str = ""
    about: Cohort | None = None

    @property
    def word(self) -> Chip:
        """What stands beside it: its chip, else its state in words."""
        return self.chip or Chip(self.state.label, "good" if self.state == State.DONE else "")


def counted(count: int, noun: str) -> str:
    """Return a count with its noun in the right number."""
    forms = {
        "goal": ngettext("%(n)s goal", "%(n)s goals", count),
        "criterion": ngettext("%(n)s criterion", "%(n)s criteria", count),
        "constraint": ngettext("%(n)s constraint", "%(n)s constraints", count),
        "open question": ngettext("%(n)s open question", "%(n)s open questions", count),
        "mentee": ngettext("%(n)s mentee", "%(n)s mentees", count),
        "mentor": ngettext("%(n)s mentor", "%(n)s mentors", count),
        "place": ngettext("%(n)s place", "%(n)s places", count),
        "person": ngettext("%(n)s person", "%(n)s people", count),
        "waiting application": ngettext("%(n)s waits", "%(n)s wait", count),
        "unmet topic": ngettext("%(n)s topic unmet", "%(n)s topics unmet", count),
        "match": ngettext("%(n)s match", "%(n)s matches", count),
        "group": ngettext("%(n)s group", "%(n)s groups", count),
        "mentorship": ngettext("%(n)s mentorship", "%(n)s mentorships", count),
        "pulse": ngettext("%(n)s pulse", "%(n)s pulses", count),
        "concern": ngettext("%(n)s concern", "%(n)s concerns", count),
    }
    return forms[noun] % {"n": count}


def told(count: int | None, noun: str) -> str:
    """Return a count for people outside; “some” where the number would point at a few."""
    if count is not None:
        return counted(count, noun)
    return {
        "mentee": _("some mentees"),
        "mentor": _("some mentors"),
        "person": _("some people"),
        "pulse": _("some pulses"),
    }[noun]


def day(on: date) -> str:
    return date_format(on, "j F Y")
