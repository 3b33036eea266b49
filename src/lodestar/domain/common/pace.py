"""How does long work leave room for others?"""

import time

from django.db import connection

SQLITE_TURN = 0.11  # a little longer than a waiting writer sleeps between two tries


def let_others_write() -> None:
    """Pause between two batches where one file has one writer, so that nobody else starves."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        time.sleep(SQLITE_TURN)
