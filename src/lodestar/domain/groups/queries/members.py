"""Which groups are a person's own, and what may they read of the others?"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q, QuerySet

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.groups import rules
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.groups.rules import Roll
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.people.models import Person
from lodestar.domain.programs.rules.asked import shown_names

BEGAN = (Group.Status.RUNNING, Group.Status.ENDED)
WITH = ("participant__person", "group__cohort__program", "group__cohort__design")


def own_members(person: Person) -> QuerySet[Member]:
    """Return a person's places in groups that were proposed, the latest first; one they left is not theirs."""
    rows = Member.objects.filter(participant__person=person).select_related(*WITH)
    shown = rows.exclude(group__status=Group.Status.DRAFTED)
    return shown.exclude(answer=Member.Answer.LEFT).order_by("-pk")


def member_for(person: Person, group_key: str) -> Member:
    """Return a person's latest place in a group; whoever was shut out has none."""
    if person.blocked_at is not None:
        raise NotFoundError
    rows = own_members(person).filter(group__public_id=group_key)
    latest = rows.order_by("-pk").values("pk")[:1]
    return one(rows, pk__in=list(latest.values_list("pk", flat=True)))


def room_for(person: Person, group_key: str) -> Member:
    """Return a person's place in a group that began and that they are in; for anybody else there is none."""
    member = member_for(person, group_key)
    if not rules.is_in(member):
        raise NotFoundError
    return member


def waiting_members(person: Person, now: datetime) -> QuerySet[Member]:
    """Return the groups that wait for this person's own answer."""
    waiting = own_members(person).filter(
        answer=Member.Answer.WAITING, group__status__in=Group.LIVING
    )
    return waiting.filter(reply_by__gt=now)


def half_way_members(person: Person) -> QuerySet[Member]:
    """Return the groups that this person said yes to and that wait for others."""
    yes = own_members(person).filter(answer=Member.Answer.ACCEPTED)
    return yes.filter(group__status=Group.Status.PROPOSED)


def own_rooms(person: Person) -> QuerySet[Member]:
    """Return the groups that this person is in, the running ones first."""
    rows = own_members(person).filter(answer=Member.Answer.ACCEPTED, group__status__in=BEGAN)
    return rows.order_by("-group__status", "-pk")


def roll_of(group: Group) -> Roll:
    """Return everybody of a group as they are now, the mentor first."""
    members = Member.objects.filter(group=group).select_related("participant__person")
    ordered = sorted(members, key=lambda member: (not member.is_mentor, member.pk))
    return Roll(ordered, group.cohort.design, group.status == Group.Status.DRAFTED)


def people_shown(group: Group, roll: Roll) -> list[Member]:
    """Return who is named to the others: before it begins everybody asked, then those who are in."""
    found = roll.present if group.status == Group.Status.PROPOSED else roll.accepted
    return [member for member in found if member.person.blocked_at is None]


def shown_in(group: Group) -> frozenset[str]:
    """Return which answers the people of a group read of each other now."""
    return shown_names(group.cohort.design, is_paired=group.status in BEGAN)


def reasons_in_words(group: Group, roll: Roll) -> list[str]:
    """Return why these people are together, as they read it themselves."""
    mentor = rules.mentor_of(roll.members)
    name = mentor.first_name if mentor else ""
    return rules.in_sentences(group.reasons, shown_in(group), mentor=name)


def topics_of(group: Group) -> list[str]:
    """Return what most of a group asked for, as far as they read it of each other."""
    if "topics" not in shown_in(group):
        return []
    told: list[Mapping[str, list[str]]] = [r for r in group.reasons if r["field"] == "topics"]
    return [topic for reason in told for topic in reason["values"]][:2]


def group_by_key(key: str) -> Group:
    """Return a group for what a job or a letter does; not for pages."""
    rows = Group.objects.select_related("cohort__program", "cohort__design")
    return one(rows, public_id=key)


def groups_to_remind(now: datetime) -> QuerySet[Group]:
    due = written_to().filter(status=Group.Status.PROPOSED, next_reminder_at__lte=now)
    return due.order_by("pk")


def members_to_expire(now: datetime) -> QuerySet[Member]:
    """Return whose time to answer is over, but for groups of which a letter still waits for its release."""
    late = Member.objects.filter(answer=Member.Answer.WAITING, reply_by__lt=now)
    living = late.filter(group__status__in=Group.LIVING, group__in=written_to())
    return living.select_related("group").order_by("pk")


def written_to() -> QuerySet[Group]:
    unreleased = waited_for("groups.proposed").values("about_key")
    return Group.objects.exclude(public_id__in=unreleased)


def may_contact(a: Person, b: Person) -> bool:
    """Tell if two people are in one running group."""
    if a.blocked_at or b.blocked_at:
        return False
    running = Q(group__status=Group.Status.RUNNING, answer=Member.Answer.ACCEPTED)
    mine = Member.objects.filter(running, participant__person=a).values("group")
    return Member.objects.filter(running, participant__person=b, group__in=mine).exists()
