"""What is a kind of letter called by those who release it?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

COUNTS_FROM_RELEASE = (
    "matching.proposed",
    "matching.asked",
    "matching.exploring",
    "groups.proposed",
    "feedback.pulse",
)


def name_of(kind: str) -> str:
    """Return a kind of letter in plain words."""
    names = {
        "applications.received": _("Your application has arrived"),
        "applications.unfinished": _("Your application is not sent yet"),
        "applications.accepted": _("You are in"),
        "applications.waitlisted": _("You are on the waitlist"),
        "applications.declined": _("A kind no"),
        "applications.waiting": _("Your place on the waitlist"),
        "applications.carry_over": _("Shall your application go along?"),
        "applications.carried": _("Your application is in the next cohort"),
        "applications.to_read": _("Applications wait for a reader"),
        "applications.vouch": _("Do you know somebody who applied?"),
        "applications.milestone": _("Something comes in three days"),
        "matching.incomplete": _("A few answers are missing"),
        "matching.list_empty": _("Your list is still empty"),
        "matching.proposed": _("We found somebody for you"),
        "matching.reminder": _("Somebody waits for your answer"),
        "matching.asked": _("Somebody asks you"),
        "matching.ask_reminder": _("Somebody who asked waits for your answer"),
        "matching.ask_question": _("A mentor would like to know something first"),
        "matching.ask_reply": _("Your question is answered"),
        "matching.ask_over": _("Nothing left to answer"),
        "matching.ask_went_on": _("What came of a request, and who is asked next"),
        "matching.exploring": _("You two meet once first"),
        "matching.exploring_reminder": _("Shall it go on?"),
        "matching.closed": _("A match does not go ahead"),
        "matching.unmatched": _("Nobody was found this time"),
        "mentorships.begun": _("It is a yes: you two can begin"),
        "mentorships.unmet": _("You two have not met yet"),
        "mentorships.midpoint": _("Half-time: does what you agreed still hold?"),
        "mentorships.tomorrow": _("Your meeting tomorrow, with its agenda"),
        "mentorships.met": _("Did you two meet?"),
        "groups.proposed": _("A group for you"),
        "groups.reminder": _("A group waits for your answer"),
        "groups.begun": _("Your group has begun"),
        "groups.joined": _("Somebody joins your group"),
        "groups.closed": _("A group does not come about"),
        "groups.unmet": _("Your group has not met yet"),
        "groups.ended": _("Your group has ended"),
        "community.news": _("News from the association"),
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
