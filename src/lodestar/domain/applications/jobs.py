"""What happens to applications when time passes?"""

from datetime import datetime

from lodestar.domain.applications.actions import admit_intake, undo_intake
from lodestar.domain.applications.queries import (
    drafts_to_remind,
    intakes_to_admit,
    intakes_to_undo,
)
from lodestar.domain.common.time import day_of
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.people import jobs as people
from lodestar.domain.programs.actions import freeze_cohort
from lodestar.domain.programs.queries import cohorts_to_freeze


def remind_drafts(now: datetime) -> int:
    """Remind everybody once, three days before closing, of an application they did not send."""
    drafts = list(drafts_to_remind(day_of(now)))
    for draft in drafts:
        queue_letter(
            "applications.unfinished",
            to=draft.person,
            about=draft,
            unique_key=f"applications.unfinished:{draft.public_id}",
        )
    return len(drafts)


def freeze_closed_cohorts(now: datetime) -> int:
    """After the closing day the answers no longer move."""
    cohorts = list(cohorts_to_freeze(day_of(now)))
    for cohort in cohorts:
        freeze_cohort(cohort)
    return len(cohorts)


def admit_intakes(now: datetime) -> int:  # noqa: ARG001  every job takes the moment
    """Turn the people of applied imports into participants."""
    return sum(admit_intake(intake) for intake in intakes_to_admit())


def apply_imports(now: datetime) -> int:
    """Apply lists, and let the people of those meant for a cohort take part in the same look."""
    count = people.apply_imports(now)
    admit_intakes(now)
    return count


def undo_imports(now: datetime) -> int:
    """Take participants back before their people, who would be kept for their sake otherwise."""
    for intake in intakes_to_undo():
        undo_intake(intake)
    return people.undo_imports(now)
