"""Which family does a free-text answer belong to?

Offices and people write one industry or role in a thousand ways. A family table lists paths from
the general to the particular, each with words and phrases that point to it; the longest phrase found wins.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lodestar.engine.answers.values import PATH_SEPARATOR, plain

WORD_START = re.compile(r"(?<!\w)(?=\S)")

Table = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Families:
    """A family table. A phrase ending in `*` also matches longer words that begin with it.

    >>> families = Families({"Health > Care": ("nurse*", "hospital"), "Education": ("school",)})
    >>> families.path("Nurse at a school"), families.path("Zymurgy")
    ('Health > Care', None)
    """

    table: Table
    cache: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def _paths(self) -> dict[str, str]:
        named = {plain(path.split(PATH_SEPARATOR)[-1]): path for path in self.table}
        told = {plain(phrase): path for path, phrases in self.table.items() for phrase in phrases}
        return named | told

    @cached_property
    def _exact(self) -> dict[str, str]:
        return {phrase: path for phrase, path in self._paths.items() if not phrase.endswith("*")}

    @cached_property
    def _beginnings(self) -> dict[str, str]:
        return {phrase[:-1]: path for phrase, path in self._paths.items() if phrase.endswith("*")}

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self._paths), default=0)

    def path(self, text: str) -> str | None:
        """Return the path a text belongs to, or None where no phrase is known."""
        if text not in self.cache:
            found = self.paths(text)
            self.cache[text] = found[0] if found else None
        return self.cache[text]

    def paths(self, text: str) -> list[str]:
        """Return every path a text points to, the surest first."""
        spelled = plain(text)
        hits = [
            hit for word in WORD_START.finditer(spelled) for hit in self._at(spelled, word.start())
        ]
        hits.sort()
        return list(dict.fromkeys(path for _, _, path in hits))

    def _at(self, text: str, start: int) -> list[tuple[int, int, str]]:
        """Return (minus length, position, path) of each phrase that begins here."""
        found = []
        for end in range(start + 1, min(len(text), start + self._longest) + 1):
            piece = text[start:end]
            if piece in self._beginnings:
                found.append((start - end - 1, start, self._beginnings[piece]))
            if piece in self._exact and not text[end : end + 1].isalnum():
                found.append((start - end, start, self._exact[piece]))
        return found


def families_from(rows: str) -> Families:
    r"""Read a table of paths, each followed by indented phrases parted by semicolons.

    >>> families_from("Health > Care\n    nurse*; hospital").path("Night nurses")
    'Health > Care'
    """
    told: dict[str, str] = {}
    path = ""
    for row in filter(str.strip, rows.splitlines()):
        if row.startswith(" "):
            told[path] += f" {row.strip()}"
        else:
            path = row.strip()
            told[path] = ""
    return Families({path: _phrases(text) for path, text in told.items()})


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(phrase.strip() for phrase in text.split(";") if phrase.strip())
