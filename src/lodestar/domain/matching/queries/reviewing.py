"""What did coordinators say about a run, who could sign it off, and what would it send?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Comment, Match, MatchRun
from lodestar.domain.matching.queries.runs import BOTH, with_people
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries.names import named
from lodestar.domain.programs.queries import coordinators_of

PROPOSED = "matching.proposed"
SIDES = (RoleInCohort.MENTEE, RoleInCohort.MENTOR)


@dataclass(frozen=True)
class ToSend:
    """A letter that publishing would queue: to whom, about which match; the letter itself is in no table."""

    match: Match
    to: Participant
    letter: Letter


def who_could_sign(run: MatchRun) -> Sequence[Person]:
    """Return the coordinators who did not look at the run themselves."""
    others = coordinators_of(run.cohort.program).exclude(person=run.reviewed_by_id)
    return [each.person for each in others]


def comments_of(run: MatchRun) -> QuerySet[Comment]:
    return run.comments.select_related("author", "match__mentee__person", "match__mentor__person")


def comments_on(match: Match) -> QuerySet[Comment]:
    return match.comments.select_related("author")


def matches_to_tell(run: MatchRun, words: str = "") -> QuerySet[Match]:
    """Return the matches of a run of which letters would be written, by the mentee's name."""
    found = with_people(run.matches.exclude(status=Match.Status.WITHDRAWN))
    found = found.select_related("mentor__cohort__design")
    names = ("mentee__person__family_name", "mentee__person__given_name", "pk")
    return named(found, words, *BOTH).order_by(*names)


def match_to_tell(run: MatchRun, key: str) -> Match:
    return one(matches_to_tell(run), public_id=key)


def letter_about(match: Match, side: str, now: datetime) -> ToSend:
    """Return the letter that one of two people would get if their run were published now."""
    if side not in SIDES:
        raise NotFoundError
    to = match.mentor if side == RoleInCohort.MENTOR else match.mentee
    reply_by = match.reply_by or rules.deadline(now, match.mentor.cohort.design.reply_days)
    letter = Letter(
        kind=PROPOSED,
        person=to.person,
        about_kind=match._meta.label_lower,
        about_key=match.public_id,
        next_try_at=now,
        expires_at=reply_by,
    )
    return ToSend(match, to, letter)
