"""A whole Lodestar for stories in a browser: the demo, started as a person would start it."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.screens import CHROMIUM, chromium, sign_in

HOME = Path(__file__).parents[2]
SECONDS_TO_RISE = 240  # two rise at once on two cores


@dataclass(frozen=True)
class Server:
    """A running demo, and the seconds it took to answer for the first time."""

    address: str
    seconds: float
    process: "subprocess.Popen[bytes]"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def is_up(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
            return answer.status == 200
    except (urllib.error.URLError, OSError):
        return False


def raise_demo(folder: Path) -> Server:
    port, mail_port = free_port(), free_port()
    of_the_tests = ("DATABASE_URL", "BASE_URL", "DEMO", "TIME_ZONE", "DJANGO_SETTINGS_MODULE")
    environment = {k: v for k, v in os.environ.items() if k not in of_the_tests}
    environment["RATE_LIMITED"] = "0"
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "lodestar", "demo", "--port", str(port), "--mail-port", str(mail_port),
         "--folder", str(folder)],
        cwd=HOME, env=environment,
    )  # fmt: skip
    server = f"http://localhost:{port}"
    while not is_up(server):
        assert process.poll() is None, "the demo ended before it answered"
        assert time.monotonic() - began < SECONDS_TO_RISE, "the demo did not rise"
        time.sleep(0.2)
    return Server(server, time.monotonic() - began, process)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    if not Path(CHROMIUM).exists():
        pytest.skip(f"Journeys need Chromium at {CHROMIUM}: apt-get install chromium.")
    folder = tmp_path_factory.mktemp("demo")
    running = raise_demo(folder)
    yield running
    running.process.send_signal(signal.SIGINT)
    status = running.process.wait(timeout=30)
    shutil.rmtree(folder, ignore_errors=True)
    assert status == 0


@pytest.fixture(scope="session")
def browser():
    with chromium() as running:
        yield running


@pytest.fixture
def enter(server, browser):
    """Return a function that opens a browser of one's own, signed in if an address is given."""
    contexts = []

    def open_as(email: str = "", **options):
        context = browser.new_context(viewport={"width": 1280, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(server.address)
        if email:
            sign_in(page, server.address, email)
        return page

    yield open_as
    for context in contexts:
        context.close()
