"""Where do the letters of a rehearsal go? Into a drawer, as they would have left the house."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

IN_THE_DRAWER: list[EmailMessage] = []


class Drawer(BaseEmailBackend):
    """Takes every mail and sends none."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        IN_THE_DRAWER.extend(email_messages)
        return len(email_messages)


def emptied() -> list[EmailMessage]:
    """Return what lies in the drawer, and empty it."""
    found = list(IN_THE_DRAWER)
    IN_THE_DRAWER.clear()
    return found
