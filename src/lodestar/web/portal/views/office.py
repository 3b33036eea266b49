"""Where a member writes to the office, and reads what it answers."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.messaging.queries.threads import ThreadPage
from lodestar.domain.office import queries, rules
from lodestar.domain.office.actions import write_to_office
from lodestar.domain.office.queries import Office
from lodestar.web.common.access import MEMBER, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.reading import note_thread_read
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.writing import MessageForm, number_in

LIST_PAGE = "portal/office/offices.html"
OFFICE_PAGE = "portal/office/office.html"


def address_of(office: Office, change: str = "") -> str:
    """Return where an office is written to."""
    end = f"-{change}" if change else ""
    if office.program is None:
        return reverse(f"portal:office-association{end}")
    return reverse(f"portal:office-program{end}", args=[office.program.slug])


def page_in(office: Office, request: MemberRequest) -> ThreadPage[Any] | None:
    if office.thread is None:
        return None
    page = number_in(request.GET.get("page", "1"))
    return queries.page_of(office.thread, request.person, page)


def office_context(
    office: Office, thread: ThreadPage[Any] | None, form: Form | None = None
) -> dict[str, object]:
    return {
        "office": office,
        "thread": thread,
        "why_not": rules.why_not_write(office.readers, is_of_the_office=office.is_own),
        "message_form": form or MessageForm(),
        "write_address": address_of(office, "write"),
    }


@never_cache
@require_safe
@open_to(MEMBER)
def offices(request: MemberRequest) -> HttpResponse:
    found = queries.offices_for(request.person)
    return show(request, LIST_PAGE, {"offices": [(each, address_of(each)) for each in found]})


@never_cache
@require_safe
@open_to(MEMBER)
def office(request: MemberRequest, slug: str = "") -> HttpResponse:
    found = queries.office_for(request.person, slug)
    thread = page_in(found, request)
    if found.thread is not None and thread is not None:
        note_thread_read(request, found.thread, thread)
    return show(request, OFFICE_PAGE, office_context(found, thread), fragment="thread")


@require_POST
@open_to(MEMBER)
def write(request: MemberRequest, slug: str = "") -> HttpResponse:
    found, form = queries.office_for(request.person, slug), MessageForm(request.POST)
    if why := rules.why_not_write(found.readers, is_of_the_office=found.is_own):
        raise RefusedError(why)
    if not form.is_valid():
        context = office_context(found, page_in(found, request), form)
        return ask_again(request, OFFICE_PAGE, context, fragment="thread")
    write_to_office(request.person, found.program, **form.cleaned_data)
    fresh = queries.office_for(request.person, slug)
    context = office_context(fresh, page_in(fresh, request))
    then = f"{address_of(fresh)}#thread"
    return saved(request, OFFICE_PAGE, context, fragment="thread", then=then)
