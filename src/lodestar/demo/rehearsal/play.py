"""How is a cohort played through, from the first day to the last, and what is told of it?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from django.db.models import QuerySet

from lodestar.demo.rehearsal import members, office
from lodestar.demo.rehearsal.diary import Diary, Write
from lodestar.demo.rehearsal.people import MENTEE, players_of
from lodestar.demo.rehearsal.stage import Jobs, Stage, days_of, listening
from lodestar.demo.rehearsal.world import World, raise_world
from lodestar.domain.applications.models import Participant
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models import Meeting, Mentorship
from lodestar.domain.rehearsals.rules import remarks_of
from lodestar.domain.rehearsals.rules.watching import Seen, Span

Hear = Callable[[float, date], object]
AFTER_THE_END = timedelta(days=14)
A_DAY = timedelta(days=1)


@dataclass
class Waiting:
    """How long each accepted person has stood with neither a partner nor a proposal, and the longest of it."""

    since: dict[str, date] = field(default_factory=dict)
    longest: dict[str, Span] = field(default_factory=dict)

    def look(self, stage: Stage) -> None:
        busy = busy_people()
        here = Participant.objects.filter(left_at=None).values_list("person", flat=True)
        for person in here:
            key = stage.diary.keys[person]
            if person in busy:
                self.since.pop(key, None)
                continue
            since = self.since.setdefault(key, stage.day)
            span = Span((stage.day - since).days + 1, since)
            if key not in self.longest or span.days > self.longest[key].days:
                self.longest[key] = span


def busy_people() -> set[int]:
    """Return who has a partner or a proposal to answer, or has done what they came for."""
    done = [*Mentorship.RUNNING, Mentorship.Status.COMPLETED]
    found = set(people_of_pairs(Mentorship.objects.filter(status__in=done)))
    waiting = Match.objects.filter(status__in=Match.WAITING)
    for pair in waiting.values_list("mentor__person", "mentee__person"):
        found.update(pair)
    return found


def play_through(
    given: Mapping[str, Any], *, jobs: Jobs, write: Write, hear: Hear
) -> dict[str, Any]:
    """Play a cohort in this process's own database; refuses what the office would be refused on the first day."""
    world = raise_world(given)
    stage = stage_for(world, given, jobs, write)
    with listening(stage.diary):
        waiting = play_days(stage, hear)
    return report_of(stage, waiting)


def stage_for(world: World, given: Mapping[str, Any], jobs: Jobs, write: Write) -> Stage:
    diary = Diary(write, day=world.cohort.opens_on)
    diary.keys |= {person.pk: f"office-{n}" for n, person in enumerate(world.office, start=1)}
    return Stage(
        world=world,
        players=players_of(given, world.design, world.cohort.starts_on.year),
        diary=diary,
        jobs=jobs,
        dice=Random(given["seed"]),  # noqa: S311  test people need no secrets
        meeting_days=given["meeting_days"],
    )


def play_days(stage: Stage, hear: Hear) -> Waiting:
    """Let the days pass, from the one on which the office publishes to two weeks after the last."""
    cohort = stage.world.cohort
    first, last = cohort.opens_on - A_DAY, cohort.ends_on + AFTER_THE_END
    waiting, asked, expired, followed = Waiting(), set[int](), set[int](), set[int]()
    stage.day = stage.diary.day = first
    office.publish_cohort(stage)
    office.plan(stage)
    members.apply_in_time(stage)
    for day in days_of(first, last):
        stage.begin(day)
        note_expired(stage, expired)
        members.answer_what_followed(stage, followed)
        members.reply_in_time(stage, asked)
        office.look(stage)
        if stage.act_out():
            stage.end()
        if cohort.matching_on <= day <= cohort.ends_on:
            waiting.look(stage)
        hear(((day - first).days + 1) / ((last - first).days + 1), day)
    return waiting


def note_expired(stage: Stage, known: set[int]) -> None:
    rows = Match.objects.filter(status=Match.Status.EXPIRED).exclude(pk__in=known)
    for match in rows.select_related("mentor", "mentee").order_by("pk"):
        known.add(match.pk)
        pair = (match.mentee.person_id, match.mentor.person_id)
        stage.diary.note("expired", [stage.by_person(person).key for person in pair])


def report_of(stage: Stage, waiting: Waiting) -> dict[str, Any]:
    """Return all that was seen, in the plain form in which the row keeps it."""
    cohort, diary = stage.world.cohort, stage.diary
    people = told_people(stage)
    seen = Seen(
        people=people,
        letters=diary.letters,
        waited=waiting.longest,
        last=cohort.ends_on,
        still_running=still_running(stage),
    )
    return {
        "days": (cohort.ends_on - cohort.opens_on).days + 1,
        "people": people,
        "events": diary.events,
        "letters": diary.letters,
        "texts_left_out": diary.texts_left_out,
        "remarks": [*diary.broken.values(), *remarks_of(seen)],
        "tally": tally_of(stage),
    }


def told_people(stage: Stage) -> list[dict[str, Any]]:
    paired = people_of_pairs(Mentorship.objects.exclude(status=Mentorship.Status.ENDED))
    cast = [(player.here, player.role) for player in stage.players if player.person]
    office = [(person, "coordinator") for person in stage.world.office]
    return [
        {
            "key": stage.diary.keys[person.pk],
            "role": str(role),
            "name": person.full_name,
            "first_name": person.first_name,
            "is_paired": person.pk in paired,
        }
        for person, role in [*cast, *office]
    ]


def people_of_pairs(pairs: QuerySet[Mentorship]) -> list[int]:
    sides = pairs.values_list("match__mentor__person", "match__mentee__person")
    return [person for pair in sides for person in pair]


def still_running(stage: Stage) -> list[str]:
    running = Mentorship.objects.filter(status__in=Mentorship.RUNNING)
    return [stage.diary.keys[person] for person in people_of_pairs(running)]


def tally_of(stage: Stage) -> dict[str, int]:
    mentees = Participant.objects.filter(left_at=None, role=MENTEE)
    return {
        "mentees": mentees.count(),
        "paired": Mentorship.objects.values("match__mentee").distinct().count(),
        "met": Meeting.objects.values("mentorship").distinct().count(),
        "letters": sum(letter["fate"] == "sent" for letter in stage.diary.letters),
    }
