"""What can be done with programs, their designs and their cohorts?"""

from lodestar.domain.programs.actions.beginning import clone_program, create_program
from lodestar.domain.programs.actions.cohorts import (
    change_cohort,
    create_cohort,
    drop_cohort,
    freeze_cohort,
    hold_letters,
    open_cohort,
    send_letters_at_once,
)
from lodestar.domain.programs.actions.designs import (
    describe_design,
    set_audiences,
    set_constraints,
    set_criteria,
    set_expectations,
    set_goals,
    set_milestones,
    set_topics,
)
from lodestar.domain.programs.actions.programs import (
    appoint_coordinator,
    edit_program,
    release_coordinator,
)
from lodestar.domain.programs.actions.shape import set_selection, set_shape, set_visibility

__all__ = [
    "appoint_coordinator",
    "change_cohort",
    "clone_program",
    "create_cohort",
    "create_program",
    "describe_design",
    "drop_cohort",
    "edit_program",
    "freeze_cohort",
    "hold_letters",
    "open_cohort",
    "release_coordinator",
    "send_letters_at_once",
    "set_audiences",
    "set_constraints",
    "set_criteria",
    "set_expectations",
    "set_goals",
    "set_milestones",
    "set_selection",
    "set_shape",
    "set_topics",
    "set_visibility",
]
