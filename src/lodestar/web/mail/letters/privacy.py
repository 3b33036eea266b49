"""The letters about one's own data: a copy is ready, and goodbye."""

from django.utils.translation import gettext as _

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.messaging.models import Letter
from lodestar.domain.privacy.models import DataRequest
from lodestar.domain.privacy.queries import latest_request
from lodestar.web.mail.links import page_url
from lodestar.web.mail.registry import Button, Written, letter


def request_of(letter: Letter, kind: DataRequest.Kind) -> DataRequest:
    found = latest_request(letter.person, kind) if letter.person else None
    if found is None:
        raise NotFoundError
    return found


@letter("privacy.copy")
def copy(letter: Letter) -> Written:
    """The copy that somebody asked for is there; the file itself stays behind their sign-in."""
    made = request_of(letter, DataRequest.Kind.COPY)
    return Written(
        subject=_("Your copy is ready"),
        template="mail/privacy/copy.txt",
        facts={"until": made.expires_at},
        button=Button(_("Fetch it"), page_url("portal:copy")),
    )


@letter("privacy.leaving")
def leaving(letter: Letter) -> Written:
    """The last letter to somebody who left: until when they can come back."""
    left = request_of(letter, DataRequest.Kind.LEAVING)
    return Written(
        subject=_("You have left, and can still come back"),
        template="mail/privacy/leaving.txt",
        facts={"until": left.due_at},
        button=Button(_("Come back"), page_url("account_login")),
    )
