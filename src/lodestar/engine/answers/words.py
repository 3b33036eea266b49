"""Do two free texts use the same telling words?

TF-IDF (Salton & Buckley 1988) in whole numbers: each text becomes a sparse vector of about
LENGTH, so that dot products are exact on any machine. Weights are whole numbers before they are
squared and summed, so the order of words and rows cannot matter either.

Scripts without blanks between words (Chinese, Japanese, Thai, Khmer, Lao, Burmese), and Korean, whose
particles cling to the words, are cut into pairs of characters (Lee & Ahn 1996; Nie & Ren 1999).
"""

import math
import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.floating[Any]]
V = TypeVar("V")

LENGTH = 809
MOST_CHARACTERS = 20_000
COMMON_SHARE = 0.5
FEWEST_FOR_COMMON = 10
SHORTEST_WORD = 2
LONGEST_WORD = 40
SHOWN_WORDS = 3
FREQUENCY_STEPS = 64
RARITY_STEPS = 256

UNSPACED = (
    "\u0e01-\u0e5b\u0e80-\u0edf\u1000-\u109f\u1780-\u17d3\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7a3\uf900-\ufaff\U00020000-\U0003ffff"
)
SIGNS_WITHIN_WORDS = "\u0300-\u036f\u0900-\u0963\u0966-\u0df3\u0f71-\u0f84"
WORD = re.compile(rf"[^\W_][\w{SIGNS_WITHIN_WORDS}{UNSPACED}]*(?:\+\+|#)?")
UNSPACED_RUN = re.compile(f"([{UNSPACED}]+)")
POINTS_AND_JOINERS = re.compile(
    "[\u00ad\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06ed\u200c\u200d]"
)
ACCENTS = re.compile("[\u0300-\u036f]")
STOP_WORDS_TEXT = """
    about after again all also always am an and another any are around as at back be because
    been before being between both but by can could did do does doing don each else etc even ever
    every few first for from get go going good had has have having he help her here hers hi him
    his how however if in into is it its just know less like look looking lot made make making
    many may me might more most much must my need never new next no nor not now of off often oh
    ok on once one only onto or other our out over own people per quite rather re really same see
    she should since so some something soon still such take than that the their them then there
    these they thing things this those though through thus to together too towards two under until
    up upon us use used using very via want wanted was way we well were what when where whether
    which while who whom whose why will with within without work working would year years yes yet
    you your ve ll
    ahora al algo algunos antes aunque bien cada casi como con contra cual cuando cuya de del desde
    donde dos ella ellas ellos en entre eran es esa ese eso esta estaba estar este esto fue ha han
    hasta hay la las le les lo los mas me mi mientras mis mucho muy nada ni nos nosotros nuestra
    nuestro otra otras otro otros para pero poco por porque pues que quien se ser si sido sobre
    son soy su sus también tan tanto te tiene tienen todo todos tu tus un una unas uno unos usted
    ya yo él el más
    alors au aussi autre autres aux avec avoir cela ces cet cette ceux chez comme dans depuis des
    donc du elle elles entre est et eux faire fait il ils je leur leurs lui mais mes même moi mon
    ne notre nous on ont ou où par parce pas peu peut pour qu quand qui sa sans sont sous suis sur
    ta te tes toi ton tous tout toute toutes très tu une vos votre vous été être à ça
    aber alle allem allen als am auch auf aus bei bin bis bist da damit dann das dass dein dem den
    denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine
    einem einen einer eines er es euch euer für gegen habe haben hatte hier ich ihm ihn ihnen ihr
    ihre ihrer im ist ja jede jeder kann kein keine können man mein meine mich mir mit nach nicht
    noch nun nur ob oder ohne sehr sein seine sich sie sind sowie um und uns unser unter vom von
    vor wann warum weil wenn wer werden wie wir wird wo zu zum zur zwischen
    ao aos aquela aquele aqueles até com da dele dela das dos dois ela elas ele eles em essa esse
    esta estão este eu foi isso isto já lhe mais mas meu meus minha muito na nas nem no nos nossa
    nosso num numa não nós os ou outra outro pela pelo pelas pelos qual quando quem sem seu seus
    sua suas são só também tem têm uma umas uns você à às é
    agli alla alle allo anche avere che chi ci cui dai dal dalla degli dei dell della delle
    dello dove gli hanno ho il io lei loro lui ma mia mie miei mio negli nei nel nella nelle nello
    noi non nostra nostro perché più quale quando quella quelle quelli quello questa queste questi
    questo sono sua sui sul sulla suo suoi tra tuo un uno vi voi è
    aan alles als bij dan dat deze die dit door een er geen haar hebben heeft heb hem het hier hij
    hoe hun iets ik ja je kan maar meer met mij mijn moet naar niet nog nu of om onder ons onze ook
    op over te tot uit uw van veel voor waar wat werd wij wil ze zich zij zijn zo zonder zou
"""


def unaccented(word: str) -> str:
    """Return a word as people write it who have no accents at hand.

    >>> unaccented("négocier"), unaccented("数据")
    ('negocier', '数据')
    """
    return ACCENTS.sub("", unicodedata.normalize("NFD", word))


STOP_WORDS = frozenset(STOP_WORDS_TEXT.split()) | set(map(unaccented, STOP_WORDS_TEXT.split()))


@dataclass(frozen=True, slots=True, eq=False)
class TextVectors(Generic[V]):
    """Whole-number vectors of the mentees' and the mentors' texts, one row for each.

    The dot product of two rows is their likeness times LENGTH**2, and always below 2**24. A blank text,
    or one that the method cannot read, is a row of zeros and not `answered`. `kept` is the share
    of the texts' squared length that the columns can tell; `words` names them where each is a word.
    """

    mentees: V
    mentors: V
    mentee_answered: NDArray[np.bool_]
    mentor_answered: NDArray[np.bool_]
    kept: float = 1.0
    words: tuple[str, ...] = ()


def words_of(text: str) -> list[str]:
    """Return the telling words of a text in their order, stop words left out.

    >>> words_of("I want to lead a DATA team, and to négocier in C++ or 日本語.")
    ['lead', 'data', 'team', 'négocier', 'c++', '日本', '本語']
    """
    spelled = unicodedata.normalize("NFKC", text[:MOST_CHARACTERS]).casefold()[:MOST_CHARACTERS]
    if not spelled.isascii():
        spelled = POINTS_AND_JOINERS.sub("", unicodedata.normalize("NFC", spelled))
    return [word for found in WORD.findall(spelled) for word in _telling(found)]


def vectors_of(mentee_texts: Sequence[str], mentor_texts: Sequence[str]) -> TextVectors[csr_array]:
    """Lay each text out as a sparse vector with a column for each word of at least two texts.

    A word weighs (1 + ln times in the text) * (1 + ln((1 + texts) / (1 + texts with it))); then
    the text is scaled to LENGTH. Words of more than half of ten or more filled texts say nothing
    and are left out. Endings (-s, -es, -ies) and accents are put aside when words are compared. A
    text is read up to 20,000 characters. The values are whole float32, the same bytes on any
    machine; the order of the rows changes nothing but their order.

    >>> found = vectors_of(["Salary talks", ""], ["talks on salaries", "pottery"])
    >>> (found.mentees @ found.mentors.T).toarray().astype(int).tolist(), found.words
    ([[654368, 0], [0, 0]], ('salaries', 'talks'))
    """
    counts, spellings = _counted([*mentee_texts, *mentor_texts])
    answered = np.diff(counts.indptr) > 0
    told = _weighted(counts, answered)
    used = np.flatnonzero(np.bincount(told.indices, minlength=told.shape[1]))
    told = told[:, used]
    mentees = len(mentee_texts)
    return TextVectors(
        mentees=told[:mentees],
        mentors=told[mentees:],
        mentee_answered=answered[:mentees],
        mentor_answered=answered[mentees:],
        words=tuple(spellings[column] for column in used),
    )


def shared_words(vectors: TextVectors[csr_array], mentee: int, mentor: int) -> tuple[str, ...]:
    """Return the words that make two texts alike, the most telling first, at most three.

    >>> found = vectors_of(["data, ethics", "data"], ["ethics of data", "ethics, law", "law"])
    >>> shared_words(found, 0, 1)
    ('ethics',)
    """
    mine, theirs = _row_of(vectors.mentees, mentee), _row_of(vectors.mentors, mentor)
    worth = sorted((-value * theirs[word], word) for word, value in mine.items() if word in theirs)
    return tuple(vectors.words[word] for lost, word in worth[:SHOWN_WORDS] if lost)


def _row_of(rows: csr_array, place: int) -> dict[int, float]:
    span = slice(int(rows.indptr[place]), int(rows.indptr[place + 1]))
    return dict(zip(rows.indices[span].tolist(), rows.data[span].tolist(), strict=True))


@lru_cache(maxsize=65_536)
def _telling(found: str) -> tuple[str, ...]:
    """Return the telling words in what stands between two blanks; the same few come again and again."""
    return tuple(word for word in _pieces(found) if _tells(word))


def _pieces(found: str) -> Iterator[str]:
    """Yield a word as it is, and a run of a script without blanks as pairs of characters."""
    if found.isascii():
        yield found[:LONGEST_WORD]
        return
    for place, part in enumerate(UNSPACED_RUN.split(found)):
        if place % 2 == 0:
            yield part[:LONGEST_WORD]
        elif len(part) == 1:
            yield part
        else:
            yield from (part[start : start + 2] for start in range(len(part) - 1))


def _tells(word: str) -> bool:
    if len(word) < SHORTEST_WORD:
        return bool(UNSPACED_RUN.match(word))
    return word not in STOP_WORDS and not word.isdecimal()


def _key_of(word: str) -> str:
    """Return what plural and singular, accented and plain spelling have in common.

    A little more than Harman's S-stemmer (1991). Nobody ever sees it.
    """
    if not word.isascii():
        word = unaccented(word)
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        word = word[:-1]
    if len(word) > 5 and word.endswith("e"):
        word = word[:-1]
    return f"{word[:-1]}i" if len(word) > 3 and word.endswith("y") else word


def _counted(texts: Sequence[str]) -> tuple[csr_array, list[str]]:
    """Count the words of each text; return also the usual spelling of each column."""
    number: dict[str, int] = {}
    heard, ends = array("i"), array("q", [0])
    for text in texts:
        heard.extend(number.setdefault(word, len(number)) for word in words_of(text))
        ends.append(len(heard))
    tokens = np.frombuffer(heard, dtype=np.intc) if heard else np.zeros(0, dtype=np.intc)
    column, spellings = _columns(list(number), np.bincount(tokens, minlength=len(number)))
    shape = (len(texts), len(spellings))
    ones = np.ones(len(tokens), dtype=np.int32)
    counts = csr_array((ones, column[tokens], np.asarray(ends)), shape=shape)
    counts.sum_duplicates()
    return counts, spellings


def _columns(words: list[str], heard: NDArray[np.intp]) -> tuple[NDArray[np.int32], list[str]]:
    """Give words of one key one column, in the order of the keys, under the commonest spelling."""
    keys = [_key_of(word) for word in words]
    usual: dict[str, tuple[int, str]] = {}
    for key, word, times in zip(keys, words, heard.tolist(), strict=True):
        usual[key] = min(usual.get(key, (0, "")), (-times, word))
    place = {key: column for column, key in enumerate(sorted(usual))}
    columns = np.array([place[key] for key in keys], dtype=np.int32)
    return columns, [usual[key][1] for key in place]


def _weighted(counts: csr_array, answered: NDArray[np.bool_]) -> csr_array:
    """Weigh the counts and scale each row to LENGTH, in whole numbers up to the one division."""
    filled = int(answered.sum())
    rarity = _rarities(np.bincount(counts.indices, minlength=counts.shape[1]), filled)
    most = int(counts.data.max(initial=0))
    frequency = np.array(
        [0, *(round(FREQUENCY_STEPS * (1 + math.log(times))) for times in range(1, most + 1))]
    )
    weight = frequency[counts.data] * rarity[counts.indices]
    squares = np.zeros(len(answered), dtype=np.int64)
    if filled:
        squares[answered] = np.add.reduceat(weight * weight, counts.indptr[:-1][answered])
    length = np.repeat(np.sqrt(np.maximum(squares, 1)), np.diff(counts.indptr))
    values = np.rint(LENGTH * weight / length).astype(np.float32)
    told = csr_array((values, counts.indices, counts.indptr), shape=counts.shape)
    told.eliminate_zeros()
    return told


def _rarities(spread: NDArray[np.intp], filled: int) -> NDArray[np.int64]:
    """Return the smoothed inverse document frequency of each word in steps of 1/256.

    The logarithms of two machines may differ in the last bit; in whole steps they agree.
    """
    most = filled * COMMON_SHARE if filled >= FEWEST_FOR_COMMON else filled
    steps = {
        texts: round(RARITY_STEPS * (1 + math.log((1 + filled) / (1 + texts))))
        for texts in np.unique(spread).tolist()
        if 1 < texts <= most
    }
    return np.array([steps.get(texts, 0) for texts in spread.tolist()], dtype=np.int64)
