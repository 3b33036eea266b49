"""Who may take part in the demo, who reads those who applied, and what the office makes of it?"""

from random import Random

from lodestar.demo.cast import cast
from lodestar.demo.cohorts import MENTEE, Office, answers_of
from lodestar.demo.people import join
from lodestar.domain.applications.actions import (
    Mark,
    appoint_reviewer,
    give_out,
    give_reading,
    note_decision,
    save_answers,
    start_application,
    submit_application,
    waitlist_application,
)
from lodestar.domain.applications.models import Application, Assessment, Reading
from lodestar.domain.applications.queries import rubric_of
from lodestar.domain.people.actions.accounts import name_person
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import set_eligibility
from lodestar.domain.programs.models import Cohort, EligibilityRule
from lodestar.domain.programs.queries import latest_design
from lodestar.domain.programs.rules.eligibility import EligibilityWish

Level, Kind = Assessment.Level, EligibilityRule.Kind
SENTENCES = {
    Level.WEAK: "I would ask once more what it is about.",
    Level.FAIR: "Enough to begin with.",
    Level.STRONG: "I knew at once whom to think of.",
}
LEFT_TO_READ = 4
WAITING = 3


def say_who_may(office: Office, rosa: Person) -> None:
    """Let the office ask that somebody knows who a mentee is, and appoint a reviewer."""
    wishes = [
        EligibilityWish("mentee", Kind.VERIFIED, is_binding=True),
        EligibilityWish("mentor", Kind.AT_LEAST, "hours_per_month", 2),
    ]
    set_eligibility(latest_design(office.program), by=office.coordinator, wishes=wishes)
    appoint_reviewer(office.program, person=rosa, by=office.coordinator)


def read(cohort: Cohort, office: Office, second: Person, dice: Random) -> None:
    """Give everybody's application to two readers, who read all but the last few and now and then differ."""
    appoint_reviewer(office.program, person=second, by=office.coordinator)
    give_out(cohort)
    applications = Application.objects.filter(cohort=cohort).order_by("pk")
    for application in list(applications)[:-LEFT_TO_READ]:
        levels = {c.public_id: dice.choice((1, 2, 2, 3)) for c in rubric_of(application)}
        for reading in Reading.objects.filter(application=application, status="open").order_by(
            "pk"
        ):
            seen = {key: level + noise(dice) for key, level in levels.items()}
            marks = {key: Mark(min(3, max(1, level))) for key, level in seen.items()}
            sentence = SENTENCES[
                Level(round(sum(m.score or 0 for m in marks.values()) / len(marks)))
            ]
            give_reading(reading, by=reading.reader, marks=marks, sentence=sentence)


def noise(dice: Random) -> int:
    """Two people read alike three times of four, and are rarely worlds apart."""
    return dice.choices((0, 1, -1, 2, -2), weights=(30, 4, 4, 1, 1))[0]


def decide_some(cohort: Cohort, office: Office) -> None:
    """Put some mentees on the waitlist, and note two decisions that nobody has been told yet."""
    waiting = Application.objects.filter(cohort=cohort, status="submitted").order_by("pk")
    read_ones = [each for each in waiting if each.score is not None]
    mentees = [each for each in read_ones if each.role == MENTEE][:WAITING]
    for application in mentees:
        waitlist_application(application, by=office.coordinator)
    rest = [each for each in read_ones if each not in mentees]
    for application, decision in zip(rest, ("accepted", "declined"), strict=False):
        sentence = (
            "We had more mentors for your field than mentees." if decision == "declined" else ""
        )
        note_decision(application, by=office.coordinator, decision=decision, sentence=sentence)


def apply_unknown(cohort: Cohort, dice: Random) -> Application:
    """Let somebody of the roll, who never joined, apply with an address that the roll does not know."""
    like = cast()[0][-1]
    person = join("a.new.address@mail.example")
    name_person(person, given_name=like.given_name, family_name=like.family_name, by=person)
    application = start_application(person, cohort=cohort, role=MENTEE)
    save_answers(application, by=person, answers=answers_of(like, MENTEE, dice))
    return submit_application(application, by=person)
