"""With which programs did the college begin, and who looks after them?"""

from dataclasses import replace
from datetime import date, timedelta

from lodestar.demo import readers
from lodestar.demo.cast import FIGURES
from lodestar.demo.cohorts import Office
from lodestar.demo.questions import ask_of_their_own, ask_what_they_need
from lodestar.demo.travel import go_to
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import (
    appoint_coordinator,
    create_program,
    describe_design,
    edit_program,
    release_coordinator,
    set_milestones,
    set_ways,
)
from lodestar.domain.programs.actions.milestones import as_milestone_wish
from lodestar.domain.programs.models import Milestone, Program
from lodestar.domain.programs.queries import latest_design

ROOMS: dict[str, str] = {
    Milestone.Kind.PREPARATION: "https://meet.halden.example/mentors",
    Milestone.Kind.EVENT: "Founders’ Hall, second floor, and https://meet.halden.example/all",
}


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
    office = found(
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
    set_ways(latest_design(office.program), by=office.coordinator, ways=["office", "ask"])
    readers.say_who_may(office, people["rosa"])
    ask_of_their_own(office.program, office.coordinator)
    ask_what_they_need(office.program, office.coordinator)
    return office


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


def found_circles(people: dict[str, Person], on: date) -> Office:
    go_to(on)
    return found(
        people,
        "tomas",
        template="group-circles",
        name="Evening Circles",
        promise="One mentor and a handful of people like you, an evening every three weeks.",
        text=(
            "You sit with four or five others and one older alumnus, and learn as much from their questions as "
            "from an answer. Half a year, an evening every three weeks."
        ),
    )


def found_good_hour(people: dict[str, Person], on: date) -> Office:
    go_to(on)
    office = found(
        people,
        "tomas",
        template="flash",
        name="A Good Hour",
        promise="One question, one hour, somebody who knows.",
        text=(
            "You look for somebody who knows what you would like to know, and ask them yourself. If they "
            "cannot, the next on your list is asked."
        ),
    )
    describe_design(latest_design(office.program), by=office.coordinator, reply_days=7)
    return office


def match_alone(office: Office, today: date) -> None:
    """Let the office's trial runs do without lists, which people have too little time to make there."""
    go_to(today - timedelta(days=50))
    set_ways(latest_design(office.program), by=office.coordinator, ways=["office"])


def think_again(office: Office, today: date) -> None:
    """Let the office change the design once more: the running cohort could take it on as it is."""
    go_to(today - timedelta(days=1), hour=22)
    design = latest_design(office.program)
    describe_design(design, by=office.coordinator, pulse_every_days=45, reply_days=7)
