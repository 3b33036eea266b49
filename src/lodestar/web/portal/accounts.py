"""How does sign-in use our people and our letters?"""

from datetime import timedelta
from importlib import import_module
from typing import Any, Protocol, cast

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions import queue_letter
from lodestar.domain.messaging.models import Letter
from lodestar.domain.people.actions.profile import choose_language
from lodestar.domain.people.models import Account
from lodestar.domain.privacy.actions import come_back
from lodestar.web.portal.devices import note_sign_in

KIND_OF_MAIL = {"account/email/login_code": "accounts.code"}
SIGNED_IN_AT = "signed_in_at"


class Stagehand(Protocol):
    """What a demo may say about limits."""

    def are_limits_on(self) -> bool: ...


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signs people in by mailed code; its mail is queued like any other."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        queue_code(KIND_OF_MAIL[template_prefix], email, context["code"])

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        request.session[SIGNED_IN_AT] = now().timestamp()
        if user.person is not None:
            note_sign_in(request, user.person)
            if not user.person.reads_in:
                choose_language(user.person, language=get_language() or "en", by=user.person)
            if user.person.leaving_at is not None and come_back(user.person):
                messages.success(request, good_to_see_you())

    def pre_login(self, request: HttpRequest, user: Account, **kwargs: Any) -> HttpResponse | None:
        if user.person is not None and user.person.blocked_at is not None:
            return redirect("account_inactive")
        return cast(HttpResponse | None, super().pre_login(request, user, **kwargs))

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: the page that follows shows that it worked."""


def good_to_see_you() -> str:
    return _("Good to see you again. Nothing of yours is forgotten now; what ended when you left stays ended.")  # fmt: skip


def queue_code(kind: str, email: str, code: str) -> Letter:
    """Queue a code; it goes before all other letters, and not at all once it has run out."""
    return queue_letter(
        kind,
        email=email,
        words={"code": code, "language": get_language() or ""},
        urgency=Letter.Urgency.SIGN_IN,
        expires_at=now() + timedelta(seconds=app_settings.LOGIN_BY_CODE_TIMEOUT),
    )


def are_limits_on() -> bool:
    """Whether tries are counted: always, unless a demo or a test has switched it off."""
    if not settings.RATE_LIMITED or not settings.STAGEHAND:
        return bool(settings.RATE_LIMITED)
    return cast(Stagehand, import_module(settings.STAGEHAND)).are_limits_on()
