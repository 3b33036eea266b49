"""When can a cohort be rehearsed, and with how many test people?"""

from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import state_of
from lodestar.domain.programs.rules.groups import why_not_played

FEWEST = 2
MOST_MENTORS, MOST_MENTEES = 30, 40
USUAL_MENTORS, USUAL_MENTEES = 8, 10


def why_not_rehearse(cohort: Cohort, mentors: int, mentees: int, on: date) -> str:
    """Say why this cohort cannot be rehearsed with so many people, or nothing."""
    if state_of(cohort, on) == Cohort.State.FINISHED:
        return _("This cohort is over. Plan the next one, and rehearse that.")
    if problem := why_not_played(cohort.design):
        return problem
    if min(mentors, mentees) < FEWEST or mentors > MOST_MENTORS or mentees > MOST_MENTEES:
        return _(
            "A rehearsal takes %(fewest)d to %(mentors)d test mentors and %(fewest)d to "
            "%(mentees)d test mentees."
        ) % {"fewest": FEWEST, "mentors": MOST_MENTORS, "mentees": MOST_MENTEES}
    return ""
