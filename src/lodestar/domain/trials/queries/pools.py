"""On whom is a design tried, frozen at the moment it was asked for?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import Any, TypeVar

from django.db.models import QuerySet

from lodestar.domain.applications.models import Application, Participant, RoleInCohort
from lodestar.domain.applications.queries import waiting_in
from lodestar.domain.applications.rules.answers import (
    answers_of_row,
    capacity_of,
    for_matching,
    matched_by,
)
from lodestar.domain.forms.rules import invented
from lodestar.domain.matching.queries.inputs import (
    FORMAT,
    bans_of,
    design_as_data,
    open_participants,
    pins_of,
)
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.trials.models import Forecast
from lodestar.engine.matching import problem as engine
from lodestar.engine.simulation.pool import synthetic_pool

Inputs = dict[str, Any]
Row = dict[str, Any]
Anyone = TypeVar("Anyone", engine.Mentee, engine.Mentor)
YOUNG_YEARS = 10
MOST_TEMPLATES, AT_ONCE = 5_000, 500
TOPICS_OF_THEIRS, FEWEST_WISHES = 3, 5
MENTEE, MENTOR = RoleInCohort.MENTEE, RoleInCohort.MENTOR


@dataclass(frozen=True)
class PoolWish:
    """Who is to be tried: the applicants so far, an earlier cohort, or so many made-up people."""

    kind: Forecast.Pool
    past: Cohort | None = None
    mentees: int = 0
    mentors: int = 0


def inputs_of(cohort: Cohort, design: Design, wish: PoolWish, seed: int) -> Inputs:
    """Freeze everything that a forecast depends on, as plain data."""
    rows = {
        Forecast.Pool.APPLICANTS: lambda: applicants(cohort, design),
        Forecast.Pool.PAST: lambda: people_of_past(wish.past or cohort, design),
        Forecast.Pool.ROLL: lambda: made_up(cohort, design, wish, seed),
    }[wish.kind]()
    return {
        "format": FORMAT,
        **rows,
        "design": design_as_data(design) | {"capacity_maximum": design.capacity_maximum},
    }


def applicants(cohort: Cohort, design: Design) -> Inputs:
    """Return who takes part and has a free place, and who has applied and waits, as if they were accepted."""
    here = list(open_participants(cohort).select_related("cohort"))
    waiting = list(waiting_in(cohort).select_related("cohort"))
    mentees = [person for person in here if person.role == MENTEE]
    mentors = [person for person in here if person.role == MENTOR]
    found = sorted_by_role(
        [
            *(Tried.participant(person, design, free=True) for person in here),
            *(Tried.application(application, design) for application in waiting),
        ]
    )
    listed = bans_of(cohort, mentees, mentors)
    kept = [[mentee, mentor, why] for (mentee, mentor), why in listed.items()]
    apart = [ban for ban in found["bans"] if tuple(ban[:2]) not in listed]
    return {**found, "pins": pins_of(cohort, mentees, mentors), "bans": sorted([*kept, *apart])}


def people_of_past(cohort: Cohort, design: Design) -> Inputs:
    """Return everybody who was accepted into an earlier cohort, as they were when it began."""
    people = Participant.objects.filter(cohort=cohort).select_related("cohort").order_by("pk")
    return sorted_by_role([Tried.participant(person, design) for person in people]) | {"pins": []}


@dataclass(frozen=True)
class Tried:
    """One person in a role, with their answers, and the places they have under the design that is tried."""

    role: str
    person: int
    key: str
    answers: Row
    capacity: int

    @classmethod
    def participant(cls, who: Participant, design: Design, *, free: bool = False) -> "Tried":
        """Take the places as they are, or as another design would have given them by the answers."""
        places = who.capacity
        if design.pk != who.cohort.design_id:
            places = places_by(who.role, who.answers, design)
        if free:
            places = max(0, places - who.places_taken)
        return cls(who.role, who.person_id, who.public_id, who.answers, places)

    @classmethod
    def application(cls, who: Application, design: Design) -> "Tried":
        answers = matched_by(design, who.role, who.answers, who.cohort.starts_on)
        places = places_by(who.role, answers, design)
        return cls(who.role, who.person_id, who.public_id, answers, places)

    @property
    def row(self) -> Row:
        return {"key": self.key, "answers": self.answers, "capacity": self.capacity}


def places_by(role: str, answers: Row, design: Design) -> int:
    return capacity_of(role, answers, design.capacity_default, design.capacity_maximum)


def sorted_by_role(people: Sequence[Tried]) -> Inputs:
    """Return the rows of both sides; whoever is on both is never their own partner."""
    mentee_of = {each.person: each.key for each in people if each.role == MENTEE}
    return {
        "mentees": [each.row for each in people if each.role == MENTEE],
        "mentors": [each.row for each in people if each.role == MENTOR],
        "bans": sorted(
            [mentee_of[each.person], each.key, "same_person"]
            for each in people
            if each.role == MENTOR and each.person in mentee_of
        ),
    }


def made_up(cohort: Cohort, design: Design, wish: PoolWish, seed: int) -> Inputs:
    """Return people who are nobody, with the roll's answers: younger alumni as mentees, older as mentors."""
    dice = Random(seed)  # noqa: S311
    young, older = (
        [
            answers_of(answers | {"topics": topics})
            for answers, topics in with_wishes(cohort, design, role, dice)
        ]
        for role in (MENTEE, MENTOR)
    )
    places = places_seen(cohort, design, len(older), dice)
    mentees = [engine.Mentee(str(place), answers) for place, answers in enumerate(young)]
    mentors = [
        engine.Mentor(str(place), answers, places[place]) for place, answers in enumerate(older)
    ]
    return {
        "mentees": rows_made_up("mentee", mentees, wish.mentees, seed),
        "mentors": rows_made_up("mentor", mentors, wish.mentors, seed + 1),
        "pins": [],
        "bans": [],
    }


def rows_made_up(role: str, people: list[Anyone], count: int, seed: int) -> list[Row]:
    made = synthetic_pool(people, count, seed) if people else []
    return [
        {
            "key": f"{role} {place}",
            "answers": dict(person.answers),
            "capacity": getattr(person, "capacity", 1),
        }
        for place, person in enumerate(made, 1)
    ]


def roll(cohort: Cohort, role: str) -> QuerySet[Person]:
    """Return the alumni whom a role is usually meant for, by their class year; all where none is known."""
    people = Person.objects.filter(blocked_at=None)
    line = cohort.starts_on.year - YOUNG_YEARS
    dated = people.filter(class_year__isnull=False)
    if not dated.exists():
        return people
    return dated.filter(class_year__gt=line) if role == MENTEE else dated.filter(class_year__lte=line)  # fmt: skip


def templates(cohort: Cohort, role: str, dice: Random) -> list[Row]:
    """Return what the roll says of people of a role, as answers; some of them where they are very many."""
    keys = list(roll(cohort, role).order_by("pk").values_list("pk", flat=True))
    if len(keys) > MOST_TEMPLATES:
        keys = sorted(dice.sample(keys, MOST_TEMPLATES))
    found: list[Row] = []
    for start in range(0, len(keys), AT_ONCE):
        people = Person.objects.filter(pk__in=keys[start : start + AT_ONCE]).order_by("pk")
        told = people.prefetch_related("positions", "educations")
        found += [answers_of_person(person, cohort.starts_on) for person in told]
    return found


def answers_of_person(person: Person, on: date) -> Row:
    """Return what is on the roll about a person, without their own words."""
    works = next((each for each in person.positions.all() if each.is_current), None)
    studied = next((each.field for each in person.educations.all() if each.field), "")
    said = {
        "industry": works.industry if works else "",
        "job_title": works.title if works else "",
        "employer": works.employer if works else "",
        "educations": [{"field_of_study": studied}],
    }
    found: Row = for_matching(answers_of_row(person, said), on)
    found.pop("about", None)
    return found


def with_wishes(
    cohort: Cohort, design: Design, role: str, dice: Random
) -> Iterator[tuple[Row, object]]:
    """Yield the roll's people with topics, which no roll knows.

    Drawn from what the program's people of that role have asked for or offered so far; where these are too
    few, from the design's topics.
    """
    asked = wishes_seen(cohort, role)
    listed = [str(topic) for group in design.topics for topic in group["topics"]]
    form = form_of(design)
    for template in templates(cohort, role, dice):
        answers = invented(form, role, template, dice)
        if len(asked) >= FEWEST_WISHES:
            yield answers, dice.choice(asked)
            continue
        chosen = dice.sample(listed, min(TOPICS_OF_THEIRS, len(listed)))
        yield answers, chosen if role == MENTEE else {topic: dice.randint(1, 3) for topic in chosen}


def wishes_seen(cohort: Cohort, role: str) -> list[object]:
    rows = Participant.objects.filter(cohort__program=cohort.program_id, role=role).order_by("pk")
    told = (answers.get("topics") for answers in rows.values_list("answers", flat=True))
    return [topics for topics in told if topics]


def places_seen(cohort: Cohort, design: Design, count: int, dice: Random) -> list[int]:
    """Return how many mentees each takes: as mentors of this program did so far, else as the design says."""
    rows = Participant.objects.filter(cohort__program=cohort.program_id, role=MENTOR)
    told = rows.order_by("pk").values_list("capacity", flat=True)
    seen = [min(places, design.capacity_maximum) for places in told] or [design.capacity_default]
    return [dice.choice(seen) for _ in range(count)]
