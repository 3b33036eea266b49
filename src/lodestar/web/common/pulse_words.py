"""How is somebody asked how it is going, with one partner or in a group?"""

from django.utils.translation import gettext as _

from lodestar.domain.feedback.models import Pulse
from lodestar.domain.mentorships.rules import partner_of
from lodestar.domain.people.models import Person


def pulse_title(pulse: Pulse, person: Person) -> str:
    if pulse.mentorship is None:
        return _("How is it going in your group?")
    partner = partner_of(pulse.mentorship, person)
    if pulse.kind == Pulse.Kind.MIDPOINT:
        return _("Half way with %(name)s: a longer look") % {"name": partner.first_name}
    if pulse.kind == Pulse.Kind.CLOSING:
        return _("You and %(name)s: what came of it?") % {"name": partner.first_name}
    return _("How is it going with %(name)s?") % {"name": partner.first_name}


def how_long(pulse: Pulse) -> str:
    """Return how much is asked, in a line above it."""
    if pulse.kind in Pulse.SURVEYS:
        return _("One tap a line, about two minutes; leave open what you like")
    return _("Three questions, under a minute")


def to_partner_label(pulse: Pulse, person: Person) -> str:
    """Return how the question for words to the partner is put; nothing where there is none."""
    if pulse.kind != Pulse.Kind.MIDPOINT or pulse.mentorship is None:
        return ""
    return _("What %(name)s should hear from you") % {
        "name": partner_of(pulse.mentorship, person).first_name
    }


def who_reads(pulse: Pulse, person: Person) -> str:
    """Return who reads the answer, and who never does."""
    if pulse.mentorship is None:
        return _(
            "The program's coordinators read your answer with your name; nobody of your group does, not even the mentor. "
            "If you do not feel safe, only the safeguarding lead reads it."
        )
    partner = partner_of(pulse.mentorship, person)
    return _(
        "The program's coordinators read your answer with your name; %(name)s never does. If you do not feel safe, "
        "only the safeguarding lead reads it."
    ) % {"name": partner.first_name}


def wishes_of(pulse: Pulse) -> list[tuple[str, str]]:
    """Return what somebody can wish for."""
    told = [(value, str(label)) for value, label in Pulse.Wish.choices]
    if pulse.mentorship is not None:
        return told
    other = _("I would like another group")
    return [(value, other if value == Pulse.Wish.REMATCH else label) for value, label in told]
