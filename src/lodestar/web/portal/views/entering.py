"""Signing in with a passkey instead of a code."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lodestar.domain.common.time import now
from lodestar.domain.people.actions.passkeys import use_passkey
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.portal import entrance, passkeys
from lodestar.web.portal.forms.accounts import AddressForm
from lodestar.web.portal.views.accounts import SIGN_IN_PAGE, impatient, safe_path

SAME_FOR_ALL = "passkey"


@never_cache
@require_POST
@open_to(*EVERYONE)
def begin(request: HttpRequest) -> HttpResponse:
    return JsonResponse(passkeys.begin_entering(request))


@never_cache
@require_POST
@open_to(*EVERYONE)
def enter(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("portal:home")
    if not entrance.has_patience(request, SAME_FOR_ALL):
        return impatient(request)
    try:
        passkey = passkeys.finish_entering(request, request.POST.get("answer", ""))
    except passkeys.PasskeyError:
        context = {"form": AddressForm(), "sentence": unknown()}
        return render(request, SIGN_IN_PAGE, context, status=422)
    account = passkey.person.account
    use_passkey(passkey, now=now())
    record_authentication(request, account, method="passkey")
    then = entrance.way_in(account, safe_path(request.POST.get("next", "")))
    answer: HttpResponse = perform_login(
        request, Login(user=account, redirect_url=then, email=account.email)
    )
    return answer


def unknown() -> str:
    return _("We do not know this passkey. Type your address, and we send you a code.")
