"""How does a cohort that people rely on take on a later version of its design?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.insights.queries.moving import later_design, move_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions.cohorts import keep_design
from lodestar.domain.programs.actions.programs import require_coordinator
from lodestar.domain.programs.models import Cohort, Design


@transaction.atomic
def move_cohort_to(cohort: Cohort, design: Design, *, by: Person, seen: str = "") -> Cohort:
    """Take on the latest version, all of it or nothing; whoever moved it there before did the same.

    `seen` is the fingerprint of what the reader was shown; without one the version is trusted as it is.
    """
    cohort = cohort.locked()
    program = cohort.program.locked()
    require_coordinator(by, program)
    if cohort.design_id == design.pk:
        return cohort
    if later_design(cohort) != design:
        raise RefusedError(_("There is a later version by now. Open the page again."))
    move = move_of(cohort, design.locked())
    if seen not in ("", move.seen):
        raise RefusedError(
            _("Somebody changed version %(number)d while you read. Nothing was moved; look again.")
            % {"number": design.version}
        )
    if not move.is_possible:
        raise RefusedError(move.why_not)
    return keep_design(cohort, design, by=by)
