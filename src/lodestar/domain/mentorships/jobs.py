"""Which pairs need a word because time has passed?"""

from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings

from lodestar.domain.common.apart import each_apart
from lodestar.domain.common.time import day_of
from lodestar.domain.mentorships import actions, rules
from lodestar.domain.mentorships.queries import (
    agreements_to_reopen,
    cohorts_wished_for,
    files_to_forget,
    tasks_due,
    unmet_mentorships,
)
from lodestar.domain.mentorships.queries import appointments as planned

MORNING = 8


def remind_unmet_pairs(now: datetime) -> int:
    """Write once to pairs whose first meeting is overdue; return how many are."""
    overdue = [m for m in unmet_mentorships(now) if rules.first_meeting_due(m) < now.date()]
    each_apart(overdue, actions.remind_unmet)
    return len(overdue)


def pin_wishes(now: datetime) -> int:
    """Keep those together who both wish to go on; return in how many cohorts there were any."""
    return each_apart(cohorts_wished_for(day_of(now)), actions.pin_wishes)


def reopen_agreements(now: datetime) -> int:
    """Ask both, once, in the middle of their cohort whether what they agreed still holds; return of how many."""
    return each_apart(agreements_to_reopen(day_of(now)), actions.reopen_agreement)


def remind_tasks(now: datetime) -> int:
    """Remind everybody once, on the morning before, of what is to be done; return of how many things."""
    if now.astimezone(ZoneInfo(settings.TIME_ZONE)).hour < MORNING:
        return 0
    return each_apart(tasks_due(day_of(now) + timedelta(days=1)), actions.remind_task)


def forget_room_files(now: datetime) -> int:
    """Delete what removed files and old takeaways hold on the disk; return of how many."""
    return each_apart(files_to_forget(), actions.forget_content) + actions.forget_takeaways(now)


def remind_of_meetings(now: datetime) -> int:
    """Send the agenda of what begins within a day; return how many meetings that are."""
    due = list(planned.appointments_to_remind(now))
    return each_apart(due, partial(actions.remind_of_meeting, now=now))


def ask_whether_met(now: datetime) -> int:
    """Ask about meetings that should be over by now; return how many they are."""
    due = list(planned.appointments_to_ask(now))
    return each_apart(due, partial(actions.ask_whether_met, now=now))


def lapse_proposals(now: datetime) -> int:
    """Close proposals whose times have passed; return how many there were."""
    due = list(planned.lapsed_proposals(now))
    return each_apart(due, partial(actions.lapse_proposal, now=now))
