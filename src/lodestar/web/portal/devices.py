"""Where is somebody signed in? Each sign-in is noted under the key of its session."""

from datetime import datetime, timedelta

from django.conf import settings
from django.http import HttpRequest

from lodestar.domain.common.time import now, today
from lodestar.domain.people.actions.devices import forget_device, note_device
from lodestar.domain.people.models import Person

DEVICE, SEEN_ON = "device", "seen_on"


def note_sign_in(request: HttpRequest, person: Person) -> None:
    """Put this browser on the person's list; its session has a key from now on."""
    if not request.session.session_key:
        request.session.save()
    device = note_device(
        person,
        session_key=str(request.session.session_key),
        agent=request.headers.get("User-Agent", "")[:400],
        on=today(),
    )
    request.session[DEVICE] = device.public_id
    request.session[SEEN_ON] = today().isoformat()


def note_sign_out(request: HttpRequest) -> None:
    forget_device(str(request.session.get(DEVICE, "")))


def signed_in_since() -> datetime:
    """Return the moment before which every sign-in has run out."""
    return now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
