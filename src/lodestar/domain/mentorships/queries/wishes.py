"""Who would like somebody new, or the same partner again?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from lodestar.domain.applications.models import Participant
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Mentorship, Wish
from lodestar.domain.mentorships.queries.pairs import mentorships_with_people
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


@dataclass(frozen=True)
class Waits:
    """Somebody whose mentorship is over and who would like somebody new, since when and after whom."""

    wish: Wish
    participant: Participant

    @property
    def since(self) -> datetime:
        return self.wish.since


def waiting_for_new(cohort: Cohort) -> list[Waits]:
    """Return who of a cohort would like somebody new and has nobody, whoever waits longest first."""
    sides = ("match__mentor__person", "match__mentee__person")
    wishes = Wish.objects.filter(
        kind=Wish.Kind.NEW, taken_back_at=None, mentorship__match__mentor__cohort=cohort
    ).select_related("person", *(f"mentorship__{side}" for side in sides))
    found: dict[int, Waits] = {}
    for wish in wishes.order_by("-since", "-pk"):
        participant = rules.participant_of(wish.mentorship, wish.person)
        if is_free(participant):
            found[participant.pk] = Waits(wish, participant)
    return sorted(found.values(), key=lambda waits: (waits.since, waits.wish.pk))


def is_free(participant: Participant) -> bool:
    """Whether somebody is still here and has a place for a partner."""
    is_here = participant.left_at is None and participant.person.blocked_at is None
    return is_here and participant.places_taken < participant.capacity


def own_wishes(mentorship: Mentorship, person: Person) -> set[str]:
    """Return the kinds of this person's living wishes; the partner's are never among them."""
    own = mentorship.wishes.filter(person=person, taken_back_at=None)
    return set(own.values_list("kind", flat=True))


def wish_each_other(mentorship: Mentorship) -> bool:
    return rules.is_mutual(mentorship.wishes.all())


def pairs_who_wish_again(cohorts: Iterable[Cohort]) -> list[tuple[Person, Person]]:
    """Return (mentor, mentee) of every mentorship in some cohorts whose two both wish to go on together."""
    rows = mentorships_with_people().filter(match__mentor__cohort__in=cohorts)
    wished = rows.filter(wishes__kind=Wish.Kind.AGAIN).distinct().prefetch_related("wishes")
    both = [m for m in wished.order_by("pk") if rules.is_mutual(m.wishes.all())]
    return list(dict.fromkeys((m.match.mentor.person, m.match.mentee.person) for m in both))


def cohorts_wished_for(on: date) -> QuerySet[Cohort]:
    """Return cohorts that are not over, of programs in which somebody wishes for the same partner again."""
    wished = Wish.objects.filter(kind=Wish.Kind.AGAIN, taken_back_at=None)
    programs = wished.values("mentorship__match__mentor__cohort__program")
    cohorts = Cohort.objects.filter(program__in=programs, ends_on__gte=on)
    return cohorts.select_related("design", "program").order_by("pk")
