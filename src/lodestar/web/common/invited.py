"""In whose name does an invitation go out?"""

from email.utils import parseaddr

from django.conf import settings

from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import association
from lodestar.web.common.calendar_files import Invited


def invited_to(person: Person, email: str) -> Invited:
    """Return the association as the one who invites, and the reader as the one who is invited."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return Invited(association().name, sender, person.full_name, email)
