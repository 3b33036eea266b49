"""What does the pretend association ask of its own, and what do its people answer?"""

from random import Random

from lodestar.demo.cast import Figure
from lodestar.domain.forms.models import Survey
from lodestar.domain.forms.rules import (
    Condition,
    Question,
    QuestionWish,
    invented,
    own_key,
    wished,
)
from lodestar.domain.people.models import Person
from lodestar.domain.programs.actions import set_form, set_survey
from lodestar.domain.programs.models import Cohort, Design, Program
from lodestar.domain.programs.queries import latest_design
from lodestar.domain.programs.rules.asked import form_of

BESIDES = ("Sport", "Music", "Being outdoors", "Reading", "Family", "Cooking for friends")
INSTRUMENTS = ("Piano", "Guitar", "My voice", "Something else")
TIMES = ("Early in the morning", "Over lunch", "In the evening", "At the weekend")
WORRIES = (
    "That I do not know enough.",
    "That I will not have the time.",
    "Saying the wrong thing.",
)
HEARD_BY = ("A letter from Halden", "A friend or colleague", "A reunion", "The website")


def ask_of_their_own(program: Program, coordinator: Person) -> None:
    """Ask what people do besides work, of those with music what they play, and how they heard of it."""
    besides = question(
        "What do you do besides work?", "several", BESIDES, use="brief", most=3, is_lasting=True
    )
    plays = question("What do you play?", "one", INSTRUMENTS, use="brief", is_lasting=True,
                     condition=Condition(besides.key, ("Music",)))  # fmt: skip
    heard = question("How did you hear of us?", "one", HEARD_BY, use="report")
    shown = {each.key: Design.Shown.PAIRED.value for each in (besides, plays)}
    design = latest_design(program)
    asked = [*form_of(design), besides, plays, heard]
    set_form(design, by=coordinator, questions=asked, shown=shown)


def ask_what_they_need(program: Program, coordinator: Person) -> None:
    """Ask beside the usual needs survey when people have time, and of mentors what worries them."""
    when = question("When could you talk?", "several", TIMES, use="report")
    alone = question("Have you had a mentor before?", "yes_no", (), use="report", role="mentee")
    worry = question("What worries you about being a mentor?", "long", (), role="mentor")
    design = latest_design(program)
    set_survey(design, by=coordinator, survey=Survey.NEEDS.value, questions=[when, alone, worry])


def question(label: str, kind: str, options: tuple[str, ...], **more: object) -> Question:
    told = [("", option) for option in options]
    wish = QuestionWish(label, kind=kind, options=told, **more)  # type: ignore[arg-type]
    return wished(own_key(label, ()), wish, is_own=True)


def with_own_answers(
    answers: dict[str, object], cohort: Cohort, role: str, figure: Figure
) -> dict[str, object]:
    """Return what a figure answers, own questions too: by dice of their own, so that all else stays as it was."""
    return invented(form_of(cohort.design), role, answers, Random(figure.email))  # noqa: S311  no secret


def with_own_needs(
    answers: dict[str, object], design: Design, role: str, figure: Figure
) -> dict[str, object]:
    """Return what a figure says in a needs survey, own questions too, by dice of their own."""
    dice = Random(figure.email)  # noqa: S311  no secret
    found = invented(form_of(design, Survey.NEEDS), role, answers, dice)
    worries = {name: dice.choice(WORRIES) for name in found if name.startswith("q_what_worries")}
    return found | worries
