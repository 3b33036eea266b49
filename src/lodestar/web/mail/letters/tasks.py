"""The letter the day before something is due: how much, and one link to say that it is done. Never what."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.common.time import now
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.queries import own_due_tasks
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.rules import today_of
from lodestar.web.mail.letters.mentorships import mentorship_of
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import Button, Written, letter

ANSWERED_WITHIN = timedelta(days=14)


@letter("mentorships.task_due")
def task_due(letter: Letter) -> Written:
    """Something is to be done by tomorrow."""
    mentorship, reader = mentorship_of(letter)
    partner = rules.partner_of(mentorship, reader)
    tomorrow = today_of(reader) + timedelta(days=1)
    count = len(own_due_tasks(reader, mentorship.public_id, tomorrow))
    until = now() + ANSWERED_WITHIN
    subject = ngettext(
        "You and %(name)s: one thing for tomorrow", "You and %(name)s: things for tomorrow", count
    )
    return Written(
        subject=subject % {"name": partner.first_name},
        template="mail/mentorships/task_due.txt",
        facts={
            "first_name": reader.first_name,
            "partner": partner.full_name,
            "count": max(count, 1),
        },
        button=Button(
            _("See what it is"), answer_url(letter, "mentorship.tasks", mentorship, until)
        ),
        links=[Button(_("Open your room"), page_url("portal:mentorship", mentorship.public_id))],
    )
