"""Which changes of an application form may a cohort take on while people apply by it?

Nothing that was answered is lost, and no application that was sent falls out; once the answers are frozen,
only words may change.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.forms.rules import Question
from lodestar.domain.insights.rules.standing import Judged, Standing
from lodestar.domain.programs.rules.differences import Difference


def _question_gone(difference: Difference, standing: Standing) -> Judged:
    if not standing.answers_move:
        return Judged(difference, False, _("The answers are frozen, and some of them are to it."))
    why = _("What was answered is kept aside, and whoever wrote it is told.")
    return Judged(difference, True, why, _of_the_answers(difference.old, standing))


def _question_added(difference: Difference, standing: Standing) -> Judged:
    if not standing.answers_move:
        why = _("The answers are frozen, so nobody could answer it any more.")
        return Judged(difference, False, why)
    count = sum(standing.sent.values())
    impact = ngettext(
        "%(count)d person who applied was not asked; they are asked kindly on their page, and stay in.",
        "%(count)d people who applied were not asked; they are asked kindly on their page, and stay in.",
        count,
    ) % {"count": count}
    why = _(
        "People can still answer it until applications close, and no application that was sent falls out."
    )
    return Judged(difference, True, why, impact if count else "")


def _options_gone(difference: Difference, standing: Standing) -> Judged:
    if not standing.answers_move:
        return Judged(difference, False, _("The answers are frozen, and some may have chosen it."))
    why = _("Whoever chose it is told, and can choose again.")
    return Judged(difference, True, why, _of_the_answers(difference.old, standing))


def _of_the_answers(question: object, standing: Standing) -> str:
    key = question.key if isinstance(question, Question) else ""
    count = standing.answered.get(key, 0)
    told = ngettext("%(count)d person answered it.", "%(count)d people answered it.", count)
    return told % {"count": count} if count else ""


def _worded(difference: Difference, _standing: Standing) -> Judged:
    return Judged(difference, True, _("Whatever was answered stays answered."))


def _survey_asks(difference: Difference, standing: Standing) -> Judged:
    impact = ngettext(
        "%(count)d person answered the survey; what they said stays, and counts.",
        "%(count)d people answered the survey; what they said stays, and counts.",
        standing.surveyed,
    ) % {"count": standing.surveyed}
    why = _("Whoever opens the survey from then on reads it as it is then.")
    return Judged(difference, True, why, impact if standing.surveyed else "")


JUDGES_OF_FORMS: Mapping[str, Callable[[Difference, Standing], Judged]] = {
    "question_gone": _question_gone,
    "question_added": _question_added,
    "question_required": _question_added,
    "question_changed": _question_gone,
    "options_gone": _options_gone,
    "question_worded": _worded,
    "form_arranged": _worded,
    "survey_asks": _survey_asks,
}
