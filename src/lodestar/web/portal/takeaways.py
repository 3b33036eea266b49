"""How does a room become one file: a page to read, the same as data, and the files?"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO
from zipfile import ZIP_DEFLATED, ZipFile

from django.core.files import File
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from lodestar.domain.common.time import Clock
from lodestar.domain.mentorships import actions, queries
from lodestar.domain.mentorships.models import Takeaway
from lodestar.domain.people.rules import clock_of

PAGE = "portal/mentorships/takeaway_file.html"


def make_takeaway(takeaway: Takeaway, clock: Clock) -> None:
    """Put a claimed one together outside any transaction, and store it."""
    with put_together(takeaway) as content:
        actions.store_takeaway(takeaway, File(content, name="room.zip"), now=clock())


@contextmanager
def put_together(takeaway: Takeaway) -> Iterator[IO[bytes]]:
    """Write the archive to a file of its own that is gone afterwards; the files pass by in pieces."""
    person = takeaway.person
    mentorship = queries.mentorship_for(person, takeaway.mentorship.public_id)
    record = queries.room_record(mentorship, person)
    with TemporaryFile() as content:
        with ZipFile(content, "w", ZIP_DEFLATED) as archive:
            archive.writestr("room.json", json.dumps(record, ensure_ascii=False, indent=2))
            with timezone.override(clock_of(person)):
                page = render_to_string(PAGE, {"room": as_shown(record)})
            archive.writestr("room.html", page)
            for row, told in zip(queries.files_of(mentorship), record["files"], strict=False):
                if row.stored.storage.exists(row.stored.name):
                    with row.stored.open("rb") as source, archive.open(told["in"], "w") as target:
                        copyfileobj(source, target)
        content.seek(0)
        yield content


def as_shown(value: object) -> object:
    """Return a record with its moments and days as a template shows them."""
    if isinstance(value, dict):
        return {key: moment_of(key, each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_shown(each) for each in value]
    return value


def moment_of(key: str, value: object) -> object:
    if isinstance(value, str) and (key == "at" or key.endswith("_at")):
        return parse_datetime(value)
    if isinstance(value, str) and key.endswith("_on"):
        return parse_date(value)
    return as_shown(value)
