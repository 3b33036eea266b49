"""What is an address, and whose is it?"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.common.time import day_of, now
from lodestar.domain.common.wording import LONGEST_WORD, TERMS, USUAL, Vocabulary
from lodestar.domain.people.models import Education, Import, Person, Position
from lodestar.engine.calendars import clocks
from lodestar.engine.calendars.clocks import ClockChange
from lodestar.engine.calendars.free_time import FreeSpan, why_not_spans
from lodestar.engine.forms.questions import Question, form_from
from lodestar.engine.tables.columns import IGNORE, REASONS


def normalised(email: str) -> str:
    """Return the form in which two spellings of one address are equal."""
    return unicodedata.normalize("NFKC", email.strip()).casefold()


def is_language(code: str) -> bool:
    """Whether pages and letters can be had in a language."""
    return code in dict(settings.LANGUAGES)


# Letters, spaces and what joins them: nothing that a sentence could take for a place or a tag.
A_WORD = re.compile(r"[^\W\d_]+(?:[ ’'\-][^\W\d_]+)*")


def why_not_words(vocabulary: Vocabulary) -> str:
    """Say why the association cannot call something so, or nothing."""
    for language, terms in vocabulary.items():
        for term, forms in terms.items():
            if language not in USUAL or term not in TERMS or len(forms) != 2:
                return _("This is none of the words that can be chosen.")
            wrong = next((word for word in forms if not is_word(word)), None)
            if wrong is not None:
                return _(
                    "“%(word)s” cannot be used: a word has up to 40 letters, with spaces, hyphens or apostrophes between."
                ) % {"word": wrong}
    return ""


def is_word(text: str) -> bool:
    return len(text) <= LONGEST_WORD and A_WORD.fullmatch(text) is not None


UNDO_DAYS = 7
LONGEST_AWAY = timedelta(days=366)
PLAIN_FIELDS: Final = (
    "given_name",
    "family_name",
    "city",
    "state",
    "country",
    "languages",
    "about",
    "external_id",
)
EXTRA_FIELDS: Final = (
    "role",
    "topics",
    "goal",
    "style",
    "tags",
    "capacity",
    "hours",
    "years_of_experience",
    "answers",
)
LEFT_OUT: Final = IGNORE
ZONES: Final = frozenset(available_timezones())


def asked_by(source: Import) -> tuple[Question, ...]:
    """Return the questions of a program's own that the columns of a list may answer."""
    return form_from(source.asked)


def why_recognised(reason: str) -> str:
    """Say why a column of a list was taken for what it is."""
    return _(REASONS[reason])


def is_working(source: Import) -> bool:
    """Whether a job is due to read, apply or undo a list."""
    return source.status in {
        Import.Status.UPLOADED,
        Import.Status.REQUESTED,
        Import.Status.UNDO_REQUESTED,
    }


def undo_until(source: Import) -> datetime | None:
    return source.applied_at + timedelta(days=UNDO_DAYS) if source.applied_at else None


def can_apply(source: Import) -> bool:
    return source.status == Import.Status.STAGED


def can_discard(source: Import) -> bool:
    return source.status in {Import.Status.UPLOADED, Import.Status.STAGED, Import.Status.FAILED}


def can_undo(source: Import, at: datetime) -> bool:
    """An import may be taken back for a week, while its rows still say what was before."""
    until = undo_until(source)
    return source.status == Import.Status.APPLIED and until is not None and at <= until


def fields_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row says of a person, by the person's own fields; what it leaves blank is absent."""
    fields = {name: values[name] for name in PLAIN_FIELDS if values.get(name)}
    years = [each["class_year"] for each in values.get("educations", ()) if each.get("class_year")]
    if years:
        fields["class_year"] = min(years)
    extra = {name: values[name] for name in EXTRA_FIELDS if values.get(name) not in (None, "", [])}
    zone = values.get("time_zone", "")
    if zone in ZONES:
        fields["time_zone"] = zone
    elif zone:
        extra["time_zone"] = zone
    if extra:
        fields["extra"] = extra
    return fields


def changes_to(person: Person, values: Mapping[str, Any], *, has_account: bool) -> dict[str, Any]:
    """Return the fields that a row would change.

    Whoever has an account looks after their own profile: a list fills its blanks and overwrites nothing. What
    somebody has said or confirmed stays as it is, a blank among it.
    """
    changes = {}
    for name, value in fields_of(values).items():
        if name in person.said:
            continue
        known = getattr(person, name)
        if name == "extra":
            value = {**known, **value} if not has_account else {**value, **known}
        if value != known and (not known or not has_account or name == "extra"):
            changes[name] = value
    return changes


def new_educations(known: Iterable[Education], values: Mapping[str, Any]) -> list[Education]:
    """Return the degrees of a row that are not known yet, unsaved and without their person."""
    seen = {(each.degree, each.field, each.year) for each in known}
    told = [
        (each.get("degree", ""), each.get("field_of_study", ""), each.get("class_year"))
        for each in values.get("educations", ())
    ]
    fresh = [key for key in dict.fromkeys(told) if key not in seen]
    return [Education(degree=degree, field=field, year=year) for degree, field, year in fresh]


WORK, STUDIES = "work", "studies"  # said whole, like a field: no list adds to them then


def educations_to_add(person: Person, values: Mapping[str, Any]) -> list[Education]:
    """Return the degrees that a row adds to somebody, who may have said that theirs are all there."""
    is_whole = STUDIES in person.said
    return [] if is_whole else new_educations(person.educations.all(), values)


def position_to_add(person: Person, values: Mapping[str, Any]) -> Position | None:
    """Return the work that a row adds to somebody, who may have said that theirs is all there."""
    return None if WORK in person.said else new_position(person.positions.all(), values)


def new_position(known: Iterable[Position], values: Mapping[str, Any]) -> Position | None:
    """Return the work a row speaks of, unless it is known."""
    told = tuple(values.get(name, "") for name in ("job_title", "employer", "industry"))
    if not any(told) or told in {(each.title, each.employer, each.industry) for each in known}:
        return None
    return Position(title=told[0], employer=told[1], industry=told[2])


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a list changes about a person; `before` is None where nothing was known."""

    field: str
    after: object
    before: object = None


def changed_values(after: Mapping[str, Any], before: Mapping[str, Any]) -> list[Change]:
    """Return the changes of a person's fields, one for each thing that is said in `extra` too."""
    changes = []
    for name, value in after.items():
        known = before.get(name)
        if name == "extra":
            told = {key: each for key, each in value.items() if each != (known or {}).get(key)}
            changes += [Change(key, each, (known or {}).get(key)) for key, each in told.items()]
        else:
            changes.append(Change(name, value, known or None))
    return changes


def added_history(educations: Iterable[Education], positions: Iterable[Position]) -> list[Change]:
    """Return the degrees and the work that a list adds."""
    studies = [
        Change("degree", " ".join(filter(None, [str(each), str(each.year or "")])))
        for each in educations
    ]
    return studies + [Change("work", str(each) or each.industry) for each in positions]


MARK_BYTES = 200 * 1024


def image_type(drawing: bytes) -> str:
    """Return the media type of a PNG or WebP by its first bytes; "" for anything else."""
    if drawing.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if drawing[:4] == b"RIFF" and drawing[8:12] == b"WEBP":
        return "image/webp"
    return ""


def why_not_mark(drawing: bytes) -> str | None:
    """Say why a drawing can't be the association's mark."""
    if len(drawing) > MARK_BYTES:
        return _("This picture is larger than 200 KB. Save it smaller and choose it again.")
    if not image_type(drawing):
        return _("This is not a PNG or WebP picture. Save your mark as PNG and choose it again.")
    return None


def is_colour(colour: str) -> bool:
    return re.fullmatch(r"#[0-9a-fA-F]{6}", colour) is not None


def zone_of(person: Person) -> str:
    """Return whose clock is on a person's wall; a zone that nobody knows counts as the association's."""
    return person.time_zone if person.time_zone in ZONES else settings.TIME_ZONE


def clock_of(person: Person) -> ZoneInfo:
    return ZoneInfo(zone_of(person))


def day_for(person: Person, moment: datetime) -> date:
    """Return the date of a moment where the person is."""
    return day_of(moment, zone_of(person))


def today_of(person: Person) -> date:
    return day_for(person, now())


def why_not_free_hours(spans: Sequence[FreeSpan]) -> str:
    """Say why these spans are no free hours of a week, or ""."""
    if why_not_spans(spans):
        return _(
            "A span ends before it begins. For hours after midnight, end this one at 00:00 and use the row of the next day."
        )
    return ""


def why_not_away(first_on: date, last_on: date, on: date) -> str:
    """Say why these cannot be days away, or ""."""
    if last_on < first_on:
        return _("The last day is before the first one.")
    if last_on < on:
        return _("These days are over already.")
    if last_on - first_on > LONGEST_AWAY:
        return _(
            "That is longer than a year. Pause what you take part in instead; your partner hears of it."
        )
    return ""


def free_spans(told: Iterable[tuple[int, int, int]]) -> list[FreeSpan]:
    """Return spans of a week, told as (weekday, from minute, to minute)."""
    return [FreeSpan(*span) for span in told]


def clock_changes(zone: str, first: datetime, last: datetime) -> list[ClockChange]:
    """Return when clocks of a zone change between two moments, for files that have to say it."""
    return clocks.clock_changes(zone, first, last)


def is_clear(moment: datetime, zone: str) -> bool:
    """Whether what clocks of a zone show at a moment names it and no other."""
    return clocks.is_shown_once(moment, zone)
