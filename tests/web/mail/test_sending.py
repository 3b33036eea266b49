"""Letters leave the house one by one."""

import pytest
from django.core import mail

from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail import jobs
from tests.factories.messaging import make_code_letter, make_letter, outcome_of

pytestmark = pytest.mark.django_db
Status = Letter.Status


def test_a_sent_letter_is_sent_once():
    letter = make_letter()

    jobs.send_letters(now())
    jobs.send_letters(now())

    assert outcome_of(letter) == Status.SENT
    assert [(m.to, m.subject) for m in mail.outbox] == [
        (["amina@example.org"], "Your sign-in address was changed")
    ]
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<{letter.public_id}.letter@testserver>"


def test_sign_in_goes_first_and_its_code_is_forgotten():
    ordinary, code = make_letter(), make_code_letter()

    jobs.send_letters(now())

    assert [m.to for m in mail.outbox] == [["amina@example.org"]] * 2
    assert "BCDF-GHJK" in mail.outbox[0].body
    assert outcome_of(code) == outcome_of(ordinary) == Status.SENT
    assert code.words == {}
