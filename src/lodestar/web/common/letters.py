"""How does a letter look before it goes?

Doors do not know each other: settings name the mail door's function, and this says what it returns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.http import HttpResponse
from django.utils.module_loading import import_string

from lodestar.domain.messaging.models import Letter

# Nothing in a letter may run, load or send; its own styles may show.
HTML_POLICY = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'self'"


@dataclass(frozen=True)
class Preview:
    """A letter as it would arrive, without its links; `problem` says why it cannot be written."""

    subject: str = ""
    text: str = ""
    html: str = ""
    problem: str = ""


def preview_of(letter: Letter) -> Preview:
    """Return what the letter would say if it went now; nothing in it leads anywhere."""
    return cast(Callable[[Letter], Preview], import_string(settings.LETTER_PREVIEW))(letter)


def reminder_kinds() -> list[str]:
    """Return the kinds of letters that are friendly reminders; the mail door knows them."""
    return cast(Callable[[], list[str]], import_string(settings.REMINDER_KINDS))()


def framed(html: str) -> HttpResponse:
    """Return a letter's HTML for a frame of ours, in which nothing runs."""
    answer = HttpResponse(html)
    answer._csp_exempt = True  # type: ignore[attr-defined]
    answer["Content-Security-Policy"] = HTML_POLICY
    return answer
