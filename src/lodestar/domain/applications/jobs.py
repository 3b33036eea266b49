"""What happens to applications when time passes?"""

import hashlib
from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from lodestar.domain.applications import actions
from lodestar.domain.applications.actions import (
    admit_intake,
    carry_out,
    carry_over,
    end_forsaken,
    give_out,
    judge_again,
    judge_applications,
    offer_carrying,
    tell_place,
    undo_intake,
)
from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import (
    drafts_to_remind,
    intakes_to_admit,
    intakes_to_undo,
)
from lodestar.domain.applications.queries.coming import milestones_to_remind, participants_meant
from lodestar.domain.applications.queries.judging import applications_to_judge
from lodestar.domain.applications.queries.noted import released_noted
from lodestar.domain.applications.queries.reading import cohorts_to_give_out
from lodestar.domain.applications.queries.waiting import (
    Waiter,
    carry_wishes,
    waiting_cohorts,
    waitlist_of,
    waits_to_offer,
)
from lodestar.domain.applications.rules.waiting import is_worth_telling
from lodestar.domain.common.apart import each_apart
from lodestar.domain.common.pace import let_others_write
from lodestar.domain.common.time import day_of
from lodestar.domain.messaging.actions import queue_letter, queue_letters
from lodestar.domain.messaging.queries import keys_beginning
from lodestar.domain.people import jobs as people
from lodestar.domain.programs.actions import freeze_cohort
from lodestar.domain.programs.models import Cohort, Milestone
from lodestar.domain.programs.queries import cohorts_to_freeze
from lodestar.domain.programs.rules.milestones import Dated

JUDGED_AT_ONCE = 500
TOLD_AGAIN = timedelta(days=14)


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


def judge_waiting_applications(now: datetime) -> int:  # noqa: ARG001  every job takes the moment
    """Say of applications what the rules of their design say: those taken over, and after a change of either."""
    count = 0
    while batch := list(applications_to_judge()[:JUDGED_AT_ONCE]):
        count += judge_applications(batch)
        let_others_write()
    return count


def give_out_readings(now: datetime) -> int:  # noqa: ARG001  every job takes the moment
    """Give what waits to its readers, two each; what is with somebody who left goes to others."""
    end_forsaken()
    return sum(give_out(cohort) for cohort in cohorts_to_give_out())


def carry_out_decisions(now: datetime) -> int:  # noqa: ARG001  every job takes the moment
    """Do what the office released, each with its letter."""
    return each_apart(released_noted(), carry_out)


def tell_of_free_places(now: datetime) -> int:
    """Tell the office of places for whom the waitlist has somebody, however they got free; return in how many cohorts."""
    return sum(
        actions.tell_of_free_places(cohort)
        for cohort in waiting_cohorts().filter(ends_on__gte=day_of(now))
    )


def tell_waitlists(now: datetime) -> int:
    """Write to whoever waits and whose place changed by much, every two weeks at most."""
    count = 0
    for cohort in waiting_cohorts():
        if day_of(now) >= cohort.starts_on:
            continue
        for role in RoleInCohort.values:
            for waiter in waitlist_of(cohort, role):
                count += tell_waiter(waiter, now)
    return count


def tell_waiter(waiter: Waiter, now: datetime) -> bool:
    wait = waiter.wait
    if wait is None or wait.told_place is None or wait.told_at is None:
        return False
    if wait.told_at > now - TOLD_AGAIN or not is_worth_telling(wait.told_place, waiter.place):
        return False
    tell_place(wait, waiter.place)
    return True


def offer_carrying_over(now: datetime) -> int:
    """Offer whoever waited in vain to take their application along, and carry over who said yes before it opened."""
    offered = each_apart(waits_to_offer(day_of(now)), offer_carrying)
    return offered + each_apart(carry_wishes(), carry_over)


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
    if count:
        judge_again()
    return count


def undo_imports(now: datetime) -> int:
    """Take participants back before their people, who would be kept for their sake otherwise."""
    for intake in intakes_to_undo():
        undo_intake(intake)
    count = people.undo_imports(now)
    if count:
        judge_again()
    return count
