"""Sign in or join: an address, a code, a name; and the way out."""

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.portal import entrance
from lodestar.web.portal.devices import note_sign_out
from lodestar.web.portal.forms.accounts import AddressForm, CodeForm

SIGN_IN_PAGE = "portal/accounts/sign_in.html"
CODE_PAGE = "portal/accounts/code.html"
SIGN_OUT_PAGE = "portal/accounts/sign_out.html"
ENDED_PAGE = "portal/accounts/ended.html"


def safe_path(path: str) -> str:
    """Return a path to go on to, if it is one of ours, else home."""
    is_ours = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours and path.startswith("/") else ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*EVERYONE)
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(safe_path(request.GET.get("next", "")) or "portal:home")
    form = AddressForm(request.POST or None)
    if request.method != "POST":
        return show(request, SIGN_IN_PAGE, {"form": AddressForm()})
    if not form.is_valid():
        return ask_again(request, SIGN_IN_PAGE, {"form": form})
    email = form.cleaned_data["email"]
    if not entrance.has_patience(request, email):
        return impatient(request)
    entrance.begin(request, email, safe_path(request.GET.get("next", "")))
    return redirect("account_confirm_login_code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*EVERYONE)
def enter_code(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect("portal:home")
    waiting = entrance.resume(request)
    if waiting is None:
        return redirect("account_login")
    if request.method != "POST":
        return show(request, CODE_PAGE, code_context(waiting, CodeForm()))
    if "again" in request.POST:
        return send_again(request, waiting)
    return check_code(request, waiting)


def check_code(request: HttpRequest, waiting: entrance.Entrance) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid() and entrance.is_right(waiting, form.cleaned_data["code"]):
        return waiting.finish(waiting.state.get("then") or None)
    if form.is_valid():
        form.add_error("code", _("This is not the code we sent. Look again, or ask for a new one."))
        if not waiting.record_invalid_attempt():
            return too_many(request)
    return ask_again(request, CODE_PAGE, code_context(waiting, form))


def send_again(request: HttpRequest, waiting: entrance.Entrance) -> HttpResponse:
    if not waiting.can_resend or not entrance.has_patience(request, waiting.email):
        return impatient(request)
    waiting.resend()
    return redirect("account_confirm_login_code")


def code_context(waiting: entrance.Entrance, form: CodeForm) -> dict[str, object]:
    return {"form": form, "email": waiting.email, "can_resend": waiting.can_resend}


def impatient(request: HttpRequest) -> HttpResponse:
    sentence = _("That were many codes in a short time. Wait a minute, then ask once more.")
    return render(request, "common/refused.html", {"sentence": sentence}, status=429)


def too_many(request: HttpRequest) -> HttpResponse:
    sentence = _("That code was wrong too often and no longer counts. Please ask for a new one.")
    context = {"form": AddressForm(), "sentence": sentence}
    return render(request, SIGN_IN_PAGE, context, status=422)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(*EVERYONE)
def sign_out(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        note_sign_out(request)
        logout(request)
        return redirect("portal:welcome")
    return show(request, SIGN_OUT_PAGE, {})


@require_safe
@open_to(*EVERYONE)
def ended(request: HttpRequest) -> HttpResponse:
    return show(request, ENDED_PAGE, {})
