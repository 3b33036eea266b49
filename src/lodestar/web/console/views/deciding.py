"""Decisions that are noted, looked over with their letters, and released together."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from lodestar.domain.applications.actions import (
    forget_decision,
    note_decision,
    note_decisions,
    release_decisions,
)
from lodestar.domain.applications.models import Noted
from lodestar.domain.applications.queries import application_for, chosen_applications
from lodestar.domain.applications.queries.noted import (
    effect_of,
    noted_for,
    noted_of,
    state_of_noted,
)
from lodestar.domain.messaging.models import Letter
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.letters import Preview, preview_of
from lodestar.web.common.page import show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.deciding_words import effect_in_words, noted_words, released_words
from lodestar.web.console.forms.deciding import NoteForm, SentenceForm
from lodestar.web.console.views.applications import filters_of

DECISIONS_PAGE = "console/deciding/decisions.html"
A_GROUP = 50
Decision = Noted.Decision


@dataclass(frozen=True)
class Group:
    """Everybody about whom the same was noted, and the letter as the first of them would read it."""

    decision: Decision
    rows: list[Noted]
    preview: Preview

    @property
    def shown(self) -> list[Noted]:
        return self.rows[:A_GROUP]

    @property
    def more(self) -> int:
        return len(self.rows) - len(self.shown)

    @property
    def label(self) -> str:
        count = len(self.rows)
        sentences = {
            Decision.ACCEPTED: ngettext("%(count)d yes", "%(count)d times yes", count),
            Decision.WAITLISTED: ngettext(
                "%(count)d on the waitlist", "%(count)d on the waitlist", count
            ),
            Decision.DECLINED: ngettext("%(count)d no", "%(count)d times no", count),
        }
        return sentences[self.decision] % {"count": count}


def groups_of(rows: list[Noted]) -> list[Group]:
    found = []
    for decision in Decision:
        same = [each for each in rows if each.decision == decision]
        if same:
            found.append(Group(decision, same, preview_of(letter_of(same[0]))))
    return found


def letter_of(noted: Noted) -> Letter:
    """Return the letter of a noted decision as it would be queued, unsaved."""
    return Letter(
        kind=f"applications.{noted.decision}",
        person=noted.application.person,
        about_kind=noted.application._meta.label_lower,
        about_key=noted.application.public_id,
        words={"note": noted.sentence},
    )


@require_safe
@open_to(COORDINATOR)
def decisions(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    rows = list(noted_for(request.person, cohort))
    effect = effect_of(cohort, rows)
    context = {
        "program": cohort.program,
        "cohort": cohort,
        "groups": groups_of(rows),
        "count": len(rows),
        "seen": state_of_noted(rows),
        "effect": effect_in_words(effect) if rows else [],
        "stuck": effect.stuck,
    }
    return show(request, DECISIONS_PAGE, context)


def to_decisions(cohort: Cohort) -> HttpResponse:
    return redirect("console:decisions", cohort.public_id)


@require_POST
@open_to(COORDINATOR)
def release(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    count = release_decisions(cohort, by=request.person, seen=request.POST.get("seen", ""))
    messages.success(request, released_words(count, cohort))
    return to_decisions(cohort)


@require_POST
@open_to(COORDINATOR)
def note_chosen(request: MemberRequest, key: str) -> HttpResponse:
    """Note the same about everybody ticked in the list."""
    cohort = cohort_for(request.person, key)
    chosen = chosen_applications(request.person, cohort, request.POST.getlist("chosen"))
    form = NoteForm(request.POST)
    if form.is_valid():
        noted, refused = note_decisions(chosen, by=request.person, **form.cleaned_data)
        messages.success(request, noted_words(noted, refused))
    else:
        messages.error(request, _("Choose what you decide: accept, waitlist or decline."))
    filters = urlencode(filters_of(request.POST))
    return redirect(f"{reverse('console:applications', args=[key])}?{filters}")


@require_POST
@open_to(COORDINATOR)
def renote(request: MemberRequest, key: str) -> HttpResponse:
    """Change the sentence of a noted decision, or take the decision back."""
    found = application_for(request.person, key)
    if "forget" in request.POST:
        forget_decision(found, by=request.person)
        messages.success(request, _("Taken back. The application waits as before."))
        return to_decisions(found.cohort)
    form, noted = SentenceForm(request.POST), noted_of(found)
    if noted is None or not form.is_valid():
        messages.error(request, _("Nothing is noted about this application any more."))
        return to_decisions(found.cohort)
    sentence = form.cleaned_data["sentence"]
    note_decision(found, by=request.person, decision=noted.decision, sentence=sentence)
    messages.success(request, _("Saved."))
    return to_decisions(found.cohort)
