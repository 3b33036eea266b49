"""Letters and links."""

from datetime import timedelta

from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import open_link, queue_letter
from lodestar.domain.messaging.models import Letter
from tests.factories.people import make_person


def make_letter(kind="accounts.moved", *, to=None, **fields):
    if to is None and not fields.get("email"):
        to = make_person(email="amina@example.org")
    return queue_letter(kind, to=to, **fields)


def make_code_letter(email="amina@example.org", code="BCDF-GHJK"):
    return queue_letter(
        "accounts.code",
        email=email,
        words={"code": code},
        urgency=Letter.Urgency.SIGN_IN,
        expires_at=now() + timedelta(minutes=15),
    )


def make_held_letter():
    """A letter that waits for an admin's look."""
    letter = make_letter(to=make_person())
    Letter.objects.filter(pk=letter.pk).update(status=Letter.Status.HELD, problem="parked")
    return letter


def make_waiting_letter(about, *, to, kind="applications.received", **fields):
    """Return a letter of a cohort that waits for its release, whatever the cohort does now."""
    letter = queue_letter(kind, to=to, about=about, **fields)
    Letter.objects.filter(pk=letter.pk).update(status=Letter.Status.WAITING)
    letter.refresh_from_db()
    return letter


def make_link(purpose="letters.stop", *, person=None, about=None, days=7):
    person = person or make_person(email="amina@example.org")
    about = about or make_letter(to=person)
    return open_link(purpose, person=person, about=about, expires_at=now() + timedelta(days=days))


def outcome_of(letter):
    """Return what the row says now."""
    letter.refresh_from_db()
    return letter.status
