"""When has somebody read a thread? When its newest page was opened by them, in a window that they look at."""

from collections.abc import Iterable
from typing import Any

from lodestar.domain.common.models import Fact
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import note_read
from lodestar.domain.messaging.queries.threads import ThreadPage, newest_read
from lodestar.domain.people.models import Person
from lodestar.web.common.request import MemberRequest


def note_thread_read(
    request: MemberRequest, about: Fact, thread: ThreadPage[Any], own_side: Iterable[Person] = ()
) -> None:
    """Note it, unless a browser only fetched the page in advance."""
    purpose = request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
    up_to = newest_read(thread, [request.person, *own_side])
    if request.method == "GET" and "prefetch" not in purpose and up_to:
        note_read(request.person, about, up_to=up_to, now=now())
