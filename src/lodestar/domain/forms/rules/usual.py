"""Which questions does every program know how to ask, and in which form does one begin?"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from lodestar.engine.forms.questions import BOTH, Question, Use

# How each is called where people speak of it.
USUAL: Mapping[str, Any] = {
    "topics": _("Topics"),
    "about": _("Own words"),
    "work": _("Work"),
    "field_of_study": _("Studies"),
    "class_year": _("Class year"),
    "place": _("Place"),
    "time_zone": _("Time zone"),
    "languages": _("Languages"),
    "style": _("Way of working"),
    "hours_per_month": _("Hours a month"),
    "capacity": _("Places for mentees"),
    "gender": _("Gender"),
}
USUAL_ROLES = {"capacity": "mentor"}
OF_THE_PERSON = ("place", "time_zone", "languages", "class_year", "work", "field_of_study")


def _asked(step: str, *keys: str, required: tuple[str, ...] = ()) -> tuple[Question, ...]:
    return tuple(
        Question(
            key,
            step=step,
            role=USUAL_ROLES.get(key, BOTH),
            is_required=key in required,
            use=Use.MATCH,
            is_lasting=key in OF_THE_PERSON,
        )
        for key in keys
    )


USUAL_FORM: tuple[Question, ...] = (
    *_asked("you", *OF_THE_PERSON, required=("time_zone", "languages")),
    *_asked("topics", "topics", "capacity", required=("topics",)),
    *_asked("words", "about", "style", "hours_per_month", "gender", required=("about",)),
)


def name_of(question: Question) -> str:
    """Return what the office calls a question: a usual one by its name, its own by its words."""
    return question.label if question.is_own else str(USUAL.get(question.key, question.key))
