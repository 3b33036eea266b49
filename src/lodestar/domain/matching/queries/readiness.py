"""Who is not ready to be matched well yet, and what does each lack?"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from lodestar.domain.applications.models import Application, Participant
from lodestar.domain.applications.queries.judging import WHO_THEY_ARE, known_of
from lodestar.domain.common.time import now, today
from lodestar.domain.matching import rules
from lodestar.domain.matching.queries.inputs import open_participants
from lodestar.domain.matching.queries.runs import BLANK
from lodestar.domain.matching.queries.stranding import RulesSeen, rules_seen
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Address
from lodestar.domain.programs.models import Cohort, Criterion

INCOMPLETE = "matching.incomplete"


@dataclass(frozen=True)
class Lacking:
    """Somebody who takes part, and what is missing: answers that weigh, anybody they may meet, an address, a name.

    `is_unknown` says that nobody has confirmed who they are.
    """

    participant: Participant
    missing: tuple[str, ...]
    answered_share: float
    has_nobody: bool
    has_address: bool
    asked_at: datetime | None
    is_unknown: bool = False

    @property
    def is_thin(self) -> bool:
        return self.answered_share < rules.ENOUGH_ANSWERED

    def can_be_asked(self, at: datetime) -> bool:
        return self.is_thin and self.has_address and rules.may_be_asked_again(self.asked_at, at)


@dataclass(frozen=True)
class Pool:
    """Everybody who takes part and has a free place, and those who lack something, the most first."""

    people: int
    lacking: Sequence[Lacking]
    why_not_ask: str

    @property
    def thin(self) -> int:
        return sum(each.is_thin for each in self.lacking)

    @property
    def unknown(self) -> int:
        """Count those of whom nobody has confirmed who they are."""
        return sum(each.is_unknown for each in self.lacking)

    @property
    def askable(self) -> list[Lacking]:
        at = now()
        return [] if self.why_not_ask else [each for each in self.lacking if each.can_be_asked(at)]

    @property
    def gate(self) -> str:
        """What has to be answered for before a run, or nothing."""
        unready = sum(each.is_thin or each.has_nobody for each in self.lacking)
        return rules.why_gated(unready, self.people)


def pool_of(cohort: Cohort, seen: RulesSeen | None = None) -> Pool:
    """Look at everybody who would be in a run; in few statements, whatever their number."""
    people = list(open_participants(cohort).select_related("application"))
    criteria = [c for c in cohort.design.criteria.filter(weight__gt=0) if c.kind != "opt_in"]
    seen = seen or rules_seen(cohort)
    alone = {who.application for who in (*seen.mentees, *seen.mentors)} if seen else set()
    reachable = set(
        Address.objects.filter(person__in=[p.person_id for p in people]).values_list(
            "person_id", flat=True
        )
    )
    asked = asked_at(cohort)
    unknown = unknown_among(cohort, people)
    found = [
        replace(
            lacking(person, criteria, alone, reachable, asked),
            is_unknown=person.person_id in unknown,
        )
        for person in people
    ]
    wanting = [
        each
        for each in found
        if each.is_thin or each.has_nobody or each.is_unknown or not each.has_address
    ]
    wanting.sort(key=lambda each: (not each.has_nobody, each.answered_share, each.participant.pk))
    return Pool(len(people), wanting, rules.why_not_ask_for_answers(cohort, today()))


def unknown_among(cohort: Cohort, people: Sequence[Participant]) -> set[int]:
    """Return of whom nobody has confirmed who they are; nobody where neither a roll nor a rule could tell."""
    known = known_of(person.person_id for person in people)
    asks = cohort.design.eligibility.filter(kind__in=WHO_THEY_ARE).exists()
    if not asks and not any(each.is_verified for each in known.values()):
        return set()
    return {key for key, each in known.items() if not each.is_verified}


def lacking(
    person: Participant,
    criteria: Sequence[Criterion],
    alone: set[str],
    reachable: set[int],
    asked: Mapping[str, datetime],
) -> Lacking:
    field = "mentor_field" if person.role == "mentor" else "mentee_field"
    blank = [each for each in criteria if person.answers.get(getattr(each, field)) in BLANK]
    whole = sum(each.weight for each in criteria)
    key = person.application.public_id
    return Lacking(
        participant=person,
        missing=tuple(rules.criterion_in_words(each.name) for each in blank),
        answered_share=1 - sum(each.weight for each in blank) / whole if whole else 1.0,
        has_nobody=key in alone,
        has_address=person.person_id in reachable,
        asked_at=asked.get(key),
    )


def asked_at(cohort: Cohort) -> dict[str, datetime]:
    """Return when each of a cohort was last asked for what is missing, by the application's key."""
    keys = Application.objects.filter(cohort=cohort).values("public_id")
    letters = Letter.objects.filter(kind=INCOMPLETE, about_key__in=keys).order_by("created_at")
    return dict(letters.values_list("about_key", "created_at"))


def missing_for(participant: Participant) -> tuple[str, ...]:
    """Return the questions somebody left blank, for a letter that asks for them."""
    criteria = participant.cohort.design.criteria.filter(weight__gt=0).exclude(kind="opt_in")
    return lacking(participant, list(criteria), set(), set(), {}).missing
