"""What do the doors that read and write files have in common?"""

import sys
from argparse import ArgumentTypeError
from collections.abc import Callable
from functools import wraps

from lodestar.engine.matching.problem import MatchingError
from lodestar.web.cli.sheets import FileFault

FAULT = 2
INTERRUPTED = 130
Door = Callable[[list[str]], int]


def note(sentence: str) -> None:
    """Say what somebody should know of their files before they trust the answer."""
    print(f"Note: {sentence}", file=sys.stderr)


def some_seed(said: str) -> int:
    """Read the number of a lottery from the command line."""
    if not (said.isascii() and said.isdigit() and len(said) <= len(str(2**63))):
        raise ArgumentTypeError(f"“{said}” is not a seed: write a whole number of 0 or more")
    return int(said)


def refusing(command: str) -> Callable[[Door], Door]:
    """Make a door say what a person has to mend in one sentence, and return 2.

    Whoever stops it with Ctrl-C gets their prompt back and 130, as from any other command.
    """

    def made(door: Door) -> Door:
        @wraps(door)
        def guarded(arguments: list[str]) -> int:
            try:
                return door(arguments)
            except (FileFault, MatchingError) as fault:
                print(f"lodestar {command}: {fault}", file=sys.stderr)
                return FAULT
            except KeyboardInterrupt:
                return INTERRUPTED

        return guarded

    return made
