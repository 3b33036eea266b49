"""Measures what a run costs, apart from what it finds."""

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def timed(seconds: dict[str, float], name: str) -> Iterator[None]:
    """Note the wall seconds of one step."""
    began = time.perf_counter()
    yield
    seconds[name] = round(time.perf_counter() - began, 4)


def peak_mib() -> float:
    """Return the largest memory this process has held, in MiB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
