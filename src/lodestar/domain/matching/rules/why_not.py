"""Why are two people no match, what would it cost, and whom would it displace, in sentences?"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.matching.models import Unmatched
from lodestar.domain.matching.rules.words import rule_in_words, unmatched_in_words

HUNDREDTH = 10_000
Moves = Sequence[tuple[str, str, str]]


def why_not_in_words(answer: Mapping[str, Any]) -> list[str]:
    """Tell why a pair was not made: they are one, a rule forbids it, or what it costs."""
    if not answer:
        return []
    if answer["is_matched"]:
        return [_("They are matched with each other in this run.")]
    if answer["broken_rule"] == "below_floor":
        return [
            _(
                "Too little speaks for the two: the pair lies under the floor below which nobody is proposed."
            )
        ]
    if answer["broken_rule"]:
        return [
            _("They may not be matched: they %(rule)s.")
            % {"rule": rule_in_words(answer["broken_rule"])}
        ]
    told = [
        _("They could be matched, with a fit of %(score)s of 100.")
        % {"score": f"{answer['score'] / HUNDREDTH:.1f}"}
    ]
    if lists := answer.get("lists"):
        return told + lists_in_words(lists)
    if answer["rank"] > 1:
        told.append(
            ngettext(
                "%(count)d mentor fits this mentee better.",
                "%(count)d mentors fit this mentee better.",
                answer["rank"] - 1,
            )
            % {"count": answer["rank"] - 1}
        )
    return told + (change_in_words(answer["change"]) if answer["change"] else [])


def lists_in_words(facts: Mapping[str, Any]) -> list[str]:
    """Tell why two are no match after lists were put together: by the mentee's list, or by who else named the mentor."""
    listed, got = facts["listed"], facts["got"]
    if listed is None:
        return [_("The mentee did not name this mentor, and lists come before everything else.")]
    if got is not None and got < listed:
        return [_("The mentee got somebody whom they had named before this mentor.")]
    return [
        _(
            "The mentee named this mentor at place %(place)d. The places went to others who had named "
            "the mentor too and suit them as well or better."
        )
        % {"place": listed}
    ]


def change_in_words(change: Mapping[str, Sequence[int]]) -> list[str]:
    """Tell what becomes of everybody if something is fixed beforehand: before and after."""
    told = []
    before, after = change["matched"]
    if after < before:
        told.append(
            ngettext(
                "%(count)d mentee fewer would have a mentor.",
                "%(count)d mentees fewer would have a mentor.",
                before - after,
            )
            % {"count": before - after}
        )
    elif after > before:
        told.append(
            ngettext(
                "%(count)d mentee more would have a mentor.",
                "%(count)d mentees more would have a mentor.",
                after - before,
            )
            % {"count": after - before}
        )
    worst = [points / HUNDREDTH for points in change["worst"]]
    if worst[0] != worst[1]:
        told.append(
            _("The weakest match would have %(after)s of 100 instead of %(before)s.")
            % {"before": f"{worst[0]:.1f}", "after": f"{worst[1]:.1f}"}
        )
    lost = (change["total"][0] - change["total"][1]) / HUNDREDTH
    if lost > 0:
        told.append(
            _("All matches together would lose %(lost)s of 100 points.") % {"lost": f"{lost:.1f}"}
        )
    elif lost < 0:
        told.append(
            _("All matches together would gain %(more)s of 100 points.") % {"more": f"{-lost:.1f}"}
        )
    return told or [_("Nothing else would get better or worse.")]


def moves_in_words(moves: Moves) -> list[str]:
    """Tell who would have another mentor: (mentee, mentor now, mentor then), blank for nobody."""
    told = []
    for mentee, now, then in moves:
        facts = {"mentee": mentee, "now": now, "then": then}
        if now and then:
            told.append(_("%(mentee)s would have %(then)s instead of %(now)s.") % facts)
        elif then:
            told.append(_("%(mentee)s, who has nobody, would have %(then)s.") % facts)
        else:
            told.append(_("%(mentee)s would lose %(now)s and have nobody.") % facts)
    return told


def replay_in_words(answer: Mapping[str, Any]) -> str:
    """Say whether a run computed again is the same, and what differs where it is not."""
    if not answer:
        return ""
    if answer["same"]:
        return _("Computed again from its frozen inputs, this run is the same to the byte.")
    facts = {"then": answer["engine_then"], "now": answer["engine_now"], "count": answer["pairs"]}
    if answer["engine_then"] != answer["engine_now"]:
        sentence = _(
            "Computed again it is not the same: the engine was %(then)s then and is %(now)s now. %(count)d pairs differ."
        )
    else:
        sentence = _(
            "Computed again it is not the same, although the engine is still %(now)s. %(count)d pairs differ. Tell "
            "whoever runs this installation."
        )
    return sentence % facts


def shortages_in_words(left: Iterable[Unmatched]) -> list[str]:
    """Tell each reason why mentees are left, once, with how many it is said of."""
    mentees = [each for each in left if each.participant.role == RoleInCohort.MENTEE]
    told = Counter(unmatched_in_words(each)[0] for each in mentees)
    return [
        ngettext("%(count)d mentee: %(why)s", "%(count)d mentees: %(why)s", count)
        % {"count": count, "why": why}
        for why, count in told.most_common(12)
    ]
