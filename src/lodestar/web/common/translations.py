"""What stands between a sentence in our sources and the one that is read?

Django asks one object a language for every sentence. Ours goes between: it lets a trial language be made up, and an
association's own words take the place of the usual ones.
"""

from typing import Any

from django.utils.translation import trans_real

from lodestar.domain.common.wording import in_own_words
from lodestar.web.common.pseudo import CODE, accented

CONTEXT = "\x04"
SOURCE = "en"
Usual = trans_real.DjangoTranslation


def without_context(message: str) -> str:
    return message.rpartition(CONTEXT)[2]


class InOwnWords(Usual):
    """A language in which the association has its own words.

    What nobody has translated is said in another language or in that of the sources, and so in the words of that.
    """

    _catalog: Any
    _fallback: Any

    def gettext(self, message: str) -> str:
        known = self._catalog.get(message) or self._catalog.get((message, self.plural(1)))
        if known:
            return in_own_words(known, self.language())
        if self._fallback:
            return str(self._fallback.gettext(message))
        return in_own_words(without_context(message), SOURCE)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        try:
            return in_own_words(self._catalog.plural(msgid1, n), self.language())
        except KeyError:
            if self._fallback:
                return str(self._fallback.ngettext(msgid1, msgid2, n))
        return in_own_words(without_context(msgid1 if n == 1 else msgid2), SOURCE)


class Pseudo(Usual):
    """The trial language: made up sentence by sentence, with no catalogue."""

    def gettext(self, message: str) -> str:
        said = without_context(message)
        return accented(in_own_words(said, SOURCE)) if said else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def made(language: str, *more: object, **named: object) -> Usual:
    kind = Pseudo if language == CODE else InOwnWords
    return kind(language, *more, **named)  # type: ignore[arg-type]


def install() -> None:
    """Let Django make its translations here; those made before, while it began, are made again."""
    trans_real.DjangoTranslation = made  # type: ignore[assignment,misc]
    trans_real._translations = {}  # type: ignore[attr-defined]
    trans_real._default = None  # type: ignore[attr-defined]
