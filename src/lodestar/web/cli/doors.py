"""What do the doors that read and write files have in common?"""

import sys
from collections.abc import Callable
from functools import wraps

from lodestar.engine.matching.problem import MatchingError
from lodestar.web.cli.sheets import FileFault

FAULT = 2
Door = Callable[[list[str]], int]


def note(sentence: str) -> None:
    """Say what somebody should know of their files before they trust the answer."""
    print(f"Note: {sentence}", file=sys.stderr)


def refusing(command: str) -> Callable[[Door], Door]:
    """Make a door say what a person has to mend in one sentence, and return 2."""

    def made(door: Door) -> Door:
        @wraps(door)
        def guarded(arguments: list[str]) -> int:
            try:
                return door(arguments)
            except (FileFault, MatchingError) as fault:
                print(f"lodestar {command}: {fault}", file=sys.stderr)
                return FAULT

        return guarded

    return made
