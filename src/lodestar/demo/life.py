"""What happens between two people once both said yes: talks, letters, silence, and an end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.db.models import QuerySet

from lodestar.demo.travel import days_between, go_to
from lodestar.demo.words import GOALS, MENTEE_MESSAGES, MENTOR_MESSAGES, NOTES
from lodestar.domain.common.time import now
from lodestar.domain.feedback.actions import Answer, More, answer_survey, close_concern
from lodestar.domain.feedback.jobs import ask_due_pulses
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.feedback.queries import concerns_for, pulses_with_people
from lodestar.domain.feedback.rules import items_of
from lodestar.domain.mentorships.actions import (
    complete_mentorship,
    end_mentorship,
    finish_goal,
    log_meeting,
    set_goal,
    write_message,
)
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import mentorships_of
from lodestar.domain.messaging.actions import note_read
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort

LIVELY, SLOW, SILENT = "lively", "slow", "silent"


@dataclass
class Pair:
    """A mentorship with the temper that the dice gave it."""

    mentorship: Mentorship
    temper: str
    next_meeting_on: date

    @property
    def mentor(self) -> Person:
        return self.mentorship.match.mentor.person

    @property
    def mentee(self) -> Person:
        return self.mentorship.match.mentee.person


def pairs_of(cohort: Cohort, dice: Random, lively: Sequence[Person] = ()) -> list[Pair]:
    pairs = []
    for mentorship in mentorships_of(cohort).order_by("pk"):
        temper = dice.choices((LIVELY, SLOW, SILENT), weights=(7, 2, 1))[0]
        if mentorship.match.mentee.person in lively:
            temper = LIVELY
        first = mentorship.began_at.date() + timedelta(days=dice.randint(4, 16))
        pairs.append(Pair(mentorship, temper, first))
    return pairs


def live(
    cohort: Cohort,
    pairs: list[Pair],
    dice: Random,
    *,
    until: date,
    unhurried: Sequence[Person] = (),
) -> None:
    """Let a cohort live from its first yes to `until`; whoever is unhurried leaves pulses open."""
    begin = min(pair.mentorship.began_at.date() for pair in pairs)
    tempers = {pair.mentorship.pk: pair.temper for pair in pairs}
    for day in days_between(begin, until, 3):
        for pair in pairs:
            if pair.temper != SILENT and pair.next_meeting_on <= day:
                meet(pair, day, dice, cadence=cohort.design.cadence_days)
        moment = go_to(day, hour=8)
        ask_due_pulses(moment)
        for pulse in list(unanswered_pulses(moment).filter(mentorship__in=tempers)):
            if pulse.participant.person in unhurried:
                continue
            consider(pulse, tempers[pulse.about.pk], day, dice)


def unanswered_pulses(moment: datetime) -> QuerySet[Pulse]:
    return pulses_with_people().filter(answered_at=None, closes_at__gt=moment).order_by("pk")


def meet(pair: Pair, day: date, dice: Random, *, cadence: int) -> None:
    """Hold one talk, with what usually comes before and after it."""
    go_to(day, hour=dice.randint(17, 20), minute=dice.choice((0, 15, 30)))
    if dice.random() < 0.6:
        asked = write_message(pair.mentorship, by=pair.mentee, text=dice.choice(MENTEE_MESSAGES))
        note_read(pair.mentor, pair.mentorship, up_to=asked.pk, now=now())
        said = write_message(pair.mentorship, by=pair.mentor, text=dice.choice(MENTOR_MESSAGES))
        note_read(pair.mentee, pair.mentorship, up_to=said.pk, now=now())
    if dice.random() < 0.25:
        text, step = dice.choice(GOALS)
        goal = set_goal(pair.mentorship, by=pair.mentee, text=text, step=step)
        if dice.random() < 0.4:
            finish_goal(goal, by=pair.mentee)
    go_to(day, hour=21)
    log_meeting(
        pair.mentorship,
        by=dice.choice((pair.mentor, pair.mentee)),
        held_on=day,
        minutes=dice.choice((30, 45, 45, 60, 75)),
        note=dice.choice(NOTES) if dice.random() < 0.3 else "",
        is_shared=dice.random() < 0.5,
    )
    pause = cadence if pair.temper == LIVELY else 2 * cadence
    pair.next_meeting_on = day + timedelta(days=pause + dice.randint(-3, 4))


REMARKS = (
    "Keep the first agenda: it took the fear out of the first hour.",
    "The letters are short enough to answer on the train.",
    "Two months in, a word from the office would have helped.",
)


def consider(pulse: Pulse, temper: str, day: date, dice: Random) -> None:
    """Answer what was asked in the last days, or let it lie."""
    readiness = 0.15 if temper == SILENT else 0.4
    if dice.random() < readiness:
        go_to(day, hour=dice.randint(9, 22))
        answer(pulse, dice, is_silent=temper == SILENT)


def answer(pulse: Pulse, dice: Random, *, is_silent: bool) -> None:
    wish, text = Pulse.Wish.NOTHING, ""
    if is_silent:
        wish = dice.choice((Pulse.Wish.CONTACT, Pulse.Wish.REMATCH))
        text = "I wrote twice and heard nothing. Perhaps the address is old?"
    elif dice.random() < 0.06:
        wish, text = Pulse.Wish.ADVICE, "How do others keep the talk from turning into a lecture?"
    answer = Answer(
        meeting_count=0 if is_silent else dice.randint(1, 3),
        usefulness=dice.choice((1, 2, 3)) if is_silent else dice.choice((3, 4, 4, 5, 5, 5)),
        wish=wish,
        text=text,
    )
    more = More(rated(pulse, dice, is_silent=is_silent), remark(pulse, dice))
    answer_survey(pulse, by=pulse.participant.person, answer=answer, more=more)


def rated(pulse: Pulse, dice: Random, *, is_silent: bool) -> dict[str, int]:
    """Rate the lines of a survey, one of them left open now and then; a short question has none."""
    lines = [item for item in items_of(pulse) if dice.random() < 0.95]
    usual, rare = ((1, 2, 3), (3, 4)) if is_silent else ((3, 4, 4, 5, 5), (1, 2, 2))
    return {item.key: dice.choice(rare if item.is_turned else usual) for item in lines}


def remark(pulse: Pulse, dice: Random) -> str:
    return dice.choice(REMARKS) if pulse.kind in Pulse.SURVEYS and dice.random() < 0.3 else ""


def close(pairs: list[Pair], on: date, *, by: Person) -> None:
    """Bring a cohort to its end: each concern is answered, most complete, the silent say so."""
    go_to(on, hour=12)
    for concern in concerns_for(by).filter(status__in=Concern.OPEN):
        close_concern(concern, by=by, note="We talked on the telephone and found a way.")
    for pair in pairs:
        if pair.temper == SILENT:
            reason = Mentorship.EndReason.SILENCE
            end_mentorship(pair.mentorship, by=pair.mentee, reason=reason)
        else:
            complete_mentorship(pair.mentorship, by=pair.mentee)
