"""What is said to those who are left without, honestly, and never naming others?"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.matching.models import MatchRun, Unmatched

LONGEST_WORDS = 4000
STAY, NEXT, ASK = "stay", "next", "ask"
ASKED_NOBODY, NOBODY_SAID_YES, NOT_ASKED = "asked_nobody", "nobody_said_yes", "not_asked"


def group_of(unmatched: Unmatched) -> str:
    """Return under which one text people are written to: their role, and why they are left without."""
    return f"{unmatched.participant.role}:{unmatched.reason}"


def reason_in_short(reason: str) -> str:
    """Return why people are left without, as the office reads it above their names."""
    return str(SHORT.get(reason, SHORT["left_for_total"]))


def draft_to(role: str, reason: str) -> str:
    """Return words for a coordinator to begin with; they are only sent once somebody has read them."""
    if role == RoleInCohort.MENTOR:
        return str(TO_MENTORS_NOT_ASKED if reason == NOT_ASKED else TO_MENTORS)
    return str(DRAFTS.get(reason, DRAFTS["left_for_total"]))


def facts_to(unmatched: Unmatched) -> str:
    """Return the facts of one person's case in a sentence to them; others are only counted."""
    return FACTS.get(unmatched.reason, nothing)(unmatched.details)


def why_not_word(run: MatchRun | None, words: str) -> str:
    """Return why words cannot be kept for people whom a run left without, or nothing."""
    if run and run.status != MatchRun.Status.PUBLISHED:
        return _("Publish the matches first; then write to those who have nobody.")
    if not words.strip():
        return _("Please write a few words of your own, or keep the draft.")
    if len(words) > LONGEST_WORDS:
        return _("These words are too long for a letter: keep to %(most)d characters.") % {
            "most": LONGEST_WORDS
        }
    return ""


def nothing(_details: Mapping[str, Any]) -> str:
    return ""


def no_mentor_for_you(details: Mapping[str, Any]) -> str:
    """Count the mentors by the rules that stand between; what concerns single people is not told."""
    counts: Mapping[str, int] = details.get("rules", {})
    told = {code: n for code, n in counts.items() if code.split(":")[0] in RULES_TO_YOU}
    if not told:
        return ""
    parts = [
        ngettext("%(count)d mentor %(rule)s", "%(count)d mentors %(rule)s", count)
        % {"count": count, "rule": RULES_TO_YOU[code.split(":")[0]]}
        for code, count in told.items()
    ]
    return _("What stood between: %(parts)s.") % {"parts": "; ".join(parts)}


def too_few_places(details: Mapping[str, Any]) -> str:
    numbers = {name: int(details.get(name, 0)) for name in ("mentees", "places")}
    if not numbers["mentees"]:
        return ""
    if details.get("everyone"):
        return (
            _("This time %(mentees)d people hoped for a mentor, and there were %(places)d places.")
            % numbers
        )
    return (
        _(
            "%(mentees)d people could only be helped by the same few mentors as you, and these had "
            "%(places)d places."
        )
        % numbers
    )


FACTS = {
    "no_eligible_mentor": no_mentor_for_you,
    "places_short": too_few_places,
    "waits_shorter": too_few_places,
}
RULES_TO_YOU = {
    "common_language": gettext_lazy("with a free place and no language in common with you"),
    "max_hours_apart": gettext_lazy("too many hours away from you"),
    "not_same": gettext_lazy("too close to where you work"),
    "min_gap": gettext_lazy("not far enough ahead of you"),
    "below_floor": gettext_lazy("with too little in common with what you hope for"),
}
SHORT = {
    "no_eligible_mentor": gettext_lazy("No mentor could be asked for them"),
    "places_short": gettext_lazy("Too few places for what they hope for"),
    "left_for_total": gettext_lazy("Others were put first by the aim of this design"),
    "search_stopped": gettext_lazy("The search was stopped before it found them a place"),
    "waits_shorter": gettext_lazy("Those who wait longer needed the places"),
    "not_needed": gettext_lazy("Mentors whose places stayed free"),
    ASKED_NOBODY: gettext_lazy("They have asked nobody"),
    NOBODY_SAID_YES: gettext_lazy("They asked, and nobody could take it on"),
    NOT_ASKED: gettext_lazy("Mentors whom nobody asked"),
}
DRAFTS = {
    "no_eligible_mentor": gettext_lazy(
        "I am sorry: this time we have nobody for you. I looked at every mentor who has a free place, "
        "and there was none whom I could propose to you in good conscience. That says nothing about "
        "you or about what you wrote.\n\nWe look for more mentors all the time, and your wishes tell us "
        "whom to look for."
    ),
    "places_short": gettext_lazy(
        "I am sorry: this time we have nobody for you. More people hope for what you hope for than our "
        "mentors have places. That says nothing about you or about what you wrote; a place went to "
        "somebody else by rules that are the same for everyone.\n\nWe look for more mentors who can help "
        "with it."
    ),
    "left_for_total": gettext_lazy(
        "I am sorry: this time we have nobody for you. There were mentors whom you could have met, but "
        "each of them was needed more by somebody else. That says nothing about you or about what you "
        "wrote."
    ),
    "search_stopped": gettext_lazy(
        "I am sorry: so far we have nobody for you. We have not been able to look at every possibility "
        "yet, and we look again."
    ),
    "waits_shorter": gettext_lazy(
        "I am sorry: so far we have nobody new for you. The free places went to those who have waited "
        "longer, and you move up. We write as soon as there is somebody."
    ),
    ASKED_NOBODY: gettext_lazy(
        "The mentorships have begun, and you have asked nobody so far. It is not too late: there are "
        "mentors who would be glad to hear from you, and a few lines are enough.\n\nIf something holds "
        "you back, write to me. I am glad to look with you."
    ),
    NOBODY_SAID_YES: gettext_lazy(
        "I am sorry: you asked, and so far nobody could take it on. Most often that is a question of "
        "time; it says nothing about you or about what you wrote.\n\nWrite to me, and we look together "
        "whom else you could ask."
    ),
}
TO_MENTORS_NOT_ASKED = gettext_lazy(
    "Thank you for offering your time. So far nobody has asked you. That says nothing about you: "
    "mentees see many mentors, and ask one at a time.\n\nYour place stays open, and I "
    "would be glad to have you again."
)
TO_MENTORS = gettext_lazy(
    "Thank you for offering your time. This time everybody who could be served has a mentor, and your "
    "place stayed free. That says nothing about you: you simply came with more than was asked for.\n\n"
    "You are among the first we ask when a pair does not work out, and I would be glad to have you again."
)
