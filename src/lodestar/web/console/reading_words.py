"""How alike readers score, in sentences."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.queries.reading import Alike

ENOUGH, RELIABLE = 0.667, 0.8


def agreement_in_words(found: Alike) -> list[str]:
    """Say how often two readers gave the same level, and how much of it is more than chance."""
    if not found.comparisons:
        return [
            _(
                "No application has been scored by two readers yet, so nobody can say how alike they read."
            )
        ]
    low, high = (round(100 * share) for share in found.same_between)
    told = {"same": found.same, "count": found.comparisons, "low": low, "high": high}
    same = (
        ngettext(
            "In %(same)d of %(count)d comparison two readers gave the same level.",
            "In %(same)d of %(count)d comparisons two readers gave the same level (likely between %(low)d and %(high)d in 100).",
            found.comparisons,
        )
        % told
    )
    far = ngettext(
        "In %(far)d they were two levels apart.",
        "In %(far)d they were two levels apart.",
        found.far,
    ) % {"far": found.far}
    return [same, far, beyond_chance(found)]


def beyond_chance(found: Alike) -> str:
    if found.alpha is None or found.alpha_between is None:
        return _(
            "With fewer than ten applications read twice, or hardly any difference between levels, nobody can say how much of that is chance."
        )
    told = {
        "alpha": number_format(found.alpha, 2),
        "low": number_format(found.alpha_between[0], 2),
        "high": number_format(found.alpha_between[1], 2),
    }
    if found.alpha >= RELIABLE:
        sentence = _(
            "Beyond chance that is %(alpha)s of full agreement (%(low)s to %(high)s): you can rely on a score."
        )
    elif found.alpha >= ENOUGH:
        sentence = _(
            "Beyond chance that is %(alpha)s of full agreement (%(low)s to %(high)s): enough to lean on a score, not to split hairs by it."
        )
    else:
        sentence = _(
            "Beyond chance that is %(alpha)s of full agreement (%(low)s to %(high)s): too little to rank people by. Read those who differ yourself, and talk about the levels."
        )
    return sentence % told
