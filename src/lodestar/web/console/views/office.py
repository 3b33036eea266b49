"""The inbox of those who answer for the office."""

from collections.abc import Callable
from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.messaging.queries.threads import ThreadPage
from lodestar.domain.office import actions, queries, rules
from lodestar.domain.office.models import OfficeMessage, Thread
from lodestar.web.common.access import ADMIN, COORDINATOR, open_to
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.reading import note_thread_read
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.writing import MessageForm, number_in
from lodestar.web.console.forms.office import HandOverForm, SettleForm

INBOX_PAGE = "console/office/inbox.html"
THREAD_PAGE = "console/office/thread.html"
PAGE_SIZE = 30


def thread_context(request: MemberRequest, found: Thread, **forms: Form) -> dict[str, object]:
    reader = request.person
    readers = queries.readers_for(found.person, found.program)
    holder = found.looked_after_by
    return {
        "thread": queries.page_of(found, reader, number_in(request.GET.get("page", "1"))),
        "asked": found,
        "can_take": holder not in readers,
        "is_mine": holder is not None and not rules.why_not_take(found, reader),
        "seen": queries.newest_in(found),
        "message_form": MessageForm(),
        "hand_over_form": HandOverForm(
            readers=readers, initial={"to": holder.public_id if holder else reader.public_id}
        ),
        "has_others": len(readers) > 1,
        "write_address": reverse("console:thread-write", args=[found.public_id]),
        **forms,
    }


@never_cache
@require_safe
@open_to(COORDINATOR, ADMIN)
def inbox(request: MemberRequest) -> HttpResponse:
    reader = request.person
    queries.refuse_unless_of_an_office(reader)
    lines = queries.lines_of(queries.open_threads(reader), reader)
    closed = Paginator(queries.closed_threads(reader), PAGE_SIZE)
    context = {
        "lines": lines,
        "waiting": sum(line.thread.status == Thread.Status.WAITING for line in lines),
        "closed": closed.get_page(request.GET.get("page")),
    }
    return show(request, INBOX_PAGE, context)


@never_cache
@require_safe
@open_to(COORDINATOR, ADMIN)
def thread(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.thread_for(request.person, key)
    context = thread_context(request, found)
    page = cast(ThreadPage[OfficeMessage], context["thread"])
    colleagues = queries.authors_of_the_office(found, page)
    note_thread_read(request, found, page, colleagues)
    return show(request, THREAD_PAGE, context, fragment="thread")


@require_POST
@open_to(COORDINATOR, ADMIN)
def write(request: MemberRequest, key: str) -> HttpResponse:
    found, form = queries.thread_for(request.person, key), MessageForm(request.POST)
    if not form.is_valid():
        context = thread_context(request, found, message_form=form)
        return ask_again(request, THREAD_PAGE, context, fragment="thread")
    actions.answer_from_office(found, by=request.person, **form.cleaned_data)
    messages.success(
        request, _("Sent. %(name)s gets a letter.") % {"name": found.person.first_name}
    )
    then = reverse("console:thread", args=[key]) + "#thread"
    return saved(request, THREAD_PAGE, {}, then=then)


@require_POST
@open_to(COORDINATOR, ADMIN)
def take(request: MemberRequest, key: str) -> HttpResponse:
    actions.take_up(queries.thread_for(request.person, key), by=request.person)
    return redirect("console:thread", key)


@require_POST
@open_to(COORDINATOR, ADMIN)
def hand_over(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.thread_for(request.person, key)
    readers = queries.readers_for(found.person, found.program)
    form = HandOverForm(request.POST, readers=readers)
    if not form.is_valid():
        context = thread_context(request, found, hand_over_form=form)
        return ask_again(request, THREAD_PAGE, context)
    actions.hand_over(found, by=request.person, to=form.cleaned_data["to"])
    messages.success(request, _("Written down."))
    return redirect("console:thread", key)


Settle = Callable[..., Thread]


def settled(request: MemberRequest, key: str, settle: Settle, sentence: str) -> HttpResponse:
    found, form = queries.thread_for(request.person, key), SettleForm(request.POST)
    form.is_valid()
    settle(found, by=request.person, seen=form.cleaned_data.get("seen", ""))
    messages.success(request, sentence)
    return redirect("console:inbox")


@require_POST
@open_to(COORDINATOR, ADMIN)
def answered(request: MemberRequest, key: str) -> HttpResponse:
    return settled(request, key, actions.mark_answered, _("It waits no longer."))


@require_POST
@open_to(COORDINATOR, ADMIN)
def close(request: MemberRequest, key: str) -> HttpResponse:
    return settled(request, key, actions.close_thread, _("Closed. A new message opens it again."))
