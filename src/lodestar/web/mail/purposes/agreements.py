"""How is an agreement signed from a letter? The page shows its words, and one button signs just these."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.mentorships.actions import sign_agreement
from lodestar.domain.mentorships.models import Agreement
from lodestar.domain.mentorships.queries import latest_agreement, mentorship_for
from lodestar.domain.mentorships.rules import (
    has_signed,
    may_write,
    meets_once,
    partner_of,
    why_not_read_only,
)
from lodestar.domain.messaging.models import Link
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose

SIGN = "mail/mentorships/sign.html"


def newest(link: Link) -> Agreement | None:
    return latest_agreement(mentorship_for(link.person, link.about_key))


def sign_page(link: Link, sentence: str = "") -> LinkPage:
    """Show the newest words; looking signs nothing."""
    mentorship = mentorship_for(link.person, link.about_key)
    partner, agreement = partner_of(mentorship, link.person), newest(link)
    title = _("You and %(name)s: what you agree on") % {"name": partner.first_name}
    if agreement is None or not may_write(mentorship, link.person):
        return LinkPage(title, [why_not_read_only(mentorship) or _("There is nothing to sign.")])
    is_signed = has_signed(agreement, link.person)
    told = _("You have signed this already.") if is_signed else sentence
    return LinkPage(
        title,
        [told] if told else [],
        template=SIGN,
        facts={
            "agreement": agreement,
            "can_sign": not is_signed,
            "meets_once": meets_once(mentorship),
            "mentorship_key": mentorship.public_id,
        },
    )


def sign(link: Link, answers: QueryDict) -> LinkPage:
    """Sign the version that was shown; if it was changed since, show the newest instead."""
    agreement = newest(link)
    if agreement is None or answers.get("version") != agreement.public_id:
        raise AskAgain(
            sign_page(link, _("It was written anew meanwhile. This is how it stands now."))
        )
    signed = sign_agreement(agreement, by=link.person)
    if signed.agreed_at:
        return LinkPage(_("Both of you have signed"), [_("It holds from now on.")])
    return LinkPage(_("You have signed"), [_("It holds once the other of you has signed as well.")])


purpose("agreement.sign", page=sign_page, act=sign)
