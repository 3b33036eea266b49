"""Which surveys are there, and whose answer is this?"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.needs import rules
from lodestar.domain.needs.models import NeedsAnswer, NeedsSurvey
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Program


@dataclass(frozen=True, slots=True)
class Asking:
    """A survey with how many began it, sent it, and sent it without a name."""

    survey: NeedsSurvey
    begun: int
    sent: int
    nameless: int
    is_open: bool


def survey_of(cohort: Cohort, role: str) -> NeedsSurvey | None:
    return NeedsSurvey.objects.filter(cohort=cohort, role=role).first()


def asked_in(cohort: Cohort, on: date) -> dict[str, Asking]:
    """Return a cohort's surveys by role."""
    surveys = NeedsSurvey.objects.filter(cohort=cohort).select_related("cohort__program")
    return {survey.role: asking_of(survey, on) for survey in surveys}


def asking_of(survey: NeedsSurvey, on: date) -> Asking:
    rows = list(survey.answers.values_list("sent_at", "person"))
    sent = [person for at, person in rows if at is not None]
    nameless = sum(person is None for person in sent)
    return Asking(survey, len(rows), len(sent), nameless, rules.is_open(survey, on))


def answers_to_read(cohort: Cohort, role: str) -> QuerySet[NeedsAnswer]:
    """Return what one side sent, the newest first; whoever asks has the cohort in hand already."""
    sent = NeedsAnswer.objects.filter(
        survey__cohort=cohort, survey__role=role, sent_at__isnull=False
    )
    shown = sent.filter(person__blocked_at=None).select_related("person", "survey")
    return shown.order_by("-sent_at", "-pk")


def survey_to_answer(slug: str, role: str, on: date) -> NeedsSurvey:
    """Return what a program asks this side now: the open survey, else the next, else the last."""
    rows = NeedsSurvey.objects.filter(cohort__program__slug=slug, role=role)
    surveys = list(rows.select_related("cohort__program", "cohort__design").order_by("opens_on"))
    if not surveys:
        raise NotFoundError
    still_open = [survey for survey in surveys if rules.is_open(survey, on)]
    ahead = [survey for survey in surveys if survey.opens_on > on]
    return [*still_open[:1], *ahead[:1], surveys[-1]][0]


def roles_asked(program: Program, on: date) -> list[str]:
    """Return which sides a program asks today, mentees first."""
    rows = NeedsSurvey.objects.filter(cohort__program=program, opens_on__lte=on, closes_on__gte=on)
    return sorted(set(rows.values_list("role", flat=True)))


def own_answer(survey: NeedsSurvey, person: Person | None, key: str) -> NeedsAnswer | None:
    """Return a person's own answer, or the nameless one whose key this browser keeps."""
    rows = NeedsAnswer.objects.filter(survey=survey)
    own = rows.filter(person=person).first() if person else None
    return own or nameless_answer(survey, key)


def nameless_answer(survey: NeedsSurvey, key: str) -> NeedsAnswer | None:
    if not key:
        return None
    return NeedsAnswer.objects.filter(survey=survey, person=None, public_id=key).first()


def nameless_count(survey: NeedsSurvey) -> int:
    return survey.answers.filter(person=None).count()
