"""Measures what a run costs, keeps it within its time, and says how far it has come."""

import resource
import sys
import time
from argparse import ArgumentTypeError
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

BAR = 24
REDRAW_SECONDS = 0.1


@contextmanager
def timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    """Note the wall seconds of one step."""
    began = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - began, 4)


def peak_mib() -> float:
    """Return the largest memory this process has held, in MiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)


def some_seconds(said: str) -> float:
    """Read a time limit from the command line."""
    with suppress(ValueError):
        if 0 <= float(said) < float("inf"):
            return float(said)
    raise ArgumentTypeError(f"“{said}” is not a number of seconds, for example 30")


def within(seconds: float | None) -> Callable[[], bool]:
    """Return a question that is answered yes until so many seconds have passed; None: for ever."""
    ends = time.monotonic() + seconds if seconds is not None else float("inf")
    return lambda: time.monotonic() < ends


class ProgressBar:
    """One line on a terminal that shows the step and how much of it is done; silent elsewhere."""

    def __init__(self) -> None:
        self.is_shown = sys.stderr.isatty()
        self.drawn_at = 0.0

    def __call__(self, step: str, share: float) -> None:
        if not self.is_shown or (share < 1 and time.monotonic() - self.drawn_at < REDRAW_SECONDS):
            return
        self.drawn_at = time.monotonic()
        filled = round(BAR * min(share, 1))
        bar = "#" * filled + "." * (BAR - filled)
        print(f"\r{step:<12} [{bar}] {share:4.0%} ", end="", file=sys.stderr, flush=True)

    def clear(self) -> None:
        """Leave the line to whatever comes next."""
        if self.is_shown:
            print("\r" + " " * (BAR + 24) + "\r", end="", file=sys.stderr, flush=True)
