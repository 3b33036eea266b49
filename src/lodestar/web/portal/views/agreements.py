"""What two people agree on: written by one, signed by both."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lodestar.domain.mentorships import actions, queries, rules
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.people.models import Person
from lodestar.web.common.access import MENTEE, MENTOR, open_to
from lodestar.web.common.page import ask_again, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.portal.forms.agreements import AgreementForm

AGREEMENT_PAGE = "portal/mentorships/agreement.html"
WRITE_PAGE = "portal/mentorships/agreement_form.html"


def agreement_context(mentorship: Mentorship, person: Person) -> dict[str, object]:
    """Return the newest version with who signed it."""
    latest = queries.latest_agreement(mentorship)
    return {
        "mentorship": mentorship,
        "partner": rules.partner_of(mentorship, person),
        "agreement": latest,
        "has_signed": bool(latest and rules.has_signed(latest, person)),
        "has_other_signed": bool(latest and rules.has_other_signed(latest, person)),
        "is_review": bool(latest and rules.is_review(latest)),
        "meets_once": rules.meets_once(mentorship),
        "may_write": rules.may_write(mentorship, person),
        "why_closed": rules.why_not_read_only(mentorship),
    }


def agreement_address(mentorship: Mentorship) -> str:
    return reverse("portal:mentorship-agreement", args=[mentorship.public_id])


@require_safe
@open_to(MENTOR, MENTEE)
def agreement(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    context = agreement_context(found, request.person)
    context |= {
        "in_force": queries.agreement_in_force(found),
        "versions": queries.versions_of_agreement(found),
    }
    return show(request, AGREEMENT_PAGE, context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MENTOR, MENTEE)
def write(request: MemberRequest, key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    form = form_for(request, found)
    context = {**agreement_context(found, request.person), "form": form}
    if request.method != "POST":
        return show(request, WRITE_PAGE, context)
    if not form.is_valid() or was_changed_meanwhile(form, found):
        return ask_again(request, WRITE_PAGE, context)
    kept = actions.draft_agreement(
        found,
        by=request.person,
        words=form.words,
        seen=form.cleaned_data["seen"],
        is_signed="sign" in request.POST,
    )
    messages.success(
        request, _("Both of you have signed.") if kept.agreed_at else _("Written down.")
    )
    return redirect(agreement_address(found))


def form_for(request: MemberRequest, mentorship: Mentorship) -> AgreementForm:
    """Return the form, at first with the newest words or a draft made of what is known."""
    latest = queries.latest_agreement(mentorship)
    first = {**queries.draft_for(mentorship), "seen": latest.public_id if latest else ""}
    return AgreementForm(
        request.POST if request.method == "POST" else None,
        initial=first,
        meets_once=rules.meets_once(mentorship),
        cadence_days=rules.cadence_of(mentorship),
    )


def was_changed_meanwhile(form: AgreementForm, mentorship: Mentorship) -> bool:
    """Say beside what was typed if both changed the same part; what only one changed is put together."""
    both = queries.changed_by_both(mentorship, form.cleaned_data["seen"], form.words)
    for name, theirs in both.items():
        form.add_error(
            name if name in form.fields else None,
            _("Meanwhile your partner wrote here: %(words)s") % {"words": theirs},
        )
    if both and (latest := queries.latest_agreement(mentorship)):
        form.data = {**dict(form.data.items()), "seen": latest.public_id}
    return bool(both)


@require_POST
@open_to(MENTOR, MENTEE)
def sign(request: MemberRequest, key: str, agreement_key: str) -> HttpResponse:
    found = queries.mentorship_for(request.person, key)
    signed = actions.sign_agreement(queries.agreement_in(found, agreement_key), by=request.person)
    sentence = (
        _("Both of you have signed. It holds from now on.")
        if signed.agreed_at
        else _("Signed. It holds once the other of you has signed as well.")
    )
    messages.success(request, sentence)
    return redirect(agreement_address(found))
