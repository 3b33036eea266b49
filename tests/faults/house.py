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

import psycopg

from lodestar.config import children
from tests import migrated

HOME = Path(__file__).parents[2]
PRELUDE = """
import json, django
django.setup()
def tell(value): print("told:" + json.dumps(value))
"""
MIGRATE = """
from django.core.management import call_command
call_command("migrate", verbosity=0)
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

    def migrate(self) -> None:
        url = self.environment["DATABASE_URL"]
        if url.startswith("sqlite"):
            migrated.copy_to(Path(url.removeprefix("sqlite:///")), lambda: self.ask(MIGRATE))
        else:
            self.ask(MIGRATE)

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
def new_house(folder: Path, mail_port: int) -> Iterator[House]:
    """A house whose database is still empty."""
    url, drop = database_of_its_own(folder)
    house = House(folder, url, mail_port)
    try:
        yield house
    finally:
        house.end()
        drop()


@contextmanager
def open_house(folder: Path, mail_port: int, begin: str = "") -> Iterator[House]:
    with new_house(folder, mail_port) as house:
        house.migrate()
        if begin:
            house.ask(begin)
        yield house


def database_of_its_own(folder: Path):
    """Return the address of an empty database of the kind the suite runs on, and how to drop it."""
    suite = os.environ.get("DATABASE_URL", "")
    if not suite.startswith("postgres"):
        return f"sqlite:///{folder / 'house.sqlite3'}", lambda: None
    name = f"letters_test_{os.getpid()}"

    def do(sentence: str) -> None:
        with psycopg.connect(
            suite.replace("postgres://", "postgresql://"), autocommit=True
        ) as line:
            line.execute(sentence)

    do(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    do(f"CREATE DATABASE {name}")
    return f"{suite.rsplit('/', 1)[0]}/{name}", lambda: do(
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"
    )


def wait_until(is_true, seconds: float = 30.0) -> None:
    deadline = time.monotonic() + seconds
    while not is_true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)
