"""What stands in a mail, whatever program wrote it."""

import pytest

from lodestar.web.mail.reading.cutting import new_words
from lodestar.web.mail.reading.mime import key_of, read
from tests.web.mail.reading.corpus import BY_MACHINES, BY_PEOPLE, FOLDER, OURS, raw


def test_every_mail_of_the_corpus_is_spoken_of():
    assert {path.stem for path in FOLDER.glob("*.eml")} == {*BY_PEOPLE, *BY_MACHINES}


@pytest.mark.parametrize("name", BY_PEOPLE)
def test_what_a_person_wrote_is_found_and_nothing_else(name):
    arrived = read(raw(name))

    assert new_words(arrived.text, OURS) == BY_PEOPLE[name]
    assert (arrived.sender, arrived.by_machine) == ("ruth@example.org", "")


@pytest.mark.parametrize("name", BY_MACHINES)
def test_what_a_machine_wrote_is_known_by_a_sign(name):
    assert read(raw(name)).by_machine == BY_MACHINES[name]


def test_only_what_was_attached_counts_as_a_file():
    assert read(raw("with_attachment")).files == ("Lebenslauf für Amina.pdf",)
    assert read(raw("gmail_html")).files == ()


def test_a_mail_has_the_same_key_by_whatever_way_it_came():
    by_hand = raw("gmail_plain")
    by_way = b"Received: from a by b\nX-Spam: no\n" + by_hand

    assert key_of(by_way) == key_of(by_hand)
    assert key_of(raw("gmail_wrapped")) != key_of(by_hand)
    assert key_of(raw("gmail_plain", to="reply+other@x.org")) != key_of(by_hand)


def test_a_mail_without_a_name_is_known_by_what_it_says():
    nameless = b"\n".join(
        line for line in raw("gmail_plain").split(b"\n") if not line.startswith(b"Message-ID")
    )

    assert key_of(nameless) == key_of(b"Received: x\n" + nameless)
    assert key_of(nameless) != key_of(nameless.replace(b"Thursday", b"Friday"))


@pytest.mark.parametrize(
    "odd",
    [
        b"",
        b"\n\n\n",
        b"not a mail at all",
        b"From: =?utf-8?b?!!!!?= <x@y>\nTo: \xff\xfe\n\nhello",
        b"Content-Type: multipart/mixed\n\nno border",
        b"Content-Type: text/plain; charset=klingon\n\n\xff\xfe hello",
        b"Content-Type: text/plain\nContent-Transfer-Encoding: base64\n\n!!!!",
        b"Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: message/rfc822\n\nFrom: z\n\nhi\n--a--",
        b"Subject: x\nContent-Disposition: attachment; filename=\"=?utf-8?q?=FF?=\"\n\n\x00\x00",
    ],
)  # fmt: skip
def test_whatever_comes_is_read_without_harm(odd):
    arrived = read(odd)

    assert "\x00" not in arrived.text
    assert isinstance(key_of(odd), str)
