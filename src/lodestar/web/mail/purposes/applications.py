"""What do the links in the letters about applications do?"""

from django.http import QueryDict
from django.utils.translation import gettext as _

from lodestar.domain.applications import rules
from lodestar.domain.applications.actions import (
    answer_vouching,
    take_along,
    wish_carrying,
    withdraw_application,
)
from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import own_application_for, participant_of
from lodestar.domain.applications.queries.judging import asked_word_for
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.messaging.models import Link
from lodestar.domain.people.models import Verification
from lodestar.web.mail.registry import AskAgain, LinkPage, purpose, typed

DONE = "mail/links/done.html"


def vouch_page(link: Link) -> LinkPage:
    """Ask how the member knows somebody; looking says nothing."""
    word = asked_word_for(link.person, link.about_key)
    if word.status != Verification.Status.ASKED:
        return LinkPage(_("You have answered already"), [_("Thank you.")], template=DONE)
    return question(word)


def question(word: Verification, said: str = "", problem: str = "") -> LinkPage:
    name = word.person.full_name
    return LinkPage(
        _("Do you know %(name)s?") % {"name": name},
        template="mail/applications/vouch.html",
        facts={"name": name, "said": said, "problem": problem},
    )


def answer_about(link: Link, answers: QueryDict) -> LinkPage:
    word = asked_word_for(link.person, link.about_key)
    said, knows = typed(answers, "sentence", 300), answers.get("answer") == "yes"
    if word.status == Verification.Status.ASKED and answers.get("answer") not in ("yes", "no"):
        raise AskAgain(question(word, said, _("Say whether you know them.")))
    try:
        answer_vouching(word, by=link.person, knows=knows, sentence=said)
    except RefusedError as error:
        if word.status != Verification.Status.ASKED:
            raise
        raise AskAgain(question(word, said, str(error))) from error
    if knows:
        return LinkPage(_("Thank you"), [_("The office reads your sentence.")], template=DONE)
    return LinkPage(_("Thank you"), [_("We tell nobody that you said so.")], template=DONE)


purpose("person.vouch", page=vouch_page, act=answer_about)


def carry_page(link: Link) -> LinkPage:
    """Ask once more before an application goes along; looking changes nothing."""
    application = own_application_for(link.person, link.about_key)
    program = application.cohort.program.called
    if application.status != Application.Status.WAITLISTED:
        return LinkPage(
            _("Nothing is left to do"), [_("This application waits no more.")], template=DONE
        )
    return LinkPage(
        _("Take your application to %(program)s along?") % {"program": program},
        [_("It goes to the next cohort, first in line on its waitlist. Nothing is asked again.")],
        choices=[("yes", _("Yes, take it along"))],
    )


def carry(link: Link, _answers: QueryDict) -> LinkPage:
    application = own_application_for(link.person, link.about_key)
    new = wish_carrying(application, by=link.person)
    if new is None:
        return LinkPage(
            _("Noted, thank you"),
            [
                _(
                    "As soon as the next cohort opens, your application is in it, and we write to you."
                )
            ],
            template=DONE,
        )
    return it_is_in(new)


def it_is_in(new: Application) -> LinkPage:
    return LinkPage(
        _("Done"),
        [
            _("Your application is in “%(cohort)s” now, first in line.")
            % {"cohort": new.cohort.name}
        ],
        template=DONE,
    )


purpose("application.carry", page=carry_page, act=carry)


def withdraw_page(link: Link) -> LinkPage:
    """Ask once more before somebody gives up their place; looking changes nothing."""
    application = own_application_for(link.person, link.about_key)
    if application.status == Application.Status.WITHDRAWN:
        return withdrawn_page()
    if problem := rules.why_not_withdraw(application, participant_of(application)):
        return LinkPage(_("Nothing is left to do"), [problem], template=DONE)
    return LinkPage(
        _("Withdraw your application?"),
        [_("Nobody is cross with you. What you wrote is kept in case you begin again.")],
        choices=[("yes", _("Yes, withdraw it"))],
    )


def withdrawn_page() -> LinkPage:
    return LinkPage(
        _("You have withdrawn"),
        [_("Nobody is waiting for you. While applications are open, you can begin again.")],
        template=DONE,
    )


def withdraw(link: Link, _answers: QueryDict) -> LinkPage:
    application = own_application_for(link.person, link.about_key)
    withdraw_application(application, by=link.person)
    return withdrawn_page()


purpose("application.withdraw", page=withdraw_page, act=withdraw)


def along_page(link: Link) -> LinkPage:
    """Ask once more before somebody leaves a cohort for the next; looking changes nothing."""
    application = own_application_for(link.person, link.about_key)
    program = application.cohort.program.called
    if application.status != Application.Status.ACCEPTED:
        return LinkPage(
            _("Nothing is left to do"), [_("This application went on already.")], template=DONE
        )
    return LinkPage(
        _("Take your application to %(program)s along?") % {"program": program},
        [
            _(
                "It goes to the next cohort, ahead of those who are new, and nothing is asked again. You leave the list "
                "of “%(cohort)s” for it."
            )
            % {"cohort": application.cohort.name}
        ],
        choices=[("yes", _("Yes, take it along"))],
    )


def go_along(link: Link, _answers: QueryDict) -> LinkPage:
    application = own_application_for(link.person, link.about_key)
    return it_is_in(take_along(application, by=link.person))


purpose("application.along", page=along_page, act=go_along)
