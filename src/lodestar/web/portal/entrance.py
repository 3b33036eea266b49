"""How does a mailed code let somebody in, or give them another address?

Known and unknown addresses go the same way: nothing is looked up before the code has come back, so
neither answer nor time tells who is known here. An account begins when the first code is right.
"""

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.code_verification import AbstractCodeVerificationProcess
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStageController
from allauth.core import ratelimit
from allauth.core.internal.cryptokit import compare_user_code
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from lodestar.domain.common.time import now
from lodestar.domain.people.actions.accounts import admit
from lodestar.domain.people.models import Account
from lodestar.web.portal.accounts import are_limits_on, queue_code

ADDRESS_STATE = "new_address"
RESENDS = 3
State = MutableMapping[str, Any]


def fresh_state(email: str) -> dict[str, Any]:
    return {"at": now().timestamp(), "failed_attempts": 0, "resend_count": 0, "email": email}


def is_fresh(state: State, seconds: int) -> bool:
    """Whether a code still counts, by the one clock that all parts share."""
    return bool(0 <= now().timestamp() - state["at"] <= seconds)


def has_patience(request: HttpRequest, email: str) -> bool:
    """Whether this visitor and this address have not asked for too many codes lately."""
    if not are_limits_on():
        return True
    return bool(ratelimit.consume(request, action="request_login_code", key=email))


class Entrance(LoginCodeVerificationProcess):  # type: ignore[misc]
    """Signing in or joining, which from outside are one and the same."""

    @property
    def user(self) -> None:
        return None

    @property
    def email(self) -> str:
        return str(self.state["email"])

    def is_valid(self) -> bool:
        return is_fresh(self.state, self.timeout)

    def send_by_email(self, email: str, skip_enumeration_mails: bool = False) -> None:  # noqa: ARG002
        get_adapter().send_mail("account/email/login_code", email, {"code": self.generate_code()})

    @property
    def can_resend(self) -> bool:
        return not self.is_resend_quota_reached(RESENDS)

    def resend(self) -> None:
        self.send()
        self.record_resend()
        self.persist()

    def finish(self, redirect_url: str | None) -> HttpResponse:
        account = admit(self.email)
        record_authentication(self.request, account, method="code", email=self.email)
        login = Login(user=account, redirect_url=way_in(account, redirect_url), email=account.email)
        answer: HttpResponse = perform_login(self.request, login)
        return answer


def way_in(account: Account, then: str | None) -> str:
    """Return where somebody goes after signing in; first of all they tell us their name."""
    then = then or reverse("portal:home")
    if account.person is None or account.person.given_name:
        return then
    return f"{reverse('portal:name')}?{urlencode({'next': then})}"


def begin(request: HttpRequest, email: str, then: str) -> None:
    """Mail a code to an address and wait for it in this session."""
    login = Login(user=None, email=email)
    login.state["stages"] = {"current": LoginByCodeStage.key}
    stage = LoginByCodeStage(LoginStageController(request, login), request, login)
    stage.state.update(fresh_state(email), then=then, initiated_by_user=True)
    entrance = Entrance(stage=stage)
    entrance.send()
    entrance.persist()


def resume(request: HttpRequest) -> Entrance | None:
    """Return the entrance that this session waits in, if its code still counts."""
    stage = LoginStageController.enter(request, LoginByCodeStage.key)
    if stage is None or "email" not in stage.state:
        return None
    found: Entrance | None = Entrance(stage=stage).abort_if_invalid()
    return found


class Move(AbstractCodeVerificationProcess):  # type: ignore[misc]
    """Taking another address: a code to the new one shows that it is theirs."""

    def __init__(self, request: HttpRequest, state: State) -> None:
        self.request = request
        super().__init__(
            max_attempts=app_settings.LOGIN_BY_CODE_MAX_ATTEMPTS,
            timeout=app_settings.LOGIN_BY_CODE_TIMEOUT,
            state=dict(state),
        )

    def is_valid(self) -> bool:
        return is_fresh(self.state, self.timeout)

    def send(self) -> None:
        self.state["code"] = get_adapter().generate_login_code()
        queue_code("accounts.address", self.state["email"], self.state["code"])

    def persist(self) -> None:
        self.request.session[ADDRESS_STATE] = self.state

    def abort(self) -> None:
        self.request.session.pop(ADDRESS_STATE, None)


def begin_move(request: HttpRequest, email: str) -> None:
    move = Move(request, fresh_state(email))
    move.send()
    move.persist()


def resume_move(request: HttpRequest) -> Move | None:
    state = request.session.get(ADDRESS_STATE)
    if not state:
        return None
    found: Move | None = Move(request, state).abort_if_invalid()
    return found


def is_right(process: Entrance | Move, code: str) -> bool:
    return bool(compare_user_code(actual=code, expected=process.code))
