"""The rehearsal: ask for one, see how far it is, read its days and letters, write down what it shows."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.time import today
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.queries import cohort_for
from lodestar.domain.programs.rules.ways import asking_not_played
from lodestar.domain.rehearsals import actions, queries, rules
from lodestar.domain.rehearsals.models import Rehearsal
from lodestar.domain.trials.queries import design_to_try
from lodestar.web.common.access import COORDINATOR, open_to
from lodestar.web.common.page import Context, ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console import rehearsal_words as words
from lodestar.web.console.forms.pilots import FindingForm
from lodestar.web.console.forms.rehearsals import RehearsalForm

LIST_PAGE = "console/rehearsals/list.html"
REHEARSAL_PAGE = "console/rehearsals/rehearsal.html"
LETTER_PAGE = "console/rehearsals/letter.html"
FINDING_PAGE = "console/rehearsals/finding.html"


def list_context(request: MemberRequest, cohort: Cohort, form: RehearsalForm) -> Context:
    found = queries.rehearsals_for(request.person, cohort)
    usual = (rules.USUAL_MENTORS, rules.USUAL_MENTEES)
    return {
        "cohort": cohort,
        "form": form,
        "rows": [(each, words.headline_of_row(each)) for each in found],
        "why_not": rules.why_not_rehearse(cohort, *usual, today()),
    }


@require_GET
@open_to(COORDINATOR)
def rehearsals(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    form = RehearsalForm(cohort=cohort, last=queries.latest_rehearsal(cohort))
    return show(request, LIST_PAGE, list_context(request, cohort, form))


@require_POST
@open_to(COORDINATOR)
def run(request: MemberRequest, key: str) -> HttpResponse:
    cohort = cohort_for(request.person, key)
    form = RehearsalForm(request.POST, cohort=cohort)
    if not form.is_valid():
        return ask_again(request, LIST_PAGE, list_context(request, cohort, form))
    said = form.cleaned_data | {"design": design_to_try(cohort, form.cleaned_data["design"])}
    asked = actions.request_rehearsal(cohort, by=request.person, **said)
    return redirect("console:rehearsal", asked.public_id)


@require_GET
@open_to(COORDINATOR)
def rehearsal(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.rehearsal_for(request.person, key)
    context = {
        "rehearsal": found,
        "cohort": found.cohort,
        "is_waiting": found.status in Rehearsal.WAITING,
        **(seen_in(found, request.GET.get("who", "")) if found.report else {}),
    }
    return show(request, REHEARSAL_PAGE, context, fragment="rehearsal")


def seen_in(found: Rehearsal, who: str) -> Context:
    report = found.report
    who = who if any(each["key"] == who for each in report["people"]) else ""
    return {
        "report": report,
        "headline": words.headline_of(report),
        "pace": words.pace_of(report),
        "asking_not_played": asking_not_played(found.design),
        "fates": rules.fates_in_words(report["fates"]),
        "remarks": words.noted(report["remarks"]),
        "readers": words.readers_of(report),
        "who": who,
        "who_name": words.name_of(report, who) if who else "",
        "months": words.months_of(report, who),
        **changes_since(found),
    }


def changes_since(found: Rehearsal) -> Context:
    """Return what is different since the last rehearsal that was done, if there was one."""
    earlier = queries.earlier_rehearsal(found)
    if earlier is None:
        return {}
    change = queries.compared(earlier.report, found.report)
    sizes = [(each.mentor_count, each.mentee_count, each.manner) for each in (earlier, found)]
    return {
        "earlier": earlier,
        "change": change,
        "changed_letters": words.changed_letters(change),
        "new_remarks": words.noted(change.new),
        "gone_remarks": words.noted(change.gone),
        "are_same_people": sizes[0] == sizes[1],
    }


@require_GET
@open_to(COORDINATOR)
def letter(request: MemberRequest, key: str, number: int) -> HttpResponse:
    found = queries.rehearsal_for(request.person, key)
    if number >= len(found.report.get("letters", [])):
        raise NotFoundError
    before, after = words.neighbours(found.report, number)
    context = {
        "rehearsal": found,
        "cohort": found.cohort,
        "letter": words.sheet_of(found.report, number),
        "key": found.report["letters"][number]["to"],
        "before": before,
        "after": after,
    }
    return show(request, LETTER_PAGE, context)


@require_http_methods(["GET", "POST"])
@open_to(COORDINATOR)
def finding(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.rehearsal_for(request.person, key)
    if not found.cohort.is_pilot or not found.report:
        raise NotFoundError
    shown = {"rehearsal": found, "cohort": found.cohort}
    if request.method != "POST":
        begun = words.finding_of(found.report, number_in(request, "remark"), number_in(request, "letter"))  # fmt: skip
        return show(request, FINDING_PAGE, shown | {"form": FindingForm(initial=begun)})
    form = FindingForm(request.POST)
    if not form.is_valid():
        return ask_again(request, FINDING_PAGE, shown | {"form": form})
    actions.note_finding(found, by=request.person, **form.cleaned_data)
    messages.success(request, _("Written down. It stands with the trial run until it is mended and checked."))  # fmt: skip
    return redirect("console:rehearsal", key)


def number_in(request: HttpRequest, name: str) -> int | None:
    said = request.GET.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else None
