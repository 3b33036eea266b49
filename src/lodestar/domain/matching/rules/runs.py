"""When may a run be asked for, looked at, published or set aside?"""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching.models import Match, MatchRun, PairRule
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.ways import Way, only_ask, uses

Status = MatchRun.Status

SHOWN_NAMES = 3


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
    if cohort.design.makes_groups:
        return _("This program makes groups: they are formed on a page of their own.")
    if not uses(cohort.design, Way.OFFICE):
        return _(
            "In this program people find each other themselves, and the office proposes nobody. The design says "
            "which ways it has."
        )
    if not criteria:
        return _("The design of this program weighs nothing yet: give it at least one criterion.")
    if not mentees:
        return _("Nobody waits for a mentor here yet: accept applications of mentees first.")
    if not places:
        return _("No mentor has a free place yet: accept applications of mentors first.")
    return ""


def why_not_rematch(cohort: Cohort, mentees: int, on: date) -> str:
    """Return why those who wait for somebody new can't be matched by a run of their own, or nothing."""
    if on > cohort.ends_on:
        return _("This cohort is over; nobody is matched in it any more.")
    if not mentees:
        return _("No mentee waits for somebody new just now.")
    if only_ask(cohort.design):
        return _("In this program people ask for somebody new themselves, as they did before.")
    return ""


def why_not_publish(run: MatchRun, could_sign: Sequence[Person] = ()) -> str:
    """Return the sentence with which publishing is refused, or nothing where it may go ahead.

    `could_sign` are the coordinators who could sign it off, where its design asks for that.
    """
    if run.status == Status.PUBLISHED:
        by = run.published_by.full_name if run.published_by else _("someone else")
        return _("%(name)s published this run already. Nothing was sent twice.") % {"name": by}
    if run.status == Status.SOLVED:
        return _("Look at these matches first and mark them as looked at; then they can be sent.")
    if run.status == Status.DISCARDED:
        return _("This run was set aside. Ask for a new one.")
    if run.status != Status.REVIEWED:
        return _("This run is not ready to be published.")
    return why_unsigned(run, could_sign)


def why_unsigned(run: MatchRun, could_sign: Sequence[Person]) -> str:
    if run.signed_by_id or not run.cohort.design.needs_sign_off:
        return ""
    if not could_sign:
        return _(
            "A second coordinator signs matches off before they are sent, and this program has no second one: "
            "appoint one, and they can."
        )
    names = some_names([person.full_name for person in could_sign])
    return _(
        "A second coordinator signs these matches off before they are sent. %(names)s can do it."
    ) % {"names": names}


def why_not_sign(run: MatchRun, by: Person) -> str:
    """Whoever looked at a run does not sign it off as well: four eyes see more than two."""
    if run.status != Status.REVIEWED:
        return _("Only matches that somebody looked at, and nobody sent yet, can be signed off.")
    if run.reviewed_by_id == by.pk:
        return _("You looked at these matches yourself. Ask a second coordinator to sign them off.")
    return ""


def can_take_back(run: MatchRun, at: datetime) -> bool:
    return run.status == Status.PUBLISHED and run.undo_until is not None and run.undo_until > at


def is_unheard_of(run: MatchRun, at: datetime) -> bool:
    """Whether nobody outside the office knows of a run: it is not published, or can still be taken back."""
    return run.status != Status.PUBLISHED or can_take_back(run, at)


def why_not_take_back(run: MatchRun) -> str:
    if run.status == Status.PUBLISHED:
        return _(
            "The letters have left, so the publication can no longer be taken back as a whole. Single matches can."
        )
    return _("This run is not published any more; there is nothing to take back.")


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
