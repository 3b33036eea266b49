"""Whom can a mentee choose, where does each request stand, and what is due?"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.rules.showing import is_paused
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Ask, Choice, Match
from lodestar.domain.matching.queries.inputs import (
    bans_of,
    design_as_data,
    design_of,
    open_participants,
    opt_in_fields,
)
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.matching.rules.explaining import told_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.ways import can_ask_on, people_choose
from lodestar.engine.matching.asking import Next, Standing, Wish, next_step, standing_of
from lodestar.engine.matching.cohort import GivenPairs, Problem, score_people
from lodestar.engine.matching.explanation import MatchedPair
from lodestar.engine.matching.problem import Mentee, Mentor
from lodestar.engine.matching.run import weigh_pair

WHOM = ("person", "cohort__program", "cohort__design")
OF_A_CHOICE = (
    "mentee__person",
    "mentee__cohort__design",
    "mentee__cohort__program",
    "mentor__person",
)
OF_AN_ASK = (
    "mentee__person", "mentee__cohort__program", "mentee__cohort__design", "choice__mentor__person",
    "choice__mentee", "match__mentor__person", "match__mentee__person", "match__mentor__cohort__design",
    "match__mentor__cohort__program",
)  # fmt: skip


def own_lists(person: Person, on: date) -> list[Participant]:
    """Return as which mentees this person may choose mentors themselves, in cohorts that are not over."""
    here = Participant.objects.filter(
        person=person, role=RoleInCohort.MENTEE, left_at=None, cohort__ends_on__gte=on
    )
    rows = here.select_related(*WHOM).order_by("-pk")
    return [mentee for mentee in rows if people_choose(mentee.cohort.design)]


def own_mentee(person: Person, key: str) -> Participant:
    """Return one's own place as a mentee, in a cohort whose people choose."""
    rows = Participant.objects.filter(person=person, role=RoleInCohort.MENTEE, left_at=None)
    mentee = one(rows.select_related(*WHOM), public_id=key)
    if not people_choose(mentee.cohort.design):
        raise NotFoundError
    return mentee


def mentor_to_ask(person: Person, key: str) -> tuple[Participant, Participant]:
    """Return one's own place as a mentee and a mentor of the same cohort whom they may see."""
    mentors = Participant.objects.filter(role=RoleInCohort.MENTOR, left_at=None)
    mentor = one(mentors.select_related(*WHOM), public_id=key, person__blocked_at=None)
    mine = Participant.objects.filter(
        person=person, cohort=mentor.cohort_id, role=RoleInCohort.MENTEE, left_at=None
    )
    mentee = one(mine.select_related(*WHOM))
    is_kept_apart = (mentee.public_id, mentor.public_id) in unmeetable(mentee, [mentor])
    if is_kept_apart or not people_choose(mentee.cohort.design):
        raise NotFoundError
    return mentee, mentor


def choices_of(mentee: Participant) -> list[Choice]:
    """Return a mentee's list in order, each with what became of it."""
    rows = Choice.objects.filter(mentee=mentee).select_related(*OF_A_CHOICE)
    return list(rows.prefetch_related("asks__match").order_by("rank", "pk"))


def choice_for(person: Person, key: str) -> Choice:
    rows = Choice.objects.select_related(*OF_A_CHOICE).prefetch_related("asks")
    return one(rows, public_id=key, mentee__person=person, mentee__left_at=None)


def unmeetable(mentee: Participant, mentors: Iterable[Participant]) -> set[tuple[str, str]]:
    """Return the pairs that may not meet; whoever said "not now", or no to what was asked, is told apart by the ask."""
    found = bans_of(mentee.cohort, [mentee], mentors)
    return {pair for pair, why in found.items() if why != "declined"} | said_no(mentee, mentors)


def said_no(mentee: Participant, mentors: Iterable[Participant]) -> set[tuple[str, str]]:
    """Return the pairs of which one said no to a proposal of the office."""
    closed = Match.objects.filter(
        mentee=mentee, mentor__in=[m.pk for m in mentors], status=Match.Status.DECLINED
    ).exclude(origin=Match.Origin.ASKED)
    return {(mentee.public_id, key) for key in closed.values_list("mentor__public_id", flat=True)}


def standings_of(cohort: Cohort, mentors: Iterable[Participant], on: date) -> dict[int, Standing]:
    """Return by mentor whether they can be asked now."""
    mentors = list(mentors)
    open_asks = Ask.objects.filter(closed_at=None, choice__mentor__in=[m.pk for m in mentors])
    waiting = Counter(open_asks.values_list("choice__mentor", flat=True))
    return {
        mentor.pk: standing_of(
            free_places=mentor.capacity - mentor.places_taken,
            is_away=bool(mentor.left_at or mentor.person.blocked_at or is_paused(mentor, on)),
            waiting=waiting[mentor.pk],
            most=cohort.design.most_asks,
        )
        for mentor in mentors
    }


@dataclass(frozen=True)
class ListRow:
    """One mentor on a list: what became of it, in a line, and whether they can be asked now."""

    choice: Choice
    ask: Ask | None
    words: str
    can_ask: bool


def list_of(mentee: Participant, on: date) -> list[ListRow]:
    """Return a mentee's list as its owner reads it."""
    choices = choices_of(mentee)
    standing = standings_of(mentee.cohort, [choice.mentor for choice in choices], on)
    return [list_row(choice, standing[choice.mentor_id], on) for choice in choices]


def list_row(choice: Choice, standing: Standing, on: date) -> ListRow:
    ask = rules.last_ask(choice)
    words = rules.choice_in_words(choice, ask, standing)
    return ListRow(choice, ask, words, not rules.why_not_ask(choice, standing, on))


def why_not_ask_now(
    mentee: Participant, mentor: Participant, choice: Choice | None, on: date
) -> str:
    """Return why this mentor cannot be asked now, on the list or not, or nothing."""
    standing = standings_of(mentee.cohort, [mentor], on)[mentor.pk]
    if choice:
        return rules.why_not_ask(choice, standing, on)
    return rules.why_not_ask_anew(mentee, mentor, standing, on)


def can_ask_now(mentee: Participant, mentor: Participant, on: date) -> bool:
    """Tell if this mentor can be asked now by this mentee, who may have them on their list."""
    mine = (choice for choice in choices_of(mentee) if choice.mentor_id == mentor.pk)
    return not why_not_ask_now(mentee, mentor, next(mine, None), on)


def free_mentors(mentee: Participant) -> list[Participant]:
    """Return the mentors of the cohort whom this mentee may meet and who have a free place, in no telling order."""
    rows = open_participants(mentee.cohort).filter(role=RoleInCohort.MENTOR)
    mentors = list(rows.exclude(person=mentee.person_id))
    apart = unmeetable(mentee, mentors)
    return [m for m in mentors if (mentee.public_id, m.public_id) not in apart]


def problem_of(mentee: Participant, mentors: Sequence[Participant]) -> Problem:
    """Return one mentee and some mentors as the engine scores them, by the rules of their cohort."""
    frozen = {
        "design": design_as_data(mentee.cohort.design) | {"floor": 0},
        "mentors": [{"capacity": mentor.capacity} for mentor in mentors],
    }
    kept = opt_in_fields(frozen)
    return score_people(
        [Mentee(mentee.public_id, answers_of(mentee.answers, kept))],
        [Mentor(m.public_id, answers_of(m.answers, kept), max(1, m.capacity)) for m in mentors],
        design_of(frozen),
        GivenPairs(),
    )


def by_fit(mentee: Participant, mentors: Sequence[Participant]) -> list[Participant]:
    """Return the mentors who may be this mentee's, the best fit first; equals as their keys fall."""
    if not mentors or not mentee.cohort.design.criteria.filter(weight__gt=0).exists():
        return sorted(mentors, key=lambda mentor: mentor.public_id)
    pairs = problem_of(mentee, mentors).scorer.listed()
    keys = sorted(m.public_id for m in mentors)
    score = {keys[int(place)]: int(s) for place, s in zip(pairs.mentor, pairs.score, strict=True)}
    fits = [m for m in mentors if m.public_id in score]
    return sorted(fits, key=lambda mentor: (-score[mentor.public_id], mentor.public_id))


def fit_of(
    mentee: Participant, mentor: Participant, among: Sequence[Participant] = ()
) -> MatchedPair | None:
    """Return what speaks for one pair, scored among these mentors; None where nothing is weighed."""
    if not mentee.cohort.design.criteria.filter(weight__gt=0).exists():
        return None
    others = [other for other in among if other.pk != mentor.pk]
    problem = problem_of(mentee, [mentor, *others])
    return weigh_pair(problem, mentee.public_id, mentor.public_id)


def fits_of(
    mentee: Participant, shown: Sequence[Participant], among: Sequence[Participant]
) -> dict[int, MatchedPair]:
    """Return what speaks for each pair of one mentee with the mentors shown, scored once."""
    if not shown or not mentee.cohort.design.criteria.filter(weight__gt=0).exists():
        return {}
    others = {m.pk: m for m in (*among, *shown)}
    problem = problem_of(mentee, list(others.values()))
    return {m.pk: weigh_pair(problem, mentee.public_id, m.public_id) for m in shown}


def imagined(mentee: Participant, mentor: Participant, fit: MatchedPair | None) -> Match:
    """Return the match that the two would be, not saved, to say what speaks for it."""
    reasons = told_of(fit, fields_of_design(mentee.cohort.design))["reasons"] if fit else []
    mentor.cohort = mentee.cohort
    return Match(mentor=mentor, mentee=mentee, origin=Match.Origin.ASKED, reasons=reasons)


def wishes_of(mentee: Participant, on: date) -> list[Wish]:
    """Return a mentee's list as the engine decides about it."""
    choices = choices_of(mentee)
    standing = standings_of(mentee.cohort, [choice.mentor for choice in choices], on)
    return [rules.wish_of(choice, standing[choice.mentor_id]) for choice in choices]


def next_for(mentee: Participant, on: date) -> Next:
    """Return what happens next for a mentee who asks."""
    asks = list(Ask.objects.filter(mentee=mentee))
    may = rules.goes_on(asks) and can_ask_on(mentee.cohort, on)
    return next_step(wishes_of(mentee, on), on, goes_on=may)


def asks() -> QuerySet[Ask]:
    return Ask.objects.select_related(*OF_AN_ASK)


def ask_by_key(key: str) -> Ask:
    """Return an ask for what a job or a letter does; not for pages."""
    return one(asks(), public_id=key)


def own_ask_for(person: Person, key: str) -> Ask:
    """Return a request that this person made."""
    return one(asks(), public_id=key, mentee__person=person)


def ask_for_office(person: Person, key: str) -> Ask:
    """Return a request in a program that this person coordinates."""
    return one(asks(), public_id=key, mentee__cohort__program__coordinators__person=person)


def ask_of(match: Match) -> Ask | None:
    return asks().filter(match=match).first()


def open_ask_of(mentee: Participant) -> Ask | None:
    return asks().filter(mentee=mentee, closed_at=None).first()


def asks_for_mentor(person: Person) -> QuerySet[Match]:
    """Return what this mentor was asked and has not answered."""
    waiting = Match.objects.filter(mentor__person=person, origin=Match.Origin.ASKED)
    return waiting.filter(status__in=Match.WAITING).order_by("reply_by", "pk")


def asks_to_settle(on: date) -> QuerySet[Ask]:
    """Return open asks to which something came back, or whose mentor is free no longer."""
    mentor = "choice__mentor__"
    gone = (
        Q(**{f"{mentor}places_taken__gte": F(f"{mentor}capacity")})
        | Q(**{f"{mentor}left_at__isnull": False})
        | Q(**{f"{mentor}person__blocked_at__isnull": False})
        | Q(mentee__left_at__isnull=False)
        | Q(mentee__person__blocked_at__isnull=False)
        | Q(**{f"{mentor}paused_until__gt": on})
    )
    closed = Q(match__isnull=False) & ~Q(match__status__in=Match.WAITING)
    is_unanswered = Q(match=None) | Q(match__mentor_answer=Match.Answer.WAITING)
    taken = Q(match=None, mentee__places_taken__gte=F("mentee__capacity"))
    return (
        asks().filter(closed_at=None).filter(closed | (gone & is_unanswered) | taken).order_by("pk")
    )


def mentees_to_go_on() -> QuerySet[Participant]:
    """Return mentees whose last request came to nothing, who wait for nobody, and have somebody left on their list."""
    last = Ask.objects.filter(mentee=OuterRef("pk")).order_by("-pk").values("closing")[:1]
    asked = Ask.objects.filter(choice=OuterRef("pk")).exclude(closing__in=["later", "taken"])
    living = Choice.objects.filter(mentee=OuterRef("pk")).filter(~Exists(asked))
    rows = Participant.objects.filter(
        role=RoleInCohort.MENTEE, left_at=None, person__blocked_at=None,
        places_taken__lt=F("capacity"),
    ).alias(last=Subquery(last))  # fmt: skip
    going = rows.filter(Exists(living), last__in=[closing.value for closing in rules.GOES_ON])
    return going.select_related(*WHOM).order_by("pk")


def fields_of_design(design: Design) -> dict[str, str]:
    """Return by criterion the answer of mentees that it rests on."""
    return dict(design.criteria.values_list("name", "mentee_field"))
