"""How does `lodestar demo` raise a whole college on one machine?"""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from lodestar.config import children

HOME = Path(__file__).resolve().parents[3]


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
    prepared = [sys.executable, "-m", "lodestar", "manage", "prepare_demo"]
    if wishes.fresh:
        prepared.append("--fresh")
    if subprocess.run(prepared, check=False).returncode:  # noqa: S603
        return 1
    mailbox = [sys.executable, "-m", "lodestar", "manage", "demo_mailbox"]
    return children.run_together(
        [mailbox, children.web(wishes.port), *children.workers(), children.clock()]
    )


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
    )
