"""What came of the requests that somebody has had, in all programs?"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Count

from lodestar.domain.applications.rules.showing import shown_names_of
from lodestar.domain.directory.rules.evidence import Evidence, median_hours, most_asked
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.models import Mentorship
from lodestar.engine.answers.values import values_of

AN_HOUR = 3600
ENDED_WITHOUT = (Match.Status.EXPIRED,)


def evidence_of(people: Collection[int]) -> dict[int, Evidence]:
    """Return what speaks for some people as mentors, by the key of the person."""
    asked = Match.objects.filter(mentor__person__in=people, proposed_at__isnull=False)
    rows = asked.select_related("mentor", "mentee__cohort__design").defer("mentor__answers")
    hours: dict[int, list[float | None]] = {}
    topics: dict[int, list[list[str]]] = {}
    for match in rows.order_by("pk"):
        person = match.mentor.person_id
        topics.setdefault(person, []).append(topics_asked(match))
        if match.mentor_answered_at and match.proposed_at:
            taken = hours_between(match.proposed_at, match.mentor_answered_at)
            hours.setdefault(person, []).append(taken)
        elif match.status in ENDED_WITHOUT:
            hours.setdefault(person, []).append(None)
    completed = completed_by(people)
    return {
        person: Evidence(
            len(hours.get(person, [])),
            median_hours(hours.get(person, [])),
            completed.get(person, 0),
            tuple(most_asked(topics.get(person, []))),
        )
        for person in {*hours, *completed}
    }


def topics_asked(match: Match) -> list[str]:
    """Return what a mentee wanted help with, if mentors read it."""
    mentee = match.mentee
    if "topics" not in shown_names_of(mentee, mentee.cohort.design, is_paired=False):
        return []
    said = mentee.answers.get("topics") or []
    return [value.split(" > ")[-1] for value in values_of(tuple(said))]


def hours_between(begin: datetime, end: datetime) -> float:
    return max(0.0, (end - begin).total_seconds() / AN_HOUR)


def completed_by(people: Collection[int]) -> dict[int, int]:
    done = Mentorship.objects.filter(
        match__mentor__person__in=people, status=Mentorship.Status.COMPLETED
    )
    groups = done.order_by().values_list("match__mentor__person").annotate(Count("pk"))
    return dict(groups)
