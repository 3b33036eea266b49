"""Which matches are a person's own?"""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.people.models import Person


def own_matches(person: Person) -> QuerySet[Match]:
    """Return a person's matches on either side, never one that only the office has seen."""
    own = Match.objects.filter(Q(mentor__person=person) | Q(mentee__person=person))
    links = ("mentor__person", "mentee__person", "run__cohort__program")
    shown = own.exclude(status=Match.Status.DRAFTED).select_related(*links)
    return shown.defer("run__inputs", "run__certificate").order_by("-pk")


def match_for(person: Person, key: str) -> Match:
    """Return one of a person's own matches."""
    return one(own_matches(person), public_id=key)


def waiting_matches(person: Person, now: datetime) -> QuerySet[Match]:
    """Return the matches that wait for this person's own answer."""
    waiting = Match.Answer.WAITING
    unanswered = Q(mentor__person=person, mentor_answer=waiting) | Q(
        mentee__person=person, mentee_answer=waiting
    )
    return own_matches(person).filter(unanswered, status__in=Match.WAITING, reply_by__gt=now)


def match_by_key(key: str) -> Match:
    """Return a match for what a job or a letter does; not for pages."""
    links = ("mentor__person", "mentee__person", "run__cohort__program")
    return one(Match.objects.select_related(*links).defer("run__inputs"), public_id=key)


def reasons_in_words(match: Match, reader: Person) -> list[str]:
    """Return what speaks for the two as this reader is told it; coordinators read the mentee's words."""
    return rules.in_sentences(match, rules.side_of(match, reader) or RoleInCohort.MENTEE)


def partner_words(match: Match, reader: Person) -> str:
    """Return what the other side wrote for a partner to read."""
    if rules.side_of(match, reader) is None:
        raise NotFoundError
    return str(rules.other_side(match, reader).answers.get("about") or "")


def one_line(participant: Participant) -> str:
    """Return who somebody is in a line: work, place, class year."""
    answers, person = participant.answers, participant.person
    work = answers.get("function") or answers.get("industry") or ""
    place = person.city or answers.get("city") or ""
    year = person.class_year or answers.get("class_year") or ""
    parts = [
        str(work).split(" > ")[-1],
        str(place),
        _("class of %(year)s") % {"year": year} if year else "",
    ]
    return " · ".join(part for part in parts if part)


def matches_to_remind(now: datetime) -> QuerySet[Match]:
    due = both_written_to().filter(next_reminder_at__lte=now, reply_by__gte=now)
    return due.order_by("pk")


def matches_to_expire(now: datetime) -> QuerySet[Match]:
    return both_written_to().filter(reply_by__lt=now).order_by("pk")


def both_written_to() -> QuerySet[Match]:
    """Return what waits for an answer, but for matches of which a letter still waits for its release."""
    unreleased = waited_for("matching.proposed").values("about_key")
    return Match.objects.filter(status__in=Match.WAITING).exclude(public_id__in=unreleased)
