"""Where larger sets of real answers lie, if this machine has them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def folder_of(name: str) -> Path:
    return Path(os.environ.get("LODESTAR_DATA", ROOT.parent / "shared" / "data")) / name


def has_real_data(name: str) -> bool:
    return folder_of(name).is_dir()


def real_data(name: str) -> Path:
    """Return the folder of a set, or skip the test with a sentence."""
    if not has_real_data(name):
        pytest.skip(f"The set {name} is not on this machine; LODESTAR_DATA says where to look.")
    return folder_of(name)
