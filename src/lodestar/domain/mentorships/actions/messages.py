"""How does one write to the other?"""

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.actions.common import open_to
from lodestar.domain.mentorships.models import Mentorship, Message
from lodestar.domain.messaging.actions import keep_message, tell_of_message
from lodestar.domain.people.models import Person


@transaction.atomic
def write_message(mentorship: Mentorship, *, by: Person, text: str, form_key: str = "") -> Message:
    """Write to the partner; the same form sent twice is one message."""
    mentorship = open_to(mentorship, by)
    message, is_new = keep_message(
        Message, by=by, text=text, form_key=form_key, mentorship=mentorship
    )
    if is_new:
        record("message.written", message, by=by)
        partner = rules.partner_of(mentorship, by)
        tell_of_message("mentorships.message", mentorship, to=partner, message=message)
    return message
