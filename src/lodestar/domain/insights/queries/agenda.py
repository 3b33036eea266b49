"""What needs somebody, and by when: a member across all that is theirs, a coordinator across their programs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from lodestar.domain.applications.queries import counts_by_cohort
from lodestar.domain.common.time import day_of
from lodestar.domain.feedback.queries import waiting_by_cohort
from lodestar.domain.insights.queries.home import Home
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of, zone_of
from lodestar.domain.programs.models import Cohort, Coordinator
from lodestar.domain.programs.rules import state_of

BEFORE_IT_BEGINS = {
    Cohort.State.PLANNED: "opens_on",
    Cohort.State.OPEN: "closes_on",
    Cohort.State.CLOSED: "matching_on",
    Cohort.State.MATCHING: "starts_on",
    Cohort.State.RUNNING: "ends_on",
}


@dataclass(frozen=True)
class Due:
    """One thing and its day; what it is, is said by its kind, and `key` leads there."""

    kind: str
    on: date
    key: str
    name: str
    is_late: bool = False


def agenda_of(home: Home, person: Person) -> list[Due]:
    """Return everything that needs a member by a day on their own calendar, the earliest first.

    What is planned already stands beside it, in the meetings of their home.
    """
    on, zone = today_of(person), zone_of(person)
    planned = {
        each.appointment.mentorship_id for each in home.meetings if each.appointment is not None
    }
    found = [*asked_with_a_day(home, zone), *meant_with_a_day(home, on, planned)]
    return sorted(found, key=lambda due: (due.on, due.kind, due.key))


def asked_with_a_day(home: Home, zone: str) -> Iterator[Due]:
    """Yield what waits for an answer until a moment."""
    for proposal in home.to_answer:
        name = proposal.partner.full_name
        yield from due("match", proposal.match.reply_by, zone, proposal.match.public_id, name)
    for trial in home.trials:
        if not trial.is_answered:
            name = trial.partner.full_name
            yield from due("trial", trial.match.reply_by, zone, trial.match.public_id, name)
    for member in home.groups_to_answer:
        name = str(member.group.cohort.program)
        yield from due("group", member.reply_by, zone, member.group.public_id, name)
    for pulse in home.pulses:
        yield from due("pulse", pulse.closes_at, zone, pulse.public_id, "")


def due(kind: str, moment: datetime | None, zone: str, key: str, name: str) -> Iterator[Due]:
    if moment is not None:
        yield Due(kind, day_of(moment, zone), key, name)


def meant_with_a_day(home: Home, on: date, planned: set[int]) -> Iterator[Due]:
    """Yield what no letter asked for: drafts, and the meetings for which a pair or group has to find a time."""
    for draft in home.drafts:
        yield Due("draft", draft.cohort.closes_on, draft.public_id, str(draft.cohort.program))
    for room in home.rooms:
        needs_time = room.step.kind in ("meet_first", "meet_overdue", "all_well")
        if room.step.on and needs_time and room.mentorship.pk not in planned:
            key, name = room.mentorship.public_id, room.partner.first_name
            yield Due("meet", room.step.on, key, name, is_late=room.step.on < on)
    for each in home.groups:
        if each.step.on and each.step.kind in ("meet_first", "meet_overdue"):
            group = each.member.group
            yield Due("group_meets", each.step.on, group.public_id, str(group), is_late=each.step.on < on)  # fmt: skip


@dataclass(frozen=True)
class OfficeLine:
    """One living cohort of a coordinator: who waits in it, and its next day."""

    cohort: Cohort
    turn: str
    on: date
    applications: int
    concerns: int


def office_of(person: Person, on: date) -> list[OfficeLine]:
    """Return the cohorts that somebody coordinates and that are not over, where people wait first, then by their next day."""
    programs = Coordinator.objects.filter(person=person).values("program")
    rows = Cohort.objects.filter(program__in=programs, ends_on__gte=on).select_related("program")
    cohorts = list(rows.order_by("pk"))
    if not cohorts:
        return []
    counts, concerns = counts_by_cohort(cohorts), waiting_by_cohort(person)
    lines = [
        OfficeLine(
            cohort,
            BEFORE_IT_BEGINS[state_of(cohort, on)],
            getattr(cohort, BEFORE_IT_BEGINS[state_of(cohort, on)]),
            counts[cohort.pk].waiting,
            concerns.get(cohort.pk, 0),
        )
        for cohort in cohorts
    ]
    return sorted(lines, key=lambda line: (not line.concerns, not line.applications, line.on))
