"""What do others read of a participant, and is the participant free just now?

A design says from when on an answer is read; each participant may keep an answer longer to
themselves, never show it earlier.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import Asked, asked_in, shown_from, told_of

Shown = Design.Shown
FROM_OPEN_TO_CLOSED = (Shown.PROPOSAL, Shown.PAIRED, Shown.OFFICE)
LONGEST_PAUSE = timedelta(days=366)
EVIDENCE = "evidence"  # no answer, but as much theirs to keep: what is known of them as a mentor


def stricter(one: Shown, other: Shown) -> Shown:
    return max(one, other, key=FROM_OPEN_TO_CLOSED.index)


def shown_of(participant: Participant, design: Design, name: str) -> Shown:
    """Tell from when on others read an answer of this participant."""
    own = participant.visibility.get(name)
    by_design = shown_from(design, name)
    return stricter(by_design, Shown(own)) if own in Shown.values else by_design


def shown_names_of(participant: Participant, design: Design, *, is_paired: bool) -> frozenset[str]:
    """Return the answers of this participant that others read: before, or once both said yes."""
    levels = {Shown.PROPOSAL, Shown.PAIRED} if is_paired else {Shown.PROPOSAL}
    return frozenset(
        a.name for a in told_of(design) if shown_of(participant, design, a.name) in levels
    )


def choosable(design: Design, role: str) -> list[Asked]:
    """Return the answers over which a participant has a say; the rest a design keeps to the office."""
    return [a for a in asked_in(design, role) if shown_from(design, a.name) != Shown.OFFICE]


def levels_within(design: Design, name: str) -> list[Shown]:
    """Return what a participant may choose for an answer, the most open first."""
    first = FROM_OPEN_TO_CLOSED.index(shown_from(design, name))
    return list(FROM_OPEN_TO_CLOSED[first:])


def kept_back(design: Design, wished: Mapping[str, str]) -> dict[str, str]:
    """Return a participant's wishes in their one form: only what is stricter than the design.

    >>> kept_back(Design(), {"about": "office", "topics": "proposal", "shoe_size": "office"})
    {'about': 'office'}
    """
    known = {asked.name for asked in told_of(design)}
    return {
        name: Shown(level).value
        for name, level in wished.items()
        if (
            name in known
            and level in Shown.values
            and FROM_OPEN_TO_CLOSED.index(Shown(level))
            > FROM_OPEN_TO_CLOSED.index(shown_from(design, name))
        )
        or (name, level) == (EVIDENCE, Shown.OFFICE)
    }


def is_evidence_shown(participant: Participant) -> bool:
    """Tell if others read what is known of somebody as a mentor: replies, mentorships, requests."""
    return bool(participant.visibility.get(EVIDENCE) != Shown.OFFICE)


def is_paused(participant: Participant, on: date) -> bool:
    """A pause ends by itself on its day, which is the first on which they are there again."""
    return participant.paused_until is not None and on < participant.paused_until


def why_not_pause(until: date, on: date) -> str:
    """Say why a pause can't last until a day, or nothing."""
    if until <= on:
        return _("A pause lasts until a day ahead, from tomorrow on.")
    if until > on + LONGEST_PAUSE:
        last = date_format(on + LONGEST_PAUSE, "j F Y")
        return _("A pause lasts a year at most, until %(day)s.") % {"day": last}
    return ""


def why_not_change(participant: Participant) -> str:
    """Only somebody who takes part says what is seen of them."""
    if participant.left_at is not None:
        return _("You no longer take part here, so nobody finds you here either.")
    return ""
