"""In which language shall we speak?"""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.people.actions.profile import choose_language
from lodestar.domain.people.rules import is_language
from lodestar.web.common.access import EVERYONE, open_to
from lodestar.web.common.languages import remember
from lodestar.web.common.request import PersonRequest


@require_POST
@open_to(*EVERYONE)
def language(request: PersonRequest) -> HttpResponse:
    """Keep a reader's choice: on this browser, and with who is signed in also for their letters."""
    chosen = request.POST.get("language", "")
    if not is_language(chosen):
        raise NotFoundError
    if request.person is not None:
        choose_language(request.person, language=chosen, by=request.person)
    answer = redirect(way_back(request.POST.get("next", "")))
    remember(answer, chosen)
    return answer


def way_back(path: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return path if is_ours and path.startswith("/") else "/"
