"""Which step of applying is next, and what does it already know?"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.common.languages import language_code
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import latest_studies, present_work
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.defaults import topic_groups
from lodestar.web.common.answers import Told, told
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.applications import (
    OffersForm,
    StepForm,
    WishesForm,
    WordsForm,
    YouForm,
)

STEPS = ("you", "topics", "words")
PROOF = {"you": "time_zone", "topics": "topics", "words": "about"}


@dataclass(frozen=True)
class Step:
    """One of the three steps as the page shows them."""

    label: str
    state: str


def steps(current: str) -> list[Step]:
    labels = {"you": _("1 You"), "topics": _("2 Your topics"), "words": _("3 Your words")}
    place = STEPS.index(current)
    states = ["done" if n < place else "now" if n == place else "" for n in range(len(STEPS))]
    return [Step(labels[step], state) for step, state in zip(STEPS, states, strict=True)]


def first_open_step(application: Application | None) -> str:
    """Where somebody goes on who left: the first step that has no answer yet."""
    answers = application.answers if application else {}
    return next((step for step in STEPS if not answers.get(PROOF[step])), STEPS[-1])


def form_for(
    step: str,
    cohort: Cohort,
    role: str,
    application: Application | None,
    request: MemberRequest,
) -> StepForm:
    """Return the form of a step, filled with what was typed, said before, or is known."""
    answers: dict[str, Any] = application.answers if application else {}
    typed = request.POST if request.method == "POST" else None
    more: dict[str, Any] = {"partial": "later" in request.POST}
    if step == "you":
        return YouForm(typed, initial=known(request.person, answers), **more)
    if step == "words":
        return WordsForm(typed, initial=answers, role=role, **more)
    more |= {
        "groups": topic_groups(cohort.design.topics),
        "maximum": cohort.design.capacity_maximum,
    }
    if role == RoleInCohort.MENTEE:
        return WishesForm(typed, initial=WishesForm.initial_of(answers), **more)
    form = OffersForm(typed, **more)
    form.initial = form.initial_of({"capacity": cohort.design.capacity_default} | answers)
    return form


def known(person: Person, answers: dict[str, Any]) -> dict[str, object]:
    """What the profile already says, so that nobody writes it twice; this application's answers win."""
    work = present_work(person)
    profile: dict[str, Any] = {
        "given_name": person.given_name,
        "family_name": person.family_name,
        "class_year": person.class_year,
        "city": person.city,
        "country": person.country,
        "time_zone": person.time_zone or guessed_zone(),
        "languages": [language_code(name) for name in person.languages],
        "function": work.title,
        "industry": work.industry,
        "field_of_study": latest_studies(person).field,
    }
    profile |= {name: value for name, value in answers.items() if name in profile}
    spoken = profile.pop("languages") or [settings.LANGUAGE_CODE.partition("-")[0]]
    profile["is_guessed"] = not (person.time_zone or answers.get("time_zone"))
    return profile | {f"language_{n}": code for n, code in enumerate(spoken[:3], start=1)}


def guessed_zone() -> str:
    """Most people live where their college is; the page's script proposes better where it may."""
    return settings.TIME_ZONE


def answers_in_words(application: Application) -> list[Told]:
    return told(application.role, application.answers)
