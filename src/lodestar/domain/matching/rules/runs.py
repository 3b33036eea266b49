"""When may a run be asked for, looked at, published or set aside?"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching.models import Match, MatchRun, PairRule
from lodestar.domain.programs.models import Cohort

Status = MatchRun.Status

SHOWN_NAMES = 3


def is_computing(run: MatchRun) -> bool:
    return run.status in (Status.REQUESTED, Status.CLAIMED)


def can_review(run: MatchRun) -> bool:
    return run.status == Status.SOLVED


def can_publish(run: MatchRun) -> bool:
    return run.status == Status.REVIEWED


def can_discard(run: MatchRun) -> bool:
    """Whatever was not sent out can be set aside."""
    return run.status in (Status.REQUESTED, Status.SOLVED, Status.REVIEWED, Status.FAILED)


def fingerprint(inputs: object) -> str:
    """Return SHA-256 of frozen inputs in one canonical form."""
    written = json.dumps(inputs, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def why_not_request(cohort: Cohort, heads: tuple[int, int], criteria: int, on: date) -> str:
    """Return what is missing before a run makes sense; `heads` are the mentees who wait and the free places."""
    mentees, places = heads
    if on > cohort.ends_on:
        return _("This cohort ended on %(day)s; nobody is matched in it any more.") % {
            "day": date_format(cohort.ends_on, "j F Y")
        }
    if not criteria:
        return _("The design of this program weighs nothing yet: give it at least one criterion.")
    if not mentees:
        return _("Nobody waits for a mentor here yet: accept applications of mentees first.")
    if not places:
        return _("No mentor has a free place yet: accept applications of mentors first.")
    return ""


def why_not_publish(run: MatchRun) -> str:
    """Return the sentence with which publishing is refused, or nothing where it may go ahead."""
    if run.status == Status.PUBLISHED:
        by = run.published_by.full_name if run.published_by else _("someone else")
        return _("%(name)s published this run already. Nothing was sent twice.") % {"name": by}
    if run.status == Status.SOLVED:
        return _("Look at these matches first and mark them as looked at; then they can be sent.")
    if run.status == Status.DISCARDED:
        return _("This run was set aside. Ask for a new one.")
    if run.status != Status.REVIEWED:
        return _("This run is not ready to be published.")
    return ""


def why_not_pin(
    mentor: Participant,
    mentee: Participant,
    kind: PairRule.Kind,
    others: Sequence[PairRule],
    declined: bool,
) -> str:
    """Refuse a rule for a pair that cannot be kept; `others` are the cohort's pins of either side."""
    if mentor.cohort_id != mentee.cohort_id or mentor.role != RoleInCohort.MENTOR:
        return _("A pair is one mentor and one mentee of the same cohort.")
    if mentee.role != RoleInCohort.MENTEE:
        return _("A pair is one mentor and one mentee of the same cohort.")
    if kind == PairRule.Kind.BAN:
        return ""
    if mentor.person_id == mentee.person_id:
        return _("Nobody can be their own mentor.")
    if declined:
        return _("One of the two has said no to this pair before; their answer stands.")
    if any(rule.mentee_id == mentee.pk for rule in others):
        return _("%(name)s is pinned to another mentor: lift that pin first.") % {"name": mentee}
    pins = sum(rule.mentor_id == mentor.pk for rule in others)
    if pins >= mentor.capacity:
        return ngettext(
            "%(name)s has %(count)d place, and it is pinned already: lift that pin first.",
            "%(name)s has %(count)d places, and all are pinned already: lift one pin first.",
            mentor.capacity,
        ) % {"name": mentor, "count": mentor.capacity}
    return ""


def why_stale(matches: Sequence[Match], banned: set[tuple[int, int]]) -> str:
    """Return why drafted matches no longer hold: someone left, was taken, or was kept apart since."""
    gone = [side for match in matches for side in (match.mentor, match.mentee) if has_gone(side)]
    if gone:
        return _(
            "%(names)s left since this run was computed. Nothing was published; ask for a new run."
        ) % {"names": some_names([str(side) for side in gone])}
    apart = [str(match) for match in matches if (match.mentor_id, match.mentee_id) in banned]
    if apart:
        return _(
            "%(names)s were set apart since this run was computed. Nothing was published; ask for "
            "a new run."
        ) % {"names": some_names(apart)}
    return ""


def has_gone(participant: Participant) -> bool:
    return participant.left_at is not None or participant.person.blocked_at is not None


def some_names(names: Sequence[str]) -> str:
    """Name a few and count the rest."""
    shown = ", ".join(dict.fromkeys(names[:SHOWN_NAMES]))
    rest = len(names) - SHOWN_NAMES
    if rest <= 0:
        return shown
    return ngettext("%(names)s and %(count)d more", "%(names)s and %(count)d more", rest) % {
        "names": shown,
        "count": rest,
    }
