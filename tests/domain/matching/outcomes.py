"""What became of a match: who was written to, and which places are taken."""

from lodestar.domain.applications.models import Participant
from lodestar.domain.messaging.models import Letter


def letters(kind, match):
    found = Letter.objects.filter(kind=kind, about_key=match.public_id)
    return sorted(found.values_list("person__given_name", flat=True))


def places(match):
    sides = Participant.objects.filter(pk__in=[match.mentor_id, match.mentee_id])
    return list(sides.values_list("places_taken", flat=True))
