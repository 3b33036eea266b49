"""How does a design say what it is, by what people are chosen, and what partners read of each other?"""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions.designs import editable, write_selection
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.rules.asked import ASKED, shown_from
from lodestar.domain.programs.rules.rubric import SelectionWish, why_not_selection


@transaction.atomic
def set_shape(design: Design, *, by: Person, format: str, mode: str) -> Design:  # noqa: A002
    """Say whether two people talk once or for months, who of them is the mentor, and how they meet."""
    design = editable(design, by)
    design.format, design.mode = format, mode
    design.full_clean()
    design.save()
    record("design.shape_set", design, by=by, format=format, mode=mode)
    return design


@transaction.atomic
def set_selection(design: Design, *, by: Person, selection: Sequence[SelectionWish]) -> Design:
    """Replace that by which applications are read."""
    if problem := why_not_selection(selection):
        raise RefusedError(problem)
    design = editable(design, by)
    write_selection(design, selection)
    record("design.selection_set", design, by=by, count=len(selection))
    return design


@transaction.atomic
def set_visibility(design: Design, *, by: Person, shown: Mapping[str, str]) -> Design:
    """Say from when on a partner reads each answer; one that is not named stays as it is."""
    if not set(shown.values()) <= set(Design.Shown.values):
        raise RefusedError(_("An answer is shown with the proposal, once both said yes, or never."))
    design = editable(design, by)
    design.visibility = {
        asked.name: shown.get(asked.name, shown_from(design, asked.name).value) for asked in ASKED
    }
    design.full_clean()
    design.save()
    record("design.visibility_set", design, by=by)
    return design
