"""The mail server brings what came in, and nobody else can."""

import hmac
from hashlib import sha256

import pytest
from django.test import Client

from lodestar.domain.common.time import now
from lodestar.domain.messaging.models import IncomingMail
from tests.web.mail.brought import SECRET, bring
from tests.web.mail.reading.corpus import raw

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def answerable(settings):
    settings.INBOUND_ADDRESS = "reply@replies.example.org"
    settings.INBOUND_SECRET = SECRET


def signed(text: bytes, at: float, secret=SECRET) -> dict:
    stamp = str(int(at))
    mark = hmac.new(secret.encode(), f"{stamp}.".encode() + text, sha256).hexdigest()
    return {
        "HTTP_AUTHORIZATION": "",
        "HTTP_X_INBOUND_TIMESTAMP": stamp,
        "HTTP_X_INBOUND_SIGNATURE": mark,
    }


TEXT = raw("gmail_plain")


@pytest.mark.parametrize(
    ("text", "more", "status"),
    [
        (TEXT, {}, 204),
        (TEXT, {"HTTP_AUTHORIZATION": "Bearer wrong"}, 401),
        (TEXT, {"HTTP_AUTHORIZATION": "Basic " + SECRET}, 401),
        (TEXT, {"HTTP_AUTHORIZATION": ""}, 401),
        (b"", {}, 400),
        (b"x" * (30 * 1024 * 1024 + 1), {}, 413),
    ],
    ids=["known", "wrong", "basic", "none", "empty", "large"],
)
def test_who_may_bring_a_mail_and_which(text, more, status):
    assert bring(text, **more).status_code == status
    assert IncomingMail.objects.count() == (status == 204)


@pytest.mark.parametrize(
    ("late", "secret", "changed", "status"),
    [(0, SECRET, b"", 204), (301, SECRET, b"", 401), (-301, SECRET, b"", 401), (0, "other", b"", 401), (0, SECRET, b"x", 401)],
)  # fmt: skip
def test_a_mail_may_be_signed_instead(late, secret, changed, status):
    more = signed(TEXT, now().timestamp() - late, secret)

    assert bring(TEXT + changed, **more).status_code == status


def test_without_a_secret_nobody_brings_anything(settings):
    settings.INBOUND_SECRET = ""

    assert bring(TEXT).status_code == 404
    assert bring(TEXT, HTTP_AUTHORIZATION="Bearer ").status_code == 404
    assert Client().get("/m/in/").status_code == 405
