"""Which step of applying is next, and what does it already know?"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header

from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries.forms import answers_asked_for, told_before
from lodestar.domain.applications.rules import wanting
from lodestar.domain.common.languages import language_code
from lodestar.domain.forms.rules import STEPS, Form, is_answered, languages_of, visible
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import latest_studies, present_work
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.answers import Told, told
from lodestar.web.common.asking.parts import Asking
from lodestar.web.common.asking.step import Filling
from lodestar.web.common.choices import own_name
from lodestar.web.common.request import MemberRequest

LANGUAGE_OF_FORMS = "language_of_forms"


@dataclass(frozen=True)
class Step:
    """One of the steps as the page shows them."""

    label: str
    state: str


def steps_of(cohort: Cohort, role: str) -> list[str]:
    """Return the steps of a form; one on which nothing is asked of this role is left out."""
    asked = {question.step for question in form_of(cohort.design) if question.is_asked_of(role)}
    return [step for step in STEPS if step in asked or step in (STEPS[0], STEPS[-1])]


def marks_of(steps: Sequence[str], current: str) -> list[Step]:
    labels = {"you": _("You"), "topics": _("Your topics"), "words": _("Your words")}
    place = steps.index(current)
    states = ["done" if n < place else "now" if n == place else "" for n in range(len(steps))]
    return [
        Step(f"{number} {labels[step]}", state)
        for number, (step, state) in enumerate(zip(steps, states, strict=True), 1)
    ]


def first_open_step(cohort: Cohort, role: str, application: Application | None) -> str:
    """Where somebody goes on who left: the first step with nothing said yet, or with something missing."""
    answers: dict[str, Any] = application.answers if application else {}
    form, steps = form_of(cohort.design), steps_of(cohort, role)
    shown = visible(form, role, answers)
    lacking = {question.step for question in wanting(form, role, answers)}
    said = {question.step for question in shown if is_answered(question, answers)}
    return next((step for step in steps if step in lacking or step not in said), steps[-1])


def filling_of(
    step: str, cohort: Cohort, role: str, application: Application | None, request: MemberRequest
) -> Filling:
    """Return a step as it is being filled in: with what was said here, and what is known from before."""
    answers: dict[str, Any] = application.answers if application else {}
    asking = Asking(cohort.design, role, language_for(request, cohort))
    return Filling(asking, [step], answers, known(request.person, cohort))


def language_for(request: MemberRequest, cohort: Cohort) -> str:
    return language_of(request, form_of(cohort.design))


def language_of(request: HttpRequest, form: Form) -> str:
    """Return in which language somebody reads a form: as they chose, else as their browser says."""
    offered = languages_of(form)
    if not offered:
        return ""
    chosen = request.session.get(LANGUAGE_OF_FORMS)
    if chosen is not None:
        return str(chosen) if chosen in offered else ""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200])
    first = next((code.partition("-")[0] for code, _weight in wanted), "")
    return first if first in offered else ""


def languages_to_choose(form: Form, chosen: str) -> list[tuple[str, str, bool]]:
    """Return the languages in which a form can be read: code, name in itself, and if it is read so now."""
    codes = languages_of(form)
    own = settings.LANGUAGE_CODE.partition("-")[0]
    named = [(code, own_name(code), code == chosen) for code in codes]
    return [("", own_name(own), not chosen), *named] if codes else []


def known(person: Person, cohort: Cohort) -> dict[str, object]:
    """What the profile and earlier applications say, so that nobody writes it twice."""
    return told_before(person, cohort) | known_of(person)


def known_of(person: Person) -> dict[str, object]:
    """What the profile says of somebody."""
    work = present_work(person)
    return {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "class_year": person.class_year,
        "city": person.city,
        "country": person.country,
        "time_zone": person.time_zone or guessed_zone(),
        "languages": [
            language_code(name)
            for name in person.languages or [settings.LANGUAGE_CODE.partition("-")[0]]
        ],
        "function": work.title,
        "industry": work.industry,
        "field_of_study": latest_studies(person).field,
        "is_guessed": not person.time_zone,
        "guessed": [n for n in ("time_zone", "languages") if not getattr(person, n)],
    }


def guessed_zone() -> str:
    """Most people live where their college is; the page's script proposes better where it may."""
    return settings.TIME_ZONE


def answers_in_words(application: Application, language: str = "") -> list[Told]:
    form = form_of(application.cohort.design)
    return told(application.role, answers_asked_for(application), form, language)
