"""Which matches are a person's own?"""

from collections.abc import Collection
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.rules.showing import shown_names_of
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.common.time import now as current_time
from lodestar.domain.forms.rules import is_own_field
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.queries.sides import involving
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.asked import is_field_shown

OTHERWISE_UNTOLD = ("style", "hours_per_month", "capacity", "gender")
LAST_WORDS = ("matching.proposed", "matching.asked", "matching.exploring")
SIDES = ("mentor__person", "mentee__person", "mentor__cohort__program", "mentor__cohort__design")


def own_matches(person: Person) -> QuerySet[Match]:
    """Return a person's matches on either side, never one that only the office has seen or may take back."""
    own = Match.objects.filter(involving(person))
    told = own.exclude(status=Match.Status.DRAFTED).exclude(proposed_at__gt=current_time())
    return told.select_related(*SIDES).order_by("-pk")


def match_for(person: Person, key: str) -> Match:
    """Return one of a person's own matches."""
    return one(own_matches(person), public_id=key)


def waiting_matches(person: Person, now: datetime) -> QuerySet[Match]:
    """Return the matches that wait for this person's own answer."""
    waiting = Match.Answer.WAITING
    unanswered = Q(mentor__person=person, mentor_answer=waiting) | Q(
        mentee__person=person, mentee_answer=waiting
    )
    return own_matches(person).filter(unanswered, status__in=Match.ASKED, reply_by__gt=now)


def explored_matches(person: Person, now: datetime) -> QuerySet[Match]:
    """Return the matches in which this person has a trial meeting before saying yes for good."""
    return own_matches(person).filter(status=Match.Status.EXPLORING, reply_by__gt=now)


def match_by_key(key: str) -> Match:
    """Return a match for what a job or a letter does; not for pages."""
    return one(Match.objects.select_related(*SIDES), public_id=key)


def answers_shown(match: Match, of: Participant) -> frozenset[str]:
    """Return which answers of one of the two the other reads now, by the design and by their own wish."""
    return shown_names_of(of, match.mentor.cohort.design, is_paired=rules.is_agreed(match))


def reasons_in_words(match: Match, reader: Person) -> list[str]:
    """Return what speaks for the two as this reader is told it; coordinators read the mentee's words.

    It rests only on what the partner lets be read: what both named would tell the partner's answer.
    """
    side = rules.side_of(match, reader) or RoleInCohort.MENTEE
    partner = match.mentor if side == RoleInCohort.MENTEE else match.mentee
    return rules.in_sentences(match, side, answers_shown(match, partner))


def partner_words(match: Match, reader: Person) -> str:
    """Return what the other side wrote for a partner to read."""
    if rules.side_of(match, reader) is None:
        raise NotFoundError
    partner = rules.other_side(match, reader)
    if "about" not in answers_shown(match, partner):
        return ""
    return str(partner.answers.get("about") or "")


def partner_answers(match: Match, reader: Person) -> dict[str, object]:
    """Return what the other side answered that a design shows, and that no line, reason or quote tells."""
    if rules.side_of(match, reader) is None:
        raise NotFoundError
    partner = rules.other_side(match, reader)
    said, shown = partner.answers, answers_shown(match, partner)
    own = [name for name in said if is_own_field(name)]
    return {
        name: said[name] for name in (*OTHERWISE_UNTOLD, *own) if name in shown and name in said
    }


def one_line(match: Match, participant: Participant) -> str:
    """Return who one of the two is in a line, as far as the other may read it: work, place, class year."""
    return line_of(participant, answers_shown(match, participant))


def line_of(participant: Participant, shown: Collection[str]) -> str:
    """Return who somebody is in a line, from the answers that may be read."""
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
    waiting = Match.objects.filter(status__in=Match.WAITING)
    for kind in LAST_WORDS:
        waiting = waiting.exclude(public_id__in=waited_for(kind).values("about_key"))
    return waiting
