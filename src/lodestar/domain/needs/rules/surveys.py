"""Who may be asked, when, and is an answer whole?"""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.rules.answers import without_hidden as without_unasked
from lodestar.domain.forms.models import Survey
from lodestar.domain.forms.rules import Form, name_of, seconds_of
from lodestar.domain.forms.rules import missing as wanting
from lodestar.domain.needs.models import NeedsSurvey
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.asked import form_of

CONSENT_TEXT = "needs-1"
MOST_NAMELESS = 500
USUAL_SECONDS = 105


def is_open(survey: NeedsSurvey, on: date) -> bool:
    return survey.opens_on <= on <= survey.closes_on


def why_not_answer(survey: NeedsSurvey, on: date) -> str:
    """Say why nobody can answer today, or nothing."""
    if on < survey.opens_on:
        return _("We ask from %(day)s on.") % {"day": date_format(survey.opens_on, "j F Y")}
    if on > survey.closes_on:
        return _("We stopped asking on %(day)s; what was answered is kept.") % {
            "day": date_format(survey.closes_on, "j F Y")
        }
    return ""


def why_not_nameless(survey: NeedsSurvey) -> str:
    """Say why an answer needs a name, or nothing."""
    if survey.takes_nameless:
        return ""
    return _("Sign in first, please: here an answer needs a name.")


def why_not_one_more(count: int) -> str:
    """Answers without a name cannot be told apart, so there is an end to them."""
    if count < MOST_NAMELESS:
        return ""
    return _(
        "So many have answered without signing in that we take no more of those. "
        "Sign in, and yours still counts."
    )


def own_questions(survey: NeedsSurvey) -> Form:
    """Return what a program asks here in its own words, after what every program asks."""
    return form_of(survey.cohort.design, Survey.NEEDS)


def without_hidden(survey: NeedsSurvey, answers: Mapping[str, object]) -> dict[str, object]:
    """Return answers without those to questions that what was said elsewhere hides."""
    return without_unasked(own_questions(survey), survey.role, answers)


def minutes_of(role: str, form: Form = ()) -> int:
    """Return about how many minutes somebody answers, with these questions beside the usual ones."""
    return max(1, round((USUAL_SECONDS + seconds_of(form, role)) / 60))


def why_not_send(
    role: str, answers: Mapping[str, object], form: Form = (), *, has_consent: bool
) -> list[str]:
    """List what is missing before an answer can be sent, one sentence each."""
    missing = []
    if not answers.get("topics"):
        missing.append(
            _("Choose at least one topic you could help with.")
            if role == RoleInCohort.MENTOR
            else _("Choose at least one topic you would like help with.")
        )
    missing += [
        _("Answer “%(question)s”.") % {"question": name_of(question)}
        for question in wanting(form, role, answers)
    ]
    if not has_consent:
        missing.append(_("Say yes to our using the answers; without it we cannot count them."))
    return missing


def why_not_ask(
    cohort: Cohort, days: tuple[date, date], on: date, survey: NeedsSurvey | None = None
) -> str:
    """Say why these days cannot be taken, or nothing; a survey may keep the days it has already."""
    opens_on, closes_on = days
    if closes_on < opens_on:
        return _("The last day to answer is before the first. Nothing was changed.")
    if past := why_not_past(days, on, survey):
        return past
    if opens_on > cohort.matching_on or closes_on > cohort.ends_on:
        return _(
            "The cohort begins matching on %(matching)s; what people need is asked before that, "
            "and at the latest until %(end)s."
        ) % {
            "matching": date_format(cohort.matching_on, "j F Y"),
            "end": date_format(cohort.ends_on, "j F Y"),
        }
    return ""


def why_not_begin(cohort: Cohort, on: date) -> str:
    """Say why a side that was never asked cannot be asked any more, or nothing."""
    if on <= min(cohort.matching_on, cohort.ends_on):
        return ""
    return _(
        "Not asked. That is done before a cohort is matched, and this one began matching on %(day)s; ask "
        "for the next cohort."
    ) % {"day": date_format(cohort.matching_on, "j F Y")}


def why_not_past(days: tuple[date, date], on: date, survey: NeedsSurvey | None) -> str:
    """Nobody answers on a day that has gone by; only what really was so may stay."""
    opens_on, closes_on = days
    if closes_on < on and not (survey and survey.closes_on == closes_on):
        return _(
            "%(day)s has gone by, so nobody could answer. Choose today or a later day as the last; "
            "to stop asking, choose today. Nothing was changed."
        ) % {"day": date_format(closes_on, "j F Y")}
    if opens_on < on and not (survey and survey.opens_on == opens_on):
        return _(
            "%(day)s has gone by: asking cannot begin before today. Choose today or a later day as "
            "the first. Nothing was changed."
        ) % {"day": date_format(opens_on, "j F Y")}
    return ""
