"""What does a rehearsal say for itself?"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, ngettext_lazy

NAMES_TOLD = 3


def headline(days: int, seconds: float, tally: Mapping[str, int]) -> str:
    """Return in a sentence what was played and what came of it."""
    parts = [
        _("%(days)d days in %(seconds)d seconds")
        % {"days": days, "seconds": max(1, round(seconds))},
        _("%(found)d of %(mentees)d mentees found a mentor")
        % {"found": tally["paired"], "mentees": tally["mentees"]},
        ngettext("%(count)d pair met", "%(count)d pairs met", tally["met"])
        % {"count": tally["met"]},
        ngettext("%(count)d letter", "%(count)d letters", tally["letters"])
        % {"count": tally["letters"]},
    ]
    return _("%(time)s: %(rest)s.") % {"time": parts[0], "rest": ", ".join(parts[1:])}


EVENTS = {
    "planned": gettext_lazy("The office publishes the cohort."),
    "opens": gettext_lazy("Applications open."),
    "drafted": ngettext_lazy("%(names)s begins to apply and stops halfway.", "%(names)s begin to apply and stop halfway.", "count"),
    "applied": ngettext_lazy("%(names)s applies.", "%(names)s apply.", "count"),
    "accepted": ngettext_lazy("The office accepts %(names)s.", "The office accepts %(names)s.", "count"),
    "withdrew": ngettext_lazy("%(names)s withdraws before the matching.", "%(names)s withdraw before the matching.", "count"),
    "closes": gettext_lazy("Last day to apply."),
    "matched": ngettext_lazy("Matching finds somebody for %(names)s; the office looks and publishes.", "Matching finds somebody for %(names)s; the office looks and publishes.", "count"),
    "unmatched": ngettext_lazy("Matching finds nobody for %(names)s.", "Matching finds nobody for %(names)s.", "count"),
    "starts": gettext_lazy("The mentorships start."),
    "said_yes": ngettext_lazy("%(names)s says yes.", "%(names)s say yes.", "count"),
    "said_no": ngettext_lazy("%(names)s says no.", "%(names)s say no.", "count"),
    "expired": ngettext_lazy("The time to answer runs out for %(names)s.", "The time to answer runs out for %(names)s.", "count"),
    "began": ngettext_lazy("A mentorship begins: %(names)s.", "Mentorships begin: %(names)s.", "count"),
    "wrote": ngettext_lazy("%(names)s writes to the partner.", "%(names)s write to their partners.", "count"),
    "met_first": ngettext_lazy("%(names)s meets for the first time.", "%(names)s meet for the first time.", "count"),
    "met": ngettext_lazy("%(names)s meets again.", "%(names)s meet again.", "count"),
    "asked": ngettext_lazy("%(names)s is asked how it is going.", "%(names)s are asked how it is going.", "count"),
    "answered": ngettext_lazy("%(names)s answers the short question.", "%(names)s answer the short question.", "count"),
    "concern": ngettext_lazy("%(names)s asks the office for help.", "%(names)s ask the office for help.", "count"),
    "settled": ngettext_lazy("The office has looked after what %(names)s told.", "The office has looked after what %(names)s told.", "count"),
    "completed": ngettext_lazy("%(names)s says goodbye.", "%(names)s say goodbye.", "count"),
    "ended": ngettext_lazy("%(names)s ends it: they lost touch.", "%(names)s end it: they lost touch.", "count"),
    "ends": gettext_lazy("Last day of the cohort."),
}  # fmt: skip


def event_in_words(code: str, names: Sequence[str]) -> str:
    """Return what happened on a day to these people.

    >>> event_in_words("applied", ["Amal Probe", "Kim"])
    'Amal Probe and Kim apply.'
    """
    return str(EVENTS[code] % {"names": listed(names), "count": len(names)})


def listed(names: Sequence[str]) -> str:
    """Return a few names, and of many how many more there are.

    >>> listed(["Ada", "Ben", "Cem", "Dua", "Eva"])
    'Ada, Ben, Cem and 2 others'
    """
    if len(names) > NAMES_TOLD + 1:
        told = {"names": ", ".join(names[:NAMES_TOLD]), "count": len(names) - NAMES_TOLD}
        return _("%(names)s and %(count)d others") % told
    if len(names) > 1:
        return _("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}
    return "".join(names)


KINDS = {
    "applications.received": gettext_lazy("Application arrived"),
    "applications.accepted": gettext_lazy("Accepted"),
    "applications.waitlisted": gettext_lazy("On the waitlist"),
    "applications.declined": gettext_lazy("A kind no"),
    "applications.unfinished": gettext_lazy("Application not sent yet"),
    "applications.milestone": gettext_lazy("Something comes in three days"),
    "matching.list_empty": gettext_lazy("A list is still empty"),
    "matching.proposed": gettext_lazy("Somebody was found"),
    "matching.reminder": gettext_lazy("Reminder to answer"),
    "matching.asked": gettext_lazy("Somebody asks"),
    "matching.ask_reminder": gettext_lazy("Reminder of a request"),
    "matching.ask_went_on": gettext_lazy("What came of a request"),
    "matching.exploring": gettext_lazy("One meeting first"),
    "matching.exploring_reminder": gettext_lazy("Reminder to say how it goes on"),
    "mentorships.first_words": gettext_lazy("A message waits before the first meeting"),
    "matching.closed": gettext_lazy("The match does not go ahead"),
    "matching.unmatched": gettext_lazy("Nobody was found this time"),
    "mentorships.begun": gettext_lazy("The mentorship begins"),
    "mentorships.unmet": gettext_lazy("Reminder to find a first date"),
    "mentorships.agreement": gettext_lazy("An agreement waits for a signature"),
    "mentorships.agreed": gettext_lazy("Both have signed their agreement"),
    "mentorships.midpoint": gettext_lazy("Half-time: does the agreement still hold?"),
    "mentorships.task_due": gettext_lazy("Something to do by tomorrow"),
    "mentorships.times": gettext_lazy("Times to meet are offered"),
    "mentorships.none_fits": gettext_lazy("None of the offered times fits"),
    "mentorships.planned": gettext_lazy("A meeting is planned, with its invitation"),
    "mentorships.moved": gettext_lazy("A planned meeting has changed"),
    "mentorships.cancelled": gettext_lazy("A planned meeting is called off"),
    "mentorships.tomorrow": gettext_lazy("Reminder of a meeting, with its agenda"),
    "mentorships.met": gettext_lazy("Did you meet?"),
    "mentorships.message": gettext_lazy("A message waits"),
    "mentorships.ended": gettext_lazy("The mentorship ended"),
    "feedback.pulse": gettext_lazy("Short question"),
    "feedback.reminder": gettext_lazy("Reminder of the short question"),
    "feedback.concern": gettext_lazy("Something waits in the inbox"),
}


def kind_in_words(kind: str) -> str:
    """Return what a kind of letter is called; one that has no words here keeps its name."""
    return str(KINDS[kind]) if kind in KINDS else kind


def fates_in_words(fates: Mapping[str, Any]) -> list[str]:
    """Return what the test people do that not everybody does, one sentence each."""
    said = {
        "mentors_decline": ngettext_lazy("%(count)d mentor says no to a match.", "%(count)d mentors say no to a match.", "count"),
        "mentors_silent": ngettext_lazy("%(count)d mentor never answers.", "%(count)d mentors never answer.", "count"),
        "mentees_silent": ngettext_lazy("%(count)d mentee never answers a match.", "%(count)d mentees never answer a match.", "count"),
        "never_meet": ngettext_lazy("%(count)d mentee says yes, never meets the mentor, and asks for help.", "%(count)d mentees say yes, never meet their mentors, and ask for help.", "count"),
        "drop_out": ngettext_lazy("%(count)d mentee withdraws before the matching.", "%(count)d mentees withdraw before the matching.", "count"),
    }  # fmt: skip
    found = [str(words % {"count": fates[name]}) for name, words in said.items() if fates[name]]
    answers = {name: round(100 * fates[f"{name}_answer"]) for name in ("mentees", "mentors")}
    told = _("Of the short questions, mentees answer %(mentees)d in 100 and mentors %(mentors)d in 100.")  # fmt: skip
    return [*found, told % answers]
