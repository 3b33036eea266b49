"""Which formings are there, and what did they find? For coordinators of the program only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.common.find import one
from lodestar.domain.groups import rules
from lodestar.domain.groups.models import FormingRun, Group, KeptApart, Member, WithoutGroup
from lodestar.domain.groups.queries.inputs import kept_groups, waiting_people, why_not_form
from lodestar.domain.groups.rules import Roll
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import primary_email
from lodestar.domain.programs.models import Cohort, Coordinator

Status = FormingRun.Status
HAS_RESULT = (Status.SOLVED, Status.REVIEWED, Status.PUBLISHED)
LARGE = ("inputs", "points")


@dataclass(frozen=True)
class Readiness:
    """Who would be put into groups if it were asked for now."""

    people: int
    mentors: int
    places: int
    kept: int
    why_not: str


@dataclass(frozen=True)
class GroupSeen:
    """One group with its people, the mentor first, as the office sees it."""

    group: Group
    roll: Roll

    @property
    def mentor(self) -> Member | None:
        return self.roll.mentor

    @property
    def others(self) -> list[Member]:
        return self.roll.others

    @property
    def gone(self) -> list[Member]:
        return [member for member in self.roll.members if not member.is_present]

    @property
    def points(self) -> int:
        return sum(member.points for member in self.others)

    @property
    def reasons(self) -> list[str]:
        mentor = self.mentor
        name = mentor.person.first_name if mentor else ""
        return rules.in_sentences(self.group.reasons, mentor=name)

    @property
    def state(self) -> str:
        return rules.state_in_words(self.group, self.roll)


@dataclass(frozen=True)
class Change:
    """Somebody who is with other people than in an earlier forming."""

    participant: Participant
    before: list[str]
    after: list[str]


@dataclass(frozen=True)
class Difference:
    """One forming held against an earlier one."""

    earlier: FormingRun
    kept: int
    changes: list[Change]


@dataclass(frozen=True)
class Preview:
    """Exactly what publishing would send."""

    groups: int
    people: int
    letters: int
    without_address: list[Person]
    reply_by: datetime


def coordinated(person: Person) -> QuerySet[Coordinator]:
    return Coordinator.objects.filter(person=person)


def runs_of(cohort: Cohort) -> QuerySet[FormingRun]:
    """Return a cohort's formings, the newest first; whoever asks has the cohort in hand already."""
    rows = FormingRun.objects.filter(cohort=cohort).defer(*LARGE)
    return rows.select_related("requested_by", "published_by", "reviewed_by")


def waiting_run(cohort: Cohort) -> FormingRun | None:
    return runs_of(cohort).filter(status__in=[Status.REQUESTED, Status.CLAIMED]).first()


def fresh_run(cohort: Cohort) -> FormingRun | None:
    """Return the latest forming that waits to be looked at or published."""
    return runs_of(cohort).filter(status__in=FormingRun.OPEN).first()


def run_for(person: Person, key: str) -> FormingRun:
    """Return a forming, for a coordinator of its program."""
    rows = FormingRun.objects.filter(cohort__program__in=coordinated(person).values("program"))
    people = ("cohort__program", "cohort__design", "published_by", "reviewed_by")
    return one(rows.select_related(*people).defer("inputs"), public_id=key)


def group_of_office(person: Person, key: str) -> Group:
    """Return one group, for a coordinator of its program."""
    rows = Group.objects.filter(cohort__program__in=coordinated(person).values("program"))
    return one(rows.select_related("cohort__program", "cohort__design", "run"), public_id=key)


def readiness(cohort: Cohort) -> Readiness:
    kept = kept_groups(cohort)
    people = waiting_people(cohort, kept)
    mentors = [person for person in people if person.role == RoleInCohort.MENTOR]
    return Readiness(
        people=len(people) - len(mentors),
        mentors=len(mentors),
        places=sum(person.capacity - person.places_taken for person in mentors),
        kept=len(kept),
        why_not=why_not_form(cohort),
    )


def with_members(groups: QuerySet[Group]) -> QuerySet[Group]:
    members = Member.objects.select_related("participant__person")
    rows = groups.select_related("cohort__program", "cohort__design")
    return rows.prefetch_related(Prefetch("members", members))


def seen(group: Group) -> GroupSeen:
    is_drafted = group.status == Group.Status.DRAFTED
    members = sorted(group.members.all(), key=lambda member: (not member.is_mentor, member.pk))
    return GroupSeen(group, Roll(members, group.cohort.design, is_drafted))


def groups_of(run: FormingRun) -> list[GroupSeen]:
    """Return the groups of a forming in their order."""
    return [seen(group) for group in with_members(run.groups.all())]


def groups_in(cohort: Cohort) -> QuerySet[Group]:
    """Every group of a cohort that was ever proposed."""
    return Group.objects.filter(cohort=cohort).exclude(status=Group.Status.DRAFTED)


def groups_seen_in(cohort: Cohort) -> list[GroupSeen]:
    """Return every proposed group of a cohort, those that need the office first."""
    found = [seen(group) for group in with_members(groups_in(cohort))]
    return sorted(found, key=lambda each: (not rules.is_living(each.group), each.group.number))


def left_of(run: FormingRun) -> list[tuple[WithoutGroup, str, str]]:
    """Return who is in no group of a forming, mentors last, with why and what would help."""
    rows = run.left.select_related("participant__person").order_by("participant__role", "pk")
    found = [(row, *rules.left_in_words(row, run.cohort.design)) for row in rows]
    return sorted(found, key=lambda each: each[0].participant.role == RoleInCohort.MENTOR)


def prices_of(run: FormingRun) -> list[tuple[str, str]]:
    """Return each rule for who is together with what it costs."""
    design = run.cohort.design
    return [
        (rules.rule_named(price["code"], design), rules.price_in_words(price))
        for price in run.prices
    ]


def apart_in(cohort: Cohort) -> QuerySet[KeptApart]:
    rows = KeptApart.objects.filter(cohort=cohort)
    return rows.select_related("one__person", "other__person", "set_by")


def apart_for(person: Person, key: str) -> KeptApart:
    rows = KeptApart.objects.filter(cohort__program__in=coordinated(person).values("program"))
    return one(rows.select_related("cohort"), public_id=key)


def choices_in(cohort: Cohort) -> list[Participant]:
    """Return everybody who takes part and can be in a group beside others."""
    rows = taking_part(cohort).filter(role=RoleInCohort.MENTEE).select_related("person")
    return sorted(rows, key=str)


def participant_in(cohort: Cohort, key: str) -> Participant:
    return one(taking_part(cohort).select_related("person"), public_id=key)


def member_in(run: FormingRun, key: str) -> Member:
    """Return somebody who is in a group of a forming."""
    rows = Member.objects.filter(group__run=run, answer__in=Member.PRESENT)
    return one(rows.select_related("participant__person", "group"), public_id=key)


def earlier_run(run: FormingRun) -> FormingRun | None:
    rows = runs_of(run.cohort).filter(status__in=[*HAS_RESULT, Status.DISCARDED], pk__lt=run.pk)
    return rows.exclude(solved_at=None).first()


def difference(run: FormingRun, earlier: FormingRun) -> Difference:
    """Tell who is with other people than in an earlier forming."""
    now, before = company_in(run), company_in(earlier)
    people = Participant.objects.filter(pk__in={*now, *before}).select_related("person")
    changes = [
        Change(person, sorted(before.get(person.pk, {}).values()), sorted(now.get(person.pk, {}).values()))
        for person in sorted(people, key=str)
        if set(now.get(person.pk, {})) != set(before.get(person.pk, {}))
    ]  # fmt: skip
    return Difference(earlier, len({*now, *before}) - len(changes), changes)


def company_in(run: FormingRun) -> dict[int, dict[int, str]]:
    """Return by participant with whom they are together in a forming."""
    found: dict[int, dict[int, str]] = {}
    for each in groups_of(run):
        names = {member.participant_id: str(member) for member in each.roll.present}
        for key in names:
            found[key] = {other: name for other, name in names.items() if other != key}
    return found


def preview(run: FormingRun, at: datetime) -> Preview:
    groups = groups_of(run)
    people = [member.person for each in groups for member in each.roll.present]
    return Preview(
        groups=len(groups),
        people=len(people),
        letters=len(people),
        without_address=[person for person in people if not primary_email(person)],
        reply_by=rules.deadline(at, run.cohort.design.reply_days),
    )


def points_in(run: FormingRun) -> Mapping[str, Mapping[str, int]]:
    """Return the points that were kept of a forming; they are read by themselves because they are many."""
    found: Mapping[str, Mapping[str, int]] = FormingRun.objects.values_list("points", flat=True).get(pk=run.pk)  # fmt: skip
    return found
