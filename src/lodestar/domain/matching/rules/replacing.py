"""Who waits for somebody else because a match did not go ahead, and may it happen by itself?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.rules.runs import is_unheard_of
from lodestar.domain.programs.models import Design

Status, Answer = Match.Status, Match.Answer
Reason = Match.DeclineReason


@dataclass(frozen=True)
class Waiting:
    """A mentee whose match did not go ahead: after which match, and all that were proposed, in order.

    Whoever had no match at all, and was told that they stay on the list, waits since then.
    """

    mentee: Participant
    matches: Sequence[Match]
    told_at: datetime | None = None

    @property
    def after(self) -> Match | None:
        return self.matches[-1] if self.matches else None

    @property
    def turn(self) -> tuple[bool, datetime]:
        """By what those who wait are put in order: whoever had a match first, then by how long they wait."""
        after = self.after
        since = (after.closed_at or after.created_at) if after else self.told_at
        return after is None, since or self.mentee.created_at

    @property
    def tried(self) -> frozenset[int]:
        """The mentors who were proposed to this mentee before; none of them is proposed again."""
        return frozenset(match.mentor_id for match in self.matches)

    @property
    def by_itself(self) -> int:
        """How many proposals came by themselves since a person last had a hand in one."""
        count = 0
        for match in reversed(self.matches):
            if match.origin != Match.Origin.STANDBY or match.proposed_by_id:
                break
            count += 1
        return count


def answers_of_side(match: Match, role: RoleInCohort) -> tuple[str, str]:
    """Return what one side said to the proposal, and after a trial meeting."""
    if role == RoleInCohort.MENTOR:
        return match.mentor_answer, match.mentor_verdict
    return match.mentee_answer, match.mentee_verdict


def fell_silent(match: Match, role: RoleInCohort) -> bool:
    """Whether a match ran out of time because of this side, or of this side too."""
    if match.status != Status.EXPIRED:
        return False
    answer, verdict = answers_of_side(match, role)
    had_trial = match.exploring_since is not None
    return Answer.WAITING in ((verdict,) if had_trial else (answer,))


def has_no_time(match: Match, role: RoleInCohort) -> bool:
    """Whether this side said no because there is no time just now."""
    is_own = Answer.DECLINED in answers_of_side(match, role)
    return match.status == Status.DECLINED and is_own and match.decline_reason == Reason.TIME


def wants_another(match: Match, role: RoleInCohort) -> bool:
    """Whether somebody whose match closed is to be proposed somebody else, without being asked first.

    Whoever fell silent, or has no time, is left in peace until a person looks. Who comes after a mentor whom
    a mentee asked themself is the mentee's own list to say.
    """
    is_closed = match.status in Match.CLOSED and match.origin != Match.Origin.ASKED
    return is_closed and not fell_silent(match, role) and not has_no_time(match, role)


def waits_for_its_run(match: Match, at: datetime) -> bool:
    """Whether a match was taken back alone while its whole run can be, or has been: nothing follows it yet."""
    return match.run is not None and is_unheard_of(match.run, at)


def matches_by_itself(design: Design) -> bool:
    """Whether the office matches in this design at all; where people only ask, they ask on."""
    return Design.Way.OFFICE in design.ways


def why_look(waiting: Waiting, design: Design) -> str:
    """Return why a person has to look before somebody else is proposed, or nothing."""
    if design.replacing == Design.Replacing.LOOK:
        return _("This design asks you to look first.")
    if waiting.by_itself >= design.most_replacements:
        return _("Proposed by itself as often as this design allows: %(count)d in a row.") % {
            "count": waiting.by_itself
        }
    return ""


def what_happened(match: Match | None) -> str:
    """Return in a few words for the office why a match did not go ahead."""
    if match is None:
        return _("had no match so far, and stays on the list")
    names = {"mentor": match.mentor, "mentee": match.mentee}
    if match.status == Status.WITHDRAWN:
        return _("taken back by the office")
    if match.status == Status.EXPIRED:
        silent = [str(names[role]) for role in RoleInCohort if fell_silent(match, role)]
        return _("no word in time from %(names)s") % {"names": get_text_list(silent, _("and"))}
    who = [
        str(names[role]) for role in RoleInCohort if Answer.DECLINED in answers_of_side(match, role)
    ]
    return _("%(name)s said no: %(reason)s") % {
        "name": get_text_list(who, _("and")),
        "reason": match.get_decline_reason_display(),
    }
