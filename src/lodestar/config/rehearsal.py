"""How is one rehearsal played, in a process that the worker starts and that nobody calls by hand?

One line of JSON comes in, lines of JSON go out: how far it is, and at last the report, or why there is none.
"""

import json
import os
import resource
import shutil
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import django
from django.core.management import call_command

MEBIBYTE = 1024 * 1024
OWN_FOLDER = "lodestar-rehearsal-"  # what is called otherwise is somebody's, and is not deleted


def main() -> int:
    if not folder().name.startswith(OWN_FOLDER):
        print("Only a worker starts this, in a folder made for it.", file=sys.stderr)  # noqa: T201
        return 2
    given = json.loads(sys.stdin.buffer.readline())
    threading.Thread(target=leave_with_the_worker, daemon=True).start()
    limit_memory(given["memory"])
    django.setup()
    from lodestar.domain.common.errors import RefusedError  # noqa: PLC0415  needs the registry

    try:
        tell(report=play(given))
    except RefusedError as refusal:
        tell(refused=str(refusal))
    except MemoryError:
        tell(refused="memory")
    return 0


def play(given: dict[str, Any]) -> dict[str, Any]:
    from lodestar.config.jobs import JOBS  # noqa: PLC0415  needs the registry
    from lodestar.demo.rehearsal.play import play_through  # noqa: PLC0415
    from lodestar.web.mail.writing import write  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    jobs = {job.path: job.function for job in JOBS.values()}

    def hear(share: float, day: date) -> None:
        tell(share=share, day=day.isoformat())

    return play_through(given, jobs=jobs, write=write, hear=hear)


def folder() -> Path:
    return Path(os.environ.get("DATA_DIR", ""))


def tell(**words: object) -> None:
    print(json.dumps(words), flush=True)  # noqa: T201


def limit_memory(mebibytes: int) -> None:
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = mebibytes * MEBIBYTE
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def leave_with_the_worker() -> None:
    """When the worker is gone its end of the pipe closes: leave at once, and leave nothing behind."""
    while os.read(sys.stdin.fileno(), MEBIBYTE):
        continue
    shutil.rmtree(folder(), ignore_errors=True)
    os._exit(1)


if __name__ == "__main__":
    sys.exit(main())
