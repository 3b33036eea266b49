"""What does somebody say of an answer that came from an address that is not theirs?"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.messaging.actions import answer_held, release_reply
from lodestar.domain.messaging.models import IncomingMail, Link
from lodestar.domain.messaging.queries import incoming_by_key
from lodestar.web.mail.incoming import form_key
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose
from lodestar.web.mail.threads import thread_of

PAGE = "mail/replies/confirm.html"


def confirm_page(link: Link) -> LinkPage:
    """Show what was kept back; looking posts nothing."""
    mail = incoming_by_key(link.about_key)
    if mail.status != IncomingMail.Status.HELD or mail.link is None:
        return LinkPage(_("Nothing is left to do"), [_("This answer does not wait any more.")])
    whom = thread_of(mail.link).whom
    return LinkPage(
        _("Did you write this to %(name)s?") % {"name": whom},
        [_("It came from %(address)s, which we do not know as yours.") % {"address": mail.sender}],
        choices=[
            ("post", _("Yes, it is mine: deliver it")),
            ("drop", _("No, throw it away")),
        ],
        template=PAGE,
        facts={"text": mail.text},
    )


def confirm(link: Link, answers: QueryDict) -> LinkPage:
    mail = incoming_by_key(link.about_key)
    if answers.get("answer") == "drop":
        answer_held(mail, by=link.person)
        return LinkPage(_("It is thrown away"), [_("Nobody has read it. Thank you.")])
    if answers.get("answer") != "post" or mail.link is None:
        raise AskAgain(confirm_page(link))
    thread = thread_of(mail.link)
    release_reply(mail, lambda: thread.write(mail.text, form_key(mail)))
    return LinkPage(
        _("Delivered"), [_("Your words are with %(name)s now.") % {"name": thread.whom}]
    )


purpose("reply.confirm", page=confirm_page, act=confirm)
