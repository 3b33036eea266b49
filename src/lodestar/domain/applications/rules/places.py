"""How many mentees can a mentor say that they take, from one day to the next?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.programs.models import Design


def fewest_places(design: Design, agreed: int) -> int:
    """Return the fewest places somebody can have: what they have said yes to, and what a group needs to begin."""
    needed = design.group_least if design.format == Design.Format.GROUP else 1
    return max(needed, agreed)


def most_places(participant: Participant) -> int:
    """Return the most: what the design allows, or what they have been given beyond that."""
    return max(participant.cohort.design.capacity_maximum, participant.capacity)


def why_not_places(participant: Participant, capacity: int, agreed: int) -> str:
    """Return why somebody can't take so many mentees at most, in a sentence, or ""."""
    if participant.role != RoleInCohort.MENTOR:
        return _("Only mentors say how many people they take.")
    if participant.left_at is not None:
        return _("You do not take part in this any more.")
    design = participant.cohort.design
    if capacity < agreed:
        sentence = ngettext(
            "You have said yes to %(count)d person, so it can’t be fewer. End it in your room first, if you have to.",
            "You have said yes to %(count)d people, so it can’t be fewer. End one in your room first, if you have to.",
            agreed,
        )
        return sentence % {"count": agreed}
    if capacity < (least := fewest_places(design, agreed)):
        return _("It has to be at least %(least)d here.") % {"least": least}
    most = most_places(participant)
    if capacity > most:
        return _("This program allows %(most)d at most.") % {"most": most}
    return ""
