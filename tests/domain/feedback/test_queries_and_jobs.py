"""Who is asked when, and who finds which pulse."""

from datetime import timedelta

import pytest

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now, today
from lodestar.domain.feedback import queries
from lodestar.domain.feedback.jobs import ask_due_pulses
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.mentorships.actions import log_meeting, pause_mentorship
from lodestar.domain.mentorships.models import Meeting
from lodestar.domain.messaging.models import Letter
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db


def test_nothing_is_due_before_day_30():
    make_mentorship()

    assert ask_due_pulses(now() + timedelta(days=29)) == 0
    assert Pulse.objects.count() == 0


def test_both_are_asked_at_day_30_once_and_reminded_once():
    make_mentorship()
    day_30 = now() + timedelta(days=30)

    counts = [
        ask_due_pulses(day_30),
        ask_due_pulses(day_30),
        ask_due_pulses(day_30 + timedelta(days=5)),
        ask_due_pulses(day_30 + timedelta(days=6)),
        ask_due_pulses(day_30 + timedelta(days=60)),
    ]

    assert counts == [2, 0, 2, 0, 2]
    assert sorted(Letter.objects.values_list("kind", flat=True)) == [
        *["feedback.pulse"] * 4,
        *["feedback.reminder"] * 2,
    ]


def test_earlier_days_of_another_design_are_not_asked_after_the_fact():
    mentorship = make_mentorship(began_at=now() - timedelta(days=40))
    ask_due_pulses(now() - timedelta(days=10))
    design = mentorship.match.mentor.cohort.design
    design.pulse_first_days, design.pulse_every_days = 14, 28
    design.save()

    counts = [ask_due_pulses(now() + timedelta(days=days)) for days in (1, 5, 30)]

    assert counts == [2, 2, 2]
    days = Pulse.objects.filter(participant=mentorship.match.mentor).order_by("due_on")
    began_on = mentorship.began_at.date()
    assert [(pulse.due_on - began_on).days for pulse in days] == [30, 42, 70]


def test_who_answered_is_not_reminded():
    make_pulse(answered_at=now(), asked_at=now() - timedelta(days=6))

    assert list(queries.pulses_to_remind(now())) == []


def test_a_mentor_of_two_is_asked_two_weeks_apart():
    mentor = make_person()
    make_mentorship(mentor=mentor)
    make_mentorship(mentor=mentor)
    day_30 = now() + timedelta(days=30)

    ask_due_pulses(day_30)
    at_once = Pulse.objects.filter(participant__person=mentor).count()
    ask_due_pulses(day_30 + timedelta(days=14))

    assert at_once == 1
    assert Pulse.objects.filter(participant__person=mentor).count() == 2


def test_paused_pairs_and_closed_accounts_are_left_in_peace():
    paused, blocked = make_mentorship(), make_mentorship()
    pause_mentorship(paused, by=the_two(paused)[0])
    mentor, mentee = the_two(blocked)
    mentor.blocked_at = now()
    mentor.save()

    askings = list(queries.askings(now() + timedelta(days=30)))

    assert [asking.participant.person for asking in askings] == [mentee]


def test_a_pulse_is_found_by_whom_it_asks_and_by_nobody_else():
    pulse = make_pulse(side="mentee")
    mentor, mentee = the_two(pulse.mentorship)

    assert queries.pulse_for(mentee, pulse.public_id) == pulse
    assert list(queries.open_pulses(mentee)) == [pulse]
    assert list(queries.open_pulses(mentor)) == []
    with pytest.raises(NotFoundError):
        queries.pulse_for(mentor, pulse.public_id)


def test_answered_and_closed_pulses_wait_no_longer():
    mentorship = make_mentorship()
    make_pulse(mentorship, answered_at=now())
    make_pulse(mentorship, due_on=today() - timedelta(days=60), closes_at=now())

    assert list(queries.open_pulses(the_two(mentorship)[1])) == []


def test_the_first_guess_counts_the_meetings_since_the_last_pulse():
    mentorship = make_mentorship(began_at=now() - timedelta(days=100))
    mentor = the_two(mentorship)[0]
    first = make_pulse(mentorship, due_on=today() - timedelta(days=60))
    Meeting.objects.create(
        mentorship=mentorship, held_on=today() - timedelta(days=70), minutes=30, logged_by=mentor
    )
    log_meeting(mentorship, by=mentor, held_on=today() - timedelta(days=10))
    second = make_pulse(mentorship)

    assert queries.meetings_since_last(first) == 2
    assert queries.meetings_since_last(second) == 1


def test_own_concerns_are_never_the_partners():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    concern = make_concern(mentorship, raised_by=mentee)

    assert list(queries.own_concerns(mentee, mentorship)) == [concern]
    assert list(queries.own_concerns(mentor, mentorship)) == []
