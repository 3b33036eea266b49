"""What does each number of places and pace do, in a sentence each?"""

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lodestar.domain.programs.models import Design

# Under each field: what it decides. Beside the form stands what all of them come to.
WHAT_IT_DECIDES: Mapping[str, object] = {
    "cadence_days": gettext_lazy(
        "When a room asks for the next talk; after half as long again without a sign, you are shown the pair as silent."
    ),
    "hours_per_month": gettext_lazy("Told to mentors before they apply, and held against their places. 0: nothing is told."),
    "capacity_default": gettext_lazy("So many mentees may be proposed to a mentor who leaves the question blank."),
    "capacity_maximum": gettext_lazy("The form offers no more, however willing somebody is."),
    "reply_days": gettext_lazy("Working days. Both are reminded twice; then the proposal runs out, and somebody else is proposed."),
    "exploring_days": gettext_lazy("The two meet once in a small space of their own, and each says alone whether to go on."),
    "replacing": gettext_lazy("Nobody is blamed, and the same two are never proposed again."),
    "most_replacements": gettext_lazy("In a row, for one person. More no’s than that are a reason to call them."),
    "first_meeting_days": gettext_lazy("Their room names this day; after it you are shown the pair as late."),
    "pulse_first_days": gettext_lazy("Both sides, by letter, two taps, counted from the day the two began."),
    "pulse_every_days": gettext_lazy("As long as the two go on; nobody is asked twice within 14 days."),
    "asks_midpoint": gettext_lazy(
        "Eight taps instead of the short question that would come next, from eight weeks of mentorship on; you see both sides beside each other."
    ),
    "asks_closing": gettext_lazy(
        "What was reached, and would they come again; in the two weeks before it nobody is asked anything else."
    ),
    "objective": gettext_lazy("Every run shows what each of these would cost whom, before anything is published."),
    "undo_minutes": gettext_lazy(
        "So long the letters of published matches wait before they leave, and one press takes all back."
    ),
    "needs_sign_off": gettext_lazy("Whoever looked at the matches cannot sign them off as well."),
}  # fmt: skip


def how_a_match_goes(design: Design) -> list[str]:
    """Return what people live through between a proposal and the first talk, and what you do meanwhile."""
    return [_answering(design), _after_a_no(design), _first_talk(design), _publishing(design)]


def _answering(design: Design) -> str:
    told = ngettext(
        "Both have %(days)d working day to answer",
        "Both have %(days)d working days to answer",
        design.reply_days,
    ) % {"days": design.reply_days}
    if not design.exploring_days:
        return _("%(told)s, and two yeses begin.") % {"told": told}
    return ngettext(
        "%(told)s, then %(days)d day to meet once before they decide.",
        "%(told)s, then %(days)d days to meet once before they decide.",
        design.exploring_days,
    ) % {"told": told, "days": design.exploring_days}


def _after_a_no(design: Design) -> str:
    if design.replacing == Design.Replacing.LOOK:
        return _("After a no you look first, and then propose somebody else.")
    return ngettext(
        "After a no somebody else is proposed within the hour, %(count)d time in a row; then you look.",
        "After a no somebody else is proposed within the hour, up to %(count)d times in a row; then you look.",
        design.most_replacements,
    ) % {"count": design.most_replacements}


def _first_talk(design: Design) -> str:
    return ngettext(
        "A pair that has not met %(days)d day after it began is shown to you as late.",
        "A pair that has not met %(days)d days after it began is shown to you as late.",
        design.first_meeting_days,
    ) % {"days": design.first_meeting_days}


def _publishing(design: Design) -> str:
    undo = ngettext(
        "After publishing you have %(minutes)d minute to take all back.",
        "After publishing you have %(minutes)d minutes to take all back.",
        design.undo_minutes,
    ) % {"minutes": design.undo_minutes}
    at_once = _("What you publish leaves at once.")
    signed = _("A second coordinator signs before.") if design.needs_sign_off else ""
    return " ".join(filter(None, [undo if design.undo_minutes else at_once, signed]))
