"""The letter to the office when a place is free for somebody on a waitlist."""

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import application_for
from lodestar.domain.applications.queries.waiting import places_in, waitlist_of
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.links import page_url
from lodestar.web.mail.registry import REMINDERS, Button, Written, letter


@letter("applications.place_free", optional=True, topic=REMINDERS)
def place_free(letter: Letter) -> Written:
    """A place got free; how many are free now is counted when the letter is written."""
    if letter.person is None:
        raise NotFoundError
    cohort = application_for(letter.person, letter.about_key).cohort
    waiting = len(waitlist_of(cohort, RoleInCohort.MENTEE))
    return Written(
        subject=_("A place is free in %(cohort)s") % {"cohort": cohort},
        template="mail/applications/place_free.txt",
        facts={
            "first_name": letter.person.first_name,
            "cohort": str(cohort),
            "free": places_in(cohort).free_for(RoleInCohort.MENTEE),
            "waiting": waiting,
        },
        button=Button(_("Look at the waitlist"), page_url("console:waitlist", cohort.public_id)),
        why=_("You get this letter because you look after people for the association."),
    )
