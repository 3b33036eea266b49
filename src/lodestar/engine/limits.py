"""How is a long computation kept within its time and its memory?

In a process of its own: numbers in, numbers out, no database and no Django. The parent waits
with a clock in its hand and kills the child when time is up; the system refuses the child more
memory than it was given; and a child whose parent died ends by itself.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from time import monotonic
from typing import Any, TypeVar

R = TypeVar("R")
MEBIBYTE = 1024 * 1024
GRACE_SECONDS = 5
ANSWER, ERROR, TOLD = "answer", "error", "told"


class ChildTookTooLongError(Exception):
    """The time was up and the child was killed."""


class OutOfMemoryError(Exception):
    """The child asked for more memory than it was given."""


class ChildBrokeError(Exception):
    """The child died without an answer."""


def run_limited(
    function: Callable[..., R],
    arguments: Sequence[object],
    options: Mapping[str, object],
    *,
    seconds: float,
    mebibytes: int,
    hear: Callable[[float], None] | None = None,
) -> R:
    """Call a module's function in a fresh process and return what it returns.

    What the function raises is raised here; everything that passes must be picklable. With `hear` the function
    also gets an option `tell`: what it tells there, the share that is done, is heard here meanwhile.

    >>> run_limited(pow, (2, 10), {}, seconds=60, mebibytes=4096)
    1024
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(
        target=answer_within,
        args=(theirs, Call(function, tuple(arguments), dict(options), hear is not None),
              seconds, mebibytes),
        daemon=True,
    )  # fmt: skip
    child.start()
    theirs.close()
    try:
        is_answer, value = answer_of(ours, monotonic() + seconds, hear or ignore)
    except EOFError:
        child.join(GRACE_SECONDS)
        raise why_silent(child.exitcode) from None
    finally:
        end(child)
        ours.close()
    if is_answer:
        return value  # type: ignore[no-any-return]
    raise value


def ignore(_share: float) -> None:
    return None


def answer_of(pipe: Connection, until: float, hear: Callable[[float], None]) -> tuple[bool, Any]:
    """Wait for the answer, and pass on what is told on the way."""
    while (left := until - monotonic()) > 0 and pipe.poll(left):
        kind, value = pipe.recv()
        if kind != TOLD:
            return kind == ANSWER, value
        hear(value)
    raise ChildTookTooLongError


def why_silent(exit_code: int | None) -> Exception:
    """Return what happened to a child that closed its pipe without a word."""
    if exit_code == -signal.SIGXCPU:
        return ChildTookTooLongError()
    return ChildBrokeError(f"exit status {exit_code}")


def end(child: Any) -> None:
    if child.is_alive():
        child.kill()
    child.join()
    child.close()


@dataclass(frozen=True)
class Call:
    """What the child is asked to do, and whether it tells how far it is."""

    function: Callable[..., object]
    arguments: tuple[object, ...]
    options: dict[str, object]
    tells: bool

    def made(self, pipe: Connection) -> object:
        def tell(share: float) -> None:
            pipe.send((TOLD, share))

        told = {"tell": tell} if self.tells else {}
        return self.function(*self.arguments, **self.options, **told)


def answer_within(pipe: Connection, call: Call, seconds: float, mebibytes: int) -> None:
    """Run in the child: take the limits, call, and send the value or the error."""
    threading.Thread(target=die_with_parent, daemon=True).start()
    limit(resource.RLIMIT_AS, mebibytes * MEBIBYTE)
    limit(resource.RLIMIT_CPU, int(seconds) + GRACE_SECONDS)
    answer: tuple[str, object]
    try:
        answer = (ANSWER, call.made(pipe))
    except MemoryError:
        answer = (ERROR, OutOfMemoryError())
    except Exception as error:
        answer = (ERROR, error)
    with contextlib.suppress(BrokenPipeError):
        pipe.send(answer)
    pipe.close()


def limit(kind: int, most: int) -> None:
    """Lower a limit of this process; one that the system keeps lower already stays."""
    _soft, hard = resource.getrlimit(kind)
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (most, hard))


def die_with_parent() -> None:
    """Leave no orphan computing when the parent was killed without a word."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
