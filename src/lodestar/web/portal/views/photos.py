"""Somebody's face: chosen, described, taken back; and shown to those who may see it."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.actions.photos import describe_photo, keep_photo, remove_photo
from lodestar.domain.people.rules.photos import PHOTO_TYPE
from lodestar.domain.privacy.queries import own_photo, photo_for
from lodestar.web.common.access import ADMIN, COORDINATOR, MEMBER, MENTEE, MENTOR, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.photos import PhotoForm, WordsForm

PHOTO_PAGE = "portal/people/photo.html"
A_WHILE = 60 * 60


def photo_context(request: MemberRequest, **forms: object) -> dict[str, object]:
    known = own_photo(request.person)
    told = {"words": known.words, "shown": known.shown} if known else {}
    return {"photo": known, "form": PhotoForm(), "words_form": WordsForm(initial=told), **forms}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def photo(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request, PHOTO_PAGE, photo_context(request))
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return ask_again(request, PHOTO_PAGE, photo_context(request, form=form))
    known = own_photo(request.person)
    keep_photo(
        request.person,
        by=request.person,
        portrait=form.cleaned_data["photo"],
        shown=known.shown if known else "",
    )
    messages.success(request, _("There you are. Say in words what can be seen, if you like."))
    return saved(request, PHOTO_PAGE, {}, then="portal:own-photo")


@require_POST
@open_to(MEMBER)
def describe(request: MemberRequest) -> HttpResponse:
    known = own_photo(request.person)
    if known is None:
        raise RefusedError(_("There is no photo of you any more. Choose one first."))
    form = WordsForm(request.POST)
    if not form.is_valid():
        return ask_again(request, PHOTO_PAGE, photo_context(request, words_form=form))
    describe_photo(known, by=request.person, **form.cleaned_data)
    messages.success(request, _("Kept."))
    return saved(request, PHOTO_PAGE, {}, then="portal:own-photo")


@require_POST
@open_to(MEMBER)
def remove(request: MemberRequest) -> HttpResponse:
    remove_photo(request.person, by=request.person)
    messages.success(request, _("Your photo is forgotten. Your initials stand there again."))
    return saved(request, PHOTO_PAGE, {}, then="portal:own-photo")


@require_safe
@open_to(MENTOR, MENTEE, COORDINATOR, ADMIN)
def small(request: MemberRequest, key: str) -> HttpResponse:
    return picture(bytes(photo_for(request.person, key).small))


@require_safe
@open_to(MENTOR, MENTEE, COORDINATOR, ADMIN)
def large(request: MemberRequest, key: str) -> HttpResponse:
    return picture(bytes(photo_for(request.person, key).large))


def picture(drawing: bytes) -> HttpResponse:
    """Return a picture that its reader's browser keeps for an hour, and nobody between us."""
    response = HttpResponse(drawing, content_type=PHOTO_TYPE)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    patch_cache_control(response, private=True, max_age=A_WHILE)
    return response
