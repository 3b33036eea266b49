"""Notes and files of the room."""

from typing import cast

from django.contrib import messages
from django.db.models.fields.files import FieldFile
from django.forms import Form
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.mentorships import actions, queries, rules
from lodestar.domain.mentorships.models import Mentorship, RoomFile
from lodestar.domain.people.models import Person
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.confidence import uncached
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.uploads import was_too_large, with_files_up_to
from lodestar.web.portal.forms.mentorships import FOR_BOTH, FOR_ME
from lodestar.web.portal.forms.papers import FileForm, NoteForm, RemoveForm

PAPERS_PAGE = "portal/mentorships/papers.html"
NOTE_PAGE = "portal/mentorships/note.html"


def head_of(mentorship: Mentorship, person: Person) -> dict[str, object]:
    """Return what stands above every page of a room."""
    return {
        "mentorship": mentorship,
        "partner": rules.partner_of(mentorship, person),
        "may_write": rules.may_write(mentorship, person),
        "why_closed": rules.why_not_read_only(mentorship),
    }


def papers_context(mentorship: Mentorship, person: Person, **forms: Form) -> dict[str, object]:
    files = list(queries.files_of(mentorship))
    return {
        **head_of(mentorship, person),
        "notes": queries.notes_seen_by(person, mentorship),
        "files": files,
        "used": sum(file.size for file in files),
        "most": rules.MOST_IN_ROOM,
        "reasons": RoomFile.Reason.choices,
        "note_form": NoteForm(),
        "file_form": FileForm(),
        **forms,
    }


def papers_address(mentorship: Mentorship, anchor: str = "") -> str:
    return reverse("portal:mentorship-papers", args=[mentorship.public_id]) + anchor


@require_safe
@open_to(MENTOR, MENTEE)
def papers(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    return show(request, PAPERS_PAGE, papers_context(found, request.person))


@require_POST
@open_to(MENTOR, MENTEE)
def note(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return ask_again(
            request, PAPERS_PAGE, papers_context(found, request.person, note_form=form)
        )
    actions.write_note(found, by=request.person, **form.told)
    return redirect(papers_address(found, "#notes"))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def change_note(request: MemberRequest, key: str, note_key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    own = queries.own_note(request.person, found, note_key)
    first = {"text": own.text, "scope": FOR_BOTH if own.is_shared else FOR_ME}
    form = NoteForm(request.POST or None, initial=first)
    context = {**head_of(found, request.person), "note": own, "form": form}
    if request.method != "POST":
        return show(request, NOTE_PAGE, context)
    if not form.is_valid():
        return ask_again(request, NOTE_PAGE, context)
    actions.change_note(own, by=request.person, **form.told)
    return redirect(papers_address(found, "#notes"))


@require_POST
@open_to(MENTOR, MENTEE)
def remove_note(request: MemberRequest, key: str, note_key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    actions.remove_note(queries.own_note(request.person, found, note_key), by=request.person)
    return redirect(papers_address(found, "#notes"))


@require_POST
@open_to(MENTOR, MENTEE)
@with_files_up_to(rules.MOST_BYTES)
def add_file(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    form = FileForm(request.POST, request.FILES)
    if was_too_large(request):
        form.errors["file"] = form.error_class([rules.too_large()])
    if not form.is_valid():
        context = papers_context(found, request.person, file_form=form)
        return ask_again(request, PAPERS_PAGE, context)
    chosen = form.cleaned_data["file"]
    actions.add_file(found, by=request.person, content=chosen, name=chosen.name)
    messages.success(request, _("It is there for both of you."))
    return redirect(papers_address(found, "#files"))


@require_safe
@open_to(MENTOR, MENTEE)
def file(request: MemberRequest, key: str, file_key: str) -> HttpResponse:
    """Hand a file out to be kept, never to be shown by the browser as a page of ours."""
    found = queries.mentorship_for(request.person, key)
    row = queries.file_in(found, file_key)
    return handed_out(row.stored, row.name, rules.KINDS[row.kind].content_type)


def handed_out(stored: FieldFile, name: str, content_type: str) -> HttpResponse:
    """Answer with a file as it lies there, piece by piece; what is missing is told in a sentence."""
    try:
        content = stored.open("rb")
    except FileNotFoundError as error:
        raise RefusedError(
            _("This file can't be found on the server. The office has to look after it.")
        ) from error
    answer = FileResponse(content, as_attachment=True, filename=name, content_type=content_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return uncached(cast(HttpResponse, answer))  # of the same kind for whoever reads its headers


@require_POST
@open_to(MENTOR, MENTEE)
def remove_file(request: MemberRequest, key: str, file_key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    row = queries.file_in(found, file_key)
    form = RemoveForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    actions.remove_file(row, by=request.person, reason=reason)
    messages.success(request, _("It is gone."))
    return redirect(papers_address(found, "#files"))
