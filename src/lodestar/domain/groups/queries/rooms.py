"""What do the people of a group see in their room, and how little does the office?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Prefetch, QuerySet

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.common.find import one
from lodestar.domain.common.time import day_of, now, today
from lodestar.domain.groups import rules
from lodestar.domain.groups.models import (
    Attendance,
    Group,
    GroupGoal,
    GroupMeeting,
    GroupMessage,
    Member,
)
from lodestar.domain.groups.queries.forming import GroupSeen, groups_in, groups_seen_in
from lodestar.domain.groups.queries.members import own_rooms, roll_of
from lodestar.domain.messaging.queries.threads import ThreadPage, thread_page
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of, zone_of
from lodestar.domain.programs.models import Cohort
from lodestar.engine.measures.rates import Share, share_of

Status, Answer = Group.Status, Member.Answer


@dataclass(frozen=True)
class MeetingSeen:
    """A meeting of a group and who was there."""

    meeting: GroupMeeting
    present: list[str]


@dataclass(frozen=True)
class Step:
    """The one thing that matters now for somebody in a group."""

    kind: str
    on: date | None = None
    days: int = 0


@dataclass(frozen=True)
class GroupRow:
    """What the office may know of a group that was proposed: counts and dates, never words."""

    seen: GroupSeen
    meeting_count: int
    last_met_on: date | None
    message_count: int
    quiet_days: int
    is_silent: bool
    is_late: bool

    @property
    def group(self) -> Group:
        return self.seen.group


def goals_of(group: Group) -> list[GroupGoal]:
    """Return the goals that were not dropped, the open ones first."""
    goals = group.goals.filter(dropped_at=None)
    return sorted(goals, key=lambda goal: (goal.done_at is not None, goal.pk))


def goal_in(group: Group, key: str) -> GroupGoal:
    return one(group.goals.all(), public_id=key)


def meetings_of(group: Group) -> list[MeetingSeen]:
    """Return the meetings, the latest first; whoever has left is named no more."""
    there = Attendance.objects.select_related("member__participant__person")
    rows = group.meetings.select_related("logged_by").prefetch_related(
        Prefetch("attendances", there)
    )
    return [
        MeetingSeen(
            meeting,
            [
                each.member.person.first_name
                for each in meeting.attendances.all()
                if each.member.answer == Answer.ACCEPTED
            ],
        )
        for meeting in rows
    ]


def thread_of(group: Group, page: int = 1) -> ThreadPage[GroupMessage]:
    """Return a page of the thread counted from its newest end."""
    return thread_page(group.messages.all(), page)


def group_meetings(person: Person, since: datetime) -> list[Group]:
    """Return the groups of somebody that have a date which was not over at a moment, the earliest first."""
    begun = since - rules.USUAL_LENGTH
    dated = own_rooms(person).filter(group__status=Status.RUNNING, group__meets_at__gt=begun)
    return [member.group for member in dated.order_by("group__meets_at", "pk")]


@dataclass(frozen=True)
class Coming:
    """Who said what to the next date of a group: names, in the order of the group."""

    yes: Sequence[str]
    no: Sequence[str]
    own: bool | None


def coming_to(member: Member) -> Coming:
    """Return who comes to the next date of a member's group and who cannot."""
    present = roll_of(member.group).accepted
    yes, no = (
        [each.person.full_name for each in present if each.comes is said] for said in (True, False)
    )
    return Coming(yes, no, member.comes)


def next_step(member: Member, person: Person) -> Step:
    """Return what somebody in a group does next: meet, find a date, or say how it was."""
    group = member.group
    if not rules.may_write(member):
        return Step("closed")
    on = today_of(person)
    if group.meets_at and group.meets_at > now():
        day = day_of(group.meets_at, zone_of(person))
        return Step("meets", day, (day - on).days)
    last = group.meetings.values_list("held_on", flat=True).first()
    if last is None:
        due = rules.first_meeting_due(group)
        is_late = due is not None and due < on
        return Step("meet_overdue" if is_late else "meet_first", due, (due - on).days if due else 0)
    again = last + timedelta(days=group.cohort.design.cadence_days)
    return Step("meet_again" if again <= on else "all_well", again, (on - last).days)


def rows_of(cohort: Cohort) -> list[GroupRow]:
    """Return every proposed group of a cohort with its signs of life, those that need the office first."""
    groups = groups_seen_in(cohort)
    keys = [each.group.pk for each in groups]
    met = {
        key: (count, last)
        for key, count, last in GroupMeeting.objects.filter(group__in=keys).order_by()
        .values_list("group").annotate(Count("pk"), Max("held_on"))
    }  # fmt: skip
    written = {
        key: (count, last)
        for key, count, last in GroupMessage.objects.filter(group__in=keys).order_by()
        .values_list("group").annotate(Count("pk"), Max("created_at"))
    }  # fmt: skip
    on = today()
    return [_row(each, met.get(each.group.pk), written.get(each.group.pk), on) for each in groups]


def _row(each: GroupSeen, met: tuple[int, date] | None, written: tuple[int, object] | None, on: date) -> GroupRow:  # fmt: skip
    group = each.group
    began_on = group.began_at.date() if group.began_at else on
    last_written = getattr(written[1], "date", lambda: began_on)() if written else began_on
    last_sign = max(filter(None, [began_on, met[1] if met else None, last_written]))
    due = rules.first_meeting_due(group)
    return GroupRow(
        each,
        meeting_count=met[0] if met else 0,
        last_met_on=met[1] if met else None,
        message_count=written[0] if written else 0,
        quiet_days=(on - last_sign).days,
        is_silent=rules.is_silent(group, last_sign, on),
        is_late=group.status == Status.RUNNING and not met and bool(due and due < on),
    )


def began_in(cohort: Cohort) -> QuerySet[Group]:
    """Every group of a cohort that ever began, to be counted."""
    return groups_in(cohort).filter(began_at__isnull=False)


def met_in(cohort: Cohort) -> QuerySet[Group]:
    """The groups of a cohort with at least one meeting, each once."""
    met = GroupMeeting.objects.filter(group__cohort=cohort).order_by()
    return began_in(cohort).filter(pk__in=met.values("group"))


def served_in(groups: QuerySet[Group]) -> set[int]:
    """Return everybody who is or was in one of these groups beside its mentor, each once."""
    inside = Member.objects.filter(
        group__in=groups.order_by().values("pk"),
        participant__role=RoleInCohort.MENTEE,
        answer__in=[Answer.ACCEPTED, Answer.LEFT],
    )
    return set(inside.order_by().values_list("participant", flat=True))


def served_share(cohort: Cohort) -> Share:
    """How many are or were in a group, of those who take part or left after they were in one."""
    served = served_in(began_in(cohort))
    here = taking_part(cohort).filter(role=RoleInCohort.MENTEE).values_list("pk", flat=True)
    return share_of(len(served), len(served.union(here)))


def met_share(cohort: Cohort) -> Share:
    """How many of all groups ever met, however late."""
    return share_of(met_in(cohort).count(), began_in(cohort).count())


def overdue(cohort: Cohort) -> int:
    """Count running groups whose first meeting should have happened by now."""
    return sum(group.cohort_id == cohort.pk for group in unmet_groups(now()))


def unmet_groups(at: datetime) -> list[Group]:
    """Return running groups whose first meeting is overdue at a moment."""
    running = Group.objects.filter(status=Status.RUNNING, meetings=None)
    rows = running.select_related("cohort__design", "cohort__program").order_by("pk")
    return [g for g in rows if (due := rules.first_meeting_due(g)) and due < at.date()]


def short_groups(cohort: Cohort) -> list[GroupSeen]:
    """Return the proposed groups that cannot begin any more without the office."""
    return [
        each
        for each in groups_seen_in(cohort)
        if each.group.status == Status.PROPOSED and each.roll.is_short
    ]


def unanswered(groups: Iterable[Group]) -> int:
    return Member.objects.filter(group__in=list(groups), answer=Answer.WAITING).count()
