"""Databases of their own, to race several processes in and to kill some."""

import pytest

from tests.sandbox import Sandbox


@pytest.fixture(scope="module")
def scene():
    """Return the Python that fills the database once, before each test gets a copy of its own."""
    return ""


@pytest.fixture(scope="module")
def blank(tmp_path_factory, scene):
    made = Sandbox(tmp_path_factory.mktemp("sandbox"))
    if scene:
        made.run(scene)
    yield made
    made.remove()


@pytest.fixture
def sandbox(blank, tmp_path):
    made = Sandbox(tmp_path, like=blank)
    yield made
    made.remove()
