"""The letters about what two people agree on: to be signed, signed, still right? Never its words."""

from datetime import timedelta

from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.mentorships import rules
from lodestar.domain.messaging.models import Letter
from lodestar.web.mail.letters.mentorships import mentorship_of
from lodestar.web.mail.links import answer_url, page_url
from lodestar.web.mail.registry import Button, Written, letter

SIGNED_WITHIN = timedelta(days=60)


def written(letter: Letter, subject: str, name: str) -> Written:
    mentorship, reader = mentorship_of(letter)
    partner = rules.partner_of(mentorship, reader)
    room = page_url("portal:mentorship-agreement", mentorship.public_id)
    until = now() + SIGNED_WITHIN
    is_open = name != "agreed" and rules.may_write(mentorship, reader)
    to_sign = answer_url(letter, "agreement.sign", mentorship, until) if is_open else ""
    return Written(
        subject=subject % {"name": partner.first_name},
        template=f"mail/mentorships/{name}.txt",
        facts={
            "first_name": reader.first_name,
            "partner": partner.full_name,
            "program": mentorship.match.mentor.cohort.program.called,
            "cadence_days": rules.cadence_of(mentorship),
            "meets_once": rules.meets_once(mentorship),
        },
        button=Button(_("Read it and sign"), to_sign)
        if to_sign
        else Button(_("Read what you agreed"), room),
        links=[Button(_("Change a word of it in your room"), room)] if to_sign else (),
    )


@letter("mentorships.agreement")
def agreement(letter: Letter) -> Written:
    """The partner has signed, or has changed what this one had signed."""
    return written(letter, _("You and %(name)s: what you agree on"), "agreement")


@letter("mentorships.agreed")
def agreed(letter: Letter) -> Written:
    """Both have signed."""
    return written(letter, _("You and %(name)s: both have signed"), "agreed")


@letter("mentorships.midpoint")
def midpoint(letter: Letter) -> Written:
    """Half of the time is over: does it still hold?"""
    return written(letter, _("You and %(name)s: does it still hold?"), "midpoint")
