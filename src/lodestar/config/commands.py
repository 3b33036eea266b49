"""Which commands does `lodestar` understand, and what runs behind each?"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

HOME = Path(__file__).resolve().parents[3]
DOORS = ("import", "match", "solve", "routes")

type_of_command = Callable[[list[str]], int]


def run(arguments: Sequence[str]) -> int:
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    if name in DOORS:
        door: type_of_command = import_module(f"lodestar.web.cli.{name}_files").main
        return door(rest)
    return COMMANDS.get(name, show_help)(rest)


def show_help(_rest: list[str]) -> int:
    for name, command in sorted(COMMANDS.items()):
        print(f"  {name:10} {(command.__doc__ or '').strip()}")
    return 0


def check(_rest: list[str]) -> int:
    """Format, lint, types and import contracts."""
    steps = [
        ["ruff", "format", "--check", "."],
        ["ruff", "check", "."],
        ["lint-imports"],
        ["mypy"],
    ]
    return max(call(step) for step in steps)


def test(rest: list[str]) -> int:
    """Run the quick test suite."""
    return call(["pytest", *rest])


def call(step: list[str]) -> int:
    tool = Path(sys.executable).parent / step[0]
    env = os.environ | {"PYTHONPATH": str(HOME / "src")}
    return subprocess.run([str(tool), *step[1:]], cwd=HOME, env=env, check=False).returncode  # noqa: S603


COMMANDS: dict[str, type_of_command] = {"check": check, "help": show_help, "test": test}
