"""Which places of a mentor are promised, and which are only proposed?"""

from lodestar.domain.applications.models import Participant
from lodestar.domain.matching.models import Match

Status, Answer = Match.Status, Match.Answer


def proposals_unanswered(mentor: Participant) -> list[Match]:
    """Return what holds a place of a mentor without their yes: first where the mentee said none either, the latest before others."""
    rows = Match.objects.filter(
        mentor=mentor, status__in=Match.ASKED, mentor_answer=Answer.WAITING
    ).exclude(origin=Match.Origin.ASKED)
    found = rows.select_related("mentor__person", "mentee__person").order_by("-pk")
    return sorted(found, key=lambda match: match.mentee_answer == Answer.ACCEPTED)


def places_agreed(mentor: Participant) -> int:
    """Return how many places a mentor has said yes to, in pairs and groups."""
    held = Participant.objects.values_list("places_taken", flat=True).get(pk=mentor.pk)
    return max(0, held - len(proposals_unanswered(mentor)))
