"""What have the two agreed on, and whose signature is missing?"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lodestar.domain.common.find import one
from lodestar.domain.common.time import day_of
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Agreement, Mentorship
from lodestar.domain.mentorships.queries.goals import goals_of
from lodestar.domain.mentorships.queries.pairs import mentorships_with_people
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Milestone
from lodestar.domain.programs.rules import phases_of
from lodestar.domain.programs.rules.milestones import day_of_anchor


@dataclass(frozen=True)
class Version:
    """An agreement with what it says otherwise than the one before."""

    agreement: Agreement
    differences: list[rules.Difference]


def latest_agreement(mentorship: Mentorship) -> Agreement | None:
    """Return the newest version, whether or not it is signed."""
    found = mentorship.agreements.select_related("drafted_by").order_by("-number").first()
    if found is not None:
        found.mentorship = mentorship
    return found


def agreement_in_force(mentorship: Mentorship) -> Agreement | None:
    """Return what both have signed last."""
    return mentorship.agreements.exclude(agreed_at=None).order_by("-number").first()


def agreement_in(mentorship: Mentorship, key: str) -> Agreement:
    return one(mentorship.agreements.all(), public_id=key)


def versions_of_agreement(mentorship: Mentorship) -> list[Version]:
    """Return every version with what it changed, the newest first."""
    rows = list(mentorship.agreements.select_related("drafted_by"))
    before: list[Agreement | None] = [None, *rows]
    found = [
        Version(row, rules.differences(was, row)) for was, row in zip(before, rows, strict=False)
    ]
    return found[::-1]


def draft_for(mentorship: Mentorship) -> dict[str, object]:
    """Return the words with which somebody begins to write: the newest ones, or a first draft."""
    latest = latest_agreement(mentorship)
    if latest:
        return rules.words_of(latest)
    goals = [goal for goal in goals_of(mentorship) if goal.is_open]
    return rules.first_draft(mentorship, goals)


def changed_by_both(
    mentorship: Mentorship, seen: str, words: Mapping[str, object]
) -> dict[str, object]:
    """Return what the other wrote in parts that somebody changed as well since a version they saw."""
    latest = latest_agreement(mentorship)
    if latest is None or latest.public_id == seen:
        return {}
    base = rules.words_of(agreement_in(mentorship, seen)) if seen else {}
    newest = rules.words_of(latest)
    return {name: newest[name] for name in rules.merged(base, newest, words)[1]}


def waits_for_signature(mentorship: Mentorship, person: Person) -> bool:
    """The other has signed the newest version, or the calendar asks, and this person has not."""
    latest = latest_agreement(mentorship)
    if latest is None or rules.has_signed(latest, person):
        return False
    return rules.is_review(latest) or rules.has_other_signed(latest, person)


def agreements_to_reopen(on: date) -> list[Agreement]:
    """Return what was agreed in the first half of a cohort whose second half has begun, asked once."""
    running = mentorships_with_people().filter(
        status=Mentorship.Status.ACTIVE,
        agreed_cadence_days__isnull=False,
        match__mentor__cohort__starts_on__lte=on,
        match__mentor__cohort__ends_on__gt=on,
        match__mentor__person__blocked_at=None,
        match__mentee__person__blocked_at=None,
    )
    asked = Agreement.objects.filter(drafted_by=None).values("mentorship")
    halfway = [m for m in running.exclude(pk__in=asked) if half_of(m) <= on]
    latest = [found for m in halfway if (found := latest_agreement(m))]
    return [
        agreement
        for agreement in latest
        if agreement.agreed_at and day_of(agreement.agreed_at) < half_of(agreement.mentorship)
    ]


def half_of(mentorship: Mentorship) -> date:
    phases = phases_of(mentorship.match.mentor.cohort)
    return day_of_anchor(Milestone.Anchor.HALFWAY, phases)
