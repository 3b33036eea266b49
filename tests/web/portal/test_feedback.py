"""Answering a pulse and telling in confidence, from the portal."""

from datetime import timedelta

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.feedback.models import Concern, Pulse
from tests.factories.feedback import make_concern, make_pulse
from tests.factories.mentorships import make_mentorship, the_two
from tests.factories.people import signed_in

pytestmark = pytest.mark.django_db
ANSWER = {"meeting_count": "2", "usefulness": "4", "wish": "none", "text": ""}


def test_a_pulse_is_answered_from_the_portal():
    pulse = make_pulse()
    room = f"/mentorships/{pulse.mentorship.public_id}/"

    answer = signed_in(pulse.participant.person).post(f"/pulses/{pulse.public_id}/", ANSWER)

    pulse.refresh_from_db()
    assert answer["Location"] == room
    assert (pulse.meeting_count, pulse.usefulness, pulse.wish) == (2, 4, "none")


def test_half_an_answer_stays_and_says_what_is_missing():
    pulse = make_pulse()

    answer = signed_in(pulse.participant.person).post(
        f"/pulses/{pulse.public_id}/", {"meeting_count": "7"}
    )

    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()


def test_the_partner_cannot_see_or_answer_it():
    pulse = make_pulse()
    client = signed_in(the_two(pulse.mentorship)[0])

    answers = [
        client.get(f"/pulses/{pulse.public_id}/"),
        client.post(f"/pulses/{pulse.public_id}/", ANSWER),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Pulse.objects.get().answered_at is None


def test_a_closed_pulse_says_so_and_refuses():
    pulse = make_pulse(closes_at=now() - timedelta(days=1))
    client = signed_in(pulse.participant.person)

    page = client.get(f"/pulses/{pulse.public_id}/").content.decode()
    refused = client.post(f"/pulses/{pulse.public_id}/", ANSWER)

    assert "This question is closed" in page
    assert refused.status_code == 409


@pytest.mark.parametrize("kind", Concern.Kind.values)
def test_each_kind_of_concern_can_be_told_once(kind):
    mentorship = make_mentorship()
    client = signed_in(the_two(mentorship)[1])
    page = f"/mentorships/{mentorship.public_id}/concern/"

    for _ in range(2):
        client.post(page, {"kind": kind, "text": "Words"})

    assert list(Concern.objects.values_list("kind", "text")) == [(kind, "Words")]


def test_silence_is_told_in_one_tap():
    mentorship = make_mentorship()

    signed_in(the_two(mentorship)[1]).post(f"/mentorships/{mentorship.public_id}/silence/")

    assert Concern.objects.get().kind == "silence"


def test_a_concern_without_a_kind_keeps_its_words():
    mentorship = make_mentorship()

    answer = signed_in(the_two(mentorship)[1]).post(
        f"/mentorships/{mentorship.public_id}/concern/", {"text": "Kept"}
    )

    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()


def test_the_partner_sees_nothing_of_a_concern():
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    make_concern(mentorship, raised_by=mentee, kind="safety", text="CANARY-safety")
    room = f"/mentorships/{mentorship.public_id}/"

    own, partners = (signed_in(p).get(room).content.decode() for p in (mentee, mentor))

    assert "You told us something" in own
    assert "CANARY" not in own
    assert "You told us something" not in partners
    assert "CANARY" not in partners
