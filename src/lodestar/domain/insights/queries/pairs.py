"""Which pairs has the office not heard a sign of life from?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from lodestar.domain.common.time import today
from lodestar.domain.feedback.queries import pulses_in
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import Signs, mentorships_of, signs_of
from lodestar.domain.mentorships.rules import cadence_of, first_meeting_due
from lodestar.domain.programs.models import Cohort, Design


@dataclass(frozen=True)
class PairRow:
    """Counts and dates of one mentorship, as the office sees it."""

    signs: Signs
    answered: int
    asked: int
    quiet_days: int
    is_silent: bool
    is_late: bool

    @property
    def mentorship(self) -> Mentorship:
        return self.signs.mentorship


def pairs_of(cohort: Cohort) -> list[PairRow]:
    """Return every mentorship of the cohort, those silent the longest first."""
    on = today()
    pulses = pulses_in(cohort).order_by()
    asked = {
        row["mentorship"]: (row["answered"], row["asked"])
        for row in pulses.values("mentorship").annotate(
            asked=Count("asked_at"), answered=Count("answered_at")
        )
    }
    return [
        row_of(signs, *asked.get(signs.mentorship.pk, (0, 0)), cohort=cohort, on=on)
        for signs in signs_of(mentorships_of(cohort))
    ]


def row_of(signs: Signs, answered: int, asked: int, *, cohort: Cohort, on: date) -> PairRow:
    """Call a pair silent after one and a half times the agreed cadence without a sign; one talk held is enough of it."""
    quiet_days = (on - signs.last_sign_at).days
    is_active = signs.mentorship.status == Mentorship.Status.ACTIVE
    had_its_talk = cohort.design.format == Design.Format.FLASH and signs.meeting_count > 0
    is_late = signs.meeting_count == 0 and first_meeting_due(signs.mentorship) < on
    return PairRow(
        signs,
        answered,
        asked,
        quiet_days,
        is_silent=is_active
        and not had_its_talk
        and 2 * quiet_days >= 3 * cadence_of(signs.mentorship),
        is_late=is_active and is_late,
    )
