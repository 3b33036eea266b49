"""What can be done with programs, their designs and their cohorts?"""

from lodestar.domain.programs.actions.cohorts import (
    change_cohort,
    create_cohort,
    freeze_cohort,
    open_cohort,
)
from lodestar.domain.programs.actions.designs import (
    describe_design,
    set_constraints,
    set_criteria,
    set_goals,
    set_topics,
)
from lodestar.domain.programs.actions.programs import (
    appoint_coordinator,
    create_program,
    edit_program,
    release_coordinator,
)

__all__ = [
    "appoint_coordinator",
    "change_cohort",
    "create_cohort",
    "create_program",
    "describe_design",
    "edit_program",
    "freeze_cohort",
    "open_cohort",
    "release_coordinator",
    "set_constraints",
    "set_criteria",
    "set_goals",
    "set_topics",
]
