"""How do the applications of a cohort stand in a table to keep: a row each, a column for each question?"""

from collections.abc import Iterable, Iterator, Mapping

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application
from lodestar.domain.forms.rules import (
    USUAL,
    Form,
    answer_in_words,
    counted,
    name_of,
    says_something,
)
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.asked import form_of
from lodestar.web.common.answers import usual_told

BETWEEN = "; "


def application_rows(
    cohort: Cohort, applications: Iterable[Application], emails: Mapping[int, str]
) -> Iterator[list[object]]:
    """Return headings, then a row for each application with what a coordinator reads of it on its page."""
    form = form_of(cohort.design)
    own = [question for question in form if question.is_own]
    about = [_("Name"), _("E-mail"), _("Role"), _("Status"), _("Sent on")]
    yield [*about, *map(str, USUAL.values()), *map(name_of, own)]
    for each in applications:
        yield [
            each.person.full_name,
            emails.get(each.person_id, ""),
            each.get_role_display(),
            each.get_status_display(),
            localdate(each.submitted_at).isoformat() if each.submitted_at else "",
            *answers_in_cells(form, each),
        ]


def answers_in_cells(form: Form, application: Application) -> Iterator[str]:
    """Return each answer in one cell: the usual ones, then those to own questions that this person is asked."""
    role, answers = application.role, counted(form, application.role, application.answers)
    usual = usual_told(role, answers)
    for name in USUAL:
        yield BETWEEN.join(usual[name].lines)
    for question in form:
        if question.is_own:
            answer = answers.get(question.key)
            is_told = says_something(answer)
            yield BETWEEN.join(answer_in_words(question, answer)) if is_told else ""
