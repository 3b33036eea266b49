"""How is each thing that happened between two people told, in a sentence?"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.mentorships.queries import Touch
from lodestar.domain.people.models import Person


@dataclass(frozen=True)
class Told:
    """A day, what happened on it, and the words of a goal or the name of a file where there are any."""

    on: date
    sentence: str
    words: str = ""


def told(touch: Touch, reader: Person) -> Told:
    return Told(touch.on, sentence_of(touch, reader), touch.words)


def sentence_of(touch: Touch, reader: Person) -> str:
    if touch.kind == "met":
        return ngettext(
            "You met for %(count)d minute.", "You met for %(count)d minutes.", touch.count
        ) % {"count": touch.count}
    by_itself = {
        "began": _("It began."),
        "ended": _("It ended."),
        "paused": _("It was paused."),
        "resumed": _("It went on."),
        "held": _("The association paused it."),
        "released": _("The association lifted its pause."),
        "reopened": _(
            "Half of the time was over; both were asked whether the agreement still holds."
        ),
        "agreed": _("Both had signed what you agree on."),
        "goal_done": _("A goal was reached:"),
    }
    if touch.kind in by_itself:
        return by_itself[touch.kind]
    if touch.by is None or touch.by == reader:
        return by_you(touch)
    return by_partner(touch) % {"name": touch.by.first_name, "count": touch.count}


def by_you(touch: Touch) -> str:
    if touch.kind == "written":
        return ngettext("You wrote a message.", "You wrote %(count)d messages.", touch.count) % {
            "count": touch.count
        }
    return {
        "drafted": _("You wrote down what you two agree on."),
        "goal_set": _("You set a goal:"),
        "task_done": _("You did:"),
        "note": _("You wrote a note."),
        "file": _("You put in a file:")
        if touch.words
        else _("You put in a file, which is gone again."),
    }[touch.kind]


def by_partner(touch: Touch) -> str:
    if touch.kind == "written":
        return ngettext(
            "%(name)s wrote a message.", "%(name)s wrote %(count)d messages.", touch.count
        )
    return {
        "drafted": _("%(name)s wrote down what you two agree on."),
        "goal_set": _("%(name)s set a goal:"),
        "task_done": _("%(name)s did:"),
        "note": _("%(name)s shared a note."),
        "file": _("%(name)s put in a file:")
        if touch.words
        else _("%(name)s put in a file, which is gone again."),
    }[touch.kind]
