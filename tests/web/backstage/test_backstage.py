"""The demo's clock and its outbox."""

import mailbox
from datetime import timedelta

import pytest
from django.utils import timezone

from lodestar.demo import stagehand
from lodestar.demo.clock import demo_now
from lodestar.domain.common.time import set_clock
from lodestar.web.backstage.outbox import Kept, folder
from lodestar.web.mail.writing import write
from tests.factories.messaging import make_code_letter, make_letter

pytestmark = pytest.mark.django_db
CLOCK, OUTBOX = "/demo/clock/", "/demo/outbox/"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def keep(letter, to="amina@example.org"):
    folder().parent.mkdir(exist_ok=True)
    sent = write(letter, to).message().as_bytes().replace(b"\n", b"\r\n")  # as SMTP carries it
    return mailbox.Maildir(folder(), create=True).add(sent)


def days_ahead():
    return round((demo_now() - timezone.now()) / timedelta(days=1), 3)


@pytest.mark.parametrize(
    ("typed", "ahead"), [("+7 days", 7), ("-2 weeks", -14), ("+ 36 hours", 1.5), ("+1 day", 1)]
)
def test_the_clock_steps(client, typed, ahead):
    answer = client.post(f"{CLOCK}set/", {"moment": typed})

    assert (answer.status_code, days_ahead()) == (302, ahead)


def test_the_clock_is_set_to_a_moment_and_back(client):
    set_clock(demo_now)

    client.post(f"{CLOCK}set/", {"moment": "2030-01-15 18:00"})
    page = client.get(CLOCK).content.decode()
    client.post(f"{CLOCK}reset/")

    assert "15 January 2030, 18:00" in page
    assert days_ahead() == 0


@pytest.mark.parametrize("typed", ["soon", "", "+99999 days", "9999-12-31 00:00", "2030-13-45"])
def test_nonsense_leaves_the_clock_alone(client, typed):
    answer = client.post(f"{CLOCK}set/", {"moment": typed})

    assert (answer.status_code, days_ahead()) == (422, 0)


def test_limits_are_switched(client):
    seen = []
    for word in ("off", "on"):
        client.post(f"{CLOCK}limits/", {"limits": word})
        seen.append(stagehand.are_limits_on())

    assert seen == [False, True]


def test_the_outbox_shows_codes_and_finds_an_address(client):
    keep(make_code_letter(code="BCDF-GHJK"))
    keep(make_letter(), to="ruth@example.org")

    everything = client.get(OUTBOX).content.decode()
    hers = client.get(OUTBOX, {"address": "RUTH@"}).content.decode()

    assert "BCDF-GHJK" in everything
    assert "ruth@example.org" in everything
    assert "BCDF-GHJK" not in hers
    assert "ruth@example.org" in hers


def test_a_letter_is_shown_as_text_and_safely_as_html(client):
    keep(make_code_letter())
    path = next((folder() / "new").glob("*")).name

    page = client.get(f"{OUTBOX}{path}/")
    html = client.get(f"{OUTBOX}{path}/html/")

    assert "BCDF-GHJK" in page.content.decode()
    assert "frame-src 'self'" in page["Content-Security-Policy"]
    assert html["Content-Security-Policy"].startswith("default-src 'none'")
    assert "sandbox" in html["Content-Security-Policy"]
    assert "BCDF-GHJK" in html.content.decode()


@pytest.mark.parametrize("name", ["nothing", "..%2f..%2fetc", "...", "%00"])
def test_what_is_not_a_letter_is_not_found(client, name):
    assert client.get(f"{OUTBOX}{name}/").status_code == 404


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_code_is_found_whatever_ends_the_lines_of_the_letter(ending):
    text = ending.join(["Type it on the page:", "", "    BCDF-GHJK", "", "-- ", "Halden"])

    assert Kept("name", "Your code", "a@example.org", None, text, "").code == "BCDF-GHJK"
