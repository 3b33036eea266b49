"""Whom the association knows, what they may do for it, and whether they may come in."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from lodestar.domain.applications.queries import imports_about
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.people import queries
from lodestar.domain.people.actions.accounts import end_access, restore_access
from lodestar.domain.people.actions.roles import appoint, withdraw_role
from lodestar.domain.people.models import Person, Role
from lodestar.web.common.access import ADMIN, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.people import EndAccessForm, PeopleFilterForm

LIST_PAGE = "console/people/people.html"
PERSON_PAGE = "console/people/person.html"
ROLE_PAGE = "console/people/role.html"
ACCESS_PAGE = "console/people/access.html"
A_PAGE = 50


@require_safe
@open_to(ADMIN)
def people(request: MemberRequest) -> HttpResponse:
    form = PeopleFilterForm(request.GET)
    is_asked = any(request.GET.get(name) for name in form.fields)
    said = form.cleaned_data if form.is_valid() else {}
    found = queries.people_for(request.person, **said)
    context = {
        "form": form,
        "is_asked": is_asked,
        "page": Paginator(found, A_PAGE).get_page(request.GET.get("page")),
        "query": "&" + urlencode({name: said.get(name) or "" for name in form.fields}),
    }
    return show(request, LIST_PAGE, context, fragment="list")


def person_context(request: MemberRequest, person: Person) -> dict[str, object]:
    held = {role.kind for role in person.roles.all()}
    return {
        "person_shown": person,
        "account": queries.account_of(person),
        "addresses": queries.addresses_of(person),
        "educations": person.educations.order_by("-year", "pk"),
        "positions": person.positions.order_by("-is_current", "-pk"),
        "roles": [(kind.value, kind.label, kind.value in held) for kind in Role.Kind],
        "imports": imports_about(person, by=request.person),
        "can_sign_in": queries.can_sign_in(person),
        "is_last_admin": queries.is_last_admin(person),
    }


@require_safe
@open_to(ADMIN)
def person_page(request: MemberRequest, key: str) -> HttpResponse:
    person = queries.person_for(request.person, key)
    return show(request, PERSON_PAGE, person_context(request, person))


def kind_of(kind: str) -> Role.Kind:
    if kind not in Role.Kind.values:
        raise NotFoundError
    return Role.Kind(kind)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN)
def appoint_role(request: MemberRequest, key: str, kind: str) -> HttpResponse:
    person = queries.person_for(request.person, key)
    role = kind_of(kind)
    if request.method != "POST":
        context = {**person_context(request, person), "kind": role, "is_appointing": True}
        return show(request, ROLE_PAGE, context)
    appoint(person, role, by=request.person)
    words = {"name": person.full_name, "role": role.label}
    messages.success(request, _("%(name)s is now: %(role)s.") % words)
    return redirect("console:person", key)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN)
def withdraw(request: MemberRequest, key: str, kind: str) -> HttpResponse:
    person = queries.person_for(request.person, key)
    role = kind_of(kind)
    if request.method != "POST":
        context = {**person_context(request, person), "kind": role, "is_appointing": False}
        return show(request, ROLE_PAGE, context)
    withdraw_role(person, role, by=request.person)
    if person == request.person and role == Role.Kind.ADMIN:
        return redirect("portal:home")
    words = {"name": person.full_name, "role": role.label}
    messages.success(request, _("%(name)s is no longer: %(role)s.") % words)
    return redirect("console:person", key)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN)
def end(request: MemberRequest, key: str) -> HttpResponse:
    person = queries.person_for(request.person, key)
    form = EndAccessForm(request.POST or None)
    context = {**person_context(request, person), "form": form, "is_ending": True}
    if request.method != "POST":
        return show(request, ACCESS_PAGE, context)
    if not form.is_valid():
        return ask_again(request, ACCESS_PAGE, context)
    end_access(person, by=request.person, reason=form.cleaned_data["reason"])
    words = {"name": person.full_name}
    messages.success(request, _("%(name)s is signed out everywhere and can’t come in.") % words)
    return redirect("console:person", key)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN)
def restore(request: MemberRequest, key: str) -> HttpResponse:
    person = queries.person_for(request.person, key)
    if request.method != "POST":
        context = {**person_context(request, person), "is_ending": False}
        return show(request, ACCESS_PAGE, context)
    restore_access(person, by=request.person)
    messages.success(request, _("%(name)s can come in again.") % {"name": person.full_name})
    return redirect("console:person", key)
