"""How does a rehearsal look on a page: its days, its letters, its remarks, what changed?"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.pilots.models import Finding
from lodestar.domain.rehearsals import rules
from lodestar.domain.rehearsals.queries import Change

Report = Mapping[str, Any]
SECONDS_A_MINUTE = 60
LONGEST_FINDING = 500
FATE_KINDS = {"sent": "good", "held": "warn", "dead": "bad", "broken": "bad"}


def roles() -> dict[str, str]:
    return {"mentor": _("mentor"), "mentee": _("mentee"), "coordinator": _("coordinator")}


def fates() -> dict[str, str]:
    return {
        "sent": _("would have gone out"),
        "held": _("held back"),
        "dead": _("could not be sent"),
        "broken": _("could not be written"),
    }


@dataclass(frozen=True)
class Sheet:
    """One letter of a rehearsal as it is listed and read."""

    number: int
    day: date
    to: str
    role: str
    kind: str
    subject: str
    text: str
    fate: str
    fate_kind: str
    why: str

    @property
    def title(self) -> str:
        return self.subject or self.kind

    @property
    def went(self) -> bool:
        return self.fate_kind == "good"


@dataclass
class Day:
    """What happened on a day, and which letters went."""

    day: date
    said: list[str] = field(default_factory=list)
    letters: list[Sheet] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """The days of a month on which anything happened."""

    name: str
    days: list[Day]

    @property
    def letter_count(self) -> int:
        return sum(len(day.letters) for day in self.days)


@dataclass(frozen=True)
class Noted:
    """A remark with its number in the report, its stage in words and the day it begins on."""

    number: int
    stage: str
    said: str
    day: date | None


def name_of(report: Report, key: str) -> str:
    return next((str(each["name"]) for each in report["people"] if each["key"] == key), key)


def role_of(report: Report, key: str) -> str:
    role = next((each["role"] for each in report["people"] if each["key"] == key), "")
    return roles().get(role, "")


def readers_of(report: Report) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the test people to read it as, by role."""
    found = {role: [(each["key"], each["name"]) for each in report["people"] if each["role"] == role] for role in roles()}  # fmt: skip
    return [(label, found[role]) for role, label in roles().items() if found[role]]


def sheet_of(report: Report, number: int) -> Sheet:
    letter = report["letters"][number]
    return Sheet(
        number=number,
        day=date.fromisoformat(letter["day"]),
        to=name_of(report, letter["to"]),
        role=role_of(report, letter["to"]),
        kind=rules.kind_in_words(letter["kind"]),
        subject=letter["subject"],
        text=letter["text"],
        fate=fates()[letter["fate"]],
        fate_kind=FATE_KINDS[letter["fate"]],
        why=letter["why"],
    )


def months_of(report: Report, who: str) -> list[Month]:
    """Return what happened month by month, to everybody or as one person lived it."""
    days: dict[str, Day] = {}

    def on(day: str) -> Day:
        return days.setdefault(day, Day(date.fromisoformat(day)))

    for event in report["events"]:
        if not who or not event["who"] or who in event["who"]:
            keys = [who] if who in event["who"] else event["who"]
            names = [name_of(report, key) for key in keys]
            on(event["day"]).said.append(rules.event_in_words(event["code"], names))
    for number, letter in enumerate(report["letters"]):
        if not who or letter["to"] == who:
            on(letter["day"]).letters.append(sheet_of(report, number))
    months: dict[tuple[int, int], list[Day]] = defaultdict(list)
    for _day, found in sorted(days.items()):
        months[found.day.year, found.day.month].append(found)
    return [Month(date_format(found[0].day, "F Y"), found) for found in months.values()]


def noted(remarks: Iterable[Mapping[str, Any]]) -> list[Noted]:
    stages = dict(Finding.Stage.choices)
    return [
        Noted(
            number=number,
            stage=str(stages[remark["stage"]]),
            said=remark["said"],
            day=date.fromisoformat(remark["day"]) if remark["day"] else None,
        )
        for number, remark in enumerate(remarks)
    ]


def neighbours(report: Report, number: int) -> tuple[int | None, int | None]:
    """Return the letter before and the one after, to the same reader."""
    to = report["letters"][number]["to"]
    same = [place for place, letter in enumerate(report["letters"]) if letter["to"] == to]
    at = same.index(number)
    return (same[at - 1] if at else None), (same[at + 1] if at + 1 < len(same) else None)


def headline_of(report: Report) -> str:
    return rules.headline(report["days"], report["seconds"], report["tally"])


def headline_of_row(row: Any) -> str:
    """Return the headline of a listed rehearsal, which brings no whole report."""
    return rules.headline(row.days, row.seconds, row.tally) if row.tally else ""


def pace_of(report: Report) -> int:
    """Return how many days passed in a minute."""
    seconds = max(1.0, float(report["seconds"]))
    return round(int(report["days"]) * SECONDS_A_MINUTE / seconds)


def changed_letters(change: Change) -> list[tuple[str, str, Any]]:
    """Return each kind of letter that changed as its name, the role of its readers, and the change."""
    return [(rules.kind_in_words(each.kind), roles().get(each.role, ""), each) for each in change.letters]  # fmt: skip


def finding_of(report: Report, remark: int | None, letter: int | None) -> dict[str, str]:
    """Return what a finding begins with, from a remark or from a letter."""
    if remark is not None and remark < len(report["remarks"]):
        found = report["remarks"][remark]
        return {"what": found["said"][:LONGEST_FINDING], "stage": found["stage"]}
    if letter is not None and letter < len(report["letters"]):
        sheet = sheet_of(report, letter)
        told = {"subject": sheet.title, "role": sheet.role, "day": date_format(sheet.day, "j F Y")}
        what = _("The letter “%(subject)s” to the %(role)s on %(day)s: ") % told
        stage = str(rules.stage_of(report["letters"][letter]["kind"]))
        return {"what": what[:LONGEST_FINDING], "stage": stage}
    return {}
