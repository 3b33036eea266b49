"""How does asking go in a cohort? For coordinators of the program."""

from dataclasses import dataclass
from statistics import median

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching.models import Ask, Choice, Match
from lodestar.domain.matching.queries.asking import asks
from lodestar.domain.programs.models import Cohort
from lodestar.engine.measures.rates import Share, share_of

A_DAY = 86_400
SAID = (Ask.Closing.YES, Ask.Closing.NO, Ask.Closing.LATER)


@dataclass(frozen=True)
class Asking:
    """Asking in numbers; `yes` is of those who answered, `days` the median to an answer, None while there is none."""

    made: int
    waiting: int
    to_read: int
    silent: int
    yes: Share
    days: float | None
    lists: int
    without: int


def asking_numbers(cohort: Cohort) -> Asking:
    rows = list(
        Ask.objects.filter(mentee__cohort=cohort).values_list(
            "closing", "closed_at", "match__proposed_at", "match__mentor_answered_at"
        )
    )
    open_ones = [row for row in rows if row[1] is None]
    said = [closing for closing, *_ in rows if closing in SAID]
    took = [(answered - sent).total_seconds() / A_DAY for _, _, sent, answered in rows if sent and answered]  # fmt: skip
    choices = Choice.objects.filter(mentee__cohort=cohort)
    return Asking(
        made=len(rows),
        waiting=sum(sent is not None for _, _, sent, _ in open_ones),
        to_read=sum(sent is None for _, _, sent, _ in open_ones),
        silent=sum(closing == Ask.Closing.SILENT for closing, *_ in rows),
        yes=share_of(said.count(Ask.Closing.YES), len(said)),
        days=round(median(took), 1) if took else None,
        lists=choices.order_by().values("mentee").distinct().count(),
        without=mentees_without_a_choice(cohort).count(),
    )


def asking_in(cohort: Cohort, state: str = "") -> QuerySet[Ask]:
    """Return the requests of a cohort: what waits first, the longest waiting before the others."""
    rows = asks().filter(mentee__cohort=cohort)
    if state == "open":
        rows = rows.filter(closed_at=None)
    elif state in Ask.Closing.values:
        rows = rows.filter(closing=state)
    is_open = Case(When(closed_at=None, then=0), default=1)
    return rows.order_by(is_open, F("match__reply_by").asc(nulls_first=True), "pk")


def mentees_without_a_choice(cohort: Cohort) -> QuerySet[Participant]:
    """Return mentees with a free place who wait for nobody and have nobody on their list to ask."""
    asked = Ask.objects.filter(choice=OuterRef("pk")).exclude(closing__in=["later", "taken"])
    living = Choice.objects.filter(mentee=OuterRef("pk")).filter(~Exists(asked))
    waiting = Ask.objects.filter(mentee=OuterRef("pk"), closed_at=None)
    here = Participant.objects.filter(
        Q(places_taken__lt=F("capacity")), cohort=cohort, role=RoleInCohort.MENTEE, left_at=None,
        person__blocked_at=None,
    )  # fmt: skip
    rows = here.filter(~Exists(living), ~Exists(waiting)).select_related("person")
    return rows.order_by("person__family_name", "person__given_name", "pk")


def is_to_be_answered(ask: Ask) -> bool:
    """Tell if a request waits for its mentor now."""
    match = ask.match
    return ask.closed_at is None and match is not None and match.status in Match.ASKED
