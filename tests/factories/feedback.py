"""Pulses and concerns."""

from datetime import timedelta

from lodestar.domain.common.time import now, today
from lodestar.domain.feedback.models import Concern, Pulse
from tests.factories.mentorships import make_mentorship, the_two


def make_pulse(mentorship=None, *, side="mentee", **facts):
    """Make a pulse that was asked a moment ago and is open."""
    mentorship = mentorship or make_mentorship()
    defaults = {
        "participant": getattr(mentorship.match, side),
        "due_on": today(),
        "asked_at": now(),
        "closes_at": now() + timedelta(days=21),
    }
    return Pulse.objects.create(mentorship=mentorship, **(defaults | facts))


def make_concern(mentorship=None, *, raised_by=None, kind="contact", **facts):
    mentorship = mentorship or make_mentorship()
    return Concern.objects.create(
        mentorship=mentorship,
        program=mentorship.match.mentor.cohort.program,
        raised_by=raised_by or the_two(mentorship)[1],
        kind=kind,
        **facts,
    )
