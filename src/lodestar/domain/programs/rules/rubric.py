"""By what are applications read, and with which rubric does a program begin?"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lodestar.domain.programs.models import Audience

Role = Audience.Role
MOST_CRITERIA_OF_A_ROLE = 8


@dataclass(frozen=True, slots=True)
class SelectionWish:
    """One thing by which applications of a role should be read; `answer` names what it is read off."""

    role: str
    name: object
    meaning: object = ""
    answer: str = ""
    weak: object = ""
    fair: object = ""
    strong: object = ""


KNOWS_SOMETHING = SelectionWish(
    Role.MENTOR,
    _("Something to give"),
    _("They know well what people here ask for."),
    "topics",
    _("A little of everything, or nothing that mentees ask for."),
    _("Two or three topics that they know well."),
    _("A few topics that they know very well, and that many ask for."),
)
LISTENS_FIRST = SelectionWish(
    Role.MENTOR,
    _("Listens first"),
    _("They see mentoring as the other one’s path, not as a repeat of their own."),
    "about",
    _("Speaks only of what they have done themselves."),
    _("Says what they would do with a mentee."),
    _("Says how they ask and listen, with something that really happened."),
)
HAS_THE_TIME = SelectionWish(
    Role.MENTOR,
    _("Has the time"),
    _("They can keep the pace of this program until its end."),
    "hours_per_month",
    _("Says no hours, or fewer than we ask for."),
    _("Gives the hours that we ask for."),
    _("Gives the hours, and says in their own words when they keep them free."),
)
KNOWS_A_NEED = SelectionWish(
    Role.MENTEE,
    _("Knows what they need"),
    _("A mentor could begin on the first day."),
    "topics",
    _("Everything, or something that no mentor can change."),
    _("Two or three topics that belong together."),
    _("A few topics in a clear order, which their own words explain."),
)
HAS_A_REASON_NOW = SelectionWish(
    Role.MENTEE,
    _("Why now"),
    _("Something is at stake for them in the coming months."),
    "about",
    _("Nothing speaks for now rather than later."),
    _("Names a step that lies ahead."),
    _("Names a step ahead, what they have tried, and where they are stuck."),
)
DOES_THEIR_PART = SelectionWish(
    Role.MENTEE,
    _("Will do their part"),
    _("They come prepared, and do something between two talks."),
    "about",
    _("Waits for somebody to solve it."),
    _("Says what they hope to bring to a talk."),
    _("Tells of something that they finished, or learned from, by themselves."),
)
HOLDS_A_GROUP = SelectionWish(
    Role.MENTOR,
    _("Can hold a group"),
    _("They make room for everybody, also for those who say little."),
    "about",
    _("Speaks of talks and lectures only."),
    _("Has led a group, and says how."),
    _("Says how they bring the quiet ones in, with something that really happened."),
)
GIVES_TO_OTHERS = SelectionWish(
    Role.MENTEE,
    _("Gives to others"),
    _("They come for the others too, not only for an answer."),
    "about",
    _("Speaks only of what they want."),
    _("Says what they could bring."),
    _("Tells of something that they gave to others, and what came of it."),
)
USUAL = (
    KNOWS_SOMETHING, LISTENS_FIRST, HAS_THE_TIME, KNOWS_A_NEED, HAS_A_REASON_NOW, DOES_THEIR_PART,
)  # fmt: skip

OF_GROUPS = (
    KNOWS_SOMETHING, HOLDS_A_GROUP, HAS_THE_TIME, KNOWS_A_NEED, HAS_A_REASON_NOW, GIVES_TO_OTHERS,
)  # fmt: skip
OF_PEERS = (KNOWS_A_NEED, GIVES_TO_OTHERS, DOES_THEIR_PART)


def why_not_selection(wishes: Sequence[SelectionWish]) -> str:
    """Say why nobody could read applications by so many criteria, or nothing."""
    for role in Role:
        count = sum(wish.role == role for wish in wishes)
        if count > MOST_CRITERIA_OF_A_ROLE:
            told = {"count": count, "who": role.label, "most": MOST_CRITERIA_OF_A_ROLE}
            return (
                gettext(
                    "These are %(count)d criteria for %(who)s. Please keep %(most)d at most: three are plenty."
                )
                % told
            )
    return ""
