"""By which words is a text found, however they are spelled?

Both sides, what is kept and what is asked for, go through the same folding, so every database finds
the same: no accents, one form of each Arabic letter, Chinese and its like by single characters.
"""

import re
import unicodedata
from collections.abc import Iterable

from lodestar.engine.answers.words import UNSPACED

MOST_TOKENS = 600
LONGEST_TOKEN = 40
MOST_ASKED = 6
SHORTEST_FOR_TYPOS = 4
TWO_TYPOS_FROM = 8
FIRST_MARK = 10  # combining classes below belong to the letters of Indian and Japanese scripts

# What people write inside a word: letters and digits, the marks of Indian and Southeast Asian
# scripts, and the signs in "C++" and "C#".
WORD = re.compile(r"(?:[^\W_]|[\u0900-\u0dff\u0e00-\u0eff\u1000-\u109f\u1780-\u17d3+#])+")
APART = re.compile(f"[{UNSPACED}]|[^{UNSPACED}]+")
UNSPACED_CHARACTER = re.compile(f"[{UNSPACED}]")
LETTERS = str.maketrans(
    {
        "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه",
        "ی": "ي", "ک": "ك", "ـ": "", "’": "", "'": "", "‘": "", "ʼ": "",
    }
)  # fmt: skip
SIGNS = (("+", "plus"), ("#", "sharp"))
DIGRAPHS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "å": "aa"})
ARTICLE = "ال"
LONGEST_ARTICLE_ALONE = 4


def folded(text: str) -> str:
    """Return a text in the form in which two spellings of one word are equal.

    >>> folded("Noémie Łódź"), folded("أحمد"), folded("İstanbul, Straße")
    ('noemie lodz', 'احمد', 'istanbul, strasse')
    """
    if text.isascii():
        return text.casefold().replace("'", "")
    apart = unicodedata.normalize("NFKD", text.casefold().translate(LETTERS))
    bare = "".join(each for each in apart if unicodedata.combining(each) < FIRST_MARK)
    return unicodedata.normalize("NFC", bare).translate(LETTERS)


def tokens_of(text: str) -> list[str]:
    """Return the words of a text in their order; scripts without blanks give single characters.

    >>> tokens_of("Wei 李文静, C++ & node.js")
    ['wei', '李', '文', '静', 'cplusplus', 'node', 'js']
    """
    found = []
    for word in WORD.findall(folded(text)):
        spelled = _spelled(word)
        parts = APART.findall(spelled) if not spelled.isascii() else [spelled]
        found += [part[:LONGEST_TOKEN] for part in parts if part]
    return found


def _spelled(word: str) -> str:
    bare = word.strip("+#")
    if not bare or bare == word:
        return bare
    for sign, name in SIGNS:
        word = word.replace(sign, name)
    return word


def other_spellings(text: str) -> list[str]:
    """Return what somebody might type instead: "Mueller" for Müller, an Arabic name without its article.

    >>> other_spellings("Jürgen المنصوري")
    ['juergen', 'منصوري']
    """
    if text.isascii():
        return []
    lowered = unicodedata.normalize("NFC", text).casefold()
    german = [word for word in WORD.findall(lowered) if word.translate(DIGRAPHS) != word]
    plain = [token for each in german for token in tokens_of(each.translate(DIGRAPHS))]
    arabic = [
        token.removeprefix(ARTICLE)
        for token in tokens_of(text)
        if token.startswith(ARTICLE) and len(token) > LONGEST_ARTICLE_ALONE
    ]
    return [*plain, *arabic]


def document_of(texts: Iterable[str]) -> list[str]:
    """Return the tokens by which these texts are found, those of the first ones kept first."""
    told = list(texts)
    spelled_otherwise = [token for text in told for token in other_spellings(text)]
    return [*spelled_otherwise, *(token for text in told for token in tokens_of(text))][
        :MOST_TOKENS
    ]


def asked_for(text: str) -> list[tuple[str, ...]]:
    """Return what is looked for, each a word or a run of single characters that stand together.

    >>> asked_for("li 李文")
    [('li',), ('李', '文')]
    """
    asked: list[tuple[str, ...]] = []
    for piece in text.split():
        run: list[str] = []
        for token in tokens_of(piece):
            if UNSPACED_CHARACTER.fullmatch(token):
                run.append(token)
                continue
            asked += [tuple(run)] if run else []
            run = []
            asked.append((token,))
        asked += [tuple(run)] if run else []
    return list(dict.fromkeys(asked))[:MOST_ASKED]


def spellings_of(name: str) -> str:
    """Return a name folded, in each way it is spelled, to look for folded words in.

    >>> spellings_of("Noémie Müller")
    'noemie muller mueller'
    """
    return " ".join([folded(name), *other_spellings(name)])


def typos_allowed(word: str) -> int:
    """Return how many letters may be wrong: none in a short word, two in a long one."""
    if len(word) < SHORTEST_FOR_TYPOS:
        return 0
    return 1 if len(word) < TWO_TYPOS_FROM else 2


def nearest(word: str, known: Iterable[str], most: int = 4) -> list[str]:
    """Return the known words that a typing mistake or two away might be meant, the nearest first.

    >>> nearest("intervews", ["interviews", "intern", "interior"])
    ['interviews']
    """
    allowed = typos_allowed(word)
    if not allowed:
        return []
    close = [each for each in known if abs(len(each) - len(word)) <= allowed]
    far = [(distance(word, each, allowed), each) for each in close]
    return [each for steps, each in sorted(far) if steps <= allowed][:most]


def distance(one: str, other: str, most: int) -> int:
    """Count the letters to add, drop, change or swap; more than `most` is only known to be more.

    >>> distance("salray", "salary", 2), distance("python", "pythons", 2)
    (1, 1)
    """
    last: list[int] = []
    row = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        before, last, row = last, row, [i]
        for j, theirs in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != theirs))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == theirs:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
