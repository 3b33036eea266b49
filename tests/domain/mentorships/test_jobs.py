"""Pairs that have not met are asked once."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import now, today
from lodestar.domain.mentorships.actions import log_meeting
from lodestar.domain.mentorships.jobs import remind_unmet_pairs
from lodestar.domain.messaging.models import Letter
from tests.factories.mentorships import make_mentorship, the_two

pytestmark = pytest.mark.django_db


def test_nothing_is_due_within_the_first_days():
    make_mentorship()

    assert remind_unmet_pairs(now() + timedelta(days=13)) == 0
    assert Letter.objects.count() == 0


def test_a_pair_that_met_hears_nothing():
    mentorship = make_mentorship()
    log_meeting(mentorship, by=the_two(mentorship)[0], held_on=today())

    assert remind_unmet_pairs(now() + timedelta(days=20)) == 0


def test_both_are_asked_once_however_often_the_job_runs():
    mentorship = make_mentorship()
    later = now() + timedelta(days=20)

    remind_unmet_pairs(later)
    remind_unmet_pairs(later)

    assert set(Letter.objects.values_list("kind", "person")) == {
        ("mentorships.unmet", person.pk) for person in the_two(mentorship)
    }
    assert Letter.objects.count() == 2


def test_nobody_is_asked_to_meet_a_partner_who_is_shut_out():
    mentor, _mentee = the_two(make_mentorship())
    mentor.blocked_at = now()
    mentor.save()

    assert remind_unmet_pairs(now() + timedelta(days=20)) == 0
    assert Letter.objects.count() == 0
