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
from lodestar.domain.programs.rules.asked import is_field_shown, shown_names

OTHERWISE_UNTOLD = ("style", "hours_per_month", "capacity", "gender")
SIDES = ("mentor__person", "mentee__person", "run__cohort__program", "mentor__cohort__design")


def own_matches(person: Person) -> QuerySet[Match]:
    """Return a person's matches on either side, never one that only the office has seen."""
    own = Match.objects.filter(Q(mentor__person=person) | Q(mentee__person=person))
    shown = own.exclude(status=Match.Status.DRAFTED).select_related(*SIDES)
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
    return one(Match.objects.select_related(*SIDES).defer("run__inputs"), public_id=key)


def answers_shown(match: Match) -> frozenset[str]:
    """Return which answers the two read of each other now, by the design their cohort keeps."""
    return shown_names(match.mentor.cohort.design, is_paired=rules.is_agreed(match))


def reasons_in_words(match: Match, reader: Person) -> list[str]:
    """Return what speaks for the two as this reader is told it; coordinators read the mentee's words."""
    side = rules.side_of(match, reader) or RoleInCohort.MENTEE
    return rules.in_sentences(match, side, answers_shown(match))


def partner_words(match: Match, reader: Person) -> str:
    """Return what the other side wrote for a partner to read."""
    if rules.side_of(match, reader) is None:
        raise NotFoundError
    if "about" not in answers_shown(match):
        return ""
    return str(rules.other_side(match, reader).answers.get("about") or "")


def partner_answers(match: Match, reader: Person) -> dict[str, object]:
    """Return what the other side answered that a design shows, and that no line, reason or quote tells."""
    if rules.side_of(match, reader) is None:
        raise NotFoundError
    said, shown = rules.other_side(match, reader).answers, answers_shown(match)
    return {name: said[name] for name in OTHERWISE_UNTOLD if name in shown and name in said}


def one_line(match: Match, participant: Participant) -> str:
    """Return who one of the two is in a line, as far as the other may read it: work, place, class year."""
    shown = answers_shown(match)
    person = participant.person
    answers = {k: v for k, v in participant.answers.items() if is_field_shown(k, shown)}
    work = answers.get("function") or answers.get("industry") or ""
    place = (person.city if "place" in shown else "") or answers.get("city") or ""
    year = (person.class_year if "class_year" in shown else "") or answers.get("class_year") or ""
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
