"""How does what was tried become the design's own?"""

from dataclasses import replace

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.matching import queries, rules
from lodestar.domain.matching.rules.tried import Tried
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import describe_design, set_criteria
from lodestar.domain.programs.actions.designs import as_wish
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.queries import latest_design


@transaction.atomic
def adopt_weights(cohort: Cohort, tried: Tried, *, by: Person) -> Design:
    """Let the program's design weigh as was tried; cohorts that people rely on keep their own version."""
    design = latest_design(cohort.program)
    refusal = rules.why_not_adopt(tried) or rules.why_not_tried(tried, queries.weights_of(design))
    if refusal:
        raise RefusedError(refusal)
    criteria = [
        replace(as_wish(each), weight=tried.weights.get(each.name, each.weight))
        for each in design.criteria.all()
    ]
    design = set_criteria(design, by=by, criteria=criteria)
    if tried.objective:
        design = describe_design(design, by=by, objective=tried.objective)
    record("design.adopted", design, by=by, tried=tried.as_data())
    return design
