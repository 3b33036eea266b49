"""What must hold before a change is good?"""

import os
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
BIN = Path(sys.executable).parent


def check(_rest: list[str]) -> int:
    templates = [str(path) for path in (HOME / "src").rglob("*.html")]
    steps = [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["lint-imports", "--no-cache"],
        ["djade", "--check", "--target-version", "5.2", *templates],
        ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
        ["mypy"],
    ]
    failed = [step[0] for step in steps if call(step)]
    print("check: " + (f"failed: {', '.join(failed)}" if failed else "all good"))  # noqa: T201
    return 1 if failed else 0


def test(rest: list[str]) -> int:
    return call(["pytest", "-q", *(rest or ["-n", "auto", "--dist", "worksteal"])])


def call(step: list[str]) -> int:
    command = [str(BIN / step[0]), *step[1:]]
    return subprocess.run(command, cwd=HOME, env=environment(), check=False).returncode  # noqa: S603


def environment() -> dict[str, str]:
    """Return an environment in which tests and checks need no settings, and heed none from outside.

    Compiled files may be kept: without them each of the many processes compiles the whole house anew.
    """
    unheeded = ("DJANGO_SETTINGS_MODULE", "PYTHONDONTWRITEBYTECODE")
    outside = {name: value for name, value in os.environ.items() if name not in unheeded}
    return outside | {"DEMO": "1", "RATE_LIMITED": "0"}
