"""Which differences may a cohort take on while people already rely on its design?

What acts on days ahead only is safe; what people agreed to, chose from or were paired by is not. A kind of
difference that nobody has thought about here starts with the next cohort.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.insights.rules.moving_forms import JUDGES_OF_FORMS
from lodestar.domain.insights.rules.moving_ways import JUDGES_OF_WAYS
from lodestar.domain.insights.rules.standing import Judged, Standing
from lodestar.domain.programs.models import Cohort, Goal
from lodestar.domain.programs.rules.differences import Difference


def judge(differences: Sequence[Difference], standing: Standing) -> list[Judged]:
    """Judge each difference by the state of the cohort; what two of them do together is told once."""
    told: set[str] = set()
    found = []
    for difference in differences:
        judged = _judged(difference, standing)
        found.append(replace(judged, impact="") if judged.impact in told else judged)
        told.add(judged.impact)
    return found


def _judged(difference: Difference, standing: Standing) -> Judged:
    if not standing.is_published:
        return Judged(difference, True, _("Nobody outside knows this cohort yet."))
    if standing.state == Cohort.State.FINISHED:
        sentence = _("This cohort is finished and keeps the version it ended with.")
        return Judged(difference, False, sentence)
    if difference.kind not in JUDGES:
        sentence = _("It starts with the next cohort: this one was announced without it.")
        return Judged(difference, False, sentence)
    return JUDGES[difference.kind](difference, standing)


def _expected_of(role: str) -> Callable[[Difference, Standing], Judged]:
    def judged(difference: Difference, standing: Standing) -> Judged:
        why = _("These are words for people who read them from now on.")
        count = standing.sent.get(role, 0)
        impact = ngettext(
            "%(count)d person read the earlier words before applying. Tell them yourself what is new.",
            "%(count)d people read the earlier words before applying. Tell them yourself what is new.",
            count,
        )
        return Judged(difference, True, why, impact % {"count": count} if count else "")

    return judged


def _hours(difference: Difference, standing: Standing) -> Judged:
    count = standing.sent.get("mentor", 0)
    if count and _grows(difference):
        why = ngettext(
            "%(count)d mentor applied for fewer hours and was not asked for more.",
            "%(count)d mentors applied for fewer hours and were not asked for more.",
            count,
        )
        return Judged(difference, False, why % {"count": count})
    return Judged(difference, True, _("Nobody is asked for more than they agreed to."))


def _cadence(difference: Difference, standing: Standing) -> Judged:
    impact = ngettext(
        "%(count)d pair is asked from now on to meet every %(days)s days.",
        "%(count)d pairs are asked from now on to meet every %(days)s days.",
        standing.running,
    ) % {"count": standing.running, "days": difference.new}
    why = _("It acts on when the next talk is due; no talk held so far counts less.")
    return Judged(difference, True, why, impact if standing.running else "")


def _first_meeting(difference: Difference, standing: Standing) -> Judged:
    why = _("It acts on pairs that have not met yet.")
    days = standing.unmet_days
    late = sum(_int(difference.new) < age <= _int(difference.old) for age in days)
    told = []
    if days:
        sentence = ngettext(
            "%(count)d pair has not met; it is expected to within %(days)s days of its beginning.",
            "%(count)d pairs have not met; they are expected to within %(days)s days of their beginning.",
            len(days),
        )
        told.append(sentence % {"count": len(days), "days": difference.new})
    if late:
        sentence = ngettext(
            "%(count)d of them is late at once and is written to.",
            "%(count)d of them are late at once and are written to.",
            late,
        )
        told.append(sentence % {"count": late})
    return Judged(difference, True, why, " ".join(told))


def _reply(difference: Difference, standing: Standing) -> Judged:
    why = _("It acts on matches that are proposed from now on.")
    count = standing.waiting_matches
    return Judged(difference, True, why, waiting_keep_their_day(count) if count else "")


def _exploring(difference: Difference, standing: Standing) -> Judged:
    why = _(
        "It acts on pairs who say yes from now on; whoever is getting to know each other goes on."
    )
    count = standing.waiting_matches if not difference.old or not difference.new else 0
    impact = ngettext(
        "%(count)d match was proposed with the earlier promise of what a yes means.",
        "%(count)d matches were proposed with the earlier promise of what a yes means.",
        count,
    ) % {"count": count}
    return Judged(difference, True, why, impact if count else "")


def _replacing(difference: Difference, _standing: Standing) -> Judged:
    why = _("It acts on matches that end from now on; whoever was proposed stays proposed.")
    return Judged(difference, True, why)


def waiting_keep_their_day(matches: int) -> str:
    """Say what becomes of matches that wait for an answer when days or designs change."""
    return ngettext(
        "%(count)d match that waits for an answer keeps the day it was told.",
        "%(count)d matches that wait for an answer keep the day they were told.",
        matches,
    ) % {"count": matches}


def _pulses(difference: Difference, standing: Standing) -> Judged:
    why = _("It acts on questions that are still ahead; what was asked stays asked.")
    return Judged(difference, True, why, _moved(standing.asked))


def _moved(asked: Sequence[tuple[date, date]]) -> str:
    """Tell how the next questions move: by one day each where all are alike, else the first and the last."""
    pairs = [(old, new) for old, new in asked if old != new]
    if not pairs:
        return _("No question that is next moves.") if asked else ""
    before, after = ([_day(day) for day in sorted(side)] for side in zip(*pairs, strict=True))
    told = {"count": len(pairs), "old": before[0], "new": after[0]}
    first = ngettext(
        "The next short question of %(count)d pair moves from %(old)s to %(new)s.",
        "The next short question of %(count)d pairs moves from %(old)s to %(new)s.",
        len(pairs),
    )
    if len(set(pairs)) == 1:
        return first % told
    sentence = _(
        "The next short questions of %(count)d pairs move: the first of them from %(old)s to %(new)s, the "
        "last from %(old_last)s to %(new_last)s."
    )
    return sentence % (told | {"old_last": before[-1], "new_last": after[-1]})


def _day(day: date) -> str:
    return str(date_format(day, "j F"))


def _places(difference: Difference, standing: Standing) -> Judged:
    if _int(difference.new) < standing.most_places:
        why = _("A mentor offers %(count)d places already, and none is taken back.")
        return Judged(difference, False, why % {"count": standing.most_places})
    if standing.answers_move:
        return Judged(difference, True, _("Mentors can still say how many they take."))
    return Judged(difference, True, _("Every mentor keeps the places they offered."))


def _usual_places(difference: Difference, standing: Standing) -> Judged:
    count = standing.undecided_places
    if count and _grows(difference):
        why = ngettext(
            "%(count)d mentor who waits for an answer named no number and would be given more places unasked.",
            "%(count)d mentors who wait for an answer named no number and would be given more places unasked.",
            count,
        )
        return Judged(difference, False, why % {"count": count})
    return Judged(difference, True, _("Every mentor keeps the places they offered."))


def _by_which_pairs_are_made(difference: Difference, standing: Standing) -> Judged:
    if standing.published_runs:
        why = _(
            "Pairs were proposed by the earlier rules, and everybody in a cohort is paired by the same. A single "
            "pair can still be set by hand."
        )
        return Judged(difference, False, why)
    if standing.waiting_runs:
        why = ngettext(
            "%(count)d match run was computed by the earlier rules: set it aside first.",
            "%(count)d match runs were computed by the earlier rules: set them aside first.",
            standing.waiting_runs,
        )
        return Judged(difference, False, why % {"count": standing.waiting_runs})
    return Judged(difference, True, _("Nothing was proposed to anybody yet; matching goes by it."))


def _publishing(difference: Difference, _standing: Standing) -> Judged:
    why = _("It acts on what is published from now on; nobody outside the office notices.")
    return Judged(difference, True, why)


def _audience(difference: Difference, standing: Standing) -> Judged:
    if not standing.answers_move:
        why = _("Applications are closed; whoever is in was looked at by the earlier rules.")
        return Judged(difference, False, why)
    impact = ngettext(
        "%(count)d person who applied is outside of it; you still decide on each.",
        "%(count)d people who applied are outside of it; you still decide on each.",
        standing.outside,
    ) % {"count": standing.outside}
    why = _("Applications are still coming, and it is you who decides on each.")
    return Judged(difference, True, why, impact if standing.outside else "")


def _topics_added(difference: Difference, standing: Standing) -> Judged:
    if not standing.answers_move:
        why = _("The answers are frozen, so nobody could choose it any more.")
        return Judged(difference, False, why)
    count = sum(standing.sent.values())
    impact = ngettext(
        "%(count)d person who applied did not see it; they can still change their answers.",
        "%(count)d people who applied did not see it; they can still change their answers.",
        count,
    ) % {"count": count}
    why = _("People can still choose it until applications close.")
    return Judged(difference, True, why, impact if count else "")


def _topics_gone(difference: Difference, standing: Standing) -> Judged:
    gone = difference.old if isinstance(difference.old, list) else []
    sentence = _("“%(topic)s” was chosen by %(count)d.")
    chosen = [
        sentence % {"topic": topic, "count": standing.topics[topic]}
        for topic in gone
        if standing.topics.get(topic)
    ]
    if chosen:
        return Judged(difference, False, " ".join(chosen))
    return Judged(difference, True, _("Nobody has chosen it."))


def _topics_arranged(difference: Difference, _standing: Standing) -> Judged:
    return Judged(difference, True, _("Whatever was chosen stays chosen."))


def _goal(difference: Difference, standing: Standing) -> Judged:
    if standing.has_begun:
        why = _("The cohort has begun, and a target that moves after the start proves nothing.")
        return Judged(difference, False, why)
    return Judged(difference, True, _("The cohort has not begun, so nothing is measured yet."))


def _goal_added(difference: Difference, standing: Standing) -> Judged:
    goal = difference.new
    due_on = goal.due_on if isinstance(goal, Goal) else None
    if standing.has_begun and due_on and due_on <= standing.on:
        why = _("Its day is past, so it would be set after what happened is known.")
        return Judged(difference, False, why)
    why = _("A further goal takes nothing away from those that were promised.")
    return Judged(difference, True, why)


def _leads(difference: Difference, standing: Standing) -> Judged:
    impact = ngettext(
        "%(count)d group reads it in its room from now on.",
        "%(count)d groups read it in their rooms from now on.",
        standing.running_groups,
    ) % {"count": standing.running_groups}
    why = _("It is a proposal to the groups; what they agreed among themselves stays theirs.")
    return Judged(difference, True, why, impact if standing.running_groups else "")


def _milestones(difference: Difference, _standing: Standing) -> Judged:
    why = _("People read the new days at once. Whoever was reminded of another day, tell yourself.")
    return Judged(difference, True, why)


def _grows(difference: Difference) -> bool:
    return _int(difference.new) > _int(difference.old)


def _int(number: object) -> int:
    return number if isinstance(number, int) else 0


JUDGES: dict[str, Callable[[Difference, Standing], Judged]] = {
    "expected_of_mentors": _expected_of("mentor"),
    "expected_of_mentees": _expected_of("mentee"),
    "hours_per_month": _hours,
    "cadence_days": _cadence,
    "first_meeting_days": _first_meeting,
    "reply_days": _reply,
    "exploring_days": _exploring,
    "replacing": _replacing,
    "most_replacements": _replacing,
    "pulse_first_days": _pulses,
    "pulse_every_days": _pulses,
    "asks_midpoint": _pulses,
    "asks_closing": _pulses,
    "capacity_maximum": _places,
    "capacity_default": _usual_places,
    "objective": _by_which_pairs_are_made,
    "undo_minutes": _publishing,
    "needs_sign_off": _publishing,
    "criteria": _by_which_pairs_are_made,
    "constraints": _by_which_pairs_are_made,
    "group_least": _by_which_pairs_are_made,
    "group_most": _by_which_pairs_are_made,
    "group_rules": _by_which_pairs_are_made,
    "led_by": _leads,
    "audience": _audience,
    "eligibility": _audience,
    "topics_added": _topics_added,
    "topics_gone": _topics_gone,
    "topics_arranged": _topics_arranged,
    "goal_changed": _goal,
    "goal_gone": _goal,
    "goal_added": _goal_added,
    "milestones": _milestones,
    **JUDGES_OF_FORMS,
    **JUDGES_OF_WAYS,
}
