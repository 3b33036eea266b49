"""How does a job do the same to many rows, so that one bad row does not keep the others waiting?"""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

R = TypeVar("R")
log = logging.getLogger(__name__)


def each_apart(rows: Iterable[R], act: Callable[[R], object]) -> int:
    """Act on each row by itself; return how many acts said yes.

    What one row raises is logged without its words and tried again at the job's next look.
    """
    count = 0
    for row in rows:
        try:
            count += bool(act(row))
        except Exception:
            log.exception("One %s failed; the others go on.", type(row).__name__)
    return count
