"""What can a meeting be about? Prompts to begin from, each for one kind of conversation."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lodestar.domain.mentorships.models import Appointment

FIRST, GROW, MIDPOINT, CLOSING, OWN = "first", "grow", "midpoint", "closing", "own"
LONGEST = 2000


@dataclass(frozen=True)
class Template:
    """One kind of conversation: what it is called, when it helps, and its prompts in order."""

    kind: str
    name: Promise | str
    helps: Promise | str
    lines: tuple[Promise | str, ...]


TEMPLATES = {
    each.kind: each
    for each in (
        Template(
            FIRST,
            _("A first meeting"),
            _("To get to know each other and agree on how you work together."),
            (
                _("Ten minutes each: who you are, and how you got where you are."),
                _("What do you hope will be different half a year from now?"),
                _("How shall we work: how often, by what means, and what stays between us?"),
                _("What is each of us afraid of or unsure about? It is easier said early."),
                _("One small step before we meet again, and when that will be."),
            ),
        ),
        Template(
            GROW,
            _("One question in depth (GROW)"),
            _("When something has to be decided or solved: goal, reality, options, will."),
            (
                _("Goal: what would make this hour worth it for you?"),
                _("Reality: what is the case now? What have you tried, and what happened?"),
                _("Options: what could you do? And what else, if nothing stood in the way?"),
                _("Will: what will you do, by when, and who will notice?"),
                _("Last five minutes: what was useful just now?"),
            ),
        ),
        Template(
            "progress",
            _("Since we last met"),
            _("For the meetings in between, when things are on their way."),
            (
                _("What went well since last time, even if it is small?"),
                _("What did not happen, and what was in its way?"),
                _("The one thing to think through together today."),
                _("The next step, with a date."),
            ),
        ),
        Template(
            "career",
            _("A career step"),
            _("Before an application, a change of field or a new role."),
            (
                _("Where do you want to be in three years, and what do you want to keep?"),
                _("What do others come to you for? What gives you energy, what takes it?"),
                _(
                    "Look at one real advertisement or CV together: what is missing, what is too much?"
                ),
                _("Whom should you talk to, and who of us can open that door?"),
                _("What will you send, and to whom, before we meet again?"),
            ),
        ),
        Template(
            "interview",
            _("Practising an interview"),
            _("When a date is set and nerves are there."),
            (
                _("Five minutes: which job, who asks, and what worries you most?"),
                _("Twenty minutes: play it, without stopping."),
                _("What did you like? Then two things to keep and one to change."),
                _("Play the hardest question again."),
                _("Your three questions to them."),
            ),
        ),
        Template(
            "hard",
            _("Something is stuck"),
            _("When a thing weighs on you, or on the two of you."),
            (
                _("What is it, in one sentence? What would be enough, if not everything?"),
                _("Which part of it is yours to change?"),
                _("What would you tell a friend who had this?"),
                _("Is there somebody who should help with it besides me?"),
                _("The smallest step that is still a step."),
            ),
        ),
        Template(
            MIDPOINT,
            _("Half-way"),
            _("About the middle of your time: look back, and change what should change."),
            (
                _("Read your goals aloud. Which are still right, which are done, which can go?"),
                _("What has helped so far? What would each of us like more of, and less?"),
                _("Is the rhythm right? Is the way we talk right?"),
                _("What should be true at the end, and what is the plan for the second half?"),
            ),
        ),
        Template(
            CLOSING,
            _("A last meeting"),
            _("To end well: what came of it, what each takes along, and how you stay in touch."),
            (
                _("What is different now from when we began?"),
                _("What did each of us learn? What was hard?"),
                _("Which doors are open, and what is the next step without me?"),
                _("Do we stay in touch, and how? It is fine to say no."),
                _("Say thank you, each for one thing in particular."),
            ),
        ),
    )
}


def usual_kind(meeting_count: int, share_gone: float) -> str:
    """Return which agenda goes best with where the two are: their first talk, half-way, near the end, or between."""
    if meeting_count == 0:
        return FIRST
    if share_gone >= 0.9:
        return CLOSING
    return MIDPOINT if 0.45 <= share_gone < 0.6 else "progress"


def agenda_lines(appointment: Appointment) -> list[str]:
    """Return the points of a planned meeting: what the two wrote, else the prompts of its kind."""
    if appointment.agenda:
        return [line.strip() for line in appointment.agenda.splitlines() if line.strip()]
    template = TEMPLATES.get(appointment.agenda_kind)
    return [str(line) for line in template.lines] if template else []


def agenda_name(appointment: Appointment) -> str:
    template = TEMPLATES.get(appointment.agenda_kind)
    return str(template.name) if template else ""
