"""Which runs are there, and what did they find? For coordinators of the program only."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, QuerySet, When

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.find import one
from lodestar.domain.common.time import today
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match, MatchRun, PairRule, Unmatched
from lodestar.domain.matching.queries.inputs import open_participants
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries.names import named
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.queries import cohorts_for

Status = MatchRun.Status
HAS_RESULT = (Status.SOLVED, Status.REVIEWED, Status.PUBLISHED)
FEW_ANSWERS = 50
LONG = ("mentor__answers", "mentee__answers", "contributions", "reasons", "alternatives")
BOTH = ("mentor__person__", "mentee__person__")
BLANK: tuple[object, ...] = (None, "", [], {})


@dataclass(frozen=True)
class Missing:
    """How many of one side left a question blank that matching weighs."""

    name: str
    mentees: int
    mentors: int


@dataclass(frozen=True)
class Readiness:
    """Who would be in a run if it were asked for now."""

    mentees: int
    mentors: int
    places: int
    missing: tuple[Missing, ...]
    why_not: str
    is_over: bool = False


@dataclass(frozen=True)
class Change:
    """What became of one mentee between two runs; None is without a mentor."""

    mentee: Participant
    before: Participant | None
    after: Participant | None


@dataclass(frozen=True)
class Difference:
    """One run held against an earlier one."""

    earlier: MatchRun
    kept: int
    changes: tuple[Change, ...]

    @property
    def gained(self) -> list[Change]:
        return [change for change in self.changes if change.before is None]

    @property
    def lost(self) -> list[Change]:
        return [change for change in self.changes if change.after is None]

    @property
    def moved(self) -> list[Change]:
        return [change for change in self.changes if change.before and change.after]


@dataclass(frozen=True)
class Preview:
    """Exactly what publishing would send."""

    matches: int
    mentors: int
    mentees: int
    letters: int
    without_address: int
    reply_by: datetime


def cohort_to_match(person: Person, key: str) -> Cohort:
    """Return a cohort of pairs that this person coordinates; where groups are made, nothing of matching is there."""
    return one(cohorts_for(person).exclude(design__format__in=Design.IN_GROUPS), public_id=key)


def runs_of(cohort: Cohort) -> QuerySet[MatchRun]:
    """Return a cohort's runs, the newest first; whoever asks has the cohort in hand already."""
    people = ("requested_by", "published_by", "reviewed_by")
    return MatchRun.objects.filter(cohort=cohort).defer("inputs").select_related(*people)


def fresh_run(cohort: Cohort) -> MatchRun | None:
    """Return the newest run if its result waits for a look or for its publication."""
    newest = runs_of(cohort).exclude(status=MatchRun.Status.DISCARDED).order_by("-pk").first()
    waits = (MatchRun.Status.SOLVED, MatchRun.Status.REVIEWED)
    return newest if newest and newest.status in waits else None


def run_for(person: Person, key: str) -> MatchRun:
    """Return a run of a program that this person coordinates."""
    links = ("cohort__program", "cohort__design", "published_by", "reviewed_by", "requested_by")
    return one(
        MatchRun.objects.select_related(*links).defer("inputs"),
        public_id=key,
        cohort__program__coordinators__person=person,
    )


def waiting_run(cohort: Cohort) -> MatchRun | None:
    waiting = [Status.REQUESTED, Status.CLAIMED]
    return MatchRun.objects.filter(cohort=cohort, status__in=waiting).defer("inputs").first()


def readiness(cohort: Cohort) -> Readiness:
    """Count who is in, and which answers are missing that matching would weigh."""
    people = list(open_participants(cohort))
    mentees = [person for person in people if person.role == RoleInCohort.MENTEE]
    mentors = [person for person in people if person.role == RoleInCohort.MENTOR]
    places = sum(person.capacity - person.places_taken for person in mentors)
    criteria = list(cohort.design.criteria.filter(weight__gt=0))
    missing = [
        Missing(
            criterion.name,
            blanks(mentees, criterion.mentee_field),
            blanks(mentors, criterion.mentor_field),
        )
        for criterion in criteria
        if criterion.kind != "opt_in"
    ]
    return Readiness(
        len(mentees),
        len(mentors),
        places,
        tuple(gap for gap in missing if gap.mentees or gap.mentors),
        rules.why_not_while_lists(cohort, today())
        or rules.why_not_request(cohort, (len(mentees), places), len(criteria), today()),
        is_over=today() > cohort.ends_on,
    )


def blanks(people: list[Participant], field: str) -> int:
    return sum(person.answers.get(field) in BLANK for person in people)


def matches_of(run: MatchRun) -> QuerySet[Match]:
    """Return the matches of a run, the weakest first."""
    return with_people(run.matches.order_by("score", "pk")).defer(*LONG)


def with_people(matches: QuerySet[Match]) -> QuerySet[Match]:
    return matches.select_related("mentor__person", "mentee__person")


def card_for(person: Person, key: str) -> Match:
    """Return a match of any state for a coordinator of its program."""
    links = ("run", "mentor__cohort__program", "mentor__cohort__design")
    return one(
        with_people(Match.objects.select_related(*links)).defer("run__inputs"),
        public_id=key,
        mentor__cohort__program__coordinators__person=person,
    )


def alternatives_of(match: Match) -> list[tuple[Participant, int]]:
    """Return the next best mentors for this mentee, with the score that the pair would have had."""
    score_of = dict(match.alternatives)
    mentors = Participant.objects.filter(
        cohort=match.mentor.cohort_id, public_id__in=score_of
    ).select_related("person")
    found = [(mentor, int(score_of[mentor.public_id])) for mentor in mentors]
    return sorted(found, key=lambda entry: (-entry[1], entry[0].pk))


def scores_of(run: MatchRun) -> list[int]:
    """Return how well each match of a run fits, the strongest first."""
    return list(run.matches.order_by("-score", "pk").values_list("score", flat=True))


def part_of(run: MatchRun, first: int, last: int) -> list[Match]:
    """Return some matches of a run, counted from the strongest."""
    return list(with_people(run.matches.order_by("-score", "pk"))[first:last])


def fits_known(matches: Sequence[Match]) -> tuple[dict[tuple[int, str], int], dict[str, str]]:
    """Return the fits that a run keeps of some mentees with their own and their next best mentors, and names."""
    fits = {(match.mentee_id, match.mentor.public_id): match.score for match in matches}
    for match in matches:
        for mentor, score in match.alternatives:
            fits.setdefault((match.mentee_id, mentor), int(score))
    keys = {mentor for _mentee, mentor in fits}
    people = Participant.objects.filter(public_id__in=keys).select_related("person")
    return fits, {person.public_id: str(person) for person in people}


def unmatched_of(run: MatchRun) -> QuerySet[Unmatched]:
    """Return who is left without, mentees first."""
    return run.unmatched.select_related("participant__person").order_by(
        "participant__role", "reason", "pk"
    )


def pair_rules_of(cohort: Cohort) -> QuerySet[PairRule]:
    people = ("mentor__person", "mentee__person", "set_by")
    return PairRule.objects.filter(cohort=cohort).select_related(*people)


def pair_rule_for(person: Person, key: str) -> PairRule:
    links = ("cohort__program", "mentor__person", "mentee__person")
    return one(
        PairRule.objects.select_related(*links),
        public_id=key,
        cohort__program__coordinators__person=person,
    )


def participant_in(cohort: Cohort, key: str, role: RoleInCohort) -> Participant:
    return one(
        Participant.objects.select_related("person"), cohort=cohort, public_id=key, role=role
    )


def pairing_choices(cohort: Cohort, role: RoleInCohort) -> QuerySet[Participant]:
    return (
        open_participants(cohort)
        .filter(role=role)
        .order_by("person__family_name", "person__given_name", "pk")
    )


def earlier_run(run: MatchRun) -> MatchRun | None:
    """Return the run that this one is best held against: the last with a result before it."""
    if run.kind == MatchRun.Kind.REMATCH:
        return None  # those who wait for somebody new are others each time
    before = MatchRun.objects.filter(
        cohort=run.cohort_id, kind=run.kind, pk__lt=run.pk, status__in=HAS_RESULT
    )
    return before.defer("inputs").first()


def difference(run: MatchRun, earlier: MatchRun) -> Difference:
    """Return who would have another mentor, by mentee."""
    before = {match.mentee_id: match for match in with_people(earlier.matches.all())}
    after = {match.mentee_id: match for match in with_people(run.matches.all())}
    changes = []
    kept = 0
    for mentee in before.keys() | after.keys():
        old, new = before.get(mentee), after.get(mentee)
        if old and new and old.mentor_id == new.mentor_id:
            kept += 1
            continue
        whose = new or old
        if whose:
            changes.append(
                Change(whose.mentee, old.mentor if old else None, new.mentor if new else None)
            )
    changes.sort(key=lambda change: (str(change.mentee), change.mentee.pk))
    return Difference(earlier, kept, tuple(changes))


def preview(run: MatchRun, now: datetime) -> Preview:
    """Return what publishing this run now would send, to how many people, until when."""
    told = run.matches.exclude(status=Match.Status.WITHDRAWN)
    rows = told.values_list("mentor__person_id", "mentee__person_id")
    mentors, mentees = {mentor for mentor, _ in rows}, {mentee for _, mentee in rows}
    reachable = Person.objects.filter(pk__in=mentors | mentees, addresses__isnull=False).distinct()
    return Preview(
        matches=len(rows),
        mentors=len(mentors),
        mentees=len(mentees),
        letters=2 * len(rows),
        without_address=len(mentors | mentees) - reachable.count(),
        reply_by=rules.deadline(now, run.cohort.design.reply_days),
    )


@dataclass(frozen=True)
class Count:
    """How many published matches of a cohort stand where."""

    state: str
    label: str
    count: int


def answers_of(cohort: Cohort) -> list[Count]:
    """Count a cohort's published matches by state, in the order in which a match passes through them."""
    sent = Match.objects.filter(mentor__cohort=cohort).exclude(status=Match.Status.DRAFTED)
    found = Counter(sent.values_list("status", flat=True))
    return [
        Count(state.value, str(state.label), found[state]) for state in Match.Status if found[state]
    ]


def board(cohort: Cohort, state: str = "") -> QuerySet[Match]:
    """Return the matches that were sent out, those that wait first, by the end of their time."""
    sent = Match.objects.filter(mentor__cohort=cohort).exclude(status=Match.Status.DRAFTED)
    if state in Match.Status.values:
        sent = sent.filter(status=state)
    waits = Case(When(status__in=Match.WAITING, then=0), default=1)
    return with_people(sent).order_by(waits, "reply_by", "pk").defer(*LONG)


def filtered(matches: QuerySet[Match], words: str, show: str) -> QuerySet[Match]:
    """Keep the matches that a coordinator looks for."""
    kept = {
        "pinned": Q(is_pinned=True),
        "thin": Q(coverage__lt=FEW_ANSWERS),
        "later": Q(rank__gt=1),
    }
    return named(matches.filter(kept.get(show, Q())), words, *BOTH)


def rule_of(match: Match) -> PairRule | None:
    return PairRule.objects.filter(mentor=match.mentor_id, mentee=match.mentee_id).first()
