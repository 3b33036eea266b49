"""When and how somebody wants their letters."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lodestar.domain.messaging.actions import keep_wishes
from lodestar.domain.messaging.queries import wishes_of
from lodestar.domain.people.rules import zone_of
from lodestar.web.common.access import MEMBER, open_to
from lodestar.web.common.letters import reminder_kinds
from lodestar.web.common.page import ask_again, saved, show
from lodestar.web.common.request import MemberRequest
from lodestar.web.common.wishes import wishes_form

LETTERS_PAGE = "portal/people/letters.html"


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(MEMBER)
def letters(request: MemberRequest) -> HttpResponse:
    person = request.person
    sent = request.POST if request.method == "POST" else None
    form = wishes_form(wishes_of(person), sent)
    context = {"form": form, "zone": zone_of(person)}
    if sent is None:
        return show(request, LETTERS_PAGE, context)
    if not form.is_valid():
        return ask_again(request, LETTERS_PAGE, context)
    keep_wishes(person, by=person, reminder_kinds=reminder_kinds(), **form.cleaned_data)
    messages.success(request, _("Kept. It counts from the next letter on."))
    return saved(request, LETTERS_PAGE, context, then="portal:letters")
