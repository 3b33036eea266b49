"""What did people answer to the questions that a program asks for its numbers?"""

from lodestar.domain.applications.models import Application
from lodestar.domain.forms.models import Use
from lodestar.domain.forms.rules import Tally, tallied
from lodestar.domain.needs.queries import Result
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.asked import form_of


def answers_for_numbers(cohort: Cohort, role: str) -> list[Result]:
    """Return the program's own questions for the numbers with what one side answered when applying, in form order.

    Of those who applied; below five answers nothing is told of what was chosen, and own words never are.
    """
    form = form_of(cohort.design)
    asked = [
        question
        for question in form
        if question.is_own and question.use == Use.REPORT.value and question.is_asked_of(role)
    ]
    if not asked:
        return []
    sent = Application.objects.filter(cohort=cohort, role=role, submitted_at__isnull=False)
    tallies = tallied(form, sent.order_by("pk").values_list("role", "answers"))
    return [Result(question, tallies.get(question.key, Tally(0, 0))) for question in asked]
