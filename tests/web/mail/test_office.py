"""The letters between a person and the office, and answers to them by mail."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.test import Client

from lodestar.domain.common.time import now, set_clock
from lodestar.domain.messaging.actions import keep_wishes, take_in
from lodestar.domain.messaging.models import IncomingMail, Letter
from lodestar.domain.office.actions import answer_from_office
from lodestar.domain.office.models import Thread
from lodestar.domain.programs.actions import release_coordinator
from lodestar.web.mail.incoming import read_incoming
from lodestar.web.mail.jobs import send_letters
from lodestar.web.mail.reading.mime import key_of
from lodestar.web.mail.writing import write
from tests.factories.mentorships import make_reachable
from tests.factories.office import make_thread
from tests.factories.programs import make_coordinator, make_program
from tests.web.mail.reading.corpus import NEW, raw

pytestmark = pytest.mark.django_db
NIGHT = datetime(2026, 12, 1, 23, tzinfo=UTC)


@pytest.fixture(autouse=True)
def answerable(settings):
    settings.INBOUND_ADDRESS = "reply@replies.example.org"


@pytest.fixture
def lena():
    return make_reachable("Lena", "Berg")


@pytest.fixture
def thread(lena):
    program = make_program(slug="steps", coordinator=lena)
    return make_thread(make_reachable("Amina", "Odhiambo"), program, text="May I pause?")


def letter(kind):
    return Letter.objects.get(kind=kind)


def come_in(reply_to, sender):
    text = raw("gmail_plain", to=reply_to, From=f"{sender.public_id}@example.org")
    row = take_in(text, key=key_of(text), source="webhook")
    read_incoming(now())
    row.refresh_from_db()
    return row


def test_the_letter_to_the_office_leads_to_its_inbox_and_keeps_the_words(thread):
    sent = write(letter("office.written"), "lena@example.org")

    assert sent.subject == "Amina Odhiambo wrote to the office"
    assert f"/console/inbox/{thread.public_id}/" in sent.body
    assert "May I pause?" not in sent.body
    assert "Whoever answers first" in sent.body


def test_who_wishes_so_reads_the_words_and_that_it_is_theirs(thread, lena):
    Thread.objects.update(looked_after_by=lena)
    keep_wishes(lena, by=lena, reminder_kinds=[], has_words=True)

    sent = write(letter("office.written"), "lena@example.org")

    assert "| May I pause?" in sent.body
    assert "You look after this thread." in sent.body


def test_the_letter_to_the_person_leads_to_their_page(thread, lena):
    answer_from_office(thread, by=lena, text="Of course.")

    sent = write(letter("office.answered"), "amina@example.org")

    assert sent.subject == "First Steps has answered you"
    assert "/office/programs/steps/" in sent.body
    assert "Of course." not in sent.body


def test_both_sides_answer_by_mail(thread, lena):
    to_lena = write(letter("office.written"), "lena@example.org").reply_to[0]

    first = come_in(to_lena, lena)
    to_amina = write(letter("office.answered"), "amina@example.org").reply_to[0]
    Letter.objects.filter(kind="office.written").delete()
    text = raw("gmail_plain", to=to_amina, From=f"{thread.person.public_id}@example.org", **{"Message-ID": "<two@example.org>"})  # fmt: skip
    take_in(text, key=key_of(text), source="imap")
    read_incoming(now())

    assert first.status == IncomingMail.Status.POSTED
    written = list(thread.messages.values_list("author__given_name", "text"))
    assert written == [("Amina", "May I pause?"), ("Lena", NEW), ("Amina", NEW)]
    assert Thread.objects.get().status == Thread.Status.WAITING


def test_a_coordinator_who_was_released_can_answer_no_more(thread, lena):
    to_lena = write(letter("office.written"), "lena@example.org").reply_to[0]
    make_coordinator(thread.program, make_reachable("Per", "Lund"))
    release_coordinator(thread.program.coordinators.get(person=lena), by=lena)

    row = come_in(to_lena, lena)

    assert row.status == IncomingMail.Status.REFUSED
    assert thread.messages.count() == 1


def test_the_page_behind_a_letter_takes_an_answer_without_signing_in(thread, lena):
    body = write(letter("office.written"), "lena@example.org").body
    url = next(word for word in body.split() if "/m/" in word and word.startswith("http"))

    page = Client().get(url)
    Client().post(url, {"answer": "send", "text": "Of course."})

    assert "Write to Amina" in page.content.decode()
    assert thread.messages.filter(author=lena).get().text == "Of course."


@pytest.mark.parametrize(
    ("wishes", "status"),
    [({"quiet_from": 22, "quiet_until": 7}, "queued"), ({"messages": "daily"}, "gathered")],
)
def test_quiet_hours_and_the_daily_letter_are_heeded(thread, lena, wishes, status):
    keep_wishes(lena, by=lena, reminder_kinds=[], **wishes)

    set_clock(lambda: NIGHT)
    send_letters(NIGHT)

    assert (letter("office.written").status, mail.outbox) == (status, [])
