"""A signed link from a letter: looking changes nothing, the button acts."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lodestar.domain.common.errors import NotFoundError, RefusedError
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import use_link
from lodestar.domain.messaging.models import Link
from lodestar.domain.messaging.queries import link_for
from lodestar.domain.messaging.rules import is_live
from lodestar.web.common.access import LINK_HOLDER, open_to
from lodestar.web.common.confidence import in_confidence
from lodestar.web.common.languages import chosen_on, language_of, reading
from lodestar.web.mail.links import is_signed
from lodestar.web.mail.registry import PURPOSES, AskAgain, LinkPage, Purpose

CLOSED = "mail/links/closed.html"
DONE = "mail/links/done.html"
FOR_ANYBODY = ("letters.stop",)  # whoever has the letter may stop more of its kind


# Exempt from the form token: a mailbox's own unsubscribe button posts here without a cookie, and
# whoever has the signed address may act anyway.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(LINK_HOLDER)
def link(request: HttpRequest, key: str, signature: str) -> HttpResponse:
    with reading(tongue_of(request, key)) as language:
        answer = answered(request, key, signature)
    answer["Content-Language"] = language
    return in_confidence(answer)


def tongue_of(request: HttpRequest, key: str) -> str:
    """Return the language of a page behind a letter: that of the letter, unless this browser has its own."""
    if request.person is not None or chosen_on(request):  # type: ignore[attr-defined]
        return get_language() or settings.LANGUAGE_CODE
    try:
        return language_of(link_for(key).person)
    except NotFoundError:
        return get_language() or settings.LANGUAGE_CODE


def answered(request: HttpRequest, key: str, signature: str) -> HttpResponse:
    try:
        found = signed_link(key, signature)
        refuse_somebody_else(request, found)
        return act(request, found) if request.method == "POST" else look(request, found)
    except NotFoundError:
        return shown(request, unknown(), CLOSED, 404)
    except RefusedError as error:
        return shown(request, LinkPage(_("That could not be done"), [str(error)]), CLOSED, 409)


def signed_link(key: str, signature: str) -> Link:
    """Return the link of this address; a forged one is as unknown as one that never was."""
    link = link_for(key)
    if link.purpose not in PURPOSES or not is_signed(link, signature):
        raise NotFoundError
    return link


def refuse_somebody_else(request: HttpRequest, link: Link) -> None:
    """A letter that was forwarded answers for nobody but its reader: whoever is signed in as another is told so."""
    here = getattr(request, "person", None)
    if here is None or here.pk == link.person_id or link.purpose in FOR_ANYBODY:
        return
    raise RefusedError(
        _("This link was made for %(whose)s, and you are signed in as %(here)s. Nothing was changed. If the letter was passed on to you, ask them to answer it themselves; if both are you, sign out first.")
        % {"whose": link.person.full_name, "here": here.full_name}
    )  # fmt: skip


def look(request: HttpRequest, link: Link) -> HttpResponse:
    if not is_live(link, now()):
        return shown(request, closed(link), CLOSED, 410)
    page = PURPOSES[link.purpose].page(link)
    return shown(request, page, page.template)


def act(request: HttpRequest, link: Link) -> HttpResponse:
    purpose: Purpose = PURPOSES[link.purpose]
    if not is_live(link, now()):
        return shown(request, closed(link), CLOSED, 410)
    try:
        done = purpose.act(link, request.POST)
    except AskAgain as again:
        return shown(request, again.page, again.page.template, 422)
    if purpose.is_used_once:
        use_link(link, now=now())
    return shown(request, done, DONE)


def shown(request: HttpRequest, page: LinkPage, template: str, status: int = 200) -> HttpResponse:
    context = {"page": page, **page.facts}
    return render(request, template, context, status=status)


def unknown() -> LinkPage:
    return LinkPage(
        _("This link leads nowhere"),
        [
            _("It may have been cut in two on its way. Copy the whole address from the letter."),
            _("Nothing was changed."),
        ],
    )


def closed(link: Link) -> LinkPage:
    """Say why a link that once was ours does nothing any more."""
    if link.used_at:
        tell = PURPOSES[link.purpose].told
        return LinkPage(
            _("Your answer is already here"),
            [
                *(tell(link) if tell else []),
                _("This link has done its work; nothing was changed a second time."),
            ],
        )
    return LinkPage(
        _("This link has ended"),
        [
            _("Its time has passed, or what it was for is over. Nothing was changed."),
            _("Sign in to see how things stand now."),
        ],
    )
