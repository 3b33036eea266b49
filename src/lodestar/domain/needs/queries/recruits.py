"""Who of the roll would fill which gap, in which order, and what do coordinators see of them?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from lodestar.domain.needs.models import NeedsReport
from lodestar.domain.needs.queries.roll import recruitable
from lodestar.domain.people.models import Address, Education, Person, Position

Value = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Recruit:
    """Somebody on the roll who would help: how much, and which gaps they fill.

    `serves` is what one place with them alone would bring now; `points` what it adds to the matches beside.
    """

    person: Person
    serves: int
    points: int
    fills: tuple[Value, ...]
    is_reachable: bool

    @property
    def work(self) -> Position:
        return next(iter(self.person.positions.all()), Position())

    @property
    def studies(self) -> Education:
        return next(iter(self.person.educations.all()), Education())


@dataclass(frozen=True, slots=True)
class Asked:
    """One to ask before the next: who, and how many are served once they and those before have joined."""

    recruit: Recruit
    served: int


def recruits_of(report: NeedsReport, field: str = "", value: str = "") -> list[Recruit]:
    """Return whom to ask, the one who helps most first, of those who may still be asked today."""
    entries = [
        entry
        for entry in report.result.get("recruits", [])
        if not field or [field, value] in entry["fills"]
    ]
    people = known_people(report, [entry["key"] for entry in entries])
    return [
        recruit_from(entry, people[entry["key"]]) for entry in entries if entry["key"] in people
    ]


def first_of(report: NeedsReport) -> list[Asked]:
    """Return whom to ask first, each beside those before; it ends where somebody may no longer be asked.

    The numbers of the later ones rest on the earlier ones, so a gap would make them untrue.
    """
    everyone = {recruit.person.public_id: recruit for recruit in recruits_of(report)}
    found: list[Asked] = []
    for step in report.result.get("first", []):
        if step["key"] not in everyone:
            break
        found.append(Asked(everyone[step["key"]], step["served"]))
    return found


def known_people(report: NeedsReport, keys: Iterable[str]) -> dict[str, Person]:
    """Return those of some people who may still be asked, by key, with their work and studies."""
    history = (
        Prefetch("educations", Education.objects.order_by("-year", "-pk")),
        Prefetch("positions", Position.objects.filter(is_current=True).order_by("-pk")),
        Prefetch("addresses", Address.objects.order_by("pk")),
    )
    free = recruitable(report.cohort).filter(public_id__in=list(keys))
    return {person.public_id: person for person in free.prefetch_related(*history)}


def recruit_from(entry: dict[str, Any], person: Person) -> Recruit:
    serves, points = entry["gain"]
    return Recruit(
        person=person,
        serves=serves,
        points=points,
        fills=tuple((field, value) for field, value in entry["fills"]),
        is_reachable=bool(person.addresses.all()),
    )


def fillers(report: NeedsReport) -> dict[Value, int]:
    """Return how many of those listed offer each value, by field and value."""
    counts: dict[Value, int] = {}
    for entry in report.result.get("recruits", []):
        for field, value in entry["fills"]:
            counts[field, value] = counts.get((field, value), 0) + 1
    return counts


def named_so(recruits: Sequence[Recruit], words: str) -> list[Recruit]:
    """Keep those whose name, work or place holds each of the words."""
    wanted = [word.casefold() for word in words.split()[:5]]

    def text(recruit: Recruit) -> str:
        person, work = recruit.person, recruit.work
        parts = (person.full_name, work.title, work.employer, person.city, person.country)
        return " ".join(parts).casefold()

    return [each for each in recruits if all(word in text(each) for word in wanted)]
