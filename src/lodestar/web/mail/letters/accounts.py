"""The letters of sign-in."""

from django.utils.translation import gettext as _

from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.queries import association
from lodestar.web.mail.links import page_url
from lodestar.web.mail.registry import Button, Written, letter


@letter("accounts.code")
def code(letter: Letter) -> Written:
    """The code with which one signs in, or joins."""
    name = association().name
    return Written(
        subject=_("Your code for %(name)s") % {"name": name},
        template="mail/accounts/code.txt",
        code=letter.words["code"],
        why=_("You get this letter because somebody typed your address at %(name)s.")
        % {"name": name},
    )


@letter("accounts.address")
def address(letter: Letter) -> Written:
    """The code with which one shows that a new address is one's own."""
    return Written(
        subject=_("Confirm your new address"),
        template="mail/accounts/address.txt",
        code=letter.words["code"],
        why=_("You get this letter because somebody typed your address at %(name)s.")
        % {"name": association().name},
    )


@letter("accounts.moved")
def moved(_letter: Letter) -> Written:
    """The old address hears that it no longer signs in."""
    return Written(
        subject=_("Your sign-in address was changed"),
        template="mail/accounts/moved.txt",
        facts={"contact": association().contact_email},
    )


@letter("accounts.passkey")
def passkey(letter: Letter) -> Written:
    """Somebody hears that one more key signs them in."""
    return Written(
        subject=_("A new passkey signs you in"),
        template="mail/accounts/passkey.txt",
        facts={"name": letter.words["name"], "contact": association().contact_email},
        button=Button(_("Look at your devices and keys"), page_url("portal:devices")),
    )
