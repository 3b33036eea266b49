"""What does a program of groups look like: one cohort that meets, and one whose groups wait for a look?"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

from lodestar.demo import cohorts
from lodestar.demo.cast import Figure
from lodestar.demo.cohorts import MENTEE, MENTOR, Office
from lodestar.demo.life import unanswered_pulses
from lodestar.demo.travel import go_to
from lodestar.domain.feedback.actions import answer_pulse
from lodestar.domain.feedback.jobs import ask_due_pulses
from lodestar.domain.groups import actions
from lodestar.domain.groups.jobs import form_groups
from lodestar.domain.groups.models import FormingRun, Group, Member
from lodestar.domain.groups.queries import groups_seen_in
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import Phases

SEATS = 5
WRITTEN = (
    "I liked that everybody had the same five minutes. Shall we keep that?",
    "I asked for the raise. I did not get all of it, but I did ask. Thank you.",
    "Could we talk about saying no next time? I have a case.",
)
NOTES = (
    "A round, two cases, one promise each. We keep what is said here to ourselves.",
    "One case took most of the time, and that was right.",
)


def run_both(office: Office, older: list[Figure], younger: list[Figure], today: date) -> None:
    """One cohort meets, and the groups of the next wait for a look."""
    run_first(office, older[2:5], younger[2:14], today)
    run_second(office, older[5:7], younger[14:23], today)


def run_first(
    office: Office, older: Sequence[Figure], younger: Sequence[Figure], today: date
) -> None:
    """Let a cohort of groups begin, meet, and write; one of those asked said no."""
    dice = Random(7)  # noqa: S311
    plan = planned(today - timedelta(days=100), 21, 25, 36, 206)
    cohort = take_in(office, "First circles", plan, (older, younger), dice)
    run = formed(cohort, office, plan.matching_on)
    actions.publish_forming(
        actions.mark_reviewed(run, by=office.coordinator), by=office.coordinator
    )
    answer_all(cohort, plan.matching_on + timedelta(days=1))
    for group in Group.objects.filter(cohort=cohort, status=Group.Status.RUNNING):
        live(group, plan.starts_on, today, dice)


def run_second(
    office: Office, older: Sequence[Figure], younger: Sequence[Figure], today: date
) -> None:
    """Form the groups of the next cohort, and leave them to be looked at."""
    plan = planned(today - timedelta(days=32), 24, 28, 46, 220)
    cohort = take_in(office, "Winter circles", plan, (older, younger), Random(8))  # noqa: S311
    formed(cohort, office, today - timedelta(days=1))


def planned(opens: date, *days: int) -> Phases:
    return Phases(opens, *(opens + timedelta(days=day) for day in days))


def take_in(
    office: Office,
    name: str,
    plan: Phases,
    people: tuple[Sequence[Figure], Sequence[Figure]],
    dice: Random,
) -> Cohort:
    """Let mentors with seats for a group apply, and mentees, and accept them all."""
    cohort = cohorts.plan(office, name, plan)
    mentors, mentees = people
    for number, figure in enumerate([*mentors, *mentees]):
        go_to(plan.opens_on + timedelta(days=1 + number // 3), hour=18)
        role, more = (MENTOR, {"capacity": SEATS}) if figure in mentors else (MENTEE, {})
        cohorts.apply_as(figure, role, cohort, dice, **more)
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.closes_on + timedelta(days=1))
    return cohort


def formed(cohort: Cohort, office: Office, on: date) -> FormingRun:
    moment = go_to(on, hour=10)
    run = actions.request_forming(cohort, by=office.coordinator, seed=1851)
    form_groups(moment)
    run.refresh_from_db()
    return run


def answer_all(cohort: Cohort, on: date) -> None:
    """Let everybody say yes, but for the last of the first group."""
    go_to(on, hour=19)
    for place, seen in enumerate(groups_seen_in(cohort)):
        for member in seen.roll.present:
            if place == 0 and member == seen.others[-1]:
                actions.decline_group(member, by=member.person, reason=Member.Reason.TIME)
            else:
                actions.accept_group(member, by=member.person)


def live(group: Group, begins: date, today: date, dice: Random) -> None:
    """Let a group meet every three weeks, write in between, and fix its next date."""
    rows = Member.objects.filter(group=group, answer=Member.Answer.ACCEPTED)
    members = list(rows.select_related("participant__person", "group"))
    day = begins + timedelta(days=dice.randint(2, 8))
    actions.set_group_goal(members[0], text="Each of us asks for one thing we have put off")
    while day < today - timedelta(days=2):
        go_to(day, hour=21)
        there = [member.public_id for member in members if dice.random() < 0.9]
        actions.log_group_meeting(
            members[0], held_on=day, minutes=90, note=dice.choice(NOTES), present=there
        )
        go_to(day + timedelta(days=1), hour=8)
        actions.write_to_group(dice.choice(members), text=dice.choice(WRITTEN))
        day += timedelta(days=21)
        answer_pulses(group, day, today, dice)
    go_to(today - timedelta(days=1), hour=12)
    at = datetime.combine(today + timedelta(days=4), time(17), timezone.get_current_timezone())
    actions.set_next_meeting(members[0], at=at, where="Founders’ Hall, reading room")


def answer_pulses(group: Group, day: date, today: date, dice: Random) -> None:
    """Let most of a group say how it is going, where they are asked."""
    if day >= today:
        return
    moment = go_to(day, hour=8)
    ask_due_pulses(moment)
    for pulse in list(unanswered_pulses(moment).filter(group=group)):
        if dice.random() < 0.7:
            useful = dice.choice((3, 4, 4, 5))
            answer_pulse(
                pulse, by=pulse.participant.person, meeting_count=1, usefulness=useful, wish="none"
            )
