"""How is a rehearsal played without touching anybody? In a child process with a database of its own.

The child's environment is written from nothing: it knows no real database, no mail server and no real key. It
stops with the worker that began it, and its folder goes with it.
"""

import json
import logging
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Timer
from typing import IO, Any

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.matching.queries.children import ChildBrokeError, NoResultError
from lodestar.domain.rehearsals.models import Rehearsal

Hear = Callable[[float, date], object]
LARGEST_LINE = 16 * 1024 * 1024
OUT_OF_MEMORY = "memory"
SAID, MOST_SAID = "said", 4000
log = logging.getLogger(__name__)


def report_of(rehearsal: Rehearsal, hear: Hear) -> dict[str, Any]:
    """Play a rehearsal in a child process, without any transaction; raises NoResultError."""
    with TemporaryDirectory(prefix="lodestar-rehearsal-", ignore_cleanup_errors=True) as folder:
        given = rehearsal.inputs | {"memory": settings.MATCHING_MIB}
        with child_in(Path(folder), given) as child, limited(child) as limits:
            told = last_word(child, hear)
        if not told and not limits["over"]:
            log.error("A rehearsal broke: %s", last_lines(Path(folder) / SAID))
    if "report" in told:
        return dict(told["report"])
    raise why_not(told, limits)


def last_lines(path: Path) -> str:
    """Return how a broken child ended, for whoever runs the installation."""
    return path.read_text(encoding="utf-8", errors="replace")[-MOST_SAID:]


def why_not(told: Mapping[str, Any], limits: Mapping[str, bool]) -> Exception:
    if limits["over"]:
        sentence = _(
            "The rehearsal took longer than %(seconds)d seconds and was stopped. Nothing else was "
            "touched. Ask for it again at a quieter hour, or with fewer people."
        )
        return NoResultError(sentence % {"seconds": settings.REHEARSAL_SECONDS})
    if told.get("refused") == OUT_OF_MEMORY:
        sentence = _(
            "The rehearsal needed more than %(size)d MiB of memory and was stopped. Nothing else "
            "was touched. Ask for it with fewer people."
        )
        return NoResultError(sentence % {"size": settings.MATCHING_MIB})
    if told.get("refused"):
        return NoResultError(str(told["refused"]))
    return ChildBrokeError()


@contextmanager
def child_in(folder: Path, given: Mapping[str, Any]) -> Iterator["subprocess.Popen[bytes]"]:
    """Start the child in its folder and tell it what to play; whatever happens, it is gone afterwards."""
    with (folder / SAID).open("wb") as said:
        child = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", settings.REHEARSE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said,
            cwd=folder, env=environment(folder), start_new_session=True,
        )  # fmt: skip
    try:
        # Its input stays open: when it closes, the child knows that nobody waits for it any more.
        with suppress(BrokenPipeError):
            pipe = open_end(child.stdin)
            pipe.write(json.dumps(given).encode() + b"\n")
            pipe.flush()
        yield child
    finally:
        end(child)


def open_end(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise ChildBrokeError
    return pipe


def environment(folder: Path) -> dict[str, str]:
    """Return all that the child may know."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "PYTHONSAFEPATH": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "DATA_DIR": str(folder),
        "DATABASE_URL": f"sqlite:///{folder / 'stage.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "lodestar.config.rehearsal_settings",
        "SECRET_KEY": secrets.token_urlsafe(48),
        "EMAIL_URL": "dummy:",
        "FROM_EMAIL": settings.DEFAULT_FROM_EMAIL,
        "BASE_URL": settings.BASE_URL,
        "TIME_ZONE": settings.TIME_ZONE,
        "LANGUAGE": settings.LANGUAGE_CODE,
        "MATCHING_SECONDS": str(settings.MATCHING_SECONDS),
        "MATCHING_MIB": str(settings.MATCHING_MIB),
    }


@contextmanager
def limited(child: "subprocess.Popen[bytes]") -> Iterator[dict[str, bool]]:
    """Kill the child when its time is up, and say so."""
    limits = {"over": False}

    def stop() -> None:
        limits["over"] = True
        kill(child)

    timer = Timer(settings.REHEARSAL_SECONDS, stop)
    timer.daemon = True
    timer.start()
    try:
        yield limits
    finally:
        timer.cancel()


def last_word(child: "subprocess.Popen[bytes]", hear: Hear) -> dict[str, Any]:
    """Pass on what is told on the way, and return how it ended; nothing where the child broke."""
    pipe = open_end(child.stdout)
    while line := pipe.readline(LARGEST_LINE):
        try:
            told = json.loads(line)
        except ValueError:
            return {}
        if "share" not in told:
            return dict(told)
        hear(told["share"], date.fromisoformat(told["day"]))
    return {}


def end(child: "subprocess.Popen[bytes]") -> None:
    kill(child)
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    child.wait()


def kill(child: "subprocess.Popen[bytes]") -> None:
    """Kill the child with what it has started; it is a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
