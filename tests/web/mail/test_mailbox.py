"""Answers are fetched from a mailbox: each once, however the line breaks."""

import pytest

from lodestar.config import ready
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import take_in
from lodestar.domain.messaging.models import IncomingMail
from lodestar.web.mail.mailbox import MOST_BYTES, place, poll_mailbox, why_away
from lodestar.web.mail.reading.mime import key_of
from tests.web.mail.imap import Mailbox, Server
from tests.web.mail.reading.corpus import raw

pytestmark = pytest.mark.django_db
ONE, TWO = raw("gmail_plain"), raw("outlook_german")


@pytest.fixture
def serve(settings):
    servers = []

    def start(*mails, **how):
        server = Server(Mailbox(*mails, **how))
        servers.append(server)
        settings.INBOUND_IMAP_URL = server.url
        return server.box

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def rows():
    return sorted(bytes(row.raw) for row in IncomingMail.objects.all())


def test_what_lies_there_is_taken_in_and_marked_as_seen(serve):
    box = serve(ONE, TWO)

    assert (poll_mailbox(now()), poll_mailbox(now())) == (2, 0)
    assert rows() == sorted([ONE, TWO])
    assert (box.seen, {row.source for row in IncomingMail.objects.all()}) == ({1, 2}, {"imap"})
    assert "LOGIN reply@example.org" in next(s for s in box.said if "LOGIN" in s).replace('"', "")


def test_what_came_by_the_other_way_too_is_one_row(serve):
    take_in(ONE, key=key_of(ONE), source="webhook")
    box = serve(b"Received: from elsewhere\n" + ONE)

    poll_mailbox(now())

    assert (IncomingMail.objects.count(), box.seen) == (1, {1})


@pytest.mark.parametrize("word", ["LOGIN", "SELECT", "SEARCH", "FETCH", "STORE", "LOGOUT"])
def test_a_line_that_breaks_loses_nothing_and_takes_nothing_twice(serve, word):
    box = serve(ONE, TWO, dies_after=word)

    poll_mailbox(now())
    box.dies_after = ""
    poll_mailbox(now())

    assert rows() == sorted([ONE, TWO])
    assert box.seen == {1, 2}


def test_of_a_mail_that_is_too_large_only_the_beginning_is_taken(serve):
    long = ONE + b"\n" + b"A" * 300_000
    box = serve(long, claims_size=MOST_BYTES + 1)

    poll_mailbox(now())

    row = IncomingMail.objects.get()
    assert (row.is_cut, bytes(row.raw), box.seen) == (True, long[: 256 * 1024], {1})


def test_a_server_that_is_away_is_told_by_the_doctor_and_harms_nobody(settings, caplog):
    settings.INBOUND_IMAP_URL = "imap://a:hidden-word@127.0.0.1:9/INBOX"

    assert poll_mailbox(now()) == 0

    (sentence,) = ready.wrong_with_answers()
    assert sentence.startswith("The mailbox for answers does not answer (ConnectionRefusedError")
    assert "hidden-word" not in sentence + caplog.text
    assert "does not answer" in caplog.text


def test_a_wrong_password_is_told(serve):
    serve(ONE, password="other")

    assert "wrong password" in why_away()


def test_the_doctor_says_what_is_missing(settings):
    settings.INBOUND_ADDRESS, settings.INBOUND_SECRET = "reply@x.example.org", ""
    IncomingMail.objects.create(key="k", source="imap", status=IncomingMail.Status.FAILED)

    said = ready.wrong_with_answers()

    assert [sentence.split(",")[0].split(";")[0] for sentence in said] == [
        "1 mails that came in could not be read",
        "Letters say that one can answer them",
    ]


def test_without_a_mailbox_nothing_is_asked(settings):
    settings.INBOUND_IMAP_URL = ""

    assert (place(), poll_mailbox(now()), why_away()) == (None, 0, "")


def test_an_address_is_read_with_what_it_leaves_out(settings):
    settings.INBOUND_IMAP_URL = "imaps://reply%40example.org:a%2Fb@mail.example.org"

    found = place()

    assert (found.host, found.port, found.user, found.password, found.folder, found.is_tls) == (
        "mail.example.org", 993, "reply@example.org", "a/b", "INBOX", True,
    )  # fmt: skip
