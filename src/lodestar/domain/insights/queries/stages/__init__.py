"""The ten stages of a program in their order; a room that joins adds or replaces one function here."""

from collections.abc import Callable

from lodestar.domain.insights.queries.records import Records
from lodestar.domain.insights.queries.stages import needs, pairing, preparing, proving, reaching
from lodestar.domain.insights.queries.stages.stage import Chip, Stage, State, counted
from lodestar.domain.programs.models import Cohort

STAGES: tuple[Callable[[Cohort, Records], Stage], ...] = (
    preparing.design,
    needs.needs,
    pairing.match,
    preparing.trial_run,
    pairing.portal,
    reaching.publicity,
    proving.feedback,
    reaching.training,
    reaching.campus,
    proving.success,
)

__all__ = ["STAGES", "Chip", "Stage", "State", "counted"]
