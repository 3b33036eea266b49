"""What has happened at Halden College so far?

A pilot is done, a cohort is in mid-program, one is being recruited; a second program waits for its
match run to be looked at, and holds the letters of a trial run. All of it by the rooms' own actions, so the demo is also a rehearsal.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from django.db.models import F
from django.utils import timezone

from lodestar.demo import cohorts, life, needs
from lodestar.demo.cast import NAMESAKES, PRINCIPALS, Figure
from lodestar.demo.cohorts import MENTEE, MENTOR, Office
from lodestar.demo.people import settle_college
from lodestar.demo.readers import score
from lodestar.demo.travel import go_to, history
from lodestar.demo.verdicts import judge
from lodestar.domain.applications.actions import save_answers, waitlist_application
from lodestar.domain.applications.models import Application, Participant
from lodestar.domain.applications.queries import applications_for
from lodestar.domain.feedback.actions import raise_concern
from lodestar.domain.feedback.models import Concern
from lodestar.domain.matching.actions import pin_pair
from lodestar.domain.matching.models import Match
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import (
    appoint_coordinator,
    create_program,
    describe_design,
    edit_program,
    hold_letters,
    release_coordinator,
    set_milestones,
)
from lodestar.domain.programs.actions.milestones import as_milestone_wish
from lodestar.domain.programs.models import Cohort, Milestone, Program
from lodestar.domain.programs.queries import latest_design
from lodestar.domain.programs.rules import Phases
from lodestar.domain.trials.actions import pin_forecast

FIGURES = {p.key: p.figure() for p in (*PRINCIPALS, *NAMESAKES)}
ROOMS: dict[str, str] = {
    Milestone.Kind.PREPARATION: "https://meet.halden.example/mentors",
    Milestone.Kind.EVENT: "Founders’ Hall, second floor, and https://meet.halden.example/all",
}
FRESH_LETTERS = timedelta(days=2)


def build_college() -> None:
    """Write the whole history up to now."""
    with history():
        today = timezone.localdate()
        people, older, younger = settle_college(today - timedelta(days=420))
        first_steps = found_first_steps(people, today - timedelta(days=400))
        run_pilot(first_steps, older[:12], younger[:12], today)
        run_autumn(first_steps, older[9:30], younger[12:35], today)
        run_winter(first_steps, older[30:42], younger[35:50], younger[50:], today)
        turning_points = found_turning_points(people, today - timedelta(days=90))
        run_turning_points(turning_points, older[42:56], younger[50:], today)
        think_again(first_steps, today)
        run_evenings(turning_points, older[36:41], younger[44:50], today)
        settle_letters()


def found(
    people: dict[str, Person], key: str, *, template: str, name: str, promise: str, text: str
) -> Office:
    """Let the admin begin a program and hand it to its coordinator."""
    program = create_program(
        by=people["admin"], name=name, promise=promise, description=text, template=template
    )
    appoint_coordinator(program, person=people[key], by=people["admin"])
    leave(program, people["admin"], by=people[key])
    edit_program(program, by=people[key], contact_email=FIGURES[key].email)
    find_rooms(program, people[key])
    return Office(program, people[key])


def find_rooms(program: Program, coordinator: Person) -> None:
    """Say where the mentors are prepared and where all meet."""
    design = latest_design(program)
    wishes = [
        replace(as_milestone_wish(each), place=ROOMS.get(each.kind, ""))
        for each in design.milestones.all()
    ]
    set_milestones(design, by=coordinator, milestones=wishes)


def leave(program: Program, person: Person, *, by: Person) -> None:
    release_coordinator(program.coordinators.get(person=person), by=by)


def found_first_steps(people: dict[str, Person], on: date) -> Office:
    go_to(on)
    return found(
        people,
        "lena",
        template="first-job",
        name="First Steps",
        promise="Somebody who has been there, for your first years after Halden.",
        text=(
            "You meet one older alumnus about every two weeks for half a year: an hour, online or over "
            "coffee, about what is on your mind. No lectures, no favours asked, no grades."
        ),
    )


def found_turning_points(people: dict[str, Person], on: date) -> Office:
    go_to(on)
    return found(
        people,
        "tomas",
        template="career-change",
        name="Turning Points",
        promise="For alumni who want to change fields and would rather not do it alone.",
        text=(
            "Six months with somebody who made a change like the one you are thinking about, from "
            "the first doubt to the first day."
        ),
    )


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
    life.agree(next(pair for pair in pairs if pair.mentee == amina.person), today)
    tell_the_lead(pairs, today - timedelta(days=1))
    go_to(today - timedelta(days=1), hour=9)
    pin(
        ruth.participant,
        left_over(cohort, ruth.participant),
        office,
        "Ruth has a free place and asked for one more.",
    )
    cohorts.publish(cohort, by=office.coordinator, on=today - timedelta(days=1))


def think_again(office: Office, today: date) -> None:
    """Let the office change the design once more: the running cohort could take it on as it is."""
    go_to(today - timedelta(days=1), hour=22)
    design = latest_design(office.program)
    describe_design(design, by=office.coordinator, pulse_every_days=45, reply_days=7)


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
    """The cohort that is being recruited: some are accepted, some wait, one is on the waitlist.

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
    cohorts.accept_all(
        cohort, by=office.coordinator, on=today - timedelta(days=1), besides=waiting[-9:]
    )
    score(waiting[-9:-3], Random(5), by=office.coordinator)  # noqa: S311
    waitlist_application(waiting[-1], by=office.coordinator, note="")
    speak_only(waiting[:-1], "tr")
    go_to(today - timedelta(days=1), hour=20)
    cohorts.apply_as(FIGURES["mei"], MENTEE, cohort, dice)
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
    """The other program: matched, but nobody has looked at the result yet."""
    dice = Random(4)  # noqa: S311
    plan = phases(today - timedelta(days=40), 34, 39, 54, 240)
    cohort = cohorts.plan(office, "First cohort", plan)
    cohorts.recruit(cohort, older, younger, dice, until=plan.closes_on)
    go_to(plan.closes_on, hour=15)
    cohorts.apply_as(FIGURES["ruth2"], MENTOR, cohort, dice)
    cohorts.apply_as(FIGURES["amina2"], MENTEE, cohort, dice)
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.closes_on + timedelta(days=1))
    cohorts.solve(cohort, by=office.coordinator, on=plan.matching_on)


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


def take_in_and_match(cohort: Cohort, office: Office, plan: Phases) -> list[Match]:
    cohorts.accept_all(cohort, by=office.coordinator, on=plan.closes_on + timedelta(days=1))
    return cohorts.publish(cohort, by=office.coordinator, on=plan.matching_on)


def settle_letters() -> None:
    """Note the letters of the past as sent; those of the last days really go out in the demo."""
    past = Letter.objects.filter(
        status=Letter.Status.QUEUED, next_try_at__lt=timezone.now() - FRESH_LETTERS
    )
    past.update(status=Letter.Status.SENT, sent_at=F("next_try_at"), attempt_count=1)
