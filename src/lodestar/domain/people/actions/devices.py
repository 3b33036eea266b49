"""How does a device come onto somebody's list, and how is it signed out?"""

from datetime import date, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.people.models import Device, Person
from lodestar.domain.people.rules.devices import device_name


@transaction.atomic
def note_device(person: Person, *, session_key: str, agent: str, on: date) -> Device:
    """Note where somebody has just signed in."""
    Device.objects.filter(session_key=session_key).delete()
    return Device.objects.create(
        person=person, session_key=session_key, agent=device_name(agent)[:80], seen_on=on
    )


def see_device(key: str, *, on: date) -> None:
    """Note the day on which a device was last used."""
    Device.objects.filter(public_id=key).exclude(seen_on=on).update(seen_on=on)


def forget_device(key: str) -> None:
    """Take a device off the list that has signed itself out."""
    Device.objects.filter(public_id=key).delete()


@transaction.atomic
def end_device(device: Device, *, by: Person) -> None:
    """Sign one device out; what was open there says so at the next tap."""
    import_module(settings.SESSION_ENGINE).SessionStore(device.session_key).delete()
    record("device.signed_out", device, by=by, about=device.person)
    device.delete()


def forget_old_devices(now: datetime) -> int:
    """Forget devices whose sign-in has run out."""
    old = now - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return Device.objects.filter(created_at__lt=old).delete()[0]
