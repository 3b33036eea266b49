"""In which language does somebody read, and how do they choose another?"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import trans_real

from lodestar.domain.common.wording import Ask, Vocabulary, speaking
from lodestar.domain.people.models import Association, Person
from lodestar.domain.people.queries import association
from lodestar.domain.people.rules import is_language


def offered() -> list[tuple[str, str]]:
    """Return the languages that one can choose, each in its own words; the trial one only from within it."""
    hidden = {settings.TRIAL_LANGUAGE} - {translation.get_language()}
    return [(code, name) for code, name in settings.LANGUAGES if code not in hidden]


def house_language(house: Association | None = None) -> str:
    """Return what the association speaks where nobody's own language is known."""
    said = (house or association()).reads_in
    return said if is_language(said) else settings.LANGUAGE_CODE


def own_words() -> Vocabulary:
    """Return what the association calls its people and programs."""
    found: Vocabulary = association().vocabulary
    return found


def language_of(person: Person | None) -> str:
    """Return in which language somebody is written to."""
    said = person.reads_in if person else ""
    return said if is_language(said) else house_language()


def language_for(request: HttpRequest) -> str:
    """Return what this reader chose, here or on this browser, else what their browser asks for."""
    person: Person | None = getattr(request, "person", None)
    own = person.reads_in if person else ""
    if is_language(own):
        return own
    house: Association | None = getattr(request, "association", None)
    return chosen_on(request) or guessed(request) or house_language(house)


def chosen_on(request: HttpRequest) -> str:
    """Return what somebody chose on this browser, or nothing."""
    said = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return said if is_language(said) else ""


def guessed(request: HttpRequest) -> str:
    """Return the first language that a browser asks for and that we have; never the trial one."""
    header = request.headers.get("Accept-Language", "")
    for wanted, _weight in trans_real.parse_accept_lang_header(header):
        base = wanted.partition("-")[0]
        if is_language(base) and base != settings.TRIAL_LANGUAGE:
            return base
    return ""


@contextmanager
def reading(language: str, ask: Ask = own_words) -> Iterator[str]:
    """Say everything meanwhile in this language, and in the association's own words."""
    with translation.override(language), speaking(ask):
        yield language


def remember(answer: HttpResponse, language: str) -> None:
    """Let this browser keep a choice, so that it holds before anybody signs in."""
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.IS_HTTPS,
        httponly=True,
        samesite="Lax",
    )
