"""What follows from what people wish after the end: somebody new, or the same partner again?"""

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching.actions import pin_wished_pair
from lodestar.domain.matching.actions import request_rematch as request_run_of
from lodestar.domain.matching.models import MatchRun
from lodestar.domain.matching.queries import open_participants
from lodestar.domain.mentorships import queries
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


def request_rematch(cohort: Cohort, *, by: Person) -> MatchRun:
    """Ask for a run of the mentees who wait for somebody new, the longest waiting first."""
    waiting = [waits.participant for waits in queries.waiting_for_new(cohort)]
    mentees = [each for each in waiting if each.role == RoleInCohort.MENTEE]
    return request_run_of(cohort, mentees, by=by)


def pin_wishes(cohort: Cohort) -> int:
    """Keep those together in a cohort who were a pair before and both wish it; return how many.

    A wish that only one of the two has is never looked at by anybody.
    """
    earlier = cohort.program.cohorts.exclude(pk=cohort.pk)
    pairs = queries.pairs_who_wish_again(earlier)
    if not pairs:
        return 0
    here: dict[tuple[str, int], Participant] = {
        (each.role, each.person_id): each for each in open_participants(cohort)
    }
    count = 0
    for mentor_person, mentee_person in pairs:
        mentor = here.get((RoleInCohort.MENTOR, mentor_person.pk))
        mentee = here.get((RoleInCohort.MENTEE, mentee_person.pk))
        if mentor and mentee:
            count += pin_wished_pair(mentor, mentee) is not None
    return count
