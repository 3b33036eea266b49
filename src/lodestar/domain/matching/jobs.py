"""What is due in matching when time passes?"""

from datetime import datetime

from lodestar.domain.common.apart import each_apart
from lodestar.domain.common.claims import each_claimed
from lodestar.domain.common.time import day_of, today
from lodestar.domain.matching import actions, queries


def compute_runs(now: datetime) -> int:
    """Compute every run that waits, or whose worker was lost; return how many were claimed."""
    return each_claimed(actions.claim_run, actions.compute_run, now)


def answer_inquiries(now: datetime) -> int:
    """Compute every question that waits, or whose worker was lost; return how many were claimed."""
    return each_claimed(actions.claim_inquiry, actions.compute_inquiry, now)


def expire_matches(now: datetime) -> int:
    """Remind whoever has not answered, and close what ran out of time; return how many were closed."""
    each_apart(queries.matches_to_remind(now), lambda match: actions.remind_match(match, now))
    due = queries.matches_to_expire(now)
    return each_apart(due, lambda match: actions.expire_match(match, now))


def propose_replacements(now: datetime) -> int:
    """Propose somebody else to whoever's match did not go ahead; return in how many cohorts was looked."""
    cohorts = queries.cohorts_to_sweep(day_of(now))
    return each_apart(cohorts, lambda cohort: actions.replace_in(cohort, now))


def go_on_asking(_now: datetime) -> int:
    """Note what came back to requests, release those whose mentor is free no longer, and ask who comes next.

    Return how many requests were closed or sent on.
    """
    closed = each_apart(queries.asks_to_settle(today()), actions.settle_ask)
    return closed + each_apart(queries.mentees_to_go_on(), actions.resume_asking)


def note_alone(now: datetime) -> int:
    """Note who has nobody once the mentorships have begun, where people only ask; return in how many cohorts somebody is new."""
    return each_apart(queries.asking_cohorts(day_of(now)), actions.note_alone)


def remind_of_lists(now: datetime) -> int:
    """Three days before lists close, write once to whoever has none; return to how many."""
    on = day_of(now)
    return sum(actions.remind_of_lists(cohort, on) for cohort in queries.windows_closing_soon(on))


def close_windows(_now: datetime) -> int:
    """Put together the lists of every window whose last day is over; return how many."""
    return each_apart(queries.windows_to_close(today()), actions.close_window)
