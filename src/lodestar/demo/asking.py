"""How do pretend mentees make lists and ask, and what do mentors answer?"""

from datetime import date, timedelta
from random import Random

from lodestar.demo.travel import go_to
from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.time import today
from lodestar.domain.matching.actions import ask_back, ask_mentor, choose_mentor, put_off
from lodestar.domain.matching.jobs import (
    close_windows,
    compute_runs,
    expire_matches,
    go_on_asking,
)
from lodestar.domain.matching.models import Ask, Match
from lodestar.domain.matching.queries import by_fit, choice_for, free_mentors, list_of, match_by_key
from lodestar.domain.mentorships.actions import accept_match, decline_match
from lodestar.domain.programs.models import Cohort

ON_A_LIST = 3
A_DAY = timedelta(days=1)
NOTES = (
    "I have read what you wrote about leaving a safe job, and that is where I stand. An hour would help me see "
    "whether I am brave or only tired.",
    "You did what I would like to do in two years. May I ask you how you found the first door?",
    "I have one question: what would you learn first if you began again? I come prepared.",
    "We studied the same thing, twenty years apart. I would love to hear what became useful and what did not.",
)


def mentees_of(cohort: Cohort) -> list[Participant]:
    rows = Participant.objects.filter(cohort=cohort, role=RoleInCohort.MENTEE, left_at=None)
    return list(rows.select_related("person", "cohort__design", "cohort__program").order_by("pk"))


def make_list(mentee: Participant, dice: Random, spared: Participant | None = None) -> None:
    """Put a few of the best fits on a list, in an order of one's own."""
    free = [mentor for mentor in free_mentors(mentee) if mentor != spared]
    named = by_fit(mentee, free)[: ON_A_LIST + 1]
    dice.shuffle(named)
    for mentor in named[:ON_A_LIST]:
        choose_mentor(mentee, mentor, by=mentee.person, note=dice.choice(NOTES))


def rank(cohort: Cohort, dice: Random, *, on: date) -> None:
    """Let every other mentee make a list before the window closes."""
    go_to(on, hour=17)
    for mentee in mentees_of(cohort)[::2]:
        make_list(mentee, dice)


def put_together(*, on: date) -> None:
    """Let the clock put the lists together, and a worker compute it."""
    moment = go_to(on, hour=6)
    close_windows(moment)
    compute_runs(moment)


def ask_around(
    cohort: Cohort, dice: Random, *, spared: Participant, first: date, until: date
) -> None:
    """Let mentees ask from the first day on; then come a yes, a no, "not now", a question and a silence."""
    mentees = mentees_of(cohort)[:-1]
    go_to(first, hour=9)
    for mentee in mentees[:-1]:
        make_list(mentee, dice, spared)
        ask_first(mentee)
    met: set[int] = set()
    for place, answer in enumerate(ANSWERS):
        ask = next((each for each in waiting(cohort) if each.pk not in met), None)
        if ask is None:
            break
        met.add(ask.pk)
        moment = go_to(first + (1 + place % 3) * A_DAY, hour=8 + place)
        answer(ask)
        go_on_asking(moment)
    for day in range((until - first).days):
        moment = go_to(first + day * A_DAY, hour=23)
        expire_matches(moment)
        go_on_asking(moment)


def waiting(cohort: Cohort) -> list[Ask]:
    rows = Ask.objects.filter(mentee__cohort=cohort, closed_at=None).order_by("pk")
    return list(rows.select_related("match__mentor__person"))


def match_of(ask: Ask) -> Match:
    return match_by_key(ask.match.public_id if ask.match else "")


def say_yes(ask: Ask) -> None:
    accept_match(match_of(ask), by=match_of(ask).mentor.person)


def say_no(ask: Ask) -> None:
    decline_match(match_of(ask), by=match_of(ask).mentor.person, reason="time")


def say_later(ask: Ask) -> None:
    match = match_of(ask)
    asked = match.proposed_at.date() if match.proposed_at else date.min
    put_off(match, by=match.mentor.person, until=asked + timedelta(weeks=4))


def ask_first_something(ask: Ask) -> None:
    question = "Gladly, perhaps. What have you tried so far, and what held you back?"
    ask_back(ask, by=match_of(ask).mentor.person, text=question)


ANSWERS = (say_yes, say_no, ask_first_something, say_later)


def ask_first(mentee: Participant) -> None:
    """Ask the first on a list who can be asked now, if there is one."""
    for row in list_of(mentee, today()):
        if row.can_ask:
            ask_mentor(choice_for(mentee.person, row.choice.public_id), by=mentee.person)
            return


def ask_today(mentee: Participant, mentor: Participant, on: date) -> None:
    """Let one mentee ask one mentor this morning."""
    go_to(on - A_DAY, hour=20)
    choice = choose_mentor(mentee, mentor, by=mentee.person, note=NOTES[0])
    ask_mentor(choice_for(mentee.person, choice.public_id), by=mentee.person)
