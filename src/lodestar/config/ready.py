"""What runs once Django stands: its own commands, the clock, the doctor."""

import signal
import sys
import time
from types import FrameType

import django
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from django.db import connection, connections

import lodestar.sqlite  # noqa: F401  before anything asks for a database
from lodestar.domain.common.time import now

OLDEST_SOUND_SQLITE = (3, 51, 3)
JUMP_SECONDS = 30


def management(arguments: list[str]) -> int:
    execute_from_command_line(["lodestar manage", *arguments])
    return 0


def run_clock() -> int:
    """Queue each job when its interval has passed, until told to stop; two clocks do no harm."""
    django.setup()
    from lodestar.config import jobs  # noqa: PLC0415  needs the registry

    stopped: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        stopped.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    due, lead = dict.fromkeys(jobs.JOBS, 0.0), clock_lead()
    while not stopped:
        before, lead = lead, clock_lead()
        if abs(lead - before) > JUMP_SECONDS:  # somebody has set the demo's clock
            due = dict.fromkeys(jobs.JOBS, 0.0)
        jobs.wake_due(due, time.monotonic())
        connections.close_all()
        time.sleep(0.5)
    return 0


def clock_lead() -> float:
    """Return by how much the time of day is ahead of a clock that nobody can set."""
    return now().timestamp() - time.monotonic()


def sqlite_in_use() -> tuple[int, ...]:
    """Ask the library that really serves the database, not the one that Python came with."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()")
        return tuple(int(part) for part in str(cursor.fetchone()[0]).split("."))


def examine() -> int:
    """Say in sentences what is wrong; return 1 if something is."""
    django.setup()
    from lodestar.domain.audit.queries import first_broken_seal  # noqa: PLC0415  needs the registry

    wrong: list[str] = []
    if connection.vendor == "sqlite" and sqlite_in_use() < OLDEST_SOUND_SQLITE:
        version = ".".join(map(str, sqlite_in_use()))
        wrong.append(
            f"SQLite {version} can corrupt a database with two writers: install pysqlite3."
        )
    try:
        call_command("migrate", "--check", verbosity=0)
    except SystemExit:
        wrong.append("The database is older than this version: run `lodestar manage migrate`.")
    else:
        broken = first_broken_seal()
        if broken is not None:
            wrong.append(
                f"The audit trail was altered, from {broken.entry.at:%Y-%m-%d %H:%M} UTC on."
            )
        wrong += wrong_with_answers()
    for sentence in wrong:
        print(sentence, file=sys.stderr)  # noqa: T201
    print("Nothing is wrong." if not wrong else f"{len(wrong)} to mend.")  # noqa: T201
    return 1 if wrong else 0


def wrong_with_answers() -> list[str]:
    """Say what keeps answers by mail from coming in."""
    from lodestar.domain.messaging.queries import unreadable_count  # noqa: PLC0415
    from lodestar.web.mail.mailbox import why_away  # noqa: PLC0415  needs the registry

    wrong = []
    if why := why_away():
        wrong.append(f"The mailbox for answers does not answer ({why}); what lies in it waits.")
    if count := unreadable_count():
        wrong.append(f"{count} mails that came in could not be read; the log says why.")
    if settings.INBOUND_ADDRESS and not (settings.INBOUND_SECRET or settings.INBOUND_IMAP_URL):
        wrong.append(
            "Letters say that one can answer them, but nothing brings the answers: set INBOUND_SECRET or INBOUND_IMAP_URL."
        )
    return wrong


def replay_run(arguments: list[str]) -> int:
    """Compute a run again from its frozen inputs; 0 if it is the same, 1 if not, 2 if there is no such run."""
    django.setup()
    from lodestar.domain.matching.queries import replayed_by_key  # noqa: PLC0415  needs the registry
    from lodestar.domain.matching.rules import replay_in_words  # noqa: PLC0415

    found = replayed_by_key(arguments[0]) if len(arguments) == 1 else None
    if found is None:
        sys.stderr.write(
            "Give the key of a run with a result: it stands in the address of its page.\n"
        )
        return 2
    digests = f"then {found['then']}\nnow  {found['now']}\n"
    sys.stdout.write(f"{replay_in_words(found)}\n{digests}")
    return 0 if found["same"] else 1
