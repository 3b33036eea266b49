"""Hostile names do no harm in a letter."""

import email
import email.policy
import re

import pytest

from lodestar.domain.people.models import Association
from lodestar.web.mail import registry
from lodestar.web.mail.registry import Button, Kind, Written
from lodestar.web.mail.words import JOINER, Verbatim, fenced, plain, safe_facts, subject_line
from lodestar.web.mail.writing import write
from tests.factories.messaging import make_letter
from tests.factories.people import make_person

HOSTILE = [
    "Ada\r\nBcc: everyone@example.org",
    "Ada\nContent-Type: text/html\n\n<h1>owned</h1>",
    "Ada\r\n.\r\nMAIL FROM:<x@example.org>",
    "Ada\x00\x08\x1b[2J",
    "Ada\u2028Subject: x",
    "=?utf-8?q?Ada=0D=0ABcc:_x?=",
    "\u202egro.elpmaxe\u202c",
    "www.evil.example",
    "http://evil.example/login",
    "https://evil.example",
    "evil.example/reset",
    "javascript:alert(1)",
    "mailto:thief@evil.example",
    "thief@evil.example",
    "Free prize at evil.example now",
    "<a href='https://evil.example'>Ada</a>",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ letter.person.account.email }}",
    "{% load static %}{% include 'base.html' %}",
    "%(name)s %s {0} {user.password}",
    "Ada" * 3000,
    "\U0001f469\u200d\U0001f52c Ada",
    "ليلى المنصوري",
    "e\u0301" * 50,
    "ｅｖｉｌ．ｅｘａｍｐｌｅ",
    "evil。example",
    "",
    "   ",
]
AUTOLINKED = re.compile(
    r"(?:https?:|www\.|mailto:|[\w.+-]+@[\w-]+\.)|[a-z0-9-]{2,}[.。．][a-z]{2,}", re.IGNORECASE
)


@pytest.fixture
def names_kind(monkeypatch):
    def made(name):
        def write_it(_letter):
            return Written(
                subject=f"{name} wrote to you",
                template="mail/accounts/moved.txt",
                facts={"contact": name},
                button=Button("Open", "http://testserver/home/"),
            )

        monkeypatch.setitem(
            registry.KINDS, "test.names", Kind("test.names", write_it, False, False)
        )
        return "test.names"

    return made


@pytest.mark.django_db
@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_name_stays_a_name(name, names_kind):
    stored = name[:60].replace("\x00", "")  # PostgreSQL refuses it before we do
    Association.objects.create(name=f"{stored} College")
    letter = make_letter(names_kind(name), to=make_person(email="amina@example.org"))

    bytes_sent = write(letter, "amina@example.org").message().as_bytes()

    mail = email.message_from_bytes(bytes_sent, policy=email.policy.default)
    allowed = {"Subject", "From", "To", "Date", "Message-ID", "MIME-Version", "Content-Type"}
    allowed |= {"Auto-Submitted", "X-Auto-Response-Suppress", "Content-Language"}
    assert set(mail.keys()) == allowed
    assert [a.addr_spec for a in mail["To"].addresses] == ["amina@example.org"]
    assert [a.addr_spec for a in mail["From"].addresses] == ["lodestar@localhost"]
    assert len(str(mail["Subject"]).strip()) <= 150
    html = mail.get_body(("html",)).get_content()
    addresses = set(re.findall(r'(?:href|src)="([^"]*)"', html))
    own = {each for each in addresses if re.fullmatch(r"http://testserver/m/[\w-]+/[\w-]+/", each)}
    assert addresses - own == {"http://testserver/home/"}
    assert not re.search(r"<script|<img|onerror=(?!a)", html)


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_fenced_name_is_linked_by_no_mail_program(name):
    told = fenced(name)

    assert not AUTOLINKED.search(told)
    assert "\n" not in told
    assert told.replace(JOINER, "") == plain(name)[:2000]


@pytest.mark.parametrize("name", HOSTILE, ids=range(len(HOSTILE)))
def test_a_subject_is_one_short_line(name):
    line = subject_line(name)

    assert len(line) <= 150
    assert line.isprintable()


def test_times_and_decimals_stay_as_they_are():
    assert fenced("18:00, 3.5 hours, Dr. Okafor: yes.") == "18:00, 3.5 hours, Dr. Okafor: yes."


def test_what_is_ours_is_not_fenced():
    facts = safe_facts({"address": Verbatim("help@example.org"), "names": ["a.example", 3]})

    assert facts == {"address": "help@example.org", "names": [f"a{JOINER}.{JOINER}example", 3]}


@pytest.mark.django_db
def test_a_row_cannot_be_told():
    with pytest.raises(TypeError, match="never rows"):
        safe_facts({"person": make_person()})
