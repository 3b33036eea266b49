"""Letters that wait for a person's look."""

import pytest
from django.core import mail

from lodestar.domain.common.time import now
from lodestar.domain.messaging import actions
from lodestar.web.mail.jobs import send_letters
from tests.factories.messaging import make_code_letter, make_letter, outcome_of
from tests.factories.people import make_person, make_role, signed_in

pytestmark = pytest.mark.django_db
PAGE = "/console/letters/"


@pytest.fixture
def admin():
    return signed_in(make_role(make_person(given_name="Ada")).person)


def unsure_letter():
    letter = make_letter(to=make_person(given_name="Ruth", email="ruth@example.org"))
    actions.mark_unsure(actions.claim_letter(now()), problem="cut off")
    return letter


def test_an_admin_sees_to_whom_and_why_but_not_what_about(admin):
    letter = unsure_letter()
    make_code_letter(email="secret@example.org")
    actions.mark_dead(actions.claim_letter(now()), problem="550")

    page = admin.get(PAGE).content.decode()

    assert "Ruth Odhiambo" in page
    assert "cut off" in page
    assert letter.kind not in page
    assert "secret@example.org" not in page


def test_a_letter_is_sent_after_all_and_only_once(admin):
    letter = unsure_letter()

    answers = [admin.post(f"{PAGE}{letter.public_id}/release/").status_code for _ in range(2)]
    send_letters(now())

    assert answers == [302, 404]
    assert (outcome_of(letter), [m.to for m in mail.outbox]) == ("sent", [["ruth@example.org"]])


def test_nobody_else_sees_or_sends_them():
    letter = unsure_letter()
    member = signed_in(make_person())

    answers = [
        member.get(PAGE).status_code,
        member.post(f"{PAGE}{letter.public_id}/release/").status_code,
    ]

    assert (answers, outcome_of(letter)) == ([404, 404], "unsure")


def test_no_letters_is_said_kindly(admin):
    assert "Nothing needs you" in admin.get(PAGE).content.decode()


def test_a_huge_page_number_is_the_last_page(admin):
    unsure_letter()

    assert admin.get(PAGE, {"page": "9" * 30}).status_code == 200
