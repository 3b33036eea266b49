"""Which processes make up a running Lodestar, and how do they end together?"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import FrameType

from environs import env

BIN = Path(sys.executable).parent
GRACE_SECONDS = 8
MINUTE, DEATHS_A_MINUTE = 60, 3


def web(port: str) -> list[str]:
    return [
        str(BIN / "gunicorn"),
        "--bind", f"127.0.0.1:{port}" if env.bool("DEMO", default=False) else f"0.0.0.0:{port}",
        "--worker-class", "gthread", "--workers", "2", "--threads", "4",
        "--preload", "--timeout", "30", "--graceful-timeout", "5", "--log-level", "warning",
        "--no-control-socket",
        "lodestar.config.wsgi",
    ]  # fmt: skip


def workers() -> list[list[str]]:
    """Return two workers: one for letters alone, so that a sign-in code never waits for a match run."""
    return [worker("--queue-name", "post"), worker("--queue-name", "*", "--exclude-queues", "post")]


def worker(*queues: str) -> list[str]:
    return [
        sys.executable, "-m", "lodestar", "manage",
        "db_worker", *queues, "--interval", "0.5", "--no-startup-delay",
        "--no-reload", "--verbosity", "0",
    ]  # fmt: skip


def clock() -> list[str]:
    return [sys.executable, "-m", "lodestar", "clock"]


def run_alone(command: Sequence[str]) -> int:
    """Run one child in the foreground and pass our signals on to it."""
    return run_together([command])


def run_together(commands: Sequence[Sequence[str]], *, pause: float = 0) -> int:
    """Run all until we are told to stop; a child that dies is started again.

    The first has `pause` seconds to rise before the others start.

    Jobs are rows, so a fresh worker takes up what the dead one left. One that keeps dying ends
    all the others: then something is wrong that a restart does not mend, and the status says so.
    """
    asked_to_stop: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        asked_to_stop.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    family = [Child(commands[0])]
    wait(pause, asked_to_stop)
    family += [Child(command) for command in commands[1:]]
    while not asked_to_stop and all(child.is_running_again() for child in family):
        time.sleep(0.2)
    stop_all([child.process for child in family])
    return 0 if asked_to_stop else next(filter(None, (c.status for c in family)), 1)


def wait(seconds: float, asked_to_stop: list[int]) -> None:
    until = time.monotonic() + seconds
    while not asked_to_stop and time.monotonic() < until:
        time.sleep(0.1)


class Child:
    """One command that is kept running, as long as it does not die again and again."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = command
        self.deaths: list[float] = []
        self.status = 0
        self.process = start(command)

    def is_running_again(self) -> bool:
        """Start it again if it has died; False once it has died too often in a minute."""
        status = self.process.poll()
        if status is None:
            return True
        moment = time.monotonic()
        self.status = status
        self.deaths = [at for at in self.deaths if moment - at < MINUTE] + [moment]
        if len(self.deaths) > DEATHS_A_MINUTE:
            return False
        self.process = start(self.command)
        return True


def start(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start a child in its own group, so that Ctrl-C reaches it through us, once and in order."""
    return subprocess.Popen(command, start_new_session=True)  # noqa: S603


def stop_all(children: Sequence["subprocess.Popen[bytes]"]) -> None:
    for child in children:
        signal_group(child, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    for child in children:
        try:
            child.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            signal_group(child, signal.SIGKILL)
            child.wait()


def signal_group(child: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    if child.poll() is None:
        os.killpg(child.pid, number)
