"""How long is a copy kept, and how long may somebody who left come back?"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any, Final

from lodestar.domain.privacy.models import DataRequest

COPY_KEPT: Final = timedelta(days=7)
GRACE: Final = timedelta(days=14)
SECONDS: Final = 120


def is_there(copy: DataRequest, now: datetime) -> bool:
    """Tell if a copy can be fetched."""
    is_ready = copy.status == DataRequest.Status.READY and copy.content is not None
    return is_ready and copy.expires_at is not None and now < copy.expires_at


def without_answers(frozen: Any, keys: Collection[str]) -> Any:
    """Return frozen inputs without what some people answered; who was there, and how many, stays.

    >>> without_answers({"mentors": [{"key": "a", "answers": {"city": "Oslo"}}, {"key": "b", "answers": {"x": 1}}]}, {"a"})
    {'mentors': [{'key': 'a', 'answers': {}}, {'key': 'b', 'answers': {'x': 1}}]}
    """
    if isinstance(frozen, dict):
        kept = {name: without_answers(value, keys) for name, value in frozen.items()}
        return kept | {"answers": {}} if kept.get("key") in keys and "answers" in kept else kept
    if isinstance(frozen, list):
        return [without_answers(each, keys) for each in frozen]
    return frozen
