"""May a report be asked for, and is a goal of recruitment a goal?"""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.needs.models import NeedsReport, RecruitmentGoal
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


def why_not_request(mentees: int, criteria: int, paired: int = 0) -> str:
    """Return what is missing before a report makes sense, or nothing; `paired` mentees look no more."""
    if not criteria:
        return _("The design of this program weighs nothing yet: give it at least one criterion.")
    if not mentees and paired:
        return ngettext(
            "Nobody looks for a mentor here any more: the %(n)s mentee has one.",
            "Nobody looks for a mentor here any more: %(n)s mentees have theirs.",
            paired,
        ) % {"n": paired}
    if not mentees:
        return _(
            "Nobody looks for a mentor here yet. Ask what people need first, or wait for the "
            "first applications."
        )
    return ""


def why_not_plan(
    cohort: Cohort, wish: GoalWish, on: date, changes: RecruitmentGoal | None = None
) -> str:
    """Say why this cannot be a goal, or nothing; one that is changed may keep a day that has gone by."""
    if state_of(cohort, on) == Cohort.State.FINISHED:
        return _("This cohort is finished; there is nobody left to recruit for.")
    if not 1 <= wish.target <= MOST_TARGET:
        return _("Choose a number from 1 to %(most)s.") % {"most": MOST_TARGET}
    if wish.due_on < on and not (changes and changes.due_on == wish.due_on):
        return _("%(day)s has gone by; choose today or a later day.") % {
            "day": date_format(wish.due_on, "j F Y")
        }
    if wish.due_on > cohort.ends_on:
        return _("The cohort ends on %(day)s; choose an earlier day.") % {
            "day": date_format(cohort.ends_on, "j F Y")
        }
    return ""


def why_not_twice(standing: RecruitmentGoal | None, changes: RecruitmentGoal | None) -> str:
    """A second goal for the same mentors would hide the first, so it is changed where it stands."""
    if standing is None or standing == changes:
        return ""
    return _(
        "There is already a goal for these mentors: %(target)s by %(day)s, with %(owner)s. Change that "
        "one in the recruitment plan. Nothing was changed."
    ) % {
        "target": standing.target,
        "day": date_format(standing.due_on, "j F Y"),
        "owner": standing.owner,
    }
