"""A computation in a child: its answer, its error, its time, its memory, its death."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lodestar.engine.limits import (
    ChildBrokeError,
    ChildTookTooLongError,
    OutOfMemoryError,
    run_limited,
)
from tests.engine.children import add, count, count_for_ever, grow, refuse, spin


def run(function, *arguments, seconds=30, mebibytes=2048, **options):
    return run_limited(function, arguments, options, seconds=seconds, mebibytes=mebibytes)


def test_the_answer_comes_back():
    assert run(add, 2, right=3) == 5


def test_what_the_child_raises_is_raised_here():
    with pytest.raises(ValueError, match="one sentence for people"):
        run(refuse)


@pytest.mark.parametrize("function", [spin, time.sleep])
def test_a_child_over_its_time_is_killed(function):
    began = time.monotonic()

    with pytest.raises(ChildTookTooLongError):
        run(function, *([60] if function is time.sleep else []), seconds=1.5)

    assert time.monotonic() - began < 20


def test_a_child_over_its_memory_is_refused():
    with pytest.raises(OutOfMemoryError):
        run(grow)


def test_a_child_that_dies_is_noticed():
    with pytest.raises(ChildBrokeError, match="exit status 3"):
        run(os._exit, 3)


@pytest.mark.faults
def test_a_child_ends_when_its_parent_is_killed():
    parent = subprocess.Popen(
        [sys.executable, "-c", SLOW_PARENT], stdout=subprocess.PIPE, cwd=Path.cwd()
    )
    child = int(parent.stdout.readline())

    parent.kill()
    parent.wait()
    parent.stdout.close()

    assert gone_within(child, seconds=15)


SLOW_PARENT = """
import multiprocessing, sys, threading, time
sys.path[:0] = ["src", "."]
from lodestar.engine.limits import run_limited
from tests.engine.children import add, count, count_for_ever, die, grow, refuse, spin

def tell():
    while not multiprocessing.active_children():
        time.sleep(0.05)
    print(multiprocessing.active_children()[0].pid, flush=True)

if __name__ == "__main__":
    threading.Thread(target=tell).start()
    run_limited(spin, (), {}, seconds=60, mebibytes=2048)
"""


def gone_within(process, seconds):
    """Tell whether a process has ended; one that nobody has reaped yet counts as ended."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            stat = Path(f"/proc/{process}/stat").read_text()
            if stat.rsplit(")", 1)[1].split()[0] == "Z":
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


def test_what_a_child_tells_on_the_way_is_heard_in_order():
    heard: list[float] = []

    found = run_limited(count, (4,), {}, seconds=60, mebibytes=4096, hear=heard.append)

    assert (found, heard) == (4, [0, 0.25, 0.5, 0.75])


def test_telling_does_not_make_a_child_live_longer():
    with pytest.raises(ChildTookTooLongError):
        run_limited(count_for_ever, (), {}, seconds=1, mebibytes=4096, hear=lambda _share: None)
