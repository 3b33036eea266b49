"""Which family does a free-text answer belong to?

Offices and people write one industry or role in a thousand ways. A family table lists paths from
the general to the particular, each with words and phrases that point to it; the longest phrase found wins.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from lodestar.engine.matching.answers import PATH_SEPARATOR, plain

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
    def _pattern(self) -> re.Pattern[str]:
        """One expression of all phrases, the longest first."""
        longest = sorted(self._paths, key=lambda phrase: (-len(phrase), phrase))
        ends = (
            re.escape(phrase[:-1]) + r"\w*"
            if phrase.endswith("*")
            else re.escape(phrase) + r"(?!\w)"
            for phrase in longest
        )
        return re.compile(
            "|".join(rf"(?P<p{place}>(?<!\w){end})" for place, end in enumerate(ends))
        )

    @cached_property
    def _by_group(self) -> dict[str, tuple[int, str]]:
        longest = sorted(self._paths, key=lambda phrase: (-len(phrase), phrase))
        return {f"p{n}": (len(phrase), self._paths[phrase]) for n, phrase in enumerate(longest)}

    def path(self, text: str) -> str | None:
        """Return the path a text belongs to, or None where no phrase is known."""
        if text not in self.cache:
            found = self.paths(text)
            self.cache[text] = found[0] if found else None
        return self.cache[text]

    def paths(self, text: str) -> list[str]:
        """Return every path a text points to, the surest first."""
        hits = [
            (*self._by_group[match.lastgroup], match.start())
            for match in self._pattern.finditer(plain(text))
            if match.lastgroup
        ]
        hits.sort(key=lambda hit: (-hit[0], hit[2]))
        return list(dict.fromkeys(path for _, path, _ in hits))


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
