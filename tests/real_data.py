"""Where larger sets of real answers lie, if this machine has them."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def real_data(name: str) -> Path:
    """Return the folder of a set, or skip the test with a sentence."""
    home = Path(os.environ.get("LODESTAR_DATA", ROOT.parent / "shared" / "data"))
    if not (home / name).is_dir():
        pytest.skip(f"The set {name} is not on this machine; LODESTAR_DATA says where to look.")
    return home / name
