"""Whom may a mentee choose and ask, and what is said of where it stands?"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.matching.models import Ask, Choice, Match
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.ways import (
    Way,
    asking_begins_on,
    can_ask_on,
    is_window_open,
    last_day_of_window,
    people_choose,
    uses,
)
from lodestar.engine.matching.asking import Fate, Standing, Wish

Closing = Ask.Closing
FATES: Mapping[str, Fate] = {
    Closing.YES: Fate.YES,
    Closing.NO: Fate.NO,
    Closing.LATER: Fate.LATER,
    Closing.SILENT: Fate.SILENT,
    Closing.NOT_FREE: Fate.NOT_FREE,
    Closing.TAKEN_BACK: Fate.TAKEN_BACK,
    Closing.RELEASED: Fate.NO,
    Closing.TAKEN: Fate.OPEN,
}
GOES_ON = (Closing.NO, Closing.LATER, Closing.SILENT, Closing.NOT_FREE, Closing.RELEASED)
LATER_WEEKS = (2, 4, 8, 12)


def last_ask(choice: Choice) -> Ask | None:
    """Return the last time a choice was put to its mentor, from the asks in hand."""
    return max(choice.asks.all(), key=lambda ask: ask.pk, default=None)


def wish_of(choice: Choice, standing: Standing) -> Wish:
    """Return a choice as the engine decides about it."""
    ask = last_ask(choice)
    if ask is None:
        return Wish(choice.public_id, choice.rank, standing=standing)
    fate = FATES[ask.closing] if ask.closed_at else Fate.ASKED
    return Wish(choice.public_id, choice.rank, fate, standing, ask.again_on)


def is_on_the_list(choice: Choice) -> bool:
    """Tell if a choice still counts towards the length of a list: not asked yet, or asked and open, or put off."""
    ask = last_ask(choice)
    return ask is None or ask.closed_at is None or ask.closing in (Closing.LATER, Closing.TAKEN)


def goes_on(asks: Sequence[Ask]) -> bool:
    """Tell if the next is asked by itself: once a mentee has asked, until they take one back."""
    last = max(asks, key=lambda ask: ask.pk, default=None)
    return last is not None and last.closing in GOES_ON


def why_not_choose(mentee: Participant, mentor: Participant, count: int, on: date) -> str:
    """Return why a mentor cannot be put on a list that holds so many, or nothing."""
    cohort = mentee.cohort
    if mentee.role != RoleInCohort.MENTEE or mentor.role != RoleInCohort.MENTOR:
        return _("A mentee chooses a mentor of the same cohort.")
    if mentee.cohort_id != mentor.cohort_id or mentee.person_id == mentor.person_id:
        return _("A mentee chooses a mentor of the same cohort.")
    if not people_choose(cohort.design):
        return _("In this program the office matches people; there is nobody to choose.")
    if problem := why_list_is_closed(cohort, on):
        return problem
    if count >= cohort.design.most_choices:
        return ngettext(
            "Your list holds %(count)d mentor already. Take them off first.",
            "Your list holds %(count)d mentors already. Take one off first.",
            cohort.design.most_choices,
        ) % {"count": cohort.design.most_choices}
    return ""


def why_list_is_closed(cohort: Cohort, on: date) -> str:
    """Return why a list can be changed no longer, or nothing."""
    if on > cohort.ends_on:
        return _("This cohort is over.")
    if uses(cohort.design, Way.ASK) or is_window_open(cohort, on):
        return ""
    return _("The lists are closed and are being put together; you hear from us.")


def why_not_while_lists(cohort: Cohort, on: date) -> str:
    """Return why the office does not match while people may still change their lists, or nothing."""
    last = last_day_of_window(cohort)
    if last is None or on > last:
        return ""
    return _(
        "People can change their lists until %(day)s; the day after, all of them are put together by "
        "themselves, and whoever is left over is matched with them."
    ) % {"day": date_format(last, "l, j F")}


def why_not_ask(choice: Choice, standing: Standing, on: date) -> str:
    """Return why a choice cannot be put to its mentor now, or nothing."""
    name = choice.mentor.person.first_name
    return why_not_begin(choice.mentee, name, standing, on) or why_not_again(choice, on)


def why_not_begin(mentee: Participant, name: str, standing: Standing, on: date) -> str:
    """Return why a mentor of this name cannot be asked by this mentee now, or nothing."""
    cohort = mentee.cohort
    if not uses(cohort.design, Way.ASK):
        return _("In this program lists are put together at once; nobody is asked beforehand.")
    first = asking_begins_on(cohort)
    if first and on < first:
        return _(
            "Everybody can ask from %(day)s on, so nobody has to hurry. Your list is kept."
        ) % {"day": date_format(first, "j F")}
    if not can_ask_on(cohort, on):
        return _("This cohort is over.")
    if mentee.left_at or mentee.person.blocked_at:
        return _("You no longer take part in this cohort.")
    if mentee.places_taken >= mentee.capacity:
        return _("You wait for an answer already, or have a partner. One at a time.")
    if standing is Standing.NOT_FREE:
        return _("%(name)s has no free place any more. Look at who else is there.") % {"name": name}
    if standing is Standing.BUSY:
        return _(
            "%(name)s has enough requests to answer just now. Keep them on your list and try again "
            "in a few days, or ask somebody else first."
        ) % {"name": name}
    return ""


def can_ask_somebody(mentee: Participant, on: date) -> bool:
    """Tell if a mentee could ask a mentor who is free today, whoever that is."""
    return not why_not_begin(mentee, "", Standing.FREE, on)


def why_not_ask_anew(mentee: Participant, mentor: Participant, standing: Standing, on: date) -> str:
    """Return why somebody who is not on the list cannot be asked now, or nothing."""
    return why_not_begin(mentee, mentor.person.first_name, standing, on)


def why_not_again(choice: Choice, on: date) -> str:
    """Nobody is asked a second time but who was not free, said "not now", or was asked too early."""
    ask, name = last_ask(choice), choice.mentor.person.first_name
    if ask is None or ask.closing in (Closing.NOT_FREE, Closing.TAKEN_BACK, Closing.TAKEN):
        return ""
    if ask.closed_at is None:
        return _("%(name)s is asked already.") % {"name": name}
    if ask.closing == Closing.LATER and ask.again_on:
        day = date_format(ask.again_on, "j F")
        is_early = on < ask.again_on
        sentence = _("%(name)s would like to be asked again from %(day)s on.")
        return sentence % {"name": name, "day": day} if is_early else ""
    return _("You have asked %(name)s before. Look at who else is there.") % {"name": name}


def why_not_ask_back(ask: Ask, by: Person, text: str) -> str:
    """Return why a mentor cannot ask something first, or nothing: once, while it waits."""
    if ask.match is None or ask.match.mentor.person_id != by.pk:
        return _("This request is for somebody else.")
    if ask.closed_at or ask.match.status not in Match.WAITING:
        return _("This request no longer waits for an answer.")
    if ask.questioned_at:
        return _("You have asked one question already; please say yes, no, or not now.")
    if not text.strip():
        return _("Your question is still empty. Write a line, then send it.")
    return ""


def why_not_reply(ask: Ask, by: Person, text: str) -> str:
    """Return why a mentee cannot answer the mentor's question, or nothing."""
    if ask.mentee.person_id != by.pk or not ask.questioned_at:
        return _("Nobody has asked you anything here.")
    if ask.closed_at or ask.match is None or ask.match.status not in Match.WAITING:
        return _("This request no longer waits for an answer.")
    if ask.replied_at:
        return _("You have answered this already, and your answer was sent.")
    if not text.strip():
        return _("Your answer is still empty. Write a line, then send it.")
    return ""


def ask_in_words(ask: Ask) -> str:
    """Return where an open or closed ask stands for the mentee, what happens next, and by when."""
    name = ask.choice.mentor.person.first_name
    match = ask.match
    day = day_of(match.reply_by) if match and match.reply_by else ""
    told = {"name": name, "day": day}
    if ask.closed_at:
        return str(CLOSED[Closing(ask.closing)]) % told
    if match is None:
        return _("The office reads your request to %(name)s first; then it goes out.") % told
    if ask.questioned_at and not ask.replied_at:
        return _("%(name)s would like to know something first, and has until %(day)s.") % told
    return (
        _(
            "%(name)s has your request and is reminded twice. If there is no answer by %(day)s, the "
            "next on your list is asked."
        )
        % told
    )


def ask_for_office(ask: Ask) -> str:
    """Return where an ask stands as the office reads it: about the two, and to neither of them."""
    match = ask.match
    told = {
        "mentee": ask.mentee.person.first_name,
        "mentor": ask.choice.mentor.person.first_name,
        "day": day_of(match.reply_by) if match and match.reply_by else "",
    }
    if ask.closed_at:
        return str(CLOSED_FOR_OFFICE[Closing(ask.closing)]) % told
    if match is None:
        return _("It waits for you to read it; then it goes out to %(mentor)s.") % told
    if ask.questioned_at and not ask.replied_at:
        return (
            _("%(mentor)s would like to know something first; %(mentee)s is asked. Until %(day)s.")
            % told
        )
    return (
        _(
            "%(mentor)s has it and is reminded twice. If there is no answer by %(day)s, the next on "
            "%(mentee)s’s list is asked."
        )
        % told
    )


def choice_in_words(choice: Choice, ask: Ask | None, standing: Standing) -> str:
    """Say in one line where one mentor of the list stands; an open request is told above."""
    name = choice.mentor.person.first_name
    if ask and ask.closed_at is None:
        return (
            _("asked, waits for an answer")
            if ask.match_id
            else _("waits for the office to read it")
        )
    if ask and ask.closing != Ask.Closing.TAKEN:
        return ask_in_words(ask)
    if standing is Standing.NOT_FREE:
        return _("%(name)s has no free place any more.") % {"name": name}
    if standing is Standing.BUSY:
        return _("%(name)s has enough requests to answer just now.") % {"name": name}
    return ""


def asked_in_words(match: Match, reader: Person) -> str:
    """Return where a match that was asked for stands for one of its two; nothing once both said yes, or for others."""
    if match.origin != Match.Origin.ASKED:
        return ""
    side = "mentor" if match.mentor.person_id == reader.pk else "mentee"
    partner = match.mentee if side == "mentor" else match.mentor
    said = WAITED_FOR.get((side, Match.Status(match.status)), "")
    day = day_of(match.reply_by) if match.reply_by else ""
    return str(said) % {"name": partner.person.first_name, "day": day} if said else ""


WAITED_FOR = {
    ("mentor", Match.Status.HALF_ACCEPTED): gettext_lazy(
        "%(name)s asks you. Please answer by %(day)s; if there is no answer by then, somebody else is "
        "asked, and that is fine. A no is a good answer too, and nobody is told why."
    ),
    ("mentor", Match.Status.DECLINED): gettext_lazy(
        "You said no, and that is fine. Somebody else is asked now."
    ),
    ("mentor", Match.Status.EXPIRED): gettext_lazy(
        "The time to answer ran out on %(day)s, and somebody else was asked. Nobody holds it against you."
    ),
    ("mentor", Match.Status.WITHDRAWN): gettext_lazy("There is nothing left to answer here."),
    ("mentee", Match.Status.HALF_ACCEPTED): gettext_lazy(
        "You have asked %(name)s, who has until %(day)s and is reminded twice. If there is no answer by "
        "then, the next on your list is asked."
    ),
    ("mentee", Match.Status.DECLINED): gettext_lazy(
        "%(name)s cannot take it on. Your list says who is asked next."
    ),
    ("mentee", Match.Status.EXPIRED): gettext_lazy(
        "%(name)s did not find the time to answer. Your list says who is asked next."
    ),
    ("mentee", Match.Status.WITHDRAWN): gettext_lazy(
        "This request is closed. Your list says who is asked next."
    ),
}  # fmt: skip
CLOSED = {
    Closing.YES: gettext_lazy("%(name)s said yes."),
    Closing.NO: gettext_lazy("%(name)s cannot take it on."),
    Closing.LATER: gettext_lazy(
        "%(name)s cannot just now, but would like to be asked again later."
    ),
    Closing.SILENT: gettext_lazy("%(name)s did not find the time to answer."),
    Closing.NOT_FREE: gettext_lazy("%(name)s has no free place any more."),
    Closing.TAKEN_BACK: gettext_lazy("You took your request to %(name)s back."),
    Closing.RELEASED: gettext_lazy("Your request to %(name)s was let go by the coordinators."),
    Closing.TAKEN: gettext_lazy("You found a partner before %(name)s was asked."),
}

CLOSED_FOR_OFFICE = {
    Closing.YES: gettext_lazy("%(mentor)s said yes."),
    Closing.NO: gettext_lazy("%(mentor)s said no."),
    Closing.LATER: gettext_lazy(
        "%(mentor)s said “not now”, and would like to be asked again later."
    ),
    Closing.SILENT: gettext_lazy("%(mentor)s did not answer in time."),
    Closing.NOT_FREE: gettext_lazy("%(mentor)s has no free place any more."),
    Closing.TAKEN_BACK: gettext_lazy("%(mentee)s took the request back."),
    Closing.RELEASED: gettext_lazy("The office let this request go."),
    Closing.TAKEN: gettext_lazy("%(mentee)s found a partner before %(mentor)s was asked."),
}


def day_of(moment: datetime) -> str:
    return str(date_format(moment, "l, j F"))
