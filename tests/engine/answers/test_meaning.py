import math
from collections.abc import Sequence

import numpy as np
import pytest

from lodestar.engine.answers import meaning
from lodestar.engine.answers.meaning import (
    LanguageModel,
    embeddings_of,
    model_pieces,
    thoughts_of,
    vectors_of,
)
from lodestar.engine.answers.words import LENGTH
from lodestar.engine.matching.problem import MatchingError

WIDTH, INNER, LAYERS = 64, 96, 2
PIECES = [
    "[PAD]", "[UNK]", "[CLS]", "[SEP]", "!", ",", ".", "本", "a", "data", "team", "salary", "nurse",
    "oboe", "lead", "##ing", "##s", "neg", "##oti", "##ate", "ο", "##λ",
]  # fmt: skip


@pytest.fixture(scope="module")
def model() -> LanguageModel:
    return LanguageModel(tables(), {piece: number for number, piece in enumerate(PIECES)})


def tables() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(1)
    layer = {f"attention.self.{part}": (WIDTH, WIDTH) for part in ("query", "key", "value")}
    layer |= {
        "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH),
        "output.dense": (WIDTH, INNER),
    }
    found = {
        "embeddings.word_embeddings.weight": rng.normal(size=(len(PIECES), WIDTH)),
        "embeddings.position_embeddings.weight": rng.normal(size=(512, WIDTH)) * 0.3,
        "embeddings.token_type_embeddings.weight": rng.normal(size=(2, WIDTH)),
    }
    norms = ["embeddings.LayerNorm"]
    for number in range(LAYERS):
        start = f"encoder.layer.{number}."
        for name, size in layer.items():
            found[f"{start}{name}.weight"] = rng.normal(size=size) * 0.2
            found[f"{start}{name}.bias"] = rng.normal(size=size[0])
        norms += [f"{start}attention.output.LayerNorm", f"{start}output.LayerNorm"]
    for name in norms:
        found[f"{name}.weight"] = rng.normal(size=WIDTH) + 1
        found[f"{name}.bias"] = rng.normal(size=WIDTH)
    return {name: table.astype(np.float32) for name, table in found.items()}


def plainly(pieces: Sequence[str], model: LanguageModel) -> np.ndarray:
    """Compute an embedding number by number in double precision, as the paper writes it."""
    told = {name: table.astype(float) for name, table in model.tables.items()}

    def turned(row, name):
        return told[f"{name}.weight"] @ row + told[f"{name}.bias"]

    def evened(row, name):
        spread = math.sqrt(sum((value - row.mean()) ** 2 for value in row) / len(row) + 1e-12)
        return (row - row.mean()) / spread * told[f"{name}.weight"] + told[f"{name}.bias"]

    numbers = [model.pieces[piece] for piece in ("[CLS]", *pieces, "[SEP]")]
    rows = [
        evened(
            told["embeddings.word_embeddings.weight"][number]
            + told["embeddings.position_embeddings.weight"][place]
            + told["embeddings.token_type_embeddings.weight"][0],
            "embeddings.LayerNorm",
        )
        for place, number in enumerate(numbers)
    ]
    for layer in range(LAYERS):
        start = f"encoder.layer.{layer}."
        query, key, value = (
            [turned(row, f"{start}attention.self.{part}") for row in rows]
            for part in ("query", "key", "value")
        )
        heard = np.zeros((len(rows), WIDTH))
        for head in (slice(0, 32), slice(32, 64)):
            for place, asked in enumerate(query):
                heed = [math.exp(asked[head] @ offered[head] / math.sqrt(32)) for offered in key]
                heard[place, head] = sum(
                    share / sum(heed) * given[head]
                    for share, given in zip(heed, value, strict=True)
                )
        rows = [
            evened(
                row + turned(heard[place], f"{start}attention.output.dense"),
                f"{start}attention.output.LayerNorm",
            )
            for place, row in enumerate(rows)
        ]
        for place, row in enumerate(rows):
            inner = turned(row, f"{start}intermediate.dense")
            opened = np.array([x * (1 + math.erf(x / math.sqrt(2))) / 2 for x in inner])
            rows[place] = evened(
                row + turned(opened, f"{start}output.dense"), f"{start}output.LayerNorm"
            )
    mean = sum(rows) / len(rows)
    return mean / math.sqrt(mean @ mean)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Leading DATA teams!", ("lead", "##ing", "data", "team", "##s", "!")),
        ("Négotiate, salary", ("neg", "##oti", "##ate", ",", "salary")),
        ("data\tteam\n\u00a0data", ("data", "team", "data")),
        ("da\x00ta te\u200bam", ("data", "team")),
        ("本data本", ("本", "data", "本")),
        ("oboes zymurgy", ("oboe", "##s", "[UNK]")),
        ("a" * 101, ("[UNK]",)),
        ("", ()),
        ("data " * 100_000, ("data",) * 254),
    ],
)
def test_words_fall_into_the_longest_known_pieces(model, text, pieces):
    assert model_pieces(text, model) == pieces


@pytest.mark.parametrize("pieces_at_once", [1, 12, 512])
def test_embeddings_are_those_of_the_plain_formula(model, monkeypatch, pieces_at_once):
    monkeypatch.setattr(meaning, "PIECES_AT_ONCE", pieces_at_once)
    read = [("data", "team"), (), ("salary",), ("neg", "##oti", "##ate"), ("oboe", "##s", ".")]

    found = thoughts_of(read, model)

    assert found.dtype == np.float32
    assert np.allclose(found, [plainly(pieces, model) for pieces in read], atol=2e-6)


def test_few_texts_are_compared_by_their_embeddings_from_the_middle_of_each_side(model):
    mentees = ["data team lead", "oboe", "nurse salary"]
    mentors = ["lead data", "a nurse", "oboes, oboe", "negotiate salary."]
    sides = [
        np.array([plainly(model_pieces(text, model), model) for text in side])
        for side in (mentees, mentors)
    ]
    moved = [rows - rows.sum(axis=0) / (len(rows) + 10) for rows in sides]
    expected = [rows / np.linalg.norm(rows, axis=1)[:, None] for rows in moved]

    found = vectors_of(mentees, mentors, model)

    likeness = found.mentees @ found.mentors.T / LENGTH**2
    assert np.allclose(likeness, expected[0] @ expected[1].T, atol=0.01)
    assert found.kept == pytest.approx(1, abs=1e-4)


def test_an_embedding_is_whole_and_depends_on_its_text_alone(model):
    texts = ["data team", "", "oboe", "salary, nurse", "data team"]

    rows, answered = embeddings_of(texts, model)

    assert answered.tolist() == [True, False, True, True, True]
    assert np.array_equal(rows, np.rint(rows))
    assert np.allclose(np.linalg.norm(rows[answered], axis=1), LENGTH, atol=4)
    for row, text in zip(rows, texts, strict=True):
        assert np.abs(embeddings_of([text], model)[0][0] - row).max() <= 1


def test_vectors_are_whole_and_their_products_exact(model):
    rng = np.random.default_rng(2)
    words = ["data", "team", "salary", "nurse", "oboe", "lead", "leading", "teams"]
    texts = [" ".join(rng.choice(words, size)) for size in rng.integers(1, 9, 90)]

    found = vectors_of(texts[:50], texts[50:], model)
    dots = found.mentees @ found.mentors.T

    assert (found.mentees.dtype, found.mentees.shape) == (np.float32, (50, 48))
    assert np.array_equal(found.mentees, np.rint(found.mentees))
    assert np.array_equal(dots, found.mentees.astype(np.int64) @ found.mentors.astype(np.int64).T)
    assert np.abs(dots).max() < 2**24
    assert 0.5 < found.kept < 1


def test_the_order_of_rows_changes_only_their_order(model):
    texts = ["data team", "oboe", "", "nurse, salary", "oboe", "lead a team", "data"]
    order = [3, 0, 6, 1, 2, 5, 4]
    once = vectors_of(texts, texts[:3], model)

    again = vectors_of([texts[row] for row in order], texts[:3], model)

    assert again.mentees.tobytes() == once.mentees[order].tobytes()
    assert again.mentors.tobytes() == once.mentors.tobytes()


def test_what_the_model_cannot_read_counts_as_unanswered(model):
    texts = [
        "data team",
        "",
        "🙂🙂",
        "本本本",
        "ολλ",
        "zymurgy",
        "zymurgy data",
        "...!",
        "\ud800",
        "\x00",
    ]

    found = vectors_of(texts, [], model)

    answered = [True, False, False, False, False, False, True, False, False, False]
    assert found.mentee_answered.tolist() == answered
    assert found.mentees.any(axis=1).tolist() == answered


@pytest.mark.parametrize(("mentees", "mentors"), [([], []), (["", "🙂"], [""])])
def test_nothing_written_is_nothing_found(model, mentees, mentors):
    found = vectors_of(mentees, mentors, model)

    assert (found.mentees.shape, found.mentors.shape) == ((len(mentees), 0), (len(mentors), 0))


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("encoder.layer.0.output.dense.weight", None),
        ("encoder.layer.1.output.LayerNorm.bias", None),
        ("encoder.layer.1.attention.self.key.weight", np.zeros((WIDTH, 32))),
        ("embeddings.word_embeddings.weight", np.zeros((3, WIDTH))),
        ("embeddings.word_embeddings.weight", np.zeros((len(PIECES), 65))),
        ("embeddings.word_embeddings.weight", np.zeros(7)),
        ("embeddings.position_embeddings.weight", np.zeros((100, WIDTH))),
    ],
)
def test_another_model_is_refused_in_one_sentence(model, name, table):
    other = {key: value for key, value in model.tables.items() if key != name}
    if table is not None:
        other[name] = table

    with pytest.raises(
        MatchingError, match=r"not the one expected .* is missing or of another size"
    ):
        LanguageModel(other, model.pieces)


def test_a_vocabulary_without_its_marks_is_refused(model):
    with pytest.raises(MatchingError, match=r"\[UNK\] is missing"):
        LanguageModel(model.tables, {"data": 1, "[CLS]": 2, "[SEP]": 3})
