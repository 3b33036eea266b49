"""Is the pool ready, may somebody be asked for what is missing, and what has to be answered for?"""

from datetime import date, datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.programs.models import Cohort

ENOUGH_ANSWERED = 0.5
ASKED_AGAIN_AFTER = timedelta(days=5)
MOST_UNREADY_SHARE = 0.1


def may_be_asked_again(asked_at: datetime | None, at: datetime) -> bool:
    """Nobody is asked twice within some days for the same answers."""
    return asked_at is None or at - asked_at >= ASKED_AGAIN_AFTER


def why_not_ask_for_answers(cohort: Cohort, on: date) -> str:
    if cohort.frozen_at or on > cohort.closes_on:
        return _(
            "Applications closed on %(day)s, and answers stay as they are since then. Match people as they are, "
            "or put two together by hand."
        ) % {"day": date_format(cohort.closes_on, "j F Y")}
    return ""


def why_gated(unready: int, people: int) -> str:
    """Return what a run has to be asked for with a reason, where more than a tenth are not ready."""
    if not people or unready / people <= MOST_UNREADY_SHARE:
        return ""
    return ngettext(
        "%(count)d of %(all)d people is not ready to be matched well. Ask first, or say why it is right to go on.",
        "%(count)d of %(all)d people are not ready to be matched well. Ask them first, or say why it is right to go on.",
        unready,
    ) % {"count": unready, "all": people}
