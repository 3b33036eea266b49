"""What is a kind of letter called by those who release it?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

COUNTS_FROM_RELEASE = ("matching.proposed", "feedback.pulse")


def name_of(kind: str) -> str:
    """Return a kind of letter in plain words."""
    names = {
        "applications.received": _("Your application has arrived"),
        "applications.unfinished": _("Your application is not sent yet"),
        "applications.accepted": _("You are in"),
        "applications.waitlisted": _("You are on the waitlist"),
        "applications.declined": _("A kind no"),
        "applications.milestone": _("Something comes in three days"),
        "matching.proposed": _("We found somebody for you"),
        "matching.reminder": _("Somebody waits for your answer"),
        "matching.closed": _("A match does not go ahead"),
        "mentorships.begun": _("It is a yes: you two can begin"),
        "mentorships.unmet": _("You two have not met yet"),
        "feedback.pulse": _("How is it going?"),
        "feedback.reminder": _("How is it going? Once more"),
    }
    return names.get(kind, kind)


def after_release(gone: int, left: int) -> str:
    """Say what a release did, and what it left."""
    said = _("No letter went: none of them waited any more, or it was too late for them.")
    if gone:
        said = ngettext("%(n)d letter is on its way.", "%(n)d letters are on their way.", gone) % {
            "n": gone
        }
    if left:
        said += " " + ngettext("%(n)d letter still waits.", "%(n)d letters still wait.", left) % {
            "n": left
        }
    return said
