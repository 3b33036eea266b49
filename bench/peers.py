"""Where the packages live that Lodestar is held against: each in an environment of its own."""

import subprocess
import venv
from pathlib import Path


def peer_python(folder: Path, package: str) -> Path:
    """Return the Python of an environment with just this package; made where it is not there yet."""
    home = folder / package.replace("==", "-")
    python = home / "bin" / "python"
    if not python.exists():
        venv.create(home, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", package], check=True)
    return python
