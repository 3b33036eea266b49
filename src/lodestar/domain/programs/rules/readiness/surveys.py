"""What contradicts itself in a program's own questions in a survey? None of it keeps a cohort from opening."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from lodestar.domain.forms.models import Survey
from lodestar.domain.forms.rules import Form, seconds_of
from lodestar.domain.programs.models import Audience
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.programs.rules.readiness.forms import (
    before_what_it_follows,
    in_part,
    never_asked,
)
from lodestar.domain.programs.rules.readiness.plans import Check, Plan, Told, Where

MOST_MINUTES = 3
A_MINUTE = 60


def own_questions_that_take_long(form: Form) -> Iterator[Told]:
    """Whoever is asked before anything was promised gives a survey a minute or two."""
    for role in Audience.Role:
        minutes = round(seconds_of(form, role) / A_MINUTE)
        if minutes > MOST_MINUTES:
            told = {"who": role.label, "minutes": minutes}
            yield (
                _("Your own questions take %(who)s about %(minutes)d minutes more, and nothing is promised yet.") % told,
                _("Keep the two or three whose answers you will act upon."),
            )  # fmt: skip


FINDS: dict[str, Callable[[Form], Iterator[Told]]] = {
    "asked_before_what_it_follows": before_what_it_follows,
    "condition_that_can_never_hold": never_asked,
    "translated_in_part": in_part,
    "own_questions_that_take_long": own_questions_that_take_long,
}


def check_of(survey: Survey, code: str, find: Callable[[Form], Iterator[Told]]) -> Check:
    def found(plan: Plan, _on: date) -> Iterator[Told]:
        yield from find(form_of(plan.design, survey))

    return Check(f"{code}_in_{survey.value}", Where(survey.value), False, found)


CHECKS: tuple[Check, ...] = tuple(
    check_of(survey, code, find) for survey in Survey for code, find in FINDS.items()
)
