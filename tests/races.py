"""Two or more at once, on a database that locks rows."""

import os
import threading

import pytest
from django.db import connections

from lodestar.domain.common.errors import RefusedError

on_postgresql = pytest.mark.skipif(
    "postgres" not in os.environ.get("DATABASE_URL", ""),
    reason="Row locks are proven on PostgreSQL, in the whole of CI: set DATABASE_URL.",
)


def at_once(*acts):
    """Let everybody act at the same moment; return what was refused, in sentences."""
    start, told, broke = threading.Barrier(len(acts)), [], []

    def reach(act):
        start.wait()
        try:
            act()
        except RefusedError as error:
            told.append(str(error))
        except Exception as error:  # a thread must not swallow what the test has to see
            broke.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=reach, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert broke == []
    return told
