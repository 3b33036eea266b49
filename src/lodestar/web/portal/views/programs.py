"""What a program promises, and to whom its door is open now."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import own_application_in
from lodestar.domain.applications.rules import why_not_apply
from lodestar.domain.common.time import today
from lodestar.domain.needs.queries import roles_asked
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import (
    coordinators_of,
    milestones_of,
    offer_of,
    public_program,
)
from lodestar.domain.programs.rules import phases_of
from lodestar.domain.programs.rules.defaults import topic_groups
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.page import show
from lodestar.web.common.phases import drawn
from lodestar.web.common.shape import (
    found_in_words,
    shape_in_words,
    talks_in_words,
    time_of_mentors_in_words,
)

PROGRAM_PAGE = "portal/programs/program.html"


def own_in(cohort: Cohort | None, person: Person | None) -> list[object]:
    if cohort is None or person is None:
        return []
    found = [own_application_in(person, cohort, role) for role in RoleInCohort]
    return [application for application in found if application]


@require_safe
@open_to(*EVERYONE)
def program(request: HttpRequest, slug: str) -> HttpResponse:
    offer = offer_of(public_program(slug), today())
    cohort = offer.cohort
    person = getattr(request, "person", None)
    context = {
        "program": offer.program,
        "cohort": cohort,
        "state": offer.state,
        "coordinators": [each.person for each in coordinators_of(offer.program)],
        "own": own_in(cohort, person),
        "why_not": why_not_apply(cohort, today()) if cohort else "",
        "phases": drawn(phases_of(cohort), today()) if cohort else [],
        "asking": roles_asked(offer.program, today()),
        "milestones": milestones_of(cohort) if cohort else [],
        "topics": topic_groups(cohort.design.topics) if cohort else [],
    }
    if cohort:
        context["found"] = found_in_words(cohort.design)
        context["shape"] = shape_in_words(cohort.design)
        context["talks"] = talks_in_words(cohort.design)
        context["mentor_time"] = time_of_mentors_in_words(cohort.design)
    return show(request, PROGRAM_PAGE, context)
