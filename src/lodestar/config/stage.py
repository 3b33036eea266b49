"""How does `lodestar demo` raise a whole college on one machine?"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from lodestar.config import children
from lodestar.demo.stamp import is_built, welcome

HOME = Path(__file__).resolve().parents[3]
SECONDS_FOR_THE_FIRST_PAGE = 3.0  # the others start once the web has had the processor to itself


def run_demo(rest: list[str]) -> int:
    """Build the pretend college if it is not there yet, then run all its processes until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="lodestar demo")
    parser.add_argument("--port", default="8000")
    parser.add_argument("--mail-port", default="")
    parser.add_argument("--fresh", action="store_true", help="forget the last demo first")
    parser.add_argument("--folder", default=str(HOME / "var" / "demo"))
    wishes = parser.parse_args(rest)
    mail_port = wishes.mail_port or str(int(wishes.port) + 25)
    pretend(Path(wishes.folder), wishes.port, mail_port)
    if (wishes.fresh or not is_built(Path(wishes.folder))) and build():
        return 1
    print(welcome(os.environ["BASE_URL"]), flush=True)  # noqa: T201
    mailbox = [sys.executable, "-m", "lodestar", "manage", "demo_mailbox"]
    return children.run_together(
        [children.web(wishes.port), mailbox, *children.workers(), children.clock()],
        pause=SECONDS_FOR_THE_FIRST_PAGE,
    )


def build() -> int:
    """Build the college in a process of its own; return its exit status."""
    print("Building Halden College and its history; this takes a moment ...", flush=True)  # noqa: T201
    command = [sys.executable, "-m", "lodestar", "manage", "prepare_demo"]
    return subprocess.run(command, check=False).returncode  # noqa: S603


def pretend(folder: Path, port: str, mail_port: str) -> None:
    """Set the environment that every child of the demo inherits."""
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.update(
        DEMO="1",
        DATA_DIR=str(folder),
        DATABASE_URL=os.environ.get(
            "DEMO_DATABASE_URL", f"sqlite:///{folder / 'lodestar.sqlite3'}"
        ),
        BASE_URL=f"http://localhost:{port}",
        EMAIL_URL=f"smtp://localhost:{mail_port}",
        INBOUND_ADDRESS="reply@replies.localhost",
        INBOUND_SECRET=os.environ.get("INBOUND_SECRET", "demo-only-not-a-secret"),
    )
