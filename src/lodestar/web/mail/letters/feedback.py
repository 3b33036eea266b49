"""The letters that ask how it is going, and those that call the staff without saying why."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import now
from lodestar.domain.feedback.models import Pulse
from lodestar.domain.feedback.queries import pulse_for
from lodestar.domain.mentorships.rules import partner_of
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.models import Person
from lodestar.web.common.pulse_words import pulse_title, who_reads
from lodestar.web.mail.letters.mentorships import ending
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import REMINDERS, Button, Written, letter


def subject_of(pulse: Pulse, name: str, person: Person) -> str:
    """Return the subject of a letter about a longer survey."""
    title = pulse_title(pulse, person)
    return _("Still open: %(title)s") % {"title": title} if name == "reminder" else title


def asked(letter: Letter, subjects: tuple[str, str], name: str) -> Written:
    """Ask with one partner, or in a group; each has its own subject and words."""
    if letter.person is None:
        raise NotFoundError
    pulse = pulse_for(letter.person, letter.about_key)
    label = _("Answer in two minutes") if pulse.kind in Pulse.SURVEYS else _("Answer in a minute")
    button = Button(label, way_in(letter, pulse))
    facts = {
        "first_name": letter.person.first_name,
        "who_reads": who_reads(pulse, letter.person),
        "closes_on": date_format(pulse.closes_at or now(), "j F"),
    }
    if pulse.mentorship is None:
        leave = page_url("portal:group-leave", pulse.about.public_id)
        return Written(
            subject=subjects[1] % {"program": pulse.participant.cohort.program.called},
            template=f"mail/feedback/{name}_in_group.txt",
            facts=facts,
            button=button,
            links=[Button(_("Leave the group"), leave)],
        )
    partner = partner_of(pulse.mentorship, letter.person)
    is_survey = pulse.kind in Pulse.SURVEYS
    subject = subjects[0] % {"name": partner.first_name}
    return Written(
        subject=subject_of(pulse, name, letter.person) if is_survey else subject,
        template=f"mail/feedback/{name}_of_survey.txt"
        if is_survey
        else f"mail/feedback/{name}.txt",
        facts=facts
        | {"partner": partner.full_name, "is_closing": pulse.kind == Pulse.Kind.CLOSING},
        button=button,
        links=[ending(letter, pulse.mentorship)],
    )


def way_in(letter: Letter, pulse: Pulse) -> str:
    """Return the address at which the pulse is answered without signing in, until it closes."""
    return answer_url(letter, "pulse.answer", pulse, pulse.closes_at or now())


@letter("feedback.pulse")
def pulse(letter: Letter) -> Written:
    """Three questions."""
    subjects = (
        _("You and %(name)s: how is it going?"),
        _("Your group in %(program)s: how is it going?"),
    )
    return asked(letter, subjects, "pulse")


@letter("feedback.reminder", optional=True, topic=REMINDERS)
def reminder(letter: Letter) -> Written:
    """The same three questions, once more and never again."""
    subjects = (
        _("Still open: how is it going with %(name)s?"),
        _("Still open: how is it going in your group in %(program)s?"),
    )
    return asked(letter, subjects, "reminder")


def called(letter: Letter, page: str) -> Written:
    """Say that something waits, and nothing of what it is."""
    first_name = letter.person.first_name if letter.person else ""
    return Written(
        subject=_("Something waits for you"),
        template="mail/feedback/waiting.txt",
        facts={"first_name": first_name},
        button=Button(_("Sign in and read it"), page_url(page)),
        why=_("You get this letter because you look after people for the association."),
    )


@letter("feedback.concern")
def concern(letter: Letter) -> Written:
    return called(letter, "console:concerns")


@letter("feedback.safety")
def safety(letter: Letter) -> Written:
    return called(letter, "console:safety")


@letter("feedback.no_reader")
def no_reader(letter: Letter) -> Written:
    """Nobody who may read it is left; an admin is asked for another reader, and told nothing else."""
    first_name = letter.person.first_name if letter.person else ""
    return Written(
        subject=_("Please name another safeguarding lead"),
        template="mail/feedback/no_reader.txt",
        facts={"first_name": first_name},
        button=Button(_("Sign in"), page_url("portal:home")),
        why=_("You get this letter because you look after the association's accounts."),
    )
