"""What do the test people do in a rehearsal, from their first visit to their goodbye?"""

from datetime import date, timedelta
from functools import partial

from lodestar.demo.rehearsal.people import Player, join
from lodestar.demo.rehearsal.stage import Stage
from lodestar.demo.words import MENTEE_MESSAGES, MENTOR_MESSAGES
from lodestar.domain.applications.actions import (
    save_answers,
    start_application,
    submit_application,
    withdraw_application,
)
from lodestar.domain.applications.models import Application
from lodestar.domain.common.time import day_of
from lodestar.domain.feedback.actions import Answer, More, answer_survey
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.feedback.rules import items_of
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.matching.queries import matches_of
from lodestar.domain.mentorships.actions import (
    accept_match,
    complete_mentorship,
    decline_match,
    end_mentorship,
    go_on,
    log_meeting,
    write_message,
)
from lodestar.domain.mentorships.models import Mentorship

APPLYING, MATCHING, MEETING, FEEDBACK = "applications", "matching", "mentorships", "feedback"
DAYS_TO_ANSWER = (1, 1, 2, 3, 4)
DAYS_TO_REPLY = (1, 2, 3, 6, 8)
LEAVES_OPEN = 3  # every third pair does not say goodbye by itself
LONG_SILENT = timedelta(days=75)


def apply_in_time(stage: Stage) -> None:
    """Let everybody apply between the opening and the closing day; one stops halfway until reminded."""
    cohort = stage.world.cohort
    order = stage.players.copy()
    stage.dice.shuffle(order)
    span = max(1, (cohort.closes_on - cohort.opens_on).days)
    for number, player in enumerate(order):
        day = cohort.opens_on + timedelta(days=number * span // len(order))
        if player.is_late:
            stage.later(day, 20, APPLYING, partial(begin_only, stage, player))
            stage.later(cohort.closes_on, 12, APPLYING, partial(apply, stage, player))
        else:
            stage.later(day, stage.dice.randint(8, 20), APPLYING, partial(apply, stage, player))
        if player.drops_out:
            day = cohort.closes_on + (cohort.matching_on - cohort.closes_on) / 2
            stage.later(day, 10, APPLYING, partial(withdraw, stage, player))


def arrive(stage: Stage, player: Player) -> None:
    if player.person is None:
        stage.diary.keys[join(player).pk] = player.key


def begin_only(stage: Stage, player: Player) -> None:
    arrive(stage, player)
    application = start_application(player.here, cohort=stage.world.cohort, role=player.role)
    some = {name: player.answers[name] for name in ("topics", "time_zone")}
    save_answers(application, by=player.here, answers=some)
    stage.diary.note("drafted", [player.key])


def apply(stage: Stage, player: Player) -> None:
    """Fill in the form and send it, as the person would."""
    arrive(stage, player)
    application = start_application(player.here, cohort=stage.world.cohort, role=player.role)
    save_answers(application, by=player.here, answers=player.answers)
    submit_application(application, by=player.here)
    stage.diary.note("applied", [player.key])


def withdraw(stage: Stage, player: Player) -> None:
    application = Application.objects.get(person=player.here)
    withdraw_application(application, by=player.here)
    stage.diary.note("withdrew", [player.key])


def answer_in_time(stage: Stage, run: MatchRun) -> date | None:
    """Let both sides of each match answer within its days, or stay silent; return the last day to do so."""
    matches = matches_of(run).select_related("mentor__person", "mentee__person")
    return max((answer_by(stage, match) for match in matches), default=None)


def answer_what_followed(stage: Stage, known: set[int]) -> None:
    """Let people answer what was proposed by itself after a match that did not go ahead."""
    followed = Match.objects.filter(origin=Match.Origin.STANDBY, status=Match.Status.PROPOSED)
    for match in followed.exclude(pk__in=known).select_related("mentor__person", "mentee__person"):
        known.add(match.pk)
        stage.diary.note("matched", [stage.by_person(match.mentee.person_id).key])
        answer_by(stage, match)


def answer_by(stage: Stage, match: Match) -> date:
    """Let both sides of a match answer in time, or stay silent; return the last day to do so."""
    last = day_of(match.reply_by) if match.reply_by else stage.day
    for side in (match.mentee, match.mentor):
        player = stage.by_person(side.person_id)
        day = min(last, stage.day + timedelta(days=stage.dice.choice(DAYS_TO_ANSWER)))
        if not player.is_silent:
            hour = stage.dice.randint(9, 20)
            stage.later(day, hour, MATCHING, partial(answer_match, stage, match, player))
    return last


def answer_match(stage: Stage, match: Match, player: Player) -> None:
    match.refresh_from_db()
    if match.status not in Match.ASKED:
        return
    if player.declines:
        player.declines = False  # the next proposal comes at a better time
        decline_match(match, by=player.here, reason=Match.DeclineReason.TIME)
        stage.diary.note("said_no", [player.key])
        return
    match = accept_match(match, by=player.here)
    stage.diary.note("said_yes", [player.key])
    if match.status == Match.Status.EXPLORING:
        explore(stage, match)
    if match.status == Match.Status.ACCEPTED:
        begin(stage, Mentorship.objects.get(match=match))


def explore(stage: Stage, match: Match) -> None:
    """Let the two meet once and say afterwards whether to go on; who never meets says nothing."""
    players = [stage.by_person(side.person_id) for side in (match.mentee, match.mentor)]
    if any(player.never_meets for player in players):
        return
    last = day_of(match.reply_by) if match.reply_by else stage.day
    day = min(last, stage.day + timedelta(days=stage.dice.randint(2, 6)))
    for player in players:
        stage.later(
            day, stage.dice.randint(18, 21), MATCHING, partial(say_yes, stage, match, player)
        )


def say_yes(stage: Stage, match: Match, player: Player) -> None:
    match.refresh_from_db()
    if match.status != Match.Status.EXPLORING:
        return
    match = go_on(match, by=player.here)
    if match.status == Match.Status.ACCEPTED:
        begin(stage, Mentorship.objects.get(match=match))


def sides(stage: Stage, mentorship: Mentorship) -> tuple[Player, Player]:
    match = mentorship.match
    return stage.by_person(match.mentor.person_id), stage.by_person(match.mentee.person_id)


def begin(stage: Stage, mentorship: Mentorship) -> None:
    """Put a pair's life into the calendar."""
    mentor, mentee = sides(stage, mentorship)
    cohort = stage.world.cohort
    stage.diary.note("began", [mentor.key, mentee.key])
    number = Mentorship.objects.count()
    if mentee.never_meets:
        day = min(cohort.ends_on, stage.day + LONG_SILENT)
        stage.later(day, 18, MEETING, partial(lose_touch, stage, mentorship, mentee))
        return
    stage.later(stage.day + timedelta(days=1), 18, MEETING, partial(write, stage, mentorship))
    first = stage.day + timedelta(days=days_to_meet(stage, number))
    stage.later(first, 19, MEETING, partial(meet, stage, mentorship, is_first=True))
    if number % LEAVES_OPEN:
        stage.later(cohort.ends_on, 18, MEETING, partial(say_goodbye, stage, mentorship))


def days_to_meet(stage: Stage, number: int) -> int:
    """Return after how many days a pair meets, as is believed of pairs; the second one only once reminded."""
    if number == 2:
        return stage.world.design.first_meeting_days + 3
    weights = stage.meeting_days
    working_days = stage.dice.choices(range(1, len(weights) + 1), weights=weights)[0]
    return working_days * 7 // 5 or 1


def write(stage: Stage, mentorship: Mentorship) -> None:
    mentor, mentee = sides(stage, mentorship)
    write_message(mentorship, by=mentor.here, text=stage.dice.choice(MENTOR_MESSAGES))
    write_message(mentorship, by=mentee.here, text=stage.dice.choice(MENTEE_MESSAGES))
    stage.diary.note("wrote", [mentor.key, mentee.key])


def meet(stage: Stage, mentorship: Mentorship, *, is_first: bool) -> None:
    """Hold one talk and agree on the next, as often as the design says."""
    mentorship.refresh_from_db()
    if mentorship.status != Mentorship.Status.ACTIVE:
        return
    mentor, mentee = sides(stage, mentorship)
    teller = stage.dice.choice((mentor, mentee))
    log_meeting(mentorship, by=teller.here, held_on=day_before(stage), minutes=60)
    stage.diary.note("met_first" if is_first else "met", [mentor.key, mentee.key])
    pause = max(2, stage.world.design.cadence_days + stage.dice.randint(-2, 3))
    following = stage.day + timedelta(days=pause)
    if following <= stage.world.cohort.ends_on:
        stage.later(following, 19, MEETING, partial(meet, stage, mentorship, is_first=False))


def day_before(stage: Stage) -> date:
    """People tell the day after, so that no time zone turns their talk into one that is still to come."""
    return stage.day - timedelta(days=1)


def lose_touch(stage: Stage, mentorship: Mentorship, mentee: Player) -> None:
    mentorship.refresh_from_db()
    if mentorship.status in Mentorship.RUNNING:
        end_mentorship(mentorship, by=mentee.here, reason=Mentorship.EndReason.SILENCE)
        stage.diary.note("ended", [mentee.key])


def say_goodbye(stage: Stage, mentorship: Mentorship) -> None:
    mentorship.refresh_from_db()
    if mentorship.status in Mentorship.RUNNING:
        mentor, mentee = sides(stage, mentorship)
        complete_mentorship(mentorship, by=mentee.here)
        stage.diary.note("completed", [mentee.key, mentor.key])


def reply_in_time(stage: Stage, asked: set[int]) -> None:
    """Let those who were asked how it is going answer within days, or let it lie."""
    fresh = Pulse.objects.exclude(pk__in=asked).filter(asked_at__isnull=False)
    for pulse in fresh.select_related("participant", "mentorship").order_by("pk"):
        asked.add(pulse.pk)
        player = stage.by_person(pulse.participant.person_id)
        stage.diary.note("asked", [player.key])
        if stage.dice.random() < player.answer_share or player.never_meets:
            day = stage.day + timedelta(days=stage.dice.choice(DAYS_TO_REPLY))
            stage.later(day, 20, FEEDBACK, partial(reply, stage, pulse, player))


def reply(stage: Stage, pulse: Pulse, player: Player) -> None:
    """Answer the short question; who never met says so, and asks the office for help."""
    has_met = pulse.about.meetings.exists()
    wish = Pulse.Wish.NOTHING if has_met else Pulse.Wish.CONTACT
    answer = Answer(
        meeting_count=2 if has_met else 0,
        usefulness=stage.dice.choice((3, 4, 4, 5)) if has_met else 2,
        wish=wish,
        text="" if has_met else "I wrote twice and heard nothing.",
    )
    ratings = {item.key: stage.dice.choice((3, 4, 5)) if has_met else 2 for item in items_of(pulse)}
    answer_survey(pulse, by=player.here, answer=answer, more=More(ratings))
    stage.diary.note("answered", [player.key])
    if not has_met:
        stage.diary.note("concern", [player.key])
