"""Who may score an application, and until when?"""

from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application
from lodestar.domain.people.models import Person

UNDECIDED = (Application.Status.SUBMITTED, Application.Status.WAITLISTED)


def is_own(application: Application, person: Person) -> bool:
    return application.person_id == person.pk


def why_not_assess(application: Application, person: Person) -> str:
    """Say why somebody cannot score an application now, or nothing."""
    if is_own(application, person):
        return _("This is your own application, so somebody else reads it.")
    if application.status not in UNDECIDED:
        return _("This application is decided, so its scores stay as they are.")
    return ""
