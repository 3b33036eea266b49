"""A whole house in processes of its own, so that a test can kill them."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lodestar.config import children
from tests import migrated

HOME = Path(__file__).parents[2]
MIGRATE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""
PRELUDE = """
import json, django
django.setup()
def tell(value): print("told:" + json.dumps(value))
"""


class House:
    """Runs commands against a database of its own and a mail server on a port."""

    def __init__(self, folder: Path, database_url: str, mail_port: int) -> None:
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "lodestar.config.settings",
            "DEMO": "1",
            "RATE_LIMITED": "0",
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "BASE_URL": "http://localhost:8000",
            "PYTHONPATH": str(HOME / "src"),
        }
        self.children: list[subprocess.Popen[bytes]] = []

    def ask(self, program: str) -> object:
        """Run a few lines inside the house and return what they `tell`."""
        done = subprocess.run(
            [sys.executable, "-c", PRELUDE + program],
            env=self.environment, cwd=HOME, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told = [line for line in done.stdout.splitlines() if line.startswith("told:")]
        return json.loads(told[-1].removeprefix("told:")) if told else None

    def start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        child = subprocess.Popen(command, env=self.environment, cwd=HOME, start_new_session=True)
        self.children.append(child)
        return child

    def worker(self) -> "subprocess.Popen[bytes]":
        return self.start(children.worker("--queue-name", "post"))

    def clock(self) -> "subprocess.Popen[bytes]":
        return self.start(children.clock())

    def end(self) -> None:
        for child in self.children:
            if child.poll() is None:
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()


def kill(child: "subprocess.Popen[bytes]") -> None:
    """As the power cut does: no warning, no tidying up."""
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


@contextmanager
def new_house(folder: Path, mail_port: int, *, is_migrated: bool = False) -> Iterator[House]:
    """A house with a database of its own, empty if not migrated, of the kind the suite runs on."""
    suite = os.environ.get("DATABASE_URL", "")
    if suite.startswith("postgres"):
        url, name = database_in(suite, is_migrated=is_migrated)
    else:
        url, name = f"sqlite:///{folder / 'house.sqlite3'}", ""
        if is_migrated:
            migrated.migrate(url)
    house = House(folder, url, mail_port)
    try:
        yield house
    finally:
        house.end()
        if name:
            drop(suite, name)


@contextmanager
def open_house(folder: Path, mail_port: int, begin: str = "") -> Iterator[House]:
    with new_house(folder, mail_port, is_migrated=True) as house:
        if begin:
            house.ask(begin)
        yield house


def database_in(server: str, *, is_migrated: bool) -> tuple[str, str]:
    """Make a database in the server; return its address and name."""
    name = f"letters_test_{os.getpid()}"
    template = migrated.template_in(server) if is_migrated else "template1"
    drop(server, name)
    with migrated.in_server(server) as line:
        line.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{server.rsplit('/', 1)[0]}/{name}", name


def drop(server: str, name: str) -> None:
    with migrated.in_server(server) as line:
        line.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def wait_until(is_true, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)
