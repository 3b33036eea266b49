"""Which mentorships does a person have, and whom may they write to?"""

from django.db.models import Count, Q, QuerySet

from lodestar.domain.common.find import one
from lodestar.domain.common.time import now as current_time
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.queries import explored_matches
from lodestar.domain.matching.queries.sides import between, involving
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import are_kept_apart, primary_email


def mentorships_with_people() -> QuerySet[Mentorship]:
    return Mentorship.objects.select_related(
        "match__mentor__person", "match__mentee__person", "match__mentor__cohort__program",
        "match__mentor__cohort__design",
    )  # fmt: skip


def own_mentorships(person: Person) -> QuerySet[Mentorship]:
    """Return the mentorships that this person is one of the two of, the running ones first."""
    running = Count("pk", filter=Q(status__in=Mentorship.RUNNING))
    rows = mentorships_with_people().filter(involving(person, "match__"))
    return rows.annotate(is_running=running).order_by("-is_running", "-began_at", "-pk")


def mentorship_for(person: Person, key: str) -> Mentorship:
    """Return one of the person's own mentorships, in whatever state."""
    return one(own_mentorships(person), public_id=key)


def mentorship_of_match(match_key: str, person: Person) -> Mentorship | None:
    """Return the mentorship that one of the person's own matches became, if it did."""
    return own_mentorships(person).filter(match__public_id=match_key).first()


def may_contact(a: Person, b: Person) -> bool:
    """Two people may write to each other in their active mentorship or their trial, and nowhere else."""
    if a.blocked_at or b.blocked_at or are_kept_apart(a, b):
        return False
    pair = between(a, b, "match__")
    if Mentorship.objects.filter(pair, status=Mentorship.Status.ACTIVE).exists():
        return True
    explored = explored_matches(a, current_time())
    return explored.filter(involving(b)).exists()


def open_matches_between(a: Person, b: Person) -> list[Match]:
    """Return the matches of two people that still wait for a word of theirs."""
    rows = Match.objects.filter(between(a, b), status__in=Match.WAITING)
    return list(rows.select_related("mentor__person", "mentee__person").order_by("pk"))


def contact_of_partner(mentorship: Mentorship, person: Person) -> str:
    """Return where the partner can be written to, or "" unless the mentorship is active."""
    if not rules.may_write(mentorship, person):
        return ""
    return primary_email(rules.partner_of(mentorship, person))
