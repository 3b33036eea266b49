"""One answer comes by two ways at the same instant, and two workers read it, on a database with real row locks."""

import pytest

from lodestar.domain.common.time import now
from lodestar.domain.mentorships.actions import end_mentorship, write_message
from lodestar.domain.mentorships.models import Message
from lodestar.domain.messaging.actions import take_in
from lodestar.domain.messaging.models import IncomingMail, Letter
from lodestar.web.mail.incoming import read_incoming
from lodestar.web.mail.reading.mime import key_of
from lodestar.web.mail.writing import write
from tests.factories.mentorships import make_mentorship, the_two
from tests.races import at_once, on_postgresql
from tests.web.mail.reading.corpus import NEW, raw

pytestmark = [pytest.mark.django_db(transaction=True), on_postgresql]


@pytest.fixture
def answered(settings):
    """Return a mentorship and the mail of its mentor that answers the mentee."""
    settings.INBOUND_ADDRESS = "reply@replies.example.org"
    mentorship = make_mentorship()
    mentor, mentee = the_two(mentorship)
    write_message(mentorship, by=mentee, text="When?")
    letter = Letter.objects.get(kind="mentorships.message")
    to = write(letter, "ruth@example.org").reply_to[0]
    return mentorship, raw("gmail_plain", to=to, From=f"{mentor.public_id}@example.org")


def bring(text, source):
    take_in(text, key=key_of(text), source=source)
    read_incoming(now())


def test_by_both_ways_at_once_it_is_one_message(answered):
    _mentorship, text = answered

    refused = at_once(
        *(lambda source=source: bring(text, source) for source in ("webhook", "imap") * 3)
    )

    assert refused == []
    assert IncomingMail.objects.count() == 1
    assert list(Message.objects.values_list("text", flat=True)) == ["When?", NEW]


def test_an_answer_and_the_end_at_once_are_posted_or_told(answered):
    mentorship, text = answered
    mentor, mentee = the_two(mentorship)

    at_once(
        lambda: bring(text, "webhook"),
        lambda: end_mentorship(mentorship, by=mentee, reason="time"),
    )

    posted = Message.objects.filter(author=mentor).exists()
    told = Letter.objects.filter(kind="replies.refused", person=mentor).exists()
    assert (posted, told) in ((True, False), (False, True))
