"""What stands in a copy of somebody's own data? Made here, because a copy is a page as well."""

import io
import json
import logging
import zipfile
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from lodestar.domain.common.claims import give_back
from lodestar.domain.common.time import Clock
from lodestar.domain.people.models import Person, Photo
from lodestar.domain.people.queries import association
from lodestar.domain.privacy.actions import store_copy
from lodestar.domain.privacy.models import DataRequest
from lodestar.domain.privacy.queries import held_about

PAGE = "portal/privacy/copy_of_data.html"
log = logging.getLogger(__name__)


def make_copy(copy: DataRequest, clock: Clock) -> bool:
    """Write a claimed copy outside of any transaction, and keep it; one that breaks is tried again."""
    try:
        content = zipped(copy.person, clock())
    except Exception:
        log.exception("copy %s could not be made", copy.public_id)
        give_back(copy, clock())
        return False
    return store_copy(copy, content)


def zipped(person: Person, now: datetime) -> bytes:
    """Return everything held about a person as one file: for machines, for reading, and their photo."""
    held = held_about(person)
    told = json.dumps(held, ensure_ascii=False, indent=2, default=str)
    context = {
        "held": readable(held),
        "name": person.full_name,
        "at": now,
        "association": association(),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("your-data.json", told)
        archive.writestr("your-data.html", render_to_string(PAGE, context))
        for photo in Photo.objects.filter(person=person):
            archive.writestr("photo.webp", bytes(photo.large))
    return file.getvalue()


Lines = list[tuple[str, str]]


def readable(held: dict[str, list[dict[str, object]]]) -> list[tuple[str, list[Lines]]]:
    """Return each part as rows of words, leaving out what is blank."""
    return [(title, [lines_of(row) for row in rows]) for title, rows in held.items()]


def lines_of(row: dict[str, object]) -> Lines:
    return [(name.replace("_", " "), in_words(value)) for name, value in row.items() if value not in ("", None, [], {})]  # fmt: skip


def in_words(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return "; ".join(f"{name.replace('_', ' ')}: {in_words(each)}" for name, each in value.items() if each not in ("", None, [], {}))  # fmt: skip
    if isinstance(value, list):
        return " · ".join(in_words(each) for each in value)
    return str(value)
