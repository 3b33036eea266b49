"""What happened in each cohort, from its first application to today?"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random

from django.db.models import F
from django.utils import timezone

from lodestar.demo import asking, cohorts, life, needs, readers, rooms, second_chances
from lodestar.demo.cast import FIGURES, Figure
from lodestar.demo.cohorts import MENTEE, MENTOR, Office
from lodestar.demo.people import person_of
from lodestar.demo.travel import go_to
from lodestar.demo.verdicts import judge
from lodestar.domain.applications.actions import give_out, save_answers
from lodestar.domain.applications.models import Application, Participant
from lodestar.domain.applications.queries import applications_for
from lodestar.domain.feedback.actions import raise_concern
from lodestar.domain.feedback.models import Concern
from lodestar.domain.matching.actions import pin_pair
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.actions import hold_letters
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules import Phases
from lodestar.domain.trials.actions import pin_forecast

FRESH_LETTERS = timedelta(days=2)


def phases(opens: date, *days: int) -> Phases:
    return Phases(opens, *(opens + timedelta(days=day) for day in days))


def run_pilot(office: Office, older: list[Figure], younger: list[Figure], today: date) -> None:
    """Last year's trial run, from the first application to the last talk."""
    dice = Random(1)  # noqa: S311
    plan = phases(today - timedelta(days=330), 21, 25, 37, 93)
    cohort = cohorts.plan(office, "Pilot", plan, is_pilot=True)
    cohorts.recruit(cohort, older, younger, dice, until=plan.closes_on)
    matches = take_in_and_match(cohort, office, plan)
    cohorts.answer_all(matches, dice, on=plan.matching_on, yes_share=0.95)
    pairs = life.pairs_of(cohort, dice)
    life.live(cohort, pairs, dice, until=plan.ends_on)
    life.close(pairs, plan.ends_on, by=office.coordinator)
    judge(cohort, office.coordinator, plan)


def run_autumn(office: Office, older: list[Figure], younger: list[Figure], today: date) -> None:
    """The cohort in mid-program, with a second, fresh run for those whom the first left over."""
    dice = Random(2)  # noqa: S311
    plan = phases(today - timedelta(days=96), 39, 45, 50, 232)
    cohort = cohorts.plan(office, f"Autumn {plan.opens_on.year}", plan)
    cohorts.recruit(cohort, older, younger, dice, until=plan.closes_on)
    go_to(plan.closes_on, hour=15)
    ruth = cohorts.apply_as(FIGURES["ruth"], MENTOR, cohort, dice, capacity=2, **HEALTH_OFFER)
    amina = cohorts.apply_as(FIGURES["amina"], MENTEE, cohort, dice, **HEALTH_HOPE)
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.closes_on + timedelta(days=1))
    go_to(plan.closes_on + timedelta(days=2))
    pin(
        ruth.participant,
        amina.participant,
        office,
        "They met at the reunion and asked for each other.",
    )
    foreseen = cohorts.foresee(cohort, by=office.coordinator, on=plan.matching_on)
    pin_forecast(foreseen, by=office.coordinator)
    matches = cohorts.publish(cohort, by=office.coordinator, on=plan.matching_on)
    cohorts.answer_all(matches, dice, on=plan.matching_on, yes_share=0.9)
    pairs = life.pairs_of(cohort, dice, lively=[amina.person])
    life.live(cohort, pairs, dice, until=today, unhurried=[amina.person])
    rooms.furnish(pairs, amina.person, today)
    tell_the_lead(pairs, today - timedelta(days=1))
    go_to(today - timedelta(days=1), hour=9)
    pin(
        ruth.participant,
        left_over(cohort, ruth.participant),
        office,
        "Ruth has a free place and asked for one more.",
    )
    cohorts.publish(cohort, by=office.coordinator, on=today - timedelta(days=1))
    second_chances.part_kindly(pairs, today - timedelta(days=1))


def pin(mentor: Participant, mentee: Participant, office: Office, reason: str) -> None:
    pin_pair(mentor, mentee, by=office.coordinator, reason=reason)


def left_over(cohort: Cohort, mentor: Participant) -> Participant:
    """Return whom the mentor can help most, of those whose first match did not go ahead."""
    free = Participant.objects.filter(cohort=cohort, role=MENTEE, places_taken=0, left_at=None)
    met = Match.objects.filter(mentor=mentor).values("mentee")
    known = set(mentor.answers["topics"])
    return max(
        free.exclude(pk__in=met).order_by("pk"),
        key=lambda mentee: len(known.intersection(mentee.answers["topics"])),
    )


HEALTH_HOPE: dict[str, object] = {
    "topics": ["Changing fields", "Going to graduate school", "Meeting people in my field"],
    "about": (
        "I work in a hospital laboratory in Nairobi and want to move into public health. I can't tell "
        "whether I need another degree for it or only more courage."
    ),
    "languages": ["en", "sw"],
}
HEALTH_OFFER: dict[str, object] = {
    "topics": {
        "Changing fields": 3,
        "Meeting people in my field": 2,
        "Public service and nonprofits": 2,
    },
    "about": (
        "I left the laboratory for health policy at thirty and would do it again. I ask many "
        "questions, and I keep Thursday evenings free for this."
    ),
    "languages": ["en", "sw"],
}


def tell_the_lead(pairs: Sequence[life.Pair], on: date) -> None:
    """One person does not feel safe; only the lead will read of it."""
    pair = next(pair for pair in reversed(pairs) if pair.temper == life.SLOW)
    go_to(on, hour=18)
    raise_concern(
        pair.mentorship,
        by=pair.mentee,
        kind=Concern.Kind.SAFETY,
        text="He asked me twice to come to his hotel to talk. I said no, and I would like it to stop.",
    )


def run_winter(
    office: Office,
    older: list[Figure],
    younger: list[Figure],
    unsure: list[Figure],
    today: date,
) -> None:
    """The cohort that is being recruited: some are accepted, some wait, some are on the waitlist.

    The unsure have told what they need, and not applied.
    """
    dice = Random(3)  # noqa: S311
    plan = phases(today - timedelta(days=10), 22, 26, 38, 220)
    cohort = cohorts.plan(office, f"Winter {plan.starts_on.year}", plan)
    mentees, mentors = needs.ask_both(cohort, office)
    needs.answer(mentees, [*younger[::2], *unsure], dice)
    needs.answer(mentors, older[::3], dice)
    needs.plan_whom_to_win(cohort, office)
    cohorts.recruit(cohort, older, younger, dice, until=today)
    waiting = list(applications_for(office.coordinator, cohort).order_by("pk"))
    readers.read(cohort, office, person_of(FIGURES["tomas"]), Random(5))  # noqa: S311
    cohorts.accept_all(
        cohort, by=office.coordinator, on=today - timedelta(days=1), besides=waiting[-9:]
    )
    readers.decide_some(cohort, office)
    speak_only(waiting[:-1], "tr")
    go_to(today - timedelta(days=1), hour=20)
    cohorts.apply_as(FIGURES["mei"], MENTEE, cohort, dice)
    readers.apply_unknown(cohort, dice)
    give_out(cohort)
    cohorts.foresee(cohort, by=office.coordinator, on=today - timedelta(days=1))
    go_to(today - timedelta(days=1), hour=21)
    needs.report_now(cohort, office)


def speak_only(applications: Sequence[Application], language: str) -> None:
    """Let the mentee who applied last speak a language that none of the mentors speaks."""
    last = next(each for each in reversed(applications) if each.role == MENTEE)
    save_answers(last, by=last.person, answers={"languages": [language]})


def run_turning_points(
    office: Office, older: list[Figure], younger: list[Figure], today: date
) -> None:
    """The other program: half of the mentees made lists; nobody has looked at what came of them yet."""
    dice = Random(4)  # noqa: S311
    plan = phases(today - timedelta(days=41), 34, 39, 54, 240)
    cohort = cohorts.plan(office, "First cohort", plan)
    cohorts.recruit(cohort, older, younger, dice, until=plan.closes_on)
    go_to(plan.closes_on, hour=15)
    cohorts.apply_as(FIGURES["ruth2"], MENTOR, cohort, dice)
    cohorts.apply_as(FIGURES["amina2"], MENTEE, cohort, dice)
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.closes_on + timedelta(days=1))
    asking.rank(cohort, dice, on=plan.matching_on)
    asking.put_together(on=plan.matching_on + timedelta(days=1))


def run_good_hour(office: Office, older: list[Figure], younger: list[Figure], today: date) -> None:
    """A program in which people ask, with requests in every state."""
    dice = Random(6)  # noqa: S311
    plan = phases(today - timedelta(days=40), 21, 30, 42, 84)
    cohort = cohorts.plan(office, "This season", plan)
    cohorts.recruit(cohort, older, younger, dice, until=plan.closes_on)
    go_to(plan.closes_on, hour=15)
    ruth = cohorts.apply_as(FIGURES["ruth"], MENTOR, cohort, dice, capacity=1, **HEALTH_OFFER)
    mei = cohorts.apply_as(FIGURES["mei"], MENTEE, cohort, dice, **HEALTH_HOPE)
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.closes_on + timedelta(days=1))
    asking.ask_around(cohort, dice, spared=ruth.participant, first=plan.matching_on, until=today)
    asking.ask_today(mei.participant, ruth.participant, today)


def run_evenings(office: Office, older: list[Figure], younger: list[Figure], today: date) -> None:
    """A trial run in small whose letters are held: the office reads them before they go."""
    dice = Random(5)  # noqa: S311
    plan = phases(today - timedelta(days=16), 11, 14, 32, 90)
    cohort = cohorts.plan(office, "Trial: evenings only", plan, is_pilot=True)
    cohorts.recruit(cohort, older, younger, dice, until=plan.closes_on)
    settle_letters()
    go_to(plan.closes_on, hour=18)
    hold_letters(cohort, by=office.coordinator)
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.matching_on)
    cohorts.publish(cohort, by=office.coordinator, on=today - timedelta(days=1))


def run_lunches(office: Office, older: list[Figure], younger: list[Figure], today: date) -> None:
    """A small cohort in which two meet once before they say yes for good."""
    plan = phases(today - timedelta(days=30), 22, 27, 40, 120)
    second_chances.run_lunches(office, older, younger, plan)


def take_in_and_match(cohort: Cohort, office: Office, plan: Phases) -> list[Match]:
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.closes_on + timedelta(days=1))
    return cohorts.publish(cohort, by=office.coordinator, on=plan.matching_on)


def settle_letters() -> None:
    """Note the letters of the past as sent; those of the last days really go out in the demo."""
    past = Letter.objects.filter(
        status=Letter.Status.QUEUED, next_try_at__lt=timezone.now() - FRESH_LETTERS
    )
    past.update(status=Letter.Status.SENT, sent_at=F("next_try_at"), attempt_count=1)
