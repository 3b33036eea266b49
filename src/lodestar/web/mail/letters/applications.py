"""The letters of applying and taking part: received, decided, unfinished, what comes next."""

from dataclasses import replace
from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import own_application_for
from lodestar.domain.applications.queries.coming import coming_one_for
from lodestar.domain.applications.queries.judging import asked_word_for
from lodestar.domain.applications.queries.reading import open_readings
from lodestar.domain.applications.queries.waiting import announced_cohort, place_of
from lodestar.domain.applications.rules.waiting import last_time_in_words, place_in_words
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now, today
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import coordinators_of, offers, reviews_anything
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import REMINDERS, Button, Written, letter

VOUCHING_DAYS = 30
CARRYING_DAYS = 400


def application_of(letter: Letter) -> Application:
    if letter.person is None:
        raise NotFoundError
    return own_application_for(letter.person, letter.about_key)


def facts_of(letter: Letter, application: Application) -> dict[str, object]:
    cohort = application.cohort
    return {
        "first_name": application.person.first_name,
        "program": cohort.program.called,
        "role": application.get_role_display(),
        "closes_on": date_format(cohort.closes_on, "j F Y"),
        "matching_on": date_format(cohort.matching_on, "j F Y"),
        "starts_on": date_format(cohort.starts_on, "j F Y"),
        "note": letter.words.get("note", application.decision_note),
        "coordinators": ", ".join(str(each) for each in coordinators_of(cohort.program)),
    }


def written(
    letter: Letter, subject: str, name: str, label: str, more: dict[str, object] | None = None
) -> Written:
    application = application_of(letter)
    return Written(
        subject=subject % {"program": application.cohort.program.called},
        template=f"mail/applications/{name}.txt",
        facts=facts_of(letter, application) | (more or {}),
        button=Button(label, page_url("portal:application", application.public_id)),
    )


@letter("applications.received")
def received(letter: Letter) -> Written:
    """What was sent arrived, and what happens next by when."""
    return written(
        letter,
        _("We have your application to %(program)s"),
        "received",
        _("Look at your application"),
    )


@letter("applications.accepted")
def accepted(letter: Letter) -> Written:
    """A yes."""
    return written(letter, _("You are in: %(program)s"), "accepted", _("See what happens next"))


@letter("applications.waitlisted")
def waitlisted(letter: Letter) -> Written:
    """Not yet, and where they stand."""
    return on_the_list(letter, _("You are on the waitlist of %(program)s"), "waitlisted")


def on_the_list(letter: Letter, subject: str, name: str) -> Written:
    """Tell somebody's place, with the way to give it up."""
    application = application_of(letter)
    found = written(
        letter, subject, name, _("Look at your application"), where_they_stand(application)
    )
    until = now() + timedelta(days=CARRYING_DAYS)
    way_out = answer_url(letter, "application.withdraw", application, until)
    return replace(found, links=[Button(_("Withdraw"), way_out)])


def where_they_stand(application: Application) -> dict[str, object]:
    """Return somebody's place in words, also for a letter that is looked at before they wait."""
    joining = [] if application.status == Application.Status.WAITLISTED else [application]
    place = place_of(application, joining)
    if place is None:
        return {"place": "", "last_time": ""}
    return {
        "place": place_in_words(place.place, place.of),
        "last_time": last_time_in_words(place.taken_last_time),
    }


@letter("applications.waiting", optional=True, topic=REMINDERS)
def waiting(letter: Letter) -> Written:
    """Their place on the waitlist changed by much."""
    return on_the_list(letter, _("Your place on the waitlist of %(program)s"), "waiting")


@letter("applications.carry_over")
def carry_offered(letter: Letter) -> Written:
    """The cohort began without them: shall the application go along to the next?"""
    application = application_of(letter)
    until = now() + timedelta(days=CARRYING_DAYS)
    offer = answer_url(letter, "application.carry", application, until)
    found = written(
        letter,
        _("Shall we take your application to %(program)s along?"),
        "carry_over",
        _("Look at your application"),
        upcoming(application),
    )
    return replace(
        found,
        button=Button(_("Take it along"), offer),
        links=[found.button] if found.button else [],
    )


@letter("applications.carried")
def carried(letter: Letter) -> Written:
    """Their application is in the next cohort now."""
    application = application_of(letter)
    return written(
        letter,
        _("Your application is in the next cohort of %(program)s"),
        "carried",
        _("Look at your application"),
        {"cohort": application.cohort.name},
    )


def upcoming(application: Application) -> dict[str, object]:
    """Return the next cohort of the program, and what else takes applications now."""
    cohort = announced_cohort(application.cohort, today())
    others = [
        each.program.called
        for each in offers(today())
        if each.state == Cohort.State.OPEN and each.program.pk != application.cohort.program_id
    ]
    return {
        "next_cohort": cohort.name if cohort else "",
        "next_opens": date_format(cohort.opens_on, "j F Y") if cohort else "",
        "next_is_open": cohort is not None and cohort.opens_on <= today(),
        "others": ", ".join(others[:3]),
    }


@letter("applications.declined")
def declined(letter: Letter) -> Written:
    """A kind no, and what they can do."""
    return written(
        letter,
        _("Your application to %(program)s"),
        "declined",
        _("Look at your application"),
        upcoming(application_of(letter)),
    )


@letter("applications.to_read", optional=True, topic=REMINDERS)
def to_read(letter: Letter) -> Written:
    """Tell a reviewer that applications wait for their eyes; nothing of who sent them."""
    if letter.person is None:
        raise NotFoundError
    waiting = open_readings(letter.person).count() if reviews_anything(letter.person) else 0
    subject = ngettext(
        "%(count)d application waits for your eyes",
        "%(count)d applications wait for your eyes",
        waiting,
    )
    return Written(
        subject=subject % {"count": waiting} if waiting else _("Nothing waits for you any more"),
        template="mail/applications/to_read.txt",
        facts={"first_name": letter.person.first_name, "waiting": waiting},
        button=Button(_("Read them"), page_url("console:readings")),
        why=_("You get this letter because you read applications for us."),
    )


@letter("applications.vouch")
def vouch(letter: Letter) -> Written:
    """Ask a member whether they know somebody who applied."""
    if letter.person is None:
        raise NotFoundError
    word = asked_word_for(letter.person, letter.words["vouch"])
    until = now() + timedelta(days=VOUCHING_DAYS)
    return Written(
        subject=_("Do you know %(name)s?") % {"name": word.person.full_name},
        template="mail/applications/vouch.txt",
        facts={
            "first_name": letter.person.first_name,
            "name": word.person.full_name,
            "class_year": word.person.class_year,
        },
        button=Button(_("Answer"), answer_url(letter, "person.vouch", word, until)),
        why=_("You get this letter because somebody named you as a member who knows them."),
    )


@letter("applications.unfinished", optional=True, topic=REMINDERS)
def unfinished(letter: Letter) -> Written:
    """A draft waits, and the closing day comes."""
    return written(
        letter,
        _("Your application to %(program)s is not sent yet"),
        "unfinished",
        _("Go on where you stopped"),
    )


@letter("applications.milestone", optional=True, topic=REMINDERS)
def milestone(letter: Letter) -> Written:
    """An event or a preparation comes soon: when, where, and what to do."""
    application = application_of(letter)
    coming = coming_one_for(application, letter.words["milestone"], today())
    planned = coming.milestone
    day = date_format(coming.starts_on, "l, j F")
    return Written(
        subject=_("%(name)s on %(day)s") % {"name": planned.name, "day": day},
        template="mail/applications/milestone.txt",
        facts={
            "first_name": application.person.first_name,
            "program": coming.cohort.program.called,
            "name": planned.name,
            "day": date_format(coming.starts_on, "l, j F Y"),
            "last": date_format(coming.ends_on, "l, j F Y") if coming.dated.lasts else "",
            "text": planned.text,
            "place": planned.place,
        },
        button=Button(
            _("See what happens when"),
            page_url("portal:application", application.public_id),
        ),
    )
