"""What does a yes to one meeting look like, and what comes after a no?

A small cohort in which two meet once first, a standby waits for a look after a no, and those without a
partner wait for a word; and in mid-program, somebody who would like somebody new.
"""

from datetime import date, timedelta
from random import Random

from lodestar.demo import cohorts
from lodestar.demo.cast import Figure
from lodestar.demo.cohorts import Office
from lodestar.demo.life import SILENT, Pair
from lodestar.demo.travel import go_to
from lodestar.domain.matching.models import Match
from lodestar.domain.mentorships.actions import (
    accept_match,
    decline_match,
    end_mentorship,
    go_on,
    write_first_words,
)
from lodestar.domain.mentorships.models import Mentorship, Wish
from lodestar.domain.programs.actions import describe_design
from lodestar.domain.programs.models import Design
from lodestar.domain.programs.queries import latest_design
from lodestar.domain.programs.rules import Phases

FIRST_WORDS = (
    "I could do Tuesday at six or Thursday at noon, both by video. Would one of these suit you?",
    "Thursday at noon is good. I send you a link in the morning.",
)


def run_lunches(office: Office, older: list[Figure], younger: list[Figure], plan: Phases) -> None:
    """Match a small cohort of a design in which two meet once first and a person looks after a no."""
    dice = Random(6)  # noqa: S311
    go_to(plan.opens_on - timedelta(days=15))
    describe_design(
        latest_design(office.program),
        by=office.coordinator,
        exploring_days=14,
        replacing=Design.Replacing.LOOK,
    )
    cohort = cohorts.plan(office, "Lunches", plan)
    cohorts.recruit(cohort, older, younger, dice, until=plan.closes_on)
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.closes_on + timedelta(days=1))
    matches = cohorts.publish(cohort, by=office.coordinator, on=plan.matching_on)
    begin_exploring(matches[:2], plan.matching_on)
    go_to(plan.matching_on + timedelta(days=2), hour=8)
    decline_match(matches[2], by=matches[2].mentor.person, reason="fit")
    decline_match(matches[3], by=matches[3].mentee.person, reason="fit")


def begin_exploring(matches: list[Match], on: date) -> None:
    """Let both of each match say yes to one meeting, and one of them to going on already."""
    for match in matches:
        go_to(on + timedelta(days=1), hour=18)
        accept_match(match, by=match.mentee.person)
        accept_match(match, by=match.mentor.person)
        go_to(on + timedelta(days=2), hour=7)
        write_first_words(match, by=match.mentee.person, text=FIRST_WORDS[0])
        write_first_words(match, by=match.mentor.person, text=FIRST_WORDS[1])
    go_to(on + timedelta(days=2), hour=13)
    go_on(matches[0], by=matches[0].mentee.person)


def part_kindly(pairs: list[Pair], on: date) -> None:
    """Let the mentee of a silent pair end it and ask for somebody new."""
    pair = next((each for each in pairs if each.temper == SILENT), pairs[-1])
    go_to(on, hour=20)
    end_mentorship(
        pair.mentorship,
        by=pair.mentee,
        reason=Mentorship.EndReason.SILENCE,
        wishes=[Wish.Kind.NEW],
    )
