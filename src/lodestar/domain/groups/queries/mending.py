"""What can the office do for a group that is too small, or has room?"""

from dataclasses import dataclass

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.groups import rules
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.groups.queries.composing import Bench, bench_of
from lodestar.domain.groups.queries.forming import GroupSeen, groups_seen_in, seen, with_members
from lodestar.domain.groups.queries.inputs import waiting_people

MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Candidate:
    """Somebody without a group who could come into one, and what would then break."""

    participant: Participant
    points: int | None
    breaks: list[str]


@dataclass(frozen=True)
class Mends:
    """Whom the office may ask into a group, and into which other group its people could go."""

    group: GroupSeen
    candidates: list[Candidate]
    targets: list[GroupSeen]


def mends_of(group: Group) -> Mends:
    """Return what can be done for a group, whoever suits it best first."""
    this = seen(with_members(Group.objects.filter(pk=group.pk)).get())
    others = [
        each
        for each in groups_seen_in(group.cohort)
        if not rules.why_not_merge(group, this.roll, each.group, each.roll)
    ]
    return Mends(this, candidates_for(this), others)


def candidates_for(group: GroupSeen) -> list[Candidate]:
    """Return who is left and could come in, nothing broken first, then by what they bring."""
    if group.roll.lacks_mentor:
        return mentors_for(group)
    if not group.roll.room:
        return []
    bench = bench_of(group.group.run)
    gone = {m.participant_id for m in group.gone if m.answer != Member.Answer.WITHDRAWN}
    waiting = waiting_people(group.group.cohort)
    found = [
        _candidate(bench, group, person)
        for person in waiting
        if person.role == RoleInCohort.MENTEE and person.pk not in gone
    ]
    return sorted(found, key=lambda each: (bool(each.breaks), -(each.points or 0)))[
        :MOST_CANDIDATES
    ]


def _candidate(bench: Bench, group: GroupSeen, person: Participant) -> Candidate:
    mentor = group.mentor.participant if group.mentor else None
    people = [*(member.participant for member in group.others), person]
    is_known = person.public_id in bench.points
    points = bench.each_worth(mentor, people, person) if is_known else None
    return Candidate(person, points, bench.rules_broken(people))


def mentors_for(group: GroupSeen) -> list[Candidate]:
    """Return mentors without a group who have places for all of this one."""
    needed = max(len(group.others), 1)
    gone = {member.participant_id for member in group.gone}
    free = [
        person
        for person in waiting_people(group.group.cohort)
        if person.role == RoleInCohort.MENTOR
        and person.capacity - person.places_taken >= needed
        and person.pk not in gone
    ]
    bench = bench_of(group.group.run)
    people = [member.participant for member in group.others]
    found = [Candidate(person, bench.worth(person, people), []) for person in free]
    return sorted(found, key=lambda each: -(each.points or 0))[:MOST_CANDIDATES]
