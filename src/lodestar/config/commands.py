"""Which commands does `lodestar` understand, and what runs behind each?"""

import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module

from lodestar.config import checks, children

DOORS = {
    "import": "lodestar.web.cli.import_files",
    "match": "lodestar.web.cli.match_files",
    "solve": "lodestar.web.cli.solve_files",
    "simulate": "lodestar.web.cli.simulate_files",
    "group": "lodestar.web.cli.group_files",
    "rotate": "lodestar.web.cli.rotate_files",
    "learn": "lodestar.web.cli.learn_files",
    "routes": "lodestar.web.cli.routes",
}
INTERRUPTED = 130
Command = Callable[[list[str]], int]


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lodestar.config.settings")
    name, rest = (arguments[0], list(arguments[1:])) if arguments else ("help", [])
    if name in DOORS:
        return through(name, rest)
    if name in COMMANDS:
        return COMMANDS[name][0](rest)
    print(
        f"lodestar: there is no command “{name}”; these are the ones there are:\n", file=sys.stderr
    )
    show_help([])
    return 2


def through(name: str, rest: list[str]) -> int:
    """Go through a door; whoever stops it with Ctrl-C, even while it opens, gets no traceback."""
    try:
        door: Command = import_module(DOORS[name]).main
        return door(rest)
    except KeyboardInterrupt:
        return INTERRUPTED


def show_help(_rest: list[str]) -> int:
    print("usage: lodestar COMMAND\n")
    for name, (_command, sentence) in COMMANDS.items():
        print(f"  {name:8} {sentence}")
    for name, sentence in DOOR_SENTENCES.items():
        print(f"  {name:8} {sentence}")
    return 0


def manage(rest: list[str]) -> int:
    from lodestar.config.ready import management  # noqa: PLC0415  settings may not hold yet

    return management(rest)


def serve(rest: list[str]) -> int:
    port = rest[0] if rest else "8000"
    return children.run_alone(children.web(port))


def worker(_rest: list[str]) -> int:
    return children.run_together(children.workers())


def clock(_rest: list[str]) -> int:
    from lodestar.config.ready import run_clock  # noqa: PLC0415  settings may not hold yet

    return run_clock()


def demo(rest: list[str]) -> int:
    from lodestar.config.stage import run_demo  # noqa: PLC0415  sets the environment first

    return run_demo(rest)


def doctor(_rest: list[str]) -> int:
    from lodestar.config.ready import examine  # noqa: PLC0415  settings may not hold yet

    return examine()


def replay(rest: list[str]) -> int:
    from lodestar.config.ready import replay_run  # noqa: PLC0415  settings may not hold yet

    return replay_run(rest)


def words(rest: list[str]) -> int:
    from lodestar.config.catalogues import words as renew  # noqa: PLC0415  needs the developers' tools

    return renew(rest)


COMMANDS: dict[str, tuple[Command, str]] = {
    "demo": (
        demo,
        "a college with a history, on this machine: web, worker, clock and mail [--port N] [--fresh]",
    ),
    "serve": (serve, "the web server [PORT]"),
    "worker": (worker, "does queued work: letters, imports, match runs"),
    "clock": (clock, "looks for what is due"),
    "doctor": (doctor, "says what is wrong with this installation"),
    "replay": (
        replay,
        "computes a past match run again and says whether it is the same: replay RUN",
    ),
    "manage": (manage, "Django's own commands"),
    "words": (words, "brings the catalogues of translations up to the sources [LANGUAGE to begin]"),
    "test": (checks.test, "the quick tests"),
    "check": (checks.check, "format, lint, types, contracts, migrations, templates"),
    "help": (show_help, "this"),
}
DOOR_SENTENCES = {
    "import": "read a file of people: import FILE --as alumni|mentors|mentees [--dry-run] [--json]",
    "match": "two spreadsheets in, the best pairs out: match --mentees F --mentors F --out DIR",
    "solve": "an assignment instance in, exact pairs and their proof out: solve DIR --out DIR",
    "simulate": "a design tried on people, what to expect, what binds, what helps: simulate --mentees F --mentors F --out report.json",
    "group": "one mentor with several mentees, or peers in pairs and circles: group --mentees F --mentors F | --people F --out DIR",
    "rotate": "who is at a mixer in, who sits with whom in every round out: rotate --attendance F --rounds R --tables T --out DIR",
    "learn": "rated matches in, what they say about the weights out: learn --rated F [F ...] --out DIR",
    "routes": "every address, its method, and who may use it: routes [--json]",
}
