"""What matters now for one member, across all that they take part in?"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from lodestar.domain.applications.models import Application, Participant, RoleInCohort
from lodestar.domain.applications.queries import own_applications
from lodestar.domain.common.time import now, today
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.feedback.queries import open_pulses
from lodestar.domain.groups.models import Member
from lodestar.domain.groups.queries import Step as GroupStep
from lodestar.domain.groups.queries import (
    half_way_members,
    own_rooms,
    people_shown,
    roll_of,
    waiting_members,
)
from lodestar.domain.groups.queries import next_step as group_step
from lodestar.domain.groups.rules import is_running
from lodestar.domain.insights.queries.meetings import Planned, meetings_ahead
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.queries import (
    explored_matches,
    one_line,
    own_lists,
    own_matches,
    reasons_in_words,
    waiting_matches,
)
from lodestar.domain.matching.rules import verdict_of
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import (
    GoalSeen,
    NextStep,
    goals_seen,
    next_step,
    own_mentorships,
)
from lodestar.domain.people.models import Person
from lodestar.domain.people.rules import today_of
from lodestar.domain.programs.models import Cohort

URGENT = ("answer", "sign", "meet_overdue", "meet_first", "meet_again", "resume")
GOING_ON = (
    Application.Status.SUBMITTED,
    Application.Status.ACCEPTED,
    Application.Status.WAITLISTED,
)


@dataclass(frozen=True)
class Room:
    """One mentorship at a glance: with whom, as what, and what comes next in it."""

    mentorship: Mentorship
    reader: Person
    partner: Person
    partner_role: RoleInCohort
    step: NextStep

    @property
    def cohort(self) -> Cohort:
        return self.mentorship.match.mentor.cohort

    @property
    def cadence_days(self) -> int:
        return rules.cadence_of(self.mentorship)

    @property
    def partner_line(self) -> str:
        match = self.mentorship.match
        is_mentor = self.partner_role == RoleInCohort.MENTOR
        return one_line(match, match.mentor if is_mentor else match.mentee)

    @property
    def can_look_again(self) -> bool:
        """Whether it has ended while its cohort still goes on."""
        is_over = not rules.is_running(self.mentorship)
        return is_over and today_of(self.reader) <= self.cohort.ends_on

    @cached_property
    def reasons(self) -> list[str]:
        return reasons_in_words(self.mentorship.match, self.reader)

    @cached_property
    def goals(self) -> list[GoalSeen]:
        return [seen for seen in goals_seen(self.mentorship) if not seen.goal.dropped_at]

    @cached_property
    def next_meeting(self) -> int:
        """Return the number that the next meeting of the two will have."""
        return self.mentorship.meetings.count() + 1

    @property
    def week(self) -> int:
        return weeks(self.cohort.starts_on, min(today_of(self.reader), self.cohort.ends_on))

    @property
    def weeks(self) -> int:
        return weeks(self.cohort.starts_on, self.cohort.ends_on - timedelta(days=1))


def weeks(begin: date, on: date) -> int:
    """Return in which week since its beginning a day falls, the first day in week 1."""
    return max(1, (on - begin).days // 7 + 1)


@dataclass(frozen=True)
class Proposal:
    """A match that waits: for this person's answer, for the partner's, or for their trial meeting."""

    match: Match
    partner: Person
    is_answered: bool = False


@dataclass(frozen=True)
class GroupRoom:
    """One group at a glance: who it is with, and what comes next in it."""

    member: Member
    step: GroupStep
    names: list[str]


@dataclass(frozen=True)
class Home:
    """Everything of one's own; `first` names what stands at the top."""

    first: str
    to_answer: list[Proposal]
    to_wait_for: list[Proposal]
    trials: list[Proposal]
    pulses: list[Pulse]
    rooms: list[Room]
    past_rooms: list[Room]
    groups_to_answer: list[Member]
    groups_half_way: list[Member]
    groups: list[GroupRoom]
    past_groups: list[Member]
    drafts: list[Application]
    applications: list[Application]
    lists: list[Participant] = field(default_factory=list)
    meetings: list[Planned] = field(default_factory=list)

    @property
    def other_rooms(self) -> list[Room]:
        """Return the running rooms beside the one that stands at the top."""
        return self.rooms[1:] if self.first == "room" else self.rooms

    @property
    def is_empty(self) -> bool:
        return self.first == "nothing" and not (self.past_rooms or self.past_groups)


def home_of(person: Person) -> Home:
    """Return what is a member's own, the room with the most urgent step first."""
    rooms = [room_of(mentorship, person) for mentorship in own_mentorships(person)]
    running = sorted(
        (room for room in rooms if rules.is_running(room.mentorship)),
        key=lambda room: urgency(room.step),
    )
    applications = list(own_applications(person))
    trials = [trial(m, person) for m in explored_matches(person, now()).order_by("reply_by")]
    to_answer = [proposal(m, person) for m in waiting_matches(person, now()).order_by("reply_by")]
    pulses = list(open_pulses(person))
    drafts = [a for a in applications if a.status == Application.Status.DRAFT]
    asked = list(waiting_members(person, now()).order_by("reply_by"))
    inside = list(own_rooms(person))
    groups = [group_room(member, person) for member in inside if is_running(member.group)]
    going_on = waiting_applications(applications, rooms, [each.member for each in groups])
    return Home(
        first=first_of(
            match=to_answer,
            trial=trials,
            group_asked=asked,
            room=running,
            group=groups,
            pulse=pulses,
            draft=drafts,
            application=going_on,
        ),
        groups_to_answer=asked,
        groups_half_way=list(half_way_members(person)),
        groups=groups,
        past_groups=[member for member in inside if not is_running(member.group)],
        to_answer=to_answer,
        to_wait_for=[proposal(m, person) for m in half_answered(person)],
        trials=trials,
        pulses=pulses,
        rooms=running,
        past_rooms=[room for room in rooms if not rules.is_running(room.mentorship)],
        drafts=drafts,
        applications=going_on,
        meetings=meetings_ahead(person, now()),
        lists=[mentee for mentee in own_lists(person, today()) if has_to_choose(mentee)],
    )


def has_to_choose(mentee: Participant) -> bool:
    """Tell if a mentee who may choose has no partner and waits for nobody."""
    return mentee.places_taken < mentee.capacity


def first_of(**found: Sequence[object]) -> str:
    """Return the name of the first kind of which there is something."""
    return next((kind for kind, rows in found.items() if rows), "nothing")


def room_of(mentorship: Mentorship, person: Person) -> Room:
    partner = rules.partner_of(mentorship, person)
    role = rules.role_of(mentorship, partner)
    return Room(mentorship, person, partner, role, next_step(mentorship, person))


def group_room(member: Member, person: Person) -> GroupRoom:
    others = people_shown(member.group, roll_of(member.group))
    names = [m.person.first_name for m in others if m.participant.person_id != person.pk]
    return GroupRoom(member, group_step(member, person), names)


def urgency(step: NextStep) -> int:
    return URGENT.index(step.kind) if step.kind in URGENT else len(URGENT)


def proposal(match: Match, person: Person) -> Proposal:
    is_mentor = match.mentor.person_id == person.pk
    return Proposal(match, match.mentee.person if is_mentor else match.mentor.person)


def trial(match: Match, person: Person) -> Proposal:
    is_answered = verdict_of(match, person) == Match.Answer.ACCEPTED
    return replace(proposal(match, person), is_answered=is_answered)


def half_answered(person: Person) -> list[Match]:
    """Return the matches to which this person said yes and the partner nothing yet."""
    asked = own_matches(person).filter(status=Match.Status.HALF_ACCEPTED, reply_by__gt=now())
    waiting = set(waiting_matches(person, now()).values_list("pk", flat=True))
    return [match for match in asked if match.pk not in waiting]


def waiting_applications(
    applications: list[Application], rooms: list[Room], members: Sequence[Member] = ()
) -> list[Application]:
    """Return applications under way, except where a mentorship or group of that cohort and role shows more."""
    begun = {
        (room.mentorship.match.mentor.cohort_id, own_role(room))
        for room in rooms
        if rules.is_running(room.mentorship)
    }
    begun |= {(m.group.cohort_id, RoleInCohort(m.participant.role)) for m in members}
    under_way = [a for a in applications if a.status in GOING_ON]
    return [a for a in under_way if (a.cohort_id, a.role) not in begun]


def own_role(room: Room) -> RoleInCohort:
    is_mentee = room.partner_role == RoleInCohort.MENTOR
    return RoleInCohort.MENTEE if is_mentee else RoleInCohort.MENTOR
