"""How do the matches of a run stand beside its mentors, and what is drafted about them?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.find import one
from lodestar.domain.matching.models import DraftChange, Inquiry, Match, MatchRun, PairRule
from lodestar.domain.matching.queries.inquiries import Question, question_about
from lodestar.domain.matching.queries.runs import pairing_choices, with_people
from lodestar.domain.people.queries.names import named, words_of
from lodestar.domain.programs.models import Cohort

MOST_LISTED = 200
MOST_FOUND = 50


@dataclass(frozen=True)
class Desk:
    """One mentor with their places and the mentees who have them, as the draft would have it at least."""

    mentor: Participant
    seats: int
    here: Sequence[Match]
    coming: Sequence[DraftChange]

    @property
    def free(self) -> int:
        return max(0, self.seats - len(self.here))


def changes_in(run: MatchRun) -> QuerySet[DraftChange]:
    people = ("mentor__person", "mentee__person", "mentor__cohort", "mentee__cohort", "made_by")
    return run.changes.select_related(*people)


def mentors_in(run: MatchRun, words: str = "") -> QuerySet[Participant]:
    """Return the mentors of a run's cohort by name; `words` looks for a mentor."""
    mentors = Participant.objects.filter(
        cohort=run.cohort_id, role=RoleInCohort.MENTOR, left_at=None, person__blocked_at=None
    )
    return (
        named(mentors, words, "person__")
        .select_related("person")
        .order_by("person__family_name", "person__given_name", "pk")
    )


def desks_of(
    run: MatchRun, mentors: Sequence[Participant], changes: Sequence[DraftChange]
) -> list[Desk]:
    """Put matches and drafted moves beside the mentors of a page."""
    matches = list(with_people(run.matches.filter(mentor__in=mentors)).order_by("-score", "pk"))
    pins = [change for change in changes if change.kind == PairRule.Kind.PIN]
    held = run.status == MatchRun.Status.PUBLISHED  # its matches are among the places taken
    return [
        Desk(
            mentor,
            mentor.capacity
            - mentor.places_taken
            + held * sum(m.mentor_id == mentor.pk and m.status in Match.OPEN for m in matches),
            [match for match in matches if match.mentor_id == mentor.pk],
            [change for change in pins if change.mentor_id == mentor.pk],
        )
        for mentor in mentors
    ]


def left_in(run: MatchRun) -> list[Participant]:
    """Return the mentees whom a run leaves without."""
    left = run.unmatched.filter(participant__role=RoleInCohort.MENTEE)
    return [each.participant for each in left.select_related("participant__person")[:200]]


def draft_question(run: MatchRun, changes: Sequence[DraftChange]) -> Question:
    """Ask what a draft does to everybody."""
    asked = {
        name: sorted(
            [each.mentee.public_id, each.mentor.public_id] for each in changes if each.kind == kind
        )
        for name, kind in (("pins", PairRule.Kind.PIN), ("bans", PairRule.Kind.BAN))
    }
    return question_about(run, Inquiry.Kind.CHANGES, asked)


def match_in(run: MatchRun, mentee: str) -> Match:
    """Return a mentee's match in a run."""
    return one(with_people(run.matches.all()), mentee__public_id=mentee)


def people_in_run(run: MatchRun, role: RoleInCohort) -> QuerySet[Participant]:
    """Return everybody of one side who takes part in the cohort of a run, by name."""
    here = Participant.objects.filter(cohort=run.cohort_id, role=role, left_at=None)
    return here.select_related("person").order_by("person__family_name", "person__given_name", "pk")


@dataclass(frozen=True)
class Side:
    """Of whom one can choose on a page: everybody of a few; of many, those whose name was looked for."""

    role: RoleInCohort
    people: Sequence[Participant]
    asked: str = ""
    words: str = ""
    is_searched: bool = False

    @property
    def chosen(self) -> str:
        """Return who was chosen, or the only one whom the name means."""
        keys = [each.public_id for each in self.people]
        if self.asked in keys or not self.words:
            return self.asked
        return keys[0] if len(keys) == 1 else ""


def side_in_run(run: MatchRun, role: RoleInCohort, asked: str = "", words: str = "") -> Side:
    """Return the people of one side of a run to choose from."""
    return side_of(people_in_run(run, role), role, asked, words)


def side_to_pair(cohort: Cohort, role: RoleInCohort, asked: str = "", words: str = "") -> Side:
    """Return the people of one side of a cohort who can be kept together or apart."""
    return side_of(pairing_choices(cohort, role), role, asked, words)


def side_of(
    here: QuerySet[Participant], role: RoleInCohort, asked: str = "", words: str = ""
) -> Side:
    """Return everybody of a few to choose from; of many, by name, with the one chosen before."""
    few = list(here[: MOST_LISTED + 1])
    if len(few) <= MOST_LISTED:
        return Side(role, few, asked)
    if not words_of(words):
        return Side(role, list(here.filter(public_id=asked)), asked, is_searched=True)
    found = list(named(here, words, "person__")[:MOST_FOUND])
    return Side(role, found, asked, words, is_searched=True)


def names_in(run: MatchRun, keys: Sequence[str]) -> dict[str, str]:
    people = Participant.objects.filter(cohort=run.cohort_id, public_id__in=keys)
    return {person.public_id: str(person) for person in people.select_related("person")}
