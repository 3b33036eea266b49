"""How is a survey opened, answered, corrected and taken back?"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.applications.rules.answers import cleaned
from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.time import now, today
from lodestar.domain.forms.rules import is_own_field
from lodestar.domain.needs import queries, rules
from lodestar.domain.needs.models import NeedsAnswer, NeedsSurvey
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort


@transaction.atomic
def ask(
    cohort: Cohort,
    *,
    role: str,
    days: tuple[date, date],
    by: Person,
    takes_nameless: bool = True,
) -> NeedsSurvey:
    """Ask one side of a cohort from one day to another; asking again changes days and who may answer."""
    opens_on, closes_on = days
    before = queries.survey_of(cohort, role)
    if problem := rules.why_not_ask(cohort, days, today(), before):
        raise RefusedError(problem)
    survey, is_new = NeedsSurvey.objects.get_or_create(
        cohort=cohort, role=role, defaults={"opens_on": opens_on, "closes_on": closes_on}
    )
    survey = survey.locked()
    survey.opens_on, survey.closes_on = opens_on, closes_on
    survey.takes_nameless = takes_nameless
    survey.full_clean()
    survey.save()
    verb = "needs_survey.opened" if is_new else "needs_survey.moved"
    record(verb, survey, by=by, opens_on=str(opens_on), closes_on=str(closes_on))
    return survey


@transaction.atomic
def keep_answer(
    survey: NeedsSurvey,
    *,
    by: Person | None,
    key: str = "",
    said: Mapping[str, object],
    has_consent: bool = False,
) -> NeedsAnswer:
    """Keep what somebody said so far; `key` is that of a nameless answer begun in this browser.

    Whoever signs in meanwhile takes the nameless answer along, unless they gave one before.
    """
    survey = survey.locked()
    if problem := rules.why_not_answer(survey, today()) or why_not_without(by, survey):
        raise RefusedError(problem)
    answer = queries.own_answer(survey, by, key) or begin_answer(survey, by)
    answer = answer.locked()
    answer.person = answer.person or by
    answer.answers = kept_with(answer, said)
    answer.consent_version = rules.CONSENT_TEXT if has_consent else ""
    if answer.sent_at and why_not_send(answer):
        answer.sent_at = None
    elif answer.sent_at:
        answer.answers = rules.without_hidden(survey, answer.answers)
    answer.full_clean()
    answer.save()
    record("needs_answer.kept", answer, by=by, about=by)
    return answer


def kept_with(answer: NeedsAnswer, said: Mapping[str, object]) -> dict[str, object]:
    """Return an answer with what was said now; own questions that were not there keep what was said before."""
    before = {
        name: value
        for name, value in answer.answers.items()
        if is_own_field(name) and name not in said
    }
    return before | cleaned(answer.survey.role, said, rules.own_questions(answer.survey))


def begin_answer(survey: NeedsSurvey, by: Person | None) -> NeedsAnswer:
    if by is None and (problem := rules.why_not_one_more(queries.nameless_count(survey))):
        raise RefusedError(problem)
    return NeedsAnswer.objects.create(survey=survey, person=by)


def why_not_without(person: Person | None, survey: NeedsSurvey) -> str:
    return "" if person else rules.why_not_nameless(survey)


def require_own(answer: NeedsAnswer, by: Person | None) -> None:
    """A named answer is its giver's alone; one without a name is whoever's browser keeps its key."""
    if answer.person_id is not None and (by is None or answer.person_id != by.pk):
        raise RefusedError(_("Only the person who gave this answer can do that."))


def why_not_send(answer: NeedsAnswer) -> list[str]:
    has_consent = bool(answer.consent_version)
    form = rules.own_questions(answer.survey)
    return rules.why_not_send(answer.survey.role, answer.answers, form, has_consent=has_consent)


@transaction.atomic
def send_answer(answer: NeedsAnswer, *, by: Person | None) -> NeedsAnswer:
    """Count an answer from now on; sending it twice sends it once."""
    answer = answer.locked()
    require_own(answer, by)
    if answer.sent_at:
        return answer
    survey = answer.survey
    problem = rules.why_not_answer(survey, today()) or why_not_without(by, survey)
    if missing := [problem] if problem else why_not_send(answer):
        raise RefusedError(" ".join(missing))
    answer.sent_at = now()
    answer.answers = rules.without_hidden(survey, answer.answers)
    answer.save(update_fields=["sent_at", "answers"])
    record("needs_answer.sent", answer, by=by, about=by)
    return answer


@transaction.atomic
def take_back_answer(answer: NeedsAnswer, *, by: Person | None) -> NeedsAnswer:
    """Empty an answer, whenever its giver asks; it counts no more, and can be given anew."""
    answer = answer.locked()
    require_own(answer, by)
    answer.answers, answer.consent_version, answer.sent_at = {}, "", None
    answer.save(update_fields=["answers", "consent_version", "sent_at"])
    record("needs_answer.taken_back", answer, by=by, about=by)
    return answer
