"""Who is in a group, when does it begin, who may answer, and what does each read of where it stands?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lodestar.domain.groups.models import Group, Member
from lodestar.domain.matching.rules.answers import FIFTHS, REMINDERS_AT, deadline
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Design

Status, Answer = Group.Status, Member.Answer
FEWEST_TO_BEGIN = 2

# Where a group may go from each of its states; nothing leads back.
MOVES: dict[Group.Status, frozenset[Group.Status]] = {
    Status.DRAFTED: frozenset({Status.PROPOSED}),
    Status.PROPOSED: frozenset({Status.RUNNING, Status.DISSOLVED}),
    Status.RUNNING: frozenset({Status.ENDED}),
    Status.ENDED: frozenset(),
    Status.DISSOLVED: frozenset(),
}


@dataclass(frozen=True, slots=True)
class Roll:
    """Everybody of a group by what they said; the mentor counts apart, because sizes are of the others."""

    members: Sequence[Member]
    design: Design
    is_drafted: bool = False

    @property
    def present(self) -> list[Member]:
        return [member for member in self.members if member.is_present]

    @property
    def mentor(self) -> Member | None:
        return next((member for member in self.present if member.is_mentor), None)

    @property
    def others(self) -> list[Member]:
        return [member for member in self.present if not member.is_mentor]

    @property
    def accepted(self) -> list[Member]:
        return [member for member in self.present if member.answer == Answer.ACCEPTED]

    @property
    def waiting(self) -> list[Member]:
        return [member for member in self.present if member.answer == Answer.WAITING]

    @property
    def yeses(self) -> int:
        """How many said yes, the mentor aside."""
        return sum(not member.is_mentor for member in self.accepted)

    @property
    def needs_mentor(self) -> bool:
        return self.design.format == Design.Format.GROUP

    @property
    def lacks_mentor(self) -> bool:
        return self.needs_mentor and self.mentor is None

    @property
    def room(self) -> int:
        """How many more may come in."""
        most = self.design.group_most
        if self.mentor is not None:
            places = self.mentor.participant
            held = 0 if self.is_drafted else len(self.others)
            most = min(most, held + places.capacity - places.places_taken)
        return max(0, most - len(self.others))

    @property
    def missing(self) -> int:
        """How many are missing to the smallest size, if everybody who was asked said yes."""
        return max(0, self.design.group_least - len(self.others))

    @property
    def is_ready(self) -> bool:
        """Whether enough said yes for it to begin, the mentor included where there is one."""
        has_mentor = not self.needs_mentor or bool(
            self.mentor and self.mentor.answer == Answer.ACCEPTED
        )
        return has_mentor and self.yeses >= self.design.group_least

    @property
    def is_short(self) -> bool:
        """Whether it cannot begin any more, even if everybody who was asked says yes."""
        return bool(self.missing) or self.lacks_mentor


def is_living(group: Group) -> bool:
    return group.status in Group.LIVING


def is_running(group: Group) -> bool:
    return group.status == Status.RUNNING


def is_in(member: Member) -> bool:
    """Whether somebody is in a group that began: only they read and write in its room."""
    began = member.group.status in (Status.RUNNING, Status.ENDED)
    return began and member.answer == Answer.ACCEPTED and member.person.blocked_at is None


def may_write(member: Member) -> bool:
    return is_in(member) and is_running(member.group)


def why_not_answer(member: Member, at: datetime) -> str:
    """Return the sentence with which an answer is refused, or nothing where it is welcome."""
    if member.answer != Answer.WAITING:
        return str(ANSWERED.get(Answer(member.answer), ANSWERED[Answer.ACCEPTED]))
    if not is_living(member.group):
        return _("This group does not go ahead; there is nothing left to answer.")
    if member.reply_by and at > member.reply_by:
        return str(ANSWERED[Answer.EXPIRED])
    return ""


ANSWERED = {
    Answer.ACCEPTED: gettext_lazy("You have answered this already, and your answer is kept."),
    Answer.DECLINED: gettext_lazy(
        "You said no, and that is fine. Your place is free, and the coordinators look for another group for you."
    ),
    Answer.EXPIRED: gettext_lazy(
        "The time to answer has run out. Nothing is lost: write to the program's coordinators, and they will "
        "look with you."
    ),
    Answer.WITHDRAWN: gettext_lazy(
        "The coordinators have taken this back. They look for another group for you."
    ),
    Answer.LEFT: gettext_lazy("You have left this group. Thank you for the time you gave it."),
}


def next_reminder(proposed_at: datetime, reply_by: datetime, at: datetime) -> datetime | None:
    """Return the next moment to remind: after two and after four fifths of the time, if still ahead."""
    whole = reply_by - proposed_at
    moments = (proposed_at + whole * part / FIFTHS for part in REMINDERS_AT)
    return next((moment for moment in moments if moment > at), None)


def why_not_join(group: Group, roll: Roll, *, as_mentor: bool) -> str:
    """Say why somebody more cannot be asked into a group, or nothing."""
    if not is_living(group):
        return _("This group is over, so nobody can join it.")
    if as_mentor and not roll.needs_mentor:
        return _("Among peers nobody is the mentor.")
    if as_mentor:
        return _("This group has a mentor already.") if roll.mentor else ""
    if not roll.room:
        return _("This group is full: it has %(count)d people, and nobody more can join.") % {
            "count": len(roll.others)
        }
    return ""


def why_not_dissolve(group: Group) -> str:
    if group.status == Status.RUNNING:
        return _("This group has begun, so it is not let go but ended.")
    if group.status != Status.PROPOSED:
        return _("This group does not wait for answers any more. Nothing was changed.")
    return ""


def why_not_merge(group: Group, roll: Roll, into: Group, target: Roll) -> str:
    """Say why the people of one group cannot be asked into another, or nothing."""
    if group.pk == into.pk or group.cohort_id != into.cohort_id:
        return _("Choose another group of the same cohort.")
    if problem := why_not_dissolve(group):
        return problem
    if not is_living(into):
        return _("That group is over. Choose another one.")
    if len(roll.others) > target.room:
        return _("There are %(people)d people to move, and that group has room for %(room)d.") % {
            "people": len(roll.others),
            "room": target.room,
        }
    return ""


def next_in_words(member: Member, roll: Roll) -> str:
    """Return where a group stands for one of it, and what happens next, by when."""
    day = date_format(member.reply_by, "l, j F") if member.reply_by else ""
    if member.answer == Answer.WAITING and is_living(member.group):
        if is_running(member.group):
            return _("The group has begun. Please answer by %(day)s; with your yes you are in.") % {
                "day": day
            }
        return _(
            "Please answer by %(day)s. The group begins as soon as enough of you said yes. A no is fine, and "
            "nobody is told who said it."
        ) % {"day": day}
    if member.answer == Answer.ACCEPTED and member.group.status == Status.PROPOSED:
        if roll.is_short:
            return _(
                "You said yes. The group is still too small; the coordinators look for more people."
            )
        return _(
            "You said yes. As soon as enough others do, the group begins and you hear from us."
        )
    if member.group.status == Status.DISSOLVED:
        return _("This group does not go ahead. The coordinators look for another one for you.")
    return str(ANSWERED.get(Answer(member.answer), ""))


def state_in_words(group: Group, roll: Roll) -> str:
    """Return where a group stands, as the office reads it."""
    if group.status != Status.PROPOSED:
        told = str(group.get_status_display())
        if group.status == Status.RUNNING and roll.lacks_mentor:
            return _("running, without its mentor")
        return told
    if roll.lacks_mentor:
        return _("without a mentor")
    if roll.missing:
        return _("too small: %(count)d missing") % {"count": roll.missing}
    return _("%(yes)d of %(all)d said yes") % {
        "yes": len(roll.accepted),
        "all": len(roll.present),
    }


def role_in_words(member: Member) -> str:
    """Return as what somebody is in a group; among peers nobody is anything in particular."""
    return str(member.participant.get_role_display()) if member.is_mentor else ""


def mentor_of(members: Sequence[Member]) -> Person | None:
    return next((m.person for m in members if m.is_mentor and m.is_present), None)


__all__ = [
    "FEWEST_TO_BEGIN",
    "MOVES",
    "Roll",
    "deadline",
    "is_in",
    "is_living",
    "is_running",
    "may_write",
    "mentor_of",
    "next_in_words",
    "next_reminder",
    "role_in_words",
    "state_in_words",
    "why_not_answer",
    "why_not_dissolve",
    "why_not_join",
    "why_not_merge",
]
