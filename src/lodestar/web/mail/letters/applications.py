"""The letters of applying and taking part: received, decided, unfinished, what comes next."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import own_application_for
from lodestar.domain.applications.queries.coming import coming_one_for
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.queries import coordinators_of
from lodestar.web.mail.links import page_url
from lodestar.web.mail.registry import Button, Written, letter


def application_of(letter: Letter) -> Application:
    if letter.person is None:
        raise NotFoundError
    return own_application_for(letter.person, letter.about_key)


def facts_of(application: Application) -> dict[str, object]:
    cohort = application.cohort
    return {
        "first_name": application.person.first_name,
        "program": cohort.program.name,
        "role": application.get_role_display(),
        "closes_on": date_format(cohort.closes_on, "j F Y"),
        "matching_on": date_format(cohort.matching_on, "j F Y"),
        "starts_on": date_format(cohort.starts_on, "j F Y"),
        "note": application.decision_note,
        "coordinators": ", ".join(str(each) for each in coordinators_of(cohort.program)),
    }


def written(letter: Letter, subject: str, name: str, label: str) -> Written:
    application = application_of(letter)
    return Written(
        subject=subject % {"program": application.cohort.program.name},
        template=f"mail/applications/{name}.txt",
        facts=facts_of(application),
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
    """Not yet."""
    return written(
        letter,
        _("You are on the waitlist of %(program)s"),
        "waitlisted",
        _("Look at your application"),
    )


@letter("applications.declined")
def declined(letter: Letter) -> Written:
    """A kind no."""
    return written(
        letter,
        _("Your application to %(program)s"),
        "declined",
        _("Look at your application"),
    )


@letter("applications.unfinished", optional=True)
def unfinished(letter: Letter) -> Written:
    """A draft waits, and the closing day comes."""
    return written(
        letter,
        _("Your application to %(program)s is not sent yet"),
        "unfinished",
        _("Go on where you stopped"),
    )


@letter("applications.milestone", optional=True)
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
            "program": coming.cohort.program.name,
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
