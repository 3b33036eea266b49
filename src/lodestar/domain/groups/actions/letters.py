"""Which letters does a group cause?"""

from collections.abc import Iterable
from typing import Any

from lodestar.domain.groups.models import Group, Member
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Coordinator

ASKING = ("groups.proposed", "groups.reminder")


def key_of(kind: str, group: Group, person: Person, turn: str = "") -> str:
    """Return what keeps a letter of a kind and turn about a group from being queued twice."""
    return ":".join(filter(None, [kind, group.public_id, person.public_id, turn]))


def tell(kind: str, group: Group, person: Person, *, turn: str = "", **more: Any) -> None:
    """Queue a letter about a group, at most one of its kind and turn to each person.

    `more` is for the letter itself: `expires_at`, `words`, and `at_once` for what one of the group did, which
    goes to the others at once; only what the program says can be held.
    """
    key = key_of(kind, group, person, turn)
    queue_letter(kind, to=person, about=group, unique_key=key, **more)


def tell_all(
    kind: str, group: Group, members: Iterable[Member], *, turn: str = "", **more: Any
) -> None:
    for member in members:
        tell(kind, group, member.person, turn=turn, **more)


def call_office(group: Group, turn: str) -> None:
    """Tell the coordinators that a group needs them."""
    program = group.cohort.program_id
    rows = Coordinator.objects.filter(program=program, person__blocked_at=None)
    for coordinator in rows.select_related("person"):
        tell("groups.short", group, coordinator.person, turn=turn, at_once=True)
