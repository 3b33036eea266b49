"""The child that plays a rehearsal stops with its worker, and is nobody's way to delete a folder."""

import json
import os
import subprocess
import sys

import pytest

PLAYER = [sys.executable, "-m", "lodestar.config.rehearsal"]


@pytest.fixture
def child():
    """Return a function that starts the player in a folder and lets its worker die at once."""

    def start(folder, **more):
        folder.mkdir()
        (folder / "stage.sqlite3").touch()
        environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            "DATA_DIR": str(folder),
            **more,
        }
        return subprocess.run(
            PLAYER, input=json.dumps({"memory": 2048}).encode() + b"\n", env=environment,
            capture_output=True, timeout=60, check=False,
        )  # fmt: skip

    return start


def test_it_leaves_with_its_worker_and_takes_its_folder_along(child, tmp_path):
    folder = tmp_path / "lodestar-rehearsal-x"

    done = child(folder, DJANGO_SETTINGS_MODULE="lodestar.config.rehearsal_settings")

    assert (done.returncode, done.stdout) == (1, b"")
    assert not folder.exists()


def test_in_any_other_folder_it_does_nothing(child, tmp_path):
    folder = tmp_path / "var"

    done = child(folder, DJANGO_SETTINGS_MODULE="lodestar.config.settings")

    assert (done.returncode, done.stdout) == (2, b"")
    assert b"Only a worker starts this" in done.stderr
    assert (folder / "stage.sqlite3").exists()


def test_its_settings_refuse_every_other_database(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'lodestar.sqlite3'}",
        "SECRET_KEY": "only-for-tests",
    }
    done = subprocess.run(
        [sys.executable, "-c", "import lodestar.config.rehearsal_settings"],
        env=environment, capture_output=True, timeout=60, check=False,
    )  # fmt: skip

    assert b"A rehearsal is played on a database of its own" in done.stderr
