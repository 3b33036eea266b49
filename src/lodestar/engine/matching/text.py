"""Do two free texts speak of the same things?

TF-IDF cosine (Salton & Buckley 1988) in whole numbers: each text becomes a vector of
length 1,000, rounded, so that dot products are exact on any machine. A weak signal (Kendall's
tau of about 0.3 with self-rated expertise), hence capped: likeness of 0.4 or more counts in full.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_array

from lodestar.engine.matching.answers import plain, values_of
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import Answer

UNIT = 1_000
CAP_PERCENT = 40
SHORTEST_WORD = 3
SHOWN_WORDS = 3
COMMON_SHARE = 0.5
FEWEST_FOR_COMMON = 10
STOP_WORDS_TEXT = """
    about after again all also and any are been both but can could did does doing don each
    even for from get had has have having her hers him his how into its just like make many
    may more most much must new not now off one only other our out over own same she should
    some such than that the their them then there these they this those through too under
    until very want was way were what when where which while who why will with work working
    would year years you your
"""
STOP_WORDS = frozenset(STOP_WORDS_TEXT.split())


def words_of(text: str) -> list[str]:
    """Return the telling words of a text.

    >>> words_of("I want to lead a DATA team, and to négocier.")
    ['lead', 'data', 'team', 'négocier']
    """
    found = re.findall(r"[^\W\d_]+", plain(text))
    return [word for word in found if len(word) >= SHORTEST_WORD and word not in STOP_WORDS]


class TextMeasure:
    """Capped likeness of two texts, 0 to 100."""

    def __init__(self, mentees: Sequence[Answer], mentors: Sequence[Answer]) -> None:
        mine = [Counter(words_of(" ".join(values_of(answer)))) for answer in mentees]
        theirs = [Counter(words_of(" ".join(values_of(answer)))) for answer in mentors]
        self.mentee_answered = np.array([bool(words) for words in mine], dtype=bool)
        self.mentor_answered = np.array([bool(words) for words in theirs], dtype=bool)
        rarity = rarities([*mine, *theirs])
        self.words = sorted(rarity)
        position = {word: place for place, word in enumerate(self.words)}
        self.mentees = vectors(mine, rarity, position)
        self.mentors = vectors(theirs, rarity, position)

    def closeness(self, rows: Ints, columns: Ints) -> Ints:
        likeness = (self.mentees[rows] @ self.mentors[columns].T).toarray()
        capped: Ints = np.minimum(100 * 100 * likeness // (CAP_PERCENT * UNIT * UNIT), 100)
        return capped

    def finding(self, row: int, column: int) -> tuple[str, tuple[str, ...]] | None:
        both = (self.mentees[[row]] * self.mentors[[column]]).tocoo()
        strongest = sorted(
            zip(both.data.tolist(), both.coords[1].tolist(), strict=True),
            key=lambda entry: (-entry[0], entry[1]),
        )
        shared = tuple(self.words[place] for worth, place in strongest[:SHOWN_WORDS] if worth)
        return ("words", shared) if shared else None


def rarities(texts: list[Counter[str]]) -> dict[str, float]:
    """Return the smoothed inverse document frequency of each word that is not everywhere."""
    filled = sum(bool(words) for words in texts)
    spread = Counter(word for words in texts for word in words)
    most = filled * COMMON_SHARE if filled >= FEWEST_FOR_COMMON else filled
    return {
        word: math.log((1 + filled) / (1 + count)) + 1
        for word, count in spread.items()
        if 1 < count <= most
    }


def vectors(
    texts: list[Counter[str]], rarity: dict[str, float], position: dict[str, int]
) -> csr_array:
    """Lay each text out as a rounded vector of length 1,000."""
    rows: list[int] = []
    places: list[int] = []
    amounts: list[int] = []
    for row, words in enumerate(texts):
        weight = {w: (1 + math.log(n)) * rarity[w] for w, n in words.items() if w in rarity}
        length = math.sqrt(sum(value * value for _, value in sorted(weight.items())))
        for word, value in sorted(weight.items()):
            rows.append(row)
            places.append(position[word])
            amounts.append(round(UNIT * value / length))
    shape = (len(texts), len(position))
    return csr_array((np.array(amounts, dtype=np.int64), (rows, places)), shape=shape)
