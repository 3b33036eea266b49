"""How do people keep the list of what they did and studied?"""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.models import Education, Person, Position
from lodestar.domain.people.rules import STUDIES, WORK

MOST_ROWS = 30
Line = Position | Education


@transaction.atomic
def keep_line(
    person: Person, model: type[Line], *, by: Person, key: str = "", **fields: Any
) -> Line:
    """Add a line of work or studies, or change the one with this key; from now on the list is their own word."""
    person = person.locked()
    line = line_of(person, model, key) if key else new_line(person, model)
    for name, value in fields.items():
        setattr(line, name, value)
    line.is_said = True
    line.full_clean()
    line.save()
    say_whole(person, model)
    record("history.kept", line, by=by, about=person, is_new=not key)
    return line


@transaction.atomic
def remove_line(person: Person, model: type[Line], *, by: Person, key: str) -> None:
    """Take a line out; no list puts it in again."""
    person = person.locked()
    line = line_of(person, model, key)
    record("history.removed", line, by=by, about=person)
    line.delete()
    say_whole(person, model)


def line_of(person: Person, model: type[Line], key: str) -> Line:
    line = model._default_manager.filter(person=person, public_id=key).first()
    if line is None:
        raise RefusedError(_("This line is gone already. Look at your list once more."))
    return line


def new_line(person: Person, model: type[Line]) -> Line:
    if model._default_manager.filter(person=person).count() >= MOST_ROWS:
        raise RefusedError(_("We keep no more lines than these. Remove one first."))
    return model(person=person)


def say_whole(person: Person, model: type[Line]) -> None:
    """Note that somebody looks after this list: what stands there is right."""
    model._default_manager.filter(person=person).update(is_said=True)
    person.said = sorted({*person.said, WORK if model is Position else STUDIES})
    person.save(update_fields=["said"])
