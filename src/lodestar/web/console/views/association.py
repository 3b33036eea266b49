"""Where an admin says who the association is: name, mark, one colour, addresses."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from lodestar.domain.people import rules
from lodestar.domain.people.actions.association import choose_words, describe_association
from lodestar.domain.people.queries import association_for
from lodestar.web.common.access import ADMIN, open_to
from lodestar.web.common.colours import DEFAULT, shades
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.console.forms.association import AssociationForm, words_of
from lodestar.web.console.forms.wording import WordingForm, typed_words

WORDS_PAGE = "console/people/words.html"
PAGE = "console/people/association.html"


def preview_of(colour: str) -> dict[str, object]:
    colour = colour if rules.is_colour(colour) else DEFAULT
    return {"colour": colour, "light": shades(colour, "light"), "dark": shades(colour, "dark")}


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN)
def association(request: MemberRequest) -> HttpResponse:
    known = association_for(request.person)
    if request.method != "POST":
        words = words_of(known)
        words["colour"] = request.GET.get("colour", known.colour)
        form = AssociationForm(initial=words, association=known)
        context = {"form": form, "preview": preview_of(words["colour"])}
        return show(request, PAGE, context, fragment="preview")
    form = AssociationForm(request.POST, request.FILES, association=known)
    context = {"form": form, "preview": preview_of(request.POST.get("colour", ""))}
    if not form.is_valid():
        return ask_again(request, PAGE, context)
    describe_association(form.description(), by=request.person)
    messages.success(request, _("Saved. Every page and letter carries it from now on."))
    return saved(request, PAGE, context, then=reverse("console:association"))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(ADMIN)
def words(request: MemberRequest) -> HttpResponse:
    known = association_for(request.person)
    if request.method != "POST":
        form = WordingForm(initial=typed_words(known.vocabulary))
        return show(request, WORDS_PAGE, {"form": form, "samples": samples()})
    form = WordingForm(request.POST)
    if not form.is_valid():
        return ask_again(request, WORDS_PAGE, {"form": form, "samples": samples()})
    choose_words(form.vocabulary(), by=request.person)
    messages.success(request, gettext_lazy("Kept. Every page and letter speaks so from now on."))
    return saved(request, WORDS_PAGE, {}, then=reverse("console:association-words"))


def samples() -> list[str]:
    """Return sentences in which every word that can be chosen stands once, as they read now."""
    return [
        _(
            "A mentor and a mentee find each other in a program; their mentorship begins with its cohort."
        ),
        _("Coordinators see how many mentors still have a place, and which mentees wait for one."),
    ]
