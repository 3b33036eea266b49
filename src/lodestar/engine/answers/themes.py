"""Do two free texts speak of the same themes, even in other words?

Latent semantic analysis (Deerwester et al. 1990): words that keep the same company fall
into one theme. The themes are the leading directions of the TF-IDF vectors, found by subspace
iteration (Halko, Martinsson & Tropp 2011).

Every long sum is over whole numbers small enough to be exact in float64, in whatever order a library
adds them; the rest is single additions, products, quotients and roots, which IEEE 754 rounds alike
everywhere. So the vectors are the same bytes on any machine, not only on this one.
"""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from lodestar.engine.answers import words
from lodestar.engine.answers.words import LENGTH, TextVectors

Whole: TypeAlias = NDArray[np.float64]
"""Whole numbers in float64."""

THEMES = 48
STEPS = 8
MOST_TEXTS_FOR_THEMES = 20_000
EXACT_BITS = 26
ROUGH_BITS = 15
START_BITS = 16
COORDINATE_BITS = 12
NEGLIGIBLE = 2.0**-30
DOUBTED_TEXTS = 10
FAINTEST_SHARE = 0.5
ROWS_AT_ONCE = 4_096


def vectors_of(
    mentee_texts: Sequence[str], mentor_texts: Sequence[str], *, seed: int = 0
) -> TextVectors[NDArray[np.float32]]:
    """Lay each text out along at most 48 themes, in whole float32 values.

    There are fewer themes where the texts have fewer independent directions; with so few texts the
    likeness is that of their words. The themes are read off at most 20,000 texts, drawn by the
    SHA-256 of seed and text; then all texts are laid out along them. The order of the rows changes
    nothing but their order.

    >>> mentees = ["js and html", "oboe and violin"]
    >>> mentors = ["javascript, html", "js, css, javascript", "violin, cello", "cello, oboe"]
    >>> found = vectors_of(mentees, mentors)
    >>> (found.mentees @ found.mentors.T > 0).astype(int).tolist()
    [[1, 1, 0, 0], [0, 0, 1, 1]]
    """
    told = words.vectors_of(mentee_texts, mentor_texts)
    rows = vstack([told.mentees, told.mentors], format="csr").astype(np.float64)
    drawn = texts_drawn([*mentee_texts, *mentor_texts], seed)
    basis = leading_directions(rows[drawn], THEMES, seed)
    return laid_out(rows, basis, told.mentee_answered, told.mentor_answered)


def leading_directions(rows: csr_array | Whole, most: int, seed: int) -> Whole:
    """Return the directions that hold most of the rows, one in each column, in whole numbers.

    `rows` holds whole numbers: fewer than eight million rows, none longer than about 1,000. The
    directions are at right angles and about 2**26 long; fewer than `most` where the rows have a smaller
    rank. After eight steps they hold about 99 % of what the best possible ones would.

    >>> leading_directions(np.array([[800.0, 0, 0], [0, 9, 0]]), 3, seed=1).shape
    (3, 2)
    """
    found = min(most, *rows.shape)
    basis = _random_table(rows.shape[1], found, seed)
    for _ in range(STEPS if found else 0):
        basis = _at_right_angles(rows.T @ _at_right_angles(rows @ basis))
    return basis[:, np.any(basis, axis=0)]


def laid_out(
    rows: csr_array | Whole,
    basis: Whole,
    mentee_answered: NDArray[np.bool_],
    mentor_answered: NDArray[np.bool_],
) -> TextVectors[NDArray[np.float32]]:
    """Return the rows along the basis, the mentees' first, each side seen from its own middle.

    Mentees write of wishes and mentors of skills: what all texts of one side share says nothing about
    who fits whom, so each side's mean is taken off (Mu & Viswanath 2018), the less the fewer texts
    it has. A row that hardly lies along the basis stays short: little is known of it.

    >>> rows = np.array([[800.0, 0], [0, 800], [800, 0]])
    >>> basis, told = leading_directions(rows, 2, seed=1), np.ones(3, dtype=bool)
    >>> laid_out(rows, basis, told[:2], told[:1]).mentees.shape
    (2, 2)
    """
    along = np.rint(np.ldexp(rows @ basis, -COORDINATE_BITS))
    mentees = len(mentee_answered)
    length = np.rint(np.sqrt(_squares(along)))
    answered = np.concatenate([mentee_answered, mentor_answered])
    faintest = length.sum() / max(1, int(answered.sum())) * FAINTEST_SHARE
    return TextVectors(
        mentees=_from_the_middle(along[:mentees], mentee_answered, faintest),
        mentors=_from_the_middle(along[mentees:], mentor_answered, faintest),
        mentee_answered=mentee_answered,
        mentor_answered=mentor_answered,
        kept=_kept(rows, along),
    )


def texts_drawn(texts: Sequence[str], seed: int) -> NDArray[np.intp]:
    """Return the positions of the texts off which the themes are read.

    >>> texts_drawn(["data", "oboe"], seed=1).tolist()
    [0, 1]
    """
    if len(texts) <= MOST_TEXTS_FOR_THEMES:
        return np.arange(len(texts))
    tickets = [
        hashlib.sha256(f"{seed}:{text}".encode("utf-8", "surrogatepass")).digest() for text in texts
    ]
    return np.array(sorted(range(len(texts)), key=tickets.__getitem__)[:MOST_TEXTS_FOR_THEMES])


def _random_table(rows: int, columns: int, seed: int) -> Whole:
    """Return whole numbers from the raw bits of PCG64, which no version of numpy changes."""
    bits = np.random.PCG64(seed).random_raw(rows * columns) >> np.uint64(64 - START_BITS)
    drawn: Whole = bits.reshape(rows, columns).astype(np.float64) - 2.0 ** (START_BITS - 1)
    return drawn


def _scaled(table: Whole) -> Whole:
    """Scale each column by a power of two to a length of 2**25 to 2**26 in whole numbers."""
    rough = _by_powers(table, _exponents(np.abs(table).max(axis=0, initial=0)) - ROUGH_BITS)
    lengths = np.sqrt(np.square(np.rint(rough)).sum(axis=0))
    return np.rint(_by_powers(rough, _exponents(lengths) - EXACT_BITS))


def _exponents(numbers: Whole) -> NDArray[Any]:
    exponents: NDArray[Any] = np.frexp(numbers)[1]
    return exponents


def _by_powers(table: Whole, exponents: NDArray[Any]) -> Whole:
    scaled: Whole = np.ldexp(table, -exponents)
    return scaled


def _at_right_angles(table: Whole) -> Whole:
    """Return columns at right angles that span the same, 2**26 long, in whole numbers.

    Cholesky QR, done twice (Yamamoto et al. 2015); columns that add nothing become zeros. The sums of
    products are below 2**53, hence exact.
    """
    for _ in range(2):
        table = _scaled(table)
        table = _divided(table, _root_of(table.T @ table))
    return np.rint(np.ldexp(table, EXACT_BITS))


def _root_of(products: Whole) -> Whole:
    """Return the upper Cholesky factor; the row of a column that depends on earlier ones is zero."""
    left = products.copy()
    root = np.zeros_like(left)
    for place in range(len(left)):
        if left[place, place] > products[place, place] * NEGLIGIBLE:
            root[place, place:] = left[place, place:] / np.sqrt(left[place, place])
            own = root[place, place + 1 :]
            left[place + 1 :, place + 1 :] -= own[:, np.newaxis] * own
    return root


def _divided(table: Whole, root: Whole) -> Whole:
    """Solve found @ root = table, a few thousand rows at a time so that they stay in the cache."""
    found = np.zeros_like(table)
    for first in range(0, len(table), ROWS_AT_ONCE):
        left = table[first : first + ROWS_AT_ONCE].T.copy()
        for place in np.flatnonzero(np.diag(root)):
            left[place] /= root[place, place]
            left[place + 1 :] -= left[place] * root[place, place + 1 :, np.newaxis]
            found[first : first + ROWS_AT_ONCE, place] = left[place]
    return found


def _squares(rows: csr_array | Whole) -> Whole:
    """Return the squared length of each row."""
    squares: Whole = np.asarray((rows * rows).sum(axis=1))  # type: ignore[call-overload]
    return squares


def _kept(rows: csr_array | Whole, along: Whole) -> float:
    """Return the share of the squared length of all rows that lies along the basis."""
    whole = float(_squares(rows).sum())
    told = float(np.rint(_squares(along) / 4.0 ** (EXACT_BITS - COORDINATE_BITS)).sum())
    return min(1.0, told / whole) if whole else 1.0


def _from_the_middle(
    along: Whole, answered: NDArray[np.bool_], faintest: float
) -> NDArray[np.float32]:
    """Take a side's mean off and scale to LENGTH, but what is shorter than `faintest` less."""
    middle = np.rint(along.sum(axis=0) / (int(answered.sum()) + DOUBTED_TEXTS))
    seen = along - middle
    faintest = max(faintest, 1.0)
    trust = np.minimum(np.sqrt(_squares(along)) / faintest, 1)
    reach = np.maximum(np.sqrt(_squares(seen)), faintest)
    told = np.rint(seen * (LENGTH * trust / reach)[:, np.newaxis]) + 0.0  # turns -0 into 0
    whole: NDArray[np.float32] = told.astype(np.float32)
    return whole
