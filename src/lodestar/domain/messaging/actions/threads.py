"""How is a message kept, and how does its reader hear of it?"""

from datetime import timedelta
from typing import TypeVar

from django.utils.translation import gettext as _

from lodestar.domain.common.errors import RefusedError
from lodestar.domain.common.models import Fact, random_id
from lodestar.domain.common.time import now
from lodestar.domain.messaging.actions.letters import queue_letter
from lodestar.domain.messaging.models import Occasion, Writing
from lodestar.domain.messaging.queries import wishes_of
from lodestar.domain.people.models import Person

NOTICE_HOURS = 4
W = TypeVar("W", bound=Writing)


def keep_message(
    kind: type[W], *, by: Person, text: str, form_key: str, **thread: Fact
) -> tuple[W, bool]:
    """Keep what somebody wrote in a thread, and say if it is new: the same form sent twice is one message.

    Whoever calls has locked what the thread is about, and knows that one may write there.
    """
    if not text.strip():
        raise RefusedError(_("Your message is still empty. Write a line, then send it."))
    message, is_new = kind._default_manager.get_or_create(
        form_key=form_key or random_id(),
        defaults={**thread, "author": by, "text": text.strip()},
    )
    stands = [getattr(message, f"{name}_id") == fact.pk for name, fact in thread.items()]
    if message.author_id != by.pk or not all(stands):
        raise RefusedError(_("This form was used before. Open the page again and send it anew."))
    if is_new:
        message.full_clean()
    return message, is_new


def tell_of_message(kind: str, about: Occasion, *, to: Person, message: Writing) -> None:
    """Tell somebody that something waits, once in a few hours; each message to whoever reads it in their letters."""
    has_words = wishes_of(to).has_words
    hour = int(now().timestamp()) // (NOTICE_HOURS * 3600)
    turn = message.public_id if has_words else hour
    queue_letter(
        kind,
        to=to,
        about=about,
        unique_key=f"message:{about.public_id}:{to.public_id}:{turn}",
        words={"message": message.public_id} if has_words else {},
        expires_at=now() + timedelta(days=3),
        at_once=True,
    )
