"""What do a few pairs write down together: what they agree on, what they want, what they did?"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.core.files.base import ContentFile

from lodestar.demo import appointments
from lodestar.demo.life import LIVELY, Pair
from lodestar.demo.travel import go_to
from lodestar.domain.mentorships.actions import (
    add_file,
    draft_agreement,
    finish_goal,
    finish_task,
    set_goal,
    set_task,
    sign_agreement,
    write_note,
)
from lodestar.domain.mentorships.models import Goal
from lodestar.domain.mentorships.queries import draft_for
from lodestar.domain.people.models import Person

CV = "Amina Odhiambo\n\nPublic health, Halden College.\nTwo summers at the county clinic.\n"
PAPER = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>endobj\n"
    b"trailer<</Root 1 0 R>>\n%%EOF\n"
)


def furnish(pairs: Sequence[Pair], own: Person, on: date) -> None:
    """Give one pair all that most have after some weeks, and another an agreement that waits for a signature."""
    first = next(pair for pair in pairs if pair.mentee == own)
    sign(first, on - timedelta(days=30))
    agree(first, on)
    appointments.arrange(first, on)
    others = [pair for pair in pairs if pair.temper == LIVELY and pair.mentee != own]
    if others:
        go_to(on - timedelta(days=1), hour=20)
        write(others[0])


def write(pair: Pair) -> None:
    words = draft_for(pair.mentorship) | {"cadence_days": 21}
    draft_agreement(pair.mentorship, by=pair.mentee, words=words, is_signed=True)


def sign(pair: Pair, on: date) -> None:
    """Let both sign, the mentor after one more word."""
    go_to(on, hour=18)
    write(pair)
    go_to(on, hour=21)
    words = draft_for(pair.mentorship)
    words["ending"] = f"{words['ending']}\nAt the end we have lunch."
    seen = pair.mentorship.agreements.last()
    signed = draft_agreement(
        pair.mentorship,
        by=pair.mentor,
        words=words,
        seen=seen.public_id if seen else "",
        is_signed=True,
    )
    sign_agreement(signed, by=pair.mentee)


def agree(pair: Pair, on: date) -> None:
    """Give two people what most have after some weeks: one goal reached, one on the way."""
    go_to(on - timedelta(days=2), hour=19)
    first = set_goal(
        pair.mentorship,
        by=pair.mentee,
        text="A CV that fits policy work",
        step="Send a first draft",
    )
    finish_goal(first, by=pair.mentee)
    goal = set_goal(
        pair.mentorship,
        by=pair.mentee,
        text="Decide between a public health degree and a policy job",
        step="Talk to two people in each",
        due_on=on + timedelta(days=19),
    )
    plan(pair, goal, on)


def plan(pair: Pair, goal: Goal, on: date) -> None:
    """Give a goal two more steps, the first one done, and each of the two something to do."""
    room, mentor, mentee = pair.mentorship, pair.mentor, pair.mentee
    set_task(room, by=mentor, goal=goal, text="Name four people to ask", doer=mentor)
    set_task(room, by=mentee, goal=goal, text="Write down what would have to be true for each")
    finish_task(set_task(room, by=mentor, goal=goal, text="Name four people to ask"), by=mentor)
    soon, later = on + timedelta(days=1), on + timedelta(days=6)
    set_task(room, by=mentor, text="Read the second draft of the CV", doer=mentor, due_on=later)
    set_task(room, by=mentee, text="Send the second draft", doer=mentee, due_on=soon)
    finish_task(set_task(room, by=mentee, text="Find a quiet place to talk"), by=mentee)
    keep(pair)


def keep(pair: Pair) -> None:
    """Give a pair two notes and two files: words, and a page that any reader opens."""
    room, mentor, mentee = pair.mentorship, pair.mentor, pair.mentee
    write_note(room, by=mentee, text="Names that Ruth mentioned: Ada, Kofi, Ingrid.")
    write_note(
        room, by=mentor, text="Three books for the train, whenever you like.", is_shared=True
    )
    for by, name, content in (
        (mentee, "CV, first draft.txt", CV.encode()),
        (mentor, "What I would cut.pdf", PAPER),
    ):
        add_file(room, by=by, content=ContentFile(content), name=name)
