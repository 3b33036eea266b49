"""Who may look around, and what is said of those who are not there just now?"""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.rules.showing import is_paused
from lodestar.domain.matching.rules import rule_in_words
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules import state_of

FEWEST_TOLD = 5  # smaller numbers would point at people
WAYS_BY_LOOKING = {Design.Way.ASK.value, Design.Way.RANK.value}
LOOKED_AT = (
    Cohort.State.OPEN,
    Cohort.State.CLOSED,
    Cohort.State.MATCHING,
    Cohort.State.RUNNING,
)


def has_directory(design: Design) -> bool:
    """A design in which people ask or rank lets them look first."""
    return bool(WAYS_BY_LOOKING & set(design.ways))


def sought_by(role: str) -> RoleInCohort | None:
    """Mentees look for mentors; a mentor is found and asked."""
    return RoleInCohort.MENTOR if role == RoleInCohort.MENTEE else None


def may_look(participant: Participant, on: date) -> bool:
    """Whoever was accepted as a mentee looks around from that day to the end of the cohort."""
    return (
        participant.left_at is None
        and participant.person.blocked_at is None
        and sought_by(participant.role) is not None
        and has_directory(participant.cohort.design)
        and state_of(participant.cohort, on) in LOOKED_AT
    )


def is_free(participant: Participant, on: date) -> bool:
    """Tell if somebody has a free place now."""
    return not is_paused(participant, on) and participant.places_taken < participant.capacity


def away_in_words(participant: Participant, on: date) -> str:
    """Say why somebody can't be asked just now and, if it is known, from when on they can."""
    if is_paused(participant, on) and participant.paused_until:
        day = date_format(participant.paused_until, "j F Y")
        return _("Takes a pause, and is there again from %(day)s on.") % {"day": day}
    if participant.places_taken >= participant.capacity:
        return _("Has no free place just now.")
    return ""


def left_out_in_words(counts: Mapping[str, int]) -> list[str]:
    """Say how many are not shown and because of which rule, but for numbers that would point at people."""
    told = {code: n for code, n in counts.items() if n >= FEWEST_TOLD}
    few = sum(counts.values()) - sum(told.values())
    sentences = [
        ngettext(
            "%(count)d person is not shown: they %(rule)s.",
            "%(count)d people are not shown: they %(rule)s.",
            count,
        )
        % {"count": count, "rule": rule_for_reader(code)}
        for code, count in sorted(told.items(), key=lambda each: (-each[1], each[0]))
    ]
    if few:
        sentences.append(_("A few more are not shown, because a rule of this program forbids it."))
    return sentences


def rule_for_reader(code: str) -> str:
    """Return a rule as the end of a sentence to the one who looks."""
    known = {
        "common_language": _("share no language with you"),
        "max_hours_apart": _("live too many hours away from you"),
        "not_same": _("share an employer with you, or another thing that must differ"),
        "min_gap": _("are not far enough ahead of you"),
        "past_pair": _("have been your partner before"),
    }
    return known.get(code.split(":")[0]) or rule_in_words(code)
