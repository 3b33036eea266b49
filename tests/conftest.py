"""What every test stands on."""

import os

os.environ.setdefault("DEMO", "1")
os.environ.setdefault("RATE_LIMITED", "0")

import pytest
from django.utils import timezone

import lodestar.sqlite  # noqa: F401
from lodestar.domain.common.time import set_clock


@pytest.fixture(autouse=True)
def real_clock() -> None:
    """Let tests move time themselves; the demo's clock is tested on its own."""
    set_clock(timezone.now)


@pytest.fixture(autouse=True)
def jobs_wait(settings) -> None:
    """Keep what an action wakes from running inside the test; tests call jobs by hand."""
    settings.WAKE = "tests.wakes.note"
