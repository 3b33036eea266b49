"""Mentorships and what two people do in them."""

from datetime import timedelta

from django.core.files.base import ContentFile

from lodestar.domain.applications.models import Participant
from lodestar.domain.common.time import now
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.mentorships.actions import confirm_time, propose_times
from lodestar.domain.mentorships.models import (
    Agreement,
    Appointment,
    Mentorship,
    RoomFile,
    Takeaway,
)
from lodestar.domain.mentorships.rules.appointments import Plan
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


def make_agreement(mentorship, *, signed_by=(), **fields):
    """Make the next version of what two people agree on; signed by both it holds, but as a fact alone."""
    mentor, mentee = the_two(mentorship)
    fields.setdefault("number", mentorship.agreements.count() + 1)
    fields.setdefault("cadence_days", 21)
    fields.setdefault("goals", "A plan for the first year")
    fields.setdefault("drafted_by", mentee)
    return Agreement.objects.create(
        mentorship=mentorship,
        mentor_signed_at=now() if mentor in signed_by else None,
        mentee_signed_at=now() if mentee in signed_by else None,
        agreed_at=now() if {mentor, mentee} <= set(signed_by) else None,
        **fields,
    )


def make_file(mentorship, *, name="cv.pdf", content=b"%PDF-1.7 of ours", **fields):
    """Make a file that the mentor put into the room, as a fact alone."""
    fields.setdefault("added_by", the_two(mentorship)[0])
    row = RoomFile(
        mentorship=mentorship, name=name, kind="pdf", size=len(content), digest="0" * 64, **fields
    )
    row.stored.save(name, ContentFile(content), save=False)
    row.save()
    return row


def make_takeaway(mentorship, person, *, content=b"PK of ours"):
    """Make a room that was put together for one of the two."""
    row = Takeaway(
        mentorship=mentorship, person=person, status="ready", size=len(content), made_at=now()
    )
    row.stored.save("room.zip", ContentFile(content), save=False)
    row.save()
    return row


def make_proposal(mentorship, by=None, *, days=3, times=2, **fields):
    """Let one of the two (the mentor) offer times, a day apart, from some days ahead on."""
    first = now() + timedelta(days=days)
    plan = Plan(tuple(first + n * timedelta(days=1) for n in range(times)), **fields)
    return propose_times(mentorship, plan, by=by or the_two(mentorship)[0])


def make_appointment(mentorship, **fields):
    """Let the mentee confirm the first of the times that the mentor offers."""
    proposal = make_proposal(mentorship, **fields)
    first = proposal.times.first().starts_at
    return confirm_time(proposal, by=the_two(mentorship)[1], starts_at=first)


def let_pass(appointment, *, minutes=0):
    """Put a planned meeting back so far that it ended just now, or some minutes ago."""
    ends_at = now() - timedelta(minutes=minutes)
    starts_at = ends_at - (appointment.ends_at - appointment.starts_at)
    Appointment.objects.filter(pk=appointment.pk).update(starts_at=starts_at, ends_at=ends_at)
    return Appointment.objects.get(pk=appointment.pk)
