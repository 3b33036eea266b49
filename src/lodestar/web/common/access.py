"""Who may come in at this door? What they may see there is for the queries to say."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar, cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
View = Callable[Concatenate[R, P], HttpResponse]

VISITOR: Final = "visitor"
LINK_HOLDER: Final = "link holder"
MEMBER: Final = "member"
APPLICANT: Final = "applicant"
MENTOR: Final = "mentor"
MENTEE: Final = "mentee"
COORDINATOR: Final = "coordinator"
REVIEWER: Final = "reviewer"
SAFEGUARDING_LEAD: Final = "safeguarding lead"
ADMIN: Final = "admin"
ROLES = (
    VISITOR, LINK_HOLDER, MEMBER, APPLICANT, MENTOR, MENTEE, COORDINATOR, REVIEWER, SAFEGUARDING_LEAD, ADMIN,
)  # fmt: skip
UNSIGNED = {VISITOR, LINK_HOLDER}
EVERYONE = ROLES


def open_to(*roles: str) -> Callable[[View[R, P]], Callable[..., HttpResponse]]:
    """Declare who uses a page; where no visitor is among them, visitors sign in first.

    The declaration is what `lodestar routes` prints and what a test holds against the answers
    that each role really gets. It lets nobody in: a query that finds nothing for the person does
    the refusing. A member of any kind counts as `member`.
    """

    def declare(view: View[R, P]) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not UNSIGNED & set(roles) and getattr(request, "person", None) is None:
                return to_sign_in(request)
            return view(request, *args, **kwargs)

        cast(Any, guarded).open_to = roles
        return guarded

    return declare


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send a visitor to the sign-in page, and back here afterwards."""
    response = redirect_to_login(request.get_full_path())
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": response["Location"]})
    return response
