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
from lodestar.domain.programs.actions.forms import set_form, set_survey, why_not_leave_out
from lodestar.domain.programs.actions.programs import (
    appoint_coordinator,
    appoint_reviewer,
    edit_program,
    release_coordinator,
    release_reviewer,
    word_program,
)
from lodestar.domain.programs.actions.shape import (
    GroupsWish,
    set_eligibility,
    set_groups,
    set_selection,
    set_shape,
    set_visibility,
    set_ways,
)

__all__ = [
    "GroupsWish",
    "appoint_coordinator",
    "appoint_reviewer",
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
    "release_reviewer",
    "send_letters_at_once",
    "set_audiences",
    "set_constraints",
    "set_criteria",
    "set_eligibility",
    "set_expectations",
    "set_form",
    "set_goals",
    "set_groups",
    "set_milestones",
    "set_selection",
    "set_shape",
    "set_survey",
    "set_topics",
    "set_visibility",
    "set_ways",
    "why_not_leave_out",
    "word_program",
]
