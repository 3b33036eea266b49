import hashlib
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_array

from lodestar.engine.answers import themes, words
from lodestar.engine.answers.themes import laid_out, leading_directions, vectors_of
from lodestar.engine.answers.words import LENGTH
from tests.tried_on import tried_on

NAMES = [
    f"{first}{last}" for first in ("web", "law", "sea", "oil") for last in ("", "by", "er", "ist")
]
FIELDS = {name: [f"{name}{n}" for n in range(40)] for name in NAMES}
TITLES = (
    "Human machine interface for ABC computer applications",
    "A survey of user opinion of computer system response time",
    "The EPS user interface management system",
    "System and human system engineering testing of EPS",
    "Relation of user perceived response time to error measurement",
    "The generation of random, binary, ordered trees",
    "The intersection graph of paths in trees",
    "Graph minors IV: Widths of trees and well-quasi-ordering",
    "Graph minors: A survey",
)
TERMS = [
    "human", "interface", "computer", "user", "system", "response", "time", "eps", "survey", "trees",
    "graph", "minors",
]  # fmt: skip
VOCABULARY = ["data", "ethics", "salary", "talks", "oboe", "law", "the", "数据科学", "cello"]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
SIDES = st.tuples(st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=6))


def planted(count: int, seed: int) -> list[str]:
    """Return texts that each use a few of the many words of one field."""
    rng = np.random.default_rng(seed)
    names = [str(name) for name in rng.choice(NAMES, count)]
    return [" ".join(rng.choice(FIELDS[name], 6)) for name in names]


def of_length_1(basis):
    return basis / 2.0**26


def test_the_directions_are_those_of_the_textbook_example(monkeypatch):
    """Deerwester et al. 1990: nine titles, twelve terms, two dimensions."""
    counts = np.array(
        [[re.findall(r"\w+", title.lower()).count(term) for term in TERMS] for title in TITLES]
    )
    monkeypatch.setattr(themes, "STEPS", 100)

    basis = of_length_1(leading_directions(counts.astype(float), 2, seed=1))
    rebuilt = (counts @ basis @ basis.T)[:, TERMS.index("human")]

    published = [0.16, 0.40, 0.38, 0.47, 0.18, -0.05, -0.12, -0.16, -0.09]
    assert rebuilt.round(2).tolist() == published


def test_eight_steps_hold_nearly_all_that_the_best_directions_would():
    rows = np.array([words_row(text) for text in planted(300, seed=2)])
    best = np.square(np.linalg.svd(rows, compute_uv=False)[:12]).sum()

    held = np.square(rows @ of_length_1(leading_directions(rows, 12, seed=3))).sum()

    assert 0.98 * best < held <= best * (1 + 1e-6)


def words_row(text: str) -> list[float]:
    return [300.0 * text.split().count(word) for words in FIELDS.values() for word in words]


@given(
    st.integers(1, 12),
    st.integers(1, 12),
    st.integers(1, 5),
    st.integers(1, 12),
    st.integers(0, 99),
)
@tried_on(80)
def test_the_directions_are_at_right_angles_and_as_many_as_the_rank(
    rows, columns, rank, most, seed
):
    rng = np.random.default_rng(seed)
    left, right = rng.integers(-9, 10, (rows, rank)), rng.integers(-3, 4, (rank, columns))
    table = (left @ right).astype(float)

    basis = of_length_1(leading_directions(table, most, seed))

    assert basis.shape == (columns, min(most, int(np.linalg.matrix_rank(table))))
    assert np.allclose(basis.T @ basis, np.eye(basis.shape[1]), atol=1e-6)


@given(st.integers(2, 60), st.integers(0, 99))
@tried_on(25)
def test_sums_are_exact_in_whatever_order_they_are_added(count, seed):
    rng = np.random.default_rng(seed)
    table = np.rint(rng.standard_normal((count, 40)) * 120)
    rows, columns = rng.permutation(count), rng.permutation(40)

    dense = leading_directions(table, 20, seed)

    assert leading_directions(csr_array(table), 20, seed).tobytes() == dense.tobytes()
    assert leading_directions(table[rows], 20, seed).tobytes() == dense.tobytes()
    assert np.array_equal(table @ dense, table[:, columns] @ dense[columns])


def test_synonyms_that_keep_the_same_company_are_alike():
    texts = planted(3_000, seed=7)
    mentees, mentors = (
        [" ".join(FIELDS[name][span]) for name in ("web", "law", "sea")]
        for span in (slice(0, 4), slice(4, 8))
    )

    by_words = words.vectors_of([*mentees, *texts], mentors)
    by_themes = vectors_of([*mentees, *texts], mentors)

    assert (by_words.mentees[:3] @ by_words.mentors.T).toarray().tolist() == [[0, 0, 0]] * 3
    likeness = by_themes.mentees[:3] @ by_themes.mentors.T / LENGTH**2
    own = np.eye(3, dtype=bool)
    assert likeness[own].min() > 0.4 > 0.1 > likeness[~own].max()


@given(SIDES)
@tried_on(60)
def test_few_texts_are_compared_by_their_words_from_the_middle_of_each_side(sides):
    told = words.vectors_of(*sides)
    mentees, mentors = (seen(told.mentees, told), seen(told.mentors, told))

    found = vectors_of(*sides)

    assert np.allclose(found.mentees @ found.mentors.T / LENGTH**2, mentees @ mentors.T, atol=0.02)
    assert found.kept == pytest.approx(1)


def seen(side: csr_array, told: words.TextVectors[csr_array]) -> np.ndarray:
    """Return a side's word vectors from their shrunken mean, scaled as the method says."""
    rows = side.toarray().astype(float)
    answered = told.mentee_answered if side is told.mentees else told.mentor_answered
    every = np.vstack([told.mentees.toarray(), told.mentors.toarray()])
    count = max(1, told.mentee_answered.sum() + told.mentor_answered.sum())
    faintest = max(1, np.linalg.norm(every, axis=1).sum() / count / 2)
    moved = rows - rows.sum(axis=0) / (answered.sum() + 10)
    trust = np.minimum(np.linalg.norm(rows, axis=1) / faintest, 1)
    return moved * (trust / np.maximum(np.linalg.norm(moved, axis=1), faintest))[:, None]


def test_vectors_are_whole_and_their_products_exact():
    texts = planted(200, seed=4)

    found = vectors_of(texts[:120], texts[120:])
    dots = found.mentees @ found.mentors.T

    assert (found.mentees.dtype, found.mentors.dtype) == (np.float32, np.float32)
    assert np.array_equal(found.mentees, np.rint(found.mentees))
    assert np.array_equal(dots, found.mentees.astype(np.int64) @ found.mentors.astype(np.int64).T)
    assert np.abs(dots).max() < 2**24
    assert found.mentees.shape[1] <= 48


def test_the_order_of_rows_changes_only_their_order(monkeypatch):
    monkeypatch.setattr(themes, "MOST_TEXTS_FOR_THEMES", 50)
    texts = planted(120, seed=5)
    order = np.random.default_rng(1).permutation(80)
    once = vectors_of(texts[:80], texts[80:], seed=3)

    again = vectors_of([texts[row] for row in order], texts[80:], seed=3)

    assert again.mentees.tobytes() == once.mentees[order].tobytes()
    assert again.mentors.tobytes() == once.mentors.tobytes()
    assert again.kept == once.kept


def test_blank_and_hostile_texts_are_rows_of_zeros():
    texts = planted(40, seed=6)
    odd = ["", "🙂", "\x00\x00", "the and of", "zymurgy", "\ud800", f"{texts[0]} " * 40_000]

    found = vectors_of([*odd, *texts], texts[:9])

    assert found.mentee_answered[:7].tolist() == [False, False, False, False, True, False, True]
    assert not found.mentees[:6].any()
    assert found.mentees[6].any()


@pytest.mark.parametrize(("mentees", "mentors"), [([], []), ([""], ["", ""]), (["web1"], [])])
def test_nothing_written_in_common_is_no_theme(mentees, mentors):
    found = vectors_of(mentees, mentors)

    assert (found.mentees.shape, found.mentors.shape) == ((len(mentees), 0), (len(mentors), 0))
    assert found.kept == 1.0


def test_a_text_that_hardly_touches_the_themes_stays_short():
    rows = np.array([[800.0, 0, 0]] * 30 + [[8.0, 0, 809], [800, 0, 0]])
    basis = leading_directions(rows[:30], 1, seed=0)

    found = laid_out(rows, basis, np.ones(0, dtype=bool), np.ones(32, dtype=bool))

    assert found.mentors[:, 0].tolist() == [437.0] * 30 + [-17.0, 437.0]
    assert found.kept == pytest.approx(31 * 800**2 / (31 * 800**2 + 809**2), abs=1e-3)


def test_the_same_texts_give_the_same_bytes_on_any_machine():
    texts = planted(300, seed=9)

    found = vectors_of(texts[:200], texts[200:], seed=11)

    table = np.vstack([found.mentees, found.mentors]).astype("<f4")
    assert hashlib.sha256(table.tobytes()).hexdigest()[:16] == "5318765ec5542f9c"
