"""Children run together: one that dies is started again, one that keeps dying ends them all."""

import os
import signal
import subprocess
import sys
import time

import pytest

from lodestar.config import children

FAMILY = """
import sys
from lodestar.config.children import run_together
sys.exit(run_together([[sys.executable, "-c", code] for code in sys.argv[1:]]))
"""
PATIENT = "import time; time.sleep(60)"


def family(*codes):
    return subprocess.Popen([sys.executable, "-c", FAMILY, *codes])


def wait_for(condition):
    for _ in range(100):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen within ten seconds")


def noting(path):
    """Return a child that writes its process id down as a line and then waits."""
    return f"import os, time; open({str(path)!r}, 'a').write(f'{{os.getpid()}}\\n'); time.sleep(60)"


def lines(path):
    return path.read_text().split() if path.exists() else []


@pytest.mark.parametrize(
    ("demo", "place"),
    [("1", "127.0.0.1:8000"), ("0", "0.0.0.0:8000"), ("false", "0.0.0.0:8000")],
)
def test_only_a_demo_answers_this_machine_alone(monkeypatch, demo, place):
    monkeypatch.setenv("DEMO", demo)

    assert place in children.web("8000")


def test_a_killed_child_is_started_again(tmp_path):
    notes = tmp_path / "notes"
    running = family(PATIENT, noting(notes))
    wait_for(lambda: len(lines(notes)) == 1)

    os.kill(int(lines(notes)[0]), signal.SIGKILL)
    wait_for(lambda: len(lines(notes)) == 2)
    running.send_signal(signal.SIGINT)

    assert running.wait(timeout=15) == 0


def test_a_child_that_keeps_dying_ends_the_others_with_its_status():
    assert family(PATIENT, "import sys; sys.exit(7)").wait(timeout=20) == 7


def test_being_told_to_stop_stops_every_child(tmp_path):
    notes = tmp_path / "notes"
    running = family(noting(notes), noting(notes))
    wait_for(lambda: len(lines(notes)) == 2)

    running.send_signal(signal.SIGTERM)

    assert running.wait(timeout=15) == 0
    for child in lines(notes):
        assert not is_alive(int(child))


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
