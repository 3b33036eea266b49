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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest

from lodestar.demo.stamp import is_built
from tests.journeys.screens import CHROMIUM, chromium, sign_in

HOME = Path(__file__).parents[2]
WORKER = "PYTEST_XDIST_WORKER"
SECONDS_TO_RISE = 240  # two rise at once on two cores
BUILD = """
from pathlib import Path
from lodestar.config.stage import build, pretend
pretend(Path({folder!r}), "{port}", "0")
raise SystemExit(build())
"""


@dataclass(frozen=True)
class Server:
    """A running demo."""

    address: str
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


def environment() -> dict[str, str]:
    of_the_tests = ("DATABASE_URL", "BASE_URL", "DEMO", "TIME_ZONE", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in of_the_tests}
    return kept | {"RATE_LIMITED": "0"}


@contextmanager
def one_at_a_time(folder: Path) -> Iterator[None]:
    """Hold a lock that the other processes of the suite wait for."""
    with (folder / "lock").open("w") as file:
        flock(file, LOCK_EX)
        yield


def built_once(shared: Path) -> Path:
    """Return the folder in which the first process builds the college; the others wait for it."""
    folder = shared / "college"
    with one_at_a_time(shared):
        if not is_built(folder):
            code = BUILD.format(folder=str(folder), port=free_port())
            subprocess.run([sys.executable, "-c", code], cwd=HOME, env=environment(), check=True)
    return folder


def raise_demo(folder: Path) -> Server:
    port, mail_port = free_port(), free_port()
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "lodestar", "demo", "--port", str(port), "--mail-port", str(mail_port),
         "--folder", str(folder)],
        cwd=HOME, env=environment(),
    )  # fmt: skip
    server = f"http://localhost:{port}"
    while not is_up(server):
        assert process.poll() is None, "the demo ended before it answered"
        assert time.monotonic() - began < SECONDS_TO_RISE, "the demo did not rise"
        time.sleep(0.2)
    return Server(server, process)


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    if not Path(CHROMIUM).exists():
        pytest.skip(f"Journeys need Chromium at {CHROMIUM}: apt-get install chromium.")
    folder = tmp_path_factory.mktemp("demo")
    # The processes of the suite have neighbouring folders, and the one above them in common.
    shared = tmp_path_factory.getbasetemp().parent if os.environ.get(WORKER) else folder.parent
    shutil.copytree(built_once(shared), folder, dirs_exist_ok=True)
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
