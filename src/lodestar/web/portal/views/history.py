"""What one did and studied, line by line; and whether what the records say is right."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people.actions.history import keep_line, remove_line
from lodestar.domain.people.actions.profile import confirm_profile, keep_profile
from lodestar.domain.people.models import Education, Position
from lodestar.domain.people.queries import own_history
from lodestar.domain.people.rules import ZONES
from lodestar.web.common.access import MEMBER, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.history import EducationForm, PositionForm, ZoneForm
from lodestar.web.portal.views.accounts import safe_path

HISTORY_PAGE = "portal/people/history.html"


@dataclass(frozen=True)
class Kind:
    """One of the two lists."""

    name: str
    model: type[Position] | type[Education]
    form: type[forms.Form]

    @property
    def address(self) -> str:
        return reverse(f"portal:{self.name}")

    @property
    def words(self) -> dict[str, str]:
        if self.name == "work":
            return {"title": _("What you do and did"), "empty": _("Nothing yet. What you do now is enough to begin with.")}  # fmt: skip
        return {"title": _("What you studied"), "empty": _("Nothing yet. Your degree here, and others if you like.")}  # fmt: skip


WORK, STUDIES = Kind("work", Position, PositionForm), Kind("studies", Education, EducationForm)


def history_context(request: MemberRequest, kind: Kind, form: forms.Form | None = None) -> dict[str, Any]:  # fmt: skip
    lines = own_history(request.person, kind.model)
    key = request.POST.get("row", "") or request.GET.get("row", "")
    chosen = next((line for line in lines if line.public_id == key), None)
    known = {name: getattr(chosen, name) for name in kind.form.base_fields} if chosen else {}
    return {
        "lines": lines,
        "row": chosen.public_id if chosen else "",
        "form": form or kind.form(initial=known),
        "address": kind.address,
        "remove_address": reverse(f"portal:{kind.name}-remove"),
        **kind.words,
    }


def keep(request: MemberRequest, kind: Kind) -> HttpResponse:
    if request.method != "POST":
        return show(request, HISTORY_PAGE, history_context(request, kind))
    form = kind.form(request.POST)
    if not form.is_valid():
        return ask_again(request, HISTORY_PAGE, history_context(request, kind, form))
    key = request.POST.get("row", "")
    keep_line(request.person, kind.model, by=request.person, key=key, **form.cleaned_data)
    messages.success(request, _("Kept."))
    return saved(request, HISTORY_PAGE, {}, then=kind.address)


def remove(request: MemberRequest, kind: Kind) -> HttpResponse:
    remove_line(request.person, kind.model, by=request.person, key=request.POST.get("row", ""))
    messages.success(request, _("Taken out. No list puts it in again."))
    return saved(request, HISTORY_PAGE, {}, then=kind.address)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def work(request: MemberRequest) -> HttpResponse:
    return keep(request, WORK)


@require_POST
@open_to(MEMBER)
def work_remove(request: MemberRequest) -> HttpResponse:
    return remove(request, WORK)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def studies(request: MemberRequest) -> HttpResponse:
    return keep(request, STUDIES)


@require_POST
@open_to(MEMBER)
def studies_remove(request: MemberRequest) -> HttpResponse:
    return remove(request, STUDIES)


@require_POST
@open_to(MEMBER)
def confirm(request: MemberRequest) -> HttpResponse:
    confirm_profile(request.person, by=request.person, seen=request.POST.get("seen", ""))
    messages.success(request, _("Thank you. From now on only you change it."))
    return saved(request, HISTORY_PAGE, {}, then="portal:me")


@require_POST
@open_to(MEMBER)
def zone(request: MemberRequest) -> HttpResponse:
    form = ZoneForm(request.POST)
    if not form.is_valid() or form.cleaned_data["time_zone"] not in ZONES:
        raise RefusedError(_("We do not know this time zone. Choose yours on the page about you."))
    keep_profile(request.person, by=request.person, **form.cleaned_data)
    messages.success(request, _("Every time here goes by your clock now."))
    then = safe_path(request.POST.get("next", "")) or "portal:me"
    return saved(request, HISTORY_PAGE, {}, then=then)
