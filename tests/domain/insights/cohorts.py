"""Cohorts at every age, with pairs that met, answered and ended."""

from datetime import timedelta

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships.actions import log_meeting
from lodestar.domain.mentorships.models import Mentorship
from tests.factories.feedback import make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.programs import make_cohort

OPEN, RUNNING, OVER = -7, -60, -300


def settle(cohort):
    """Give everybody in the cohort their place, so that nobody waits for a partner."""
    Participant.objects.filter(cohort=cohort).update(places_taken=1)


def pairs(cohort, count=1, *, met=0, **fields):
    made = [make_mentorship(cohort, **fields) for _ in range(count)]
    for mentorship in made[:met]:
        log_meeting(mentorship, by=the_two(mentorship)[0], held_on=today())
    settle(cohort)
    return made


def end(mentorships, status=Mentorship.Status.COMPLETED):
    for mentorship in mentorships:
        mentorship.status, mentorship.ended_at = status, now()
        mentorship.save()


def planned():
    return make_cohort(is_published=False, opens_in=7)


def finished():
    """Return a cohort in which five pairs met, answered and completed."""
    cohort = make_cohort(opens_in=OPEN)
    made = pairs(cohort, 5, met=5)
    for mentorship in made:
        make_pulse(mentorship, answered_at=now(), usefulness=4)
    end(made)
    for name in ("opens_on", "closes_on", "matching_on", "starts_on", "ends_on"):
        setattr(cohort, name, getattr(cohort, name) - timedelta(days=400))
    cohort.save()
    return cohort
