"""How do two people of the demo find their times? One is behind them, one is planned, one is looked for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from lodestar.demo.life import Pair
from lodestar.demo.travel import go_to
from lodestar.domain.common.time import now
from lodestar.domain.mentorships.actions import confirm_time, propose_times, say_met, set_agenda
from lodestar.domain.mentorships.models import Appointment
from lodestar.domain.mentorships.queries import mentorship_for, offers_for
from lodestar.domain.mentorships.rules.appointments import Plan
from lodestar.domain.people.actions.hours import keep_free_hours
from lodestar.domain.people.actions.profile import keep_profile
from lodestar.domain.people.rules import free_spans

FREE = [(day, 12 * 60, 21 * 60) for day in range(5)] + [(5, 10 * 60, 13 * 60)]


def arrange(pair: Pair, today: date) -> None:
    """Let two people meet once by appointment, plan the next, and look for the one after."""
    match = pair.mentorship.match
    for side in (match.mentor, match.mentee):
        keep_profile(side.person, by=side.person, time_zone=side.answers["time_zone"])
        keep_free_hours(side.person, free_spans(FREE), by=side.person)
    go_to(today - timedelta(days=12), hour=8)
    held = agree(pair, times_of(pair)[:2])
    go_to(held.ends_at.date() + timedelta(days=1), hour=8)
    if held.ends_at < now():
        say_met(held, by=pair.mentee)
    go_to(today - timedelta(days=1), hour=8)
    later = [at for at in times_of(pair) if at > now() + timedelta(days=4)]
    planned = agree(pair, later[:3])
    set_agenda(planned, by=pair.mentee, kind="grow")
    propose_times(pair.mentorship, Plan(tuple(later[-3:])), by=pair.mentor)


def times_of(pair: Pair) -> list[datetime]:
    """Return times that suit both, or noon of some days where none does."""
    fresh = mentorship_for(pair.mentor, pair.mentorship.public_id)
    found = offers_for(fresh, pair.mentor, now()).starts
    noon = now().replace(hour=12, minute=0)
    return found if len(found) > 6 else [noon + timedelta(days=n) for n in range(1, 20)]


def agree(pair: Pair, starts: Sequence[datetime]) -> Appointment:
    proposal = propose_times(pair.mentorship, Plan(tuple(starts)), by=pair.mentor)
    return confirm_time(proposal, by=pair.mentee, starts_at=starts[0])
