"""Which differences in the ways to a partner may a cohort take on?"""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.insights.rules.standing import Judged, Standing
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.differences import Difference


def way_added(difference: Difference, standing: Standing) -> Judged:
    is_late = standing.state in (Cohort.State.MATCHING, Cohort.State.RUNNING)
    if difference.new == "rank" and is_late:
        return Judged(
            difference, False, _("Matching has begun, so the days to make a list are past.")
        )
    return Judged(difference, True, _("It opens a further way; nobody loses one."))


def way_gone(difference: Difference, standing: Standing) -> Judged:
    if difference.old == "ask" and standing.requests:
        why = ngettext(
            "%(count)d request waits for an answer.",
            "%(count)d requests wait for an answer.",
            standing.requests,
        )
        return Judged(difference, False, why % {"count": standing.requests})
    if difference.old in ("ask", "rank") and standing.lists:
        why = ngettext(
            "%(count)d mentee has made a list.",
            "%(count)d mentees have made a list.",
            standing.lists,
        )
        return Judged(difference, False, why % {"count": standing.lists})
    return Judged(difference, True, _("Nobody has used it yet."))


def most_choices(difference: Difference, standing: Standing) -> Judged:
    if whole(difference.new) < standing.longest_list:
        why = _("Somebody has a list of %(count)d, and nobody is taken off it.")
        return Judged(difference, False, why % {"count": standing.longest_list})
    return Judged(difference, True, _("No list is longer than that."))


def window(difference: Difference, standing: Standing) -> Judged:
    if standing.state in (Cohort.State.MATCHING, Cohort.State.RUNNING):
        return Judged(difference, False, _("People were told until when their lists count."))
    if standing.lists and not grows(difference):
        return Judged(difference, False, _("People who made a list were told a later day."))
    return Judged(difference, True, _("Nobody has less time than they were told."))


def asking_from_now(difference: Difference, _standing: Standing) -> Judged:
    return Judged(difference, True, _("It acts on requests that are made from now on."))


def whole(number: object) -> int:
    return number if isinstance(number, int) else 0


def grows(difference: Difference) -> bool:
    return whole(difference.new) > whole(difference.old)


JUDGES_OF_WAYS: dict[str, Callable[[Difference, Standing], Judged]] = {
    "way_added": way_added,
    "way_gone": way_gone,
    "most_choices": most_choices,
    "most_asks": asking_from_now,
    "asks_are_read": asking_from_now,
    "window_days": window,
}
