"""What somebody is called, where they get their letters, and how they leave everywhere."""

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.applications.queries import own_participations
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import move_account_and_tell
from lodestar.domain.people.actions.accounts import end_sessions, name_person
from lodestar.domain.people.models import Account, Education, Position
from lodestar.domain.people.queries import latest_consents, own_history, primary_email
from lodestar.web.common.access import MEMBER, open_to
from lodestar.web.common.choices import language_names
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal import entrance
from lodestar.web.portal.accounts import SIGNED_IN_AT
from lodestar.web.portal.devices import note_sign_in
from lodestar.web.portal.forms.accounts import AddressForm, CodeForm, NameForm
from lodestar.web.portal.own_words import asked_of
from lodestar.web.portal.views.accounts import impatient, safe_path

ME_PAGE = "portal/accounts/me.html"
NAME_PAGE = "portal/accounts/name.html"
ADDRESS_PAGE = "portal/accounts/address.html"
ADDRESS_CODE_PAGE = "portal/accounts/address_code.html"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
@open_to(MEMBER)
def me(request: MemberRequest) -> HttpResponse:
    person = request.person
    context = {
        "email": primary_email(person),
        "work": own_history(person, Position),
        "studies": own_history(person, Education),
        "languages": language_names(person.languages),
        "consents": latest_consents(person),
        "participations": own_participations(person),
        **asked_of(person, now()),
    }
    return show(request, ME_PAGE, context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def name(request: MemberRequest) -> HttpResponse:
    then = safe_path(request.GET.get("next", ""))
    known = {
        "given_name": request.person.given_name,
        "family_name": request.person.family_name,
    }
    form = NameForm(request.POST) if request.method == "POST" else NameForm(initial=known)
    if request.method != "POST":
        return show(request, NAME_PAGE, {"form": form})
    if not form.is_valid():
        return ask_again(request, NAME_PAGE, {"form": form})
    name_person(request.person, by=request.person, **form.cleaned_data)
    return saved(request, NAME_PAGE, {"form": form}, then=then or "portal:home")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def address(request: MemberRequest) -> HttpResponse:
    if request.method != "POST":
        return show(request, ADDRESS_PAGE, {"form": AddressForm()})
    form = AddressForm(request.POST)
    if not form.is_valid():
        return ask_again(request, ADDRESS_PAGE, {"form": form})
    email = form.cleaned_data["email"]
    if not entrance.has_patience(request, email):
        return impatient(request)
    entrance.begin_move(request, email)
    return redirect("portal:address-code")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def address_code(request: MemberRequest) -> HttpResponse:
    move = entrance.resume_move(request)
    if move is None:
        return redirect("portal:address")
    email = move.state["email"]
    if request.method != "POST":
        return show(request, ADDRESS_CODE_PAGE, {"form": CodeForm(), "email": email})
    form = CodeForm(request.POST)
    if form.is_valid() and entrance.is_right(move, form.cleaned_data["code"]):
        return finish_move(request, move)
    form.add_error("code", _("This is not the code we sent. Look again, or ask for a new one."))
    move.record_invalid_attempt()
    return ask_again(request, ADDRESS_CODE_PAGE, {"form": form, "email": email})


def finish_move(request: MemberRequest, move: entrance.Move) -> HttpResponse:
    """Change the address, tell the old one, and stay signed in here and nowhere else."""
    move.abort()
    account = account_in(request)
    move_account_and_tell(account, email=move.state["email"], by=request.person)
    account.refresh_from_db()
    signed_in_at = request.session.get(SIGNED_IN_AT)
    login(request, account, BACKEND)
    request.session[SIGNED_IN_AT] = signed_in_at
    note_sign_in(request, request.person)
    messages.success(request, _("From now on you sign in with your new address."))
    return redirect("portal:me")


def account_in(request: MemberRequest) -> Account:
    if not isinstance(request.user, Account):
        raise TypeError("Only somebody signed in has an account.")
    return request.user


@require_POST
@open_to(MEMBER)
def sign_out_everywhere(request: MemberRequest) -> HttpResponse:
    end_sessions(request.person, by=request.person)
    return render(request, "portal/accounts/signed_out.html", {"person": None})
