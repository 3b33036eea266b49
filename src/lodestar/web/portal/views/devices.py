"""Where one is signed in, and with what: devices and passkeys."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.messaging.actions import add_passkey_and_tell
from lodestar.domain.people.actions.accounts import end_sessions
from lodestar.domain.people.actions.devices import end_device
from lodestar.domain.people.actions.passkeys import name_passkey, remove_passkey
from lodestar.domain.people.models import Passkey
from lodestar.domain.people.queries import own_device_for, own_devices, own_passkeys
from lodestar.web.common.access import MEMBER, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal import passkeys
from lodestar.web.portal.accounts import SIGNED_IN_AT
from lodestar.web.portal.devices import DEVICE, note_sign_in, signed_in_since
from lodestar.web.portal.forms.keys import PasskeyForm
from lodestar.web.portal.views.me import BACKEND, account_in

DEVICES_PAGE = "portal/accounts/devices.html"
HERE = "portal:devices"


def devices_context(request: MemberRequest, **forms: object) -> dict[str, object]:
    return {
        "devices": own_devices(request.person, signed_in_since()),
        "here": request.session.get(DEVICE, ""),
        "passkeys": own_passkeys(request.person),
        "form": PasskeyForm(),
        **forms,
    }


@never_cache
@require_safe
@open_to(MEMBER)
def devices(request: MemberRequest) -> HttpResponse:
    return show(request, DEVICES_PAGE, devices_context(request))


@require_POST
@open_to(MEMBER)
def end(request: MemberRequest) -> HttpResponse:
    device = own_device_for(request.person, request.POST.get("device", ""))
    if device is None:
        raise RefusedError(_("This device is signed out already."))
    end_device(device, by=request.person)
    messages.success(request, _("Signed out there."))
    return saved(request, DEVICES_PAGE, {}, then=HERE)


@require_POST
@open_to(MEMBER)
def end_others(request: MemberRequest) -> HttpResponse:
    """Sign out everywhere, and in again here."""
    account, signed_in_at = account_in(request), request.session.get(SIGNED_IN_AT)
    end_sessions(request.person, by=request.person)
    account.refresh_from_db()
    login(request, account, BACKEND)
    request.session[SIGNED_IN_AT] = signed_in_at
    note_sign_in(request, request.person)
    messages.success(request, _("Every other device is signed out. Here you stay."))
    return saved(request, DEVICES_PAGE, {}, then=HERE)


@require_POST
@open_to(MEMBER)
def passkey_begin(request: MemberRequest) -> HttpResponse:
    return JsonResponse(passkeys.begin_adding(request, request.person))


@require_POST
@open_to(MEMBER)
def passkey_add(request: MemberRequest) -> HttpResponse:
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return ask_again(request, DEVICES_PAGE, devices_context(request, form=form))
    try:
        key, credential = passkeys.finish_adding(request, request.POST.get("answer", ""))
    except passkeys.PasskeyError as error:
        raise RefusedError(no_key()) from error
    add_passkey_and_tell(
        request.person, name=form.cleaned_data["name"], credential_id=key, credential=credential
    )
    messages.success(request, _("From now on this passkey signs you in."))
    return saved(request, DEVICES_PAGE, {}, then=HERE)


@require_POST
@open_to(MEMBER)
def passkey_name(request: MemberRequest) -> HttpResponse:
    form = PasskeyForm(request.POST)
    if not form.is_valid():
        return ask_again(request, DEVICES_PAGE, devices_context(request))
    name_passkey(own_key(request), by=request.person, name=form.cleaned_data["name"])
    return saved(request, DEVICES_PAGE, {}, then=HERE)


@require_POST
@open_to(MEMBER)
def passkey_remove(request: MemberRequest) -> HttpResponse:
    remove_passkey(own_key(request), by=request.person)
    messages.success(request, _("This passkey opens nothing any more. A mailed code still does."))
    return saved(request, DEVICES_PAGE, {}, then=HERE)


def own_key(request: MemberRequest) -> Passkey:
    key = request.POST.get("passkey", "")
    found = next((each for each in own_passkeys(request.person) if each.public_id == key), None)
    if found is None:
        raise RefusedError(_("This passkey is gone already."))
    return found


def no_key() -> str:
    return _("Your browser and we could not agree on a passkey. Nothing was changed; a mailed code works as always.")  # fmt: skip
