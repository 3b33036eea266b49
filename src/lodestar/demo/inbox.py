"""What do people of the demo write to the office? One has an answer, one waits for it."""

from datetime import date, timedelta

from lodestar.demo.travel import go_to
from lodestar.domain.office.actions import answer_from_office, write_to_office
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Program


def write_to_the_office(
    program: Program, *, mentee: Person, applicant: Person, office: Person, today: date
) -> None:
    """Let a mentee have their answer, and an applicant wait for theirs."""
    go_to(today - timedelta(days=9), hour=11)
    asked = write_to_office(
        mentee,
        program,
        text=(
            "I am in Mombasa for work in the last two weeks of the month, with poor internet. "
            "Does it matter if we meet only once in that time?"
        ),
    )
    go_to(today - timedelta(days=8), hour=9)
    answer_from_office(
        asked.thread,
        by=office,
        text="Not at all. Tell your mentor, and write here if a longer pause would help. Safe travels!",
    )
    go_to(today - timedelta(days=1), hour=21)
    write_to_office(
        applicant,
        program,
        text=(
            "I have just applied and forgot to say that I can only meet in the evenings. Can I still "
            "add that, or will you keep it in mind?"
        ),
    )
