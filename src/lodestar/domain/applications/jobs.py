"""What happens to applications when time passes?"""

import hashlib
from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from lodestar.domain.applications.actions import admit_intake, undo_intake
from lodestar.domain.applications.queries import (
    drafts_to_remind,
    intakes_to_admit,
    intakes_to_undo,
)
from lodestar.domain.applications.queries.coming import milestones_to_remind, participants_meant
from lodestar.domain.common.time import day_of
from lodestar.domain.messaging.actions import queue_letter, queue_letters
from lodestar.domain.messaging.queries import keys_beginning
from lodestar.domain.people import jobs as people
from lodestar.domain.programs.actions import freeze_cohort
from lodestar.domain.programs.models import Cohort, Milestone
from lodestar.domain.programs.queries import cohorts_to_freeze
from lodestar.domain.programs.rules.milestones import Dated


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


def remind_milestones(now: datetime) -> int:
    """Remind everybody once, three days before, of an event or preparation; again only if its day moves."""
    return sum(remind_of(cohort, each) for cohort, each in milestones_to_remind(day_of(now)))


def remind_of(cohort: Cohort, dated: Dated) -> int:
    """Queue the letters for one milestone; a letter that is late does not speak of what is over."""
    milestone = dated.milestone
    about = (
        f"applications.milestone:{cohort.public_id}:{name_in_keys(milestone)}:{dated.starts_on}:"
    )
    known = keys_beginning(about)
    addressed = [
        (each.person, each.application, about + each.public_id)
        for each in participants_meant(cohort, milestone)
        if about + each.public_id not in known
    ]
    if addressed:
        over = make_aware(datetime.combine(dated.ends_on + timedelta(days=1), time.min))
        words = {"milestone": milestone.name}
        queue_letters("applications.milestone", addressed, words=words, expires_at=over)
    return len(addressed)


def name_in_keys(milestone: Milestone) -> str:
    """Stand for a milestone by its name: a later version of the design is another row, the event is the same."""
    return hashlib.sha256(milestone.name.casefold().encode()).hexdigest()[:12]


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
