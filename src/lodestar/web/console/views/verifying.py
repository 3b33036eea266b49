"""Who an applicant is, as far as the office knows."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lodestar.domain.applications.actions import end_word, find_on_roll, vouch_for_applicant
from lodestar.domain.applications.models import Application
from lodestar.domain.applications.queries import application_for
from lodestar.domain.applications.queries.judging import on_roll_for, word_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import ask_again
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.applications import VouchForm
from lodestar.web.console.views.applications import APPLICATION_PAGE, application_context


def back_to(application: Application) -> HttpResponse:
    return redirect(reverse("console:application", args=[application.public_id]) + "#who")


@require_POST
@open_to(COORDINATOR)
def vouch(request: MemberRequest, key: str) -> HttpResponse:
    found = application_for(request.person, key)
    form = VouchForm(request.POST)
    if not form.is_valid():
        context = application_context(found, request.person, vouching=form)
        return ask_again(request, APPLICATION_PAGE, context)
    vouch_for_applicant(found, by=request.person, sentence=form.cleaned_data["sentence"])
    messages.success(request, _("You vouch for %(person)s.") % {"person": found.person})
    return back_to(found)


@require_POST
@open_to(COORDINATOR)
def find(request: MemberRequest, key: str) -> HttpResponse:
    found = application_for(request.person, key)
    same = on_roll_for(found, request.POST.get("person", ""))
    find_on_roll(found, on_roll=same, by=request.person)
    messages.success(
        request,
        _("Noted as the same person. Nothing of either was changed, and you can take it back."),
    )
    return back_to(found)


@require_POST
@open_to(COORDINATOR)
def take_back(request: MemberRequest, key: str) -> HttpResponse:
    found = application_for(request.person, key)
    word = word_for(found, request.POST.get("word", ""))
    end_word(found, word, by=request.person)
    messages.success(request, _("Taken back."))
    return back_to(found)
