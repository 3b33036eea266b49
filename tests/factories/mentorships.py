"""Mentorships and what two people do in them."""

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.mentorships.models import Mentorship
from tests.factories.applications import make_mentee, make_mentor
from tests.factories.people import make_address, make_person
from tests.factories.programs import make_cohort


def make_mentorship(cohort=None, *, mentor=None, mentee=None, began_at=None, **fields):
    """Make a mentorship of two persons (new ones unless given), both of whom said yes."""
    cohort = cohort or make_cohort()
    run = MatchRun.objects.filter(cohort=cohort, status="published").first()
    match = Match.objects.create(
        run=run or MatchRun.objects.create(cohort=cohort, status="published", published_at=now()),
        mentor=taking_part(cohort, mentor or make_reachable("Ruth", "Okafor"), make_mentor),
        mentee=taking_part(cohort, mentee or make_reachable("Amina", "Odhiambo"), make_mentee),
        status=Match.Status.ACCEPTED,
        mentor_answer=Match.Answer.ACCEPTED,
        mentee_answer=Match.Answer.ACCEPTED,
        score=400_000,
        reasons=[
            {
                "criterion": "Topics",
                "field": "topics",
                "kind": "topics",
                "code": "shared",
                "values": ["Finding work"],
            }
        ],
    )
    return Mentorship.objects.create(match=match, began_at=began_at or now(), **fields)


def taking_part(cohort, person, make):
    """Return the person's place in the cohort, a mentor's with room for three."""
    role = "mentor" if make is make_mentor else "mentee"
    found = Participant.objects.filter(cohort=cohort, person=person, role=role).first()
    return found or make(cohort, person, capacity=3 if role == "mentor" else 1)


def make_reachable(given_name, family_name):
    person = make_person(given_name, family_name)
    make_address(person, f"{person.public_id}@example.org")
    return person


def the_two(mentorship):
    """Return the mentor and the mentee as persons."""
    return mentorship.match.mentor.person, mentorship.match.mentee.person
