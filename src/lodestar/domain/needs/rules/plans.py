"""May a report be asked for, and is a goal of recruitment a goal?"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.needs.models import NeedsReport
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import state_of

Status = NeedsReport.Status
MOST_TARGET = 1000


@dataclass(frozen=True, slots=True)
class GoalWish:
    """So many mentors more, by whom and by when; without a field, of any kind."""

    target: int
    owner: Person
    due_on: date
    field: str = ""
    value: str = ""
    channel: str = ""


def is_computing(report: NeedsReport | None) -> bool:
    return report is not None and report.status in (Status.REQUESTED, Status.CLAIMED)


def why_not_request(mentees: int, criteria: int) -> str:
    """Return what is missing before a report makes sense, or nothing."""
    if not criteria:
        return _("The design of this program weighs nothing yet: give it at least one criterion.")
    if not mentees:
        return _(
            "Nobody looks for a mentor here yet. Ask what people need first, or wait for the "
            "first applications."
        )
    return ""


def why_not_plan(cohort: Cohort, wish: GoalWish, on: date) -> str:
    """Say why this cannot be a goal, or nothing."""
    if state_of(cohort, on) == Cohort.State.FINISHED:
        return _("This cohort is finished; there is nobody left to recruit for.")
    if not 1 <= wish.target <= MOST_TARGET:
        return _("Choose a number from 1 to %(most)s.") % {"most": MOST_TARGET}
    if wish.due_on > cohort.ends_on:
        return _("The cohort ends on %(day)s; choose an earlier day.") % {
            "day": date_format(cohort.ends_on, "j F Y")
        }
    return ""
