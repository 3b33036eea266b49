"""How does a text read without saying who wrote it?

Names, addresses, links and telephone numbers are replaced by a mark. What somebody tells of their life stays, and
may still say who they are to one who knows them: nothing can blind that, so readers hand back whom they recognise.
"""

import re
from collections.abc import Iterable

ADDRESS = re.compile(r"\S+@\S+|(?:https?://|www\.)\S+|(?<!\w)@\w{3,}", re.IGNORECASE)
TELEPHONE = re.compile(r"(?<!\w)\+?\d[\d\s()/.-]{7,}\d(?!\w)")
SHORTEST = 2
FEWEST_DIGITS = 9


def blinded(text: str, names: Iterable[str], mark: str = "[…]") -> str:
    """Return a text without the names, addresses and numbers of who wrote it.

    >>> blinded("I am Ana Díaz-Ruiz, ana@example.org, +41 44 123 45 67.", ["Ana", "Díaz-Ruiz"])
    'I am […] […], […] […].'
    """
    text = TELEPHONE.sub(lambda found: _unless_years(found[0], mark), ADDRESS.sub(mark, text))
    parts = {part for name in names for part in [name, *re.split(r"[\s’'.-]+", name)]}
    long_enough = sorted((p for p in parts if len(p.strip()) >= SHORTEST), key=len, reverse=True)
    if not long_enough:
        return text
    either = "|".join(map(re.escape, long_enough))
    # Scripts without spaces have no edges of words, so there the name is found anywhere.
    edges = either if _is_unspaced("".join(long_enough)) else rf"(?<!\w)(?:{either})(?!\w)"
    return re.sub(edges, mark, text, flags=re.IGNORECASE)


def _unless_years(number: str, mark: str) -> str:
    """Leave "2015-2022" alone: a number of the telephone has nine digits or more."""
    return mark if sum(map(str.isdigit, number)) >= FEWEST_DIGITS else number


def _is_unspaced(letters: str) -> bool:
    return any(
        "\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" for letter in letters
    )
