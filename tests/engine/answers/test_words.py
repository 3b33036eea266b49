import hashlib
import math
from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.answers.words import LENGTH, shared_words, vectors_of, words_of
from tests.tried_on import tried_on

VOCABULARY = ["data", "ethics", "salary", "talks", "oboe", "law", "law", "law", "the", "数据科学"]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=8).map(" ".join)
SIDES = st.tuples(st.lists(TEXTS, max_size=6), st.lists(TEXTS, max_size=6))


def likeness(mentees, mentors):
    found = vectors_of(mentees, mentors)
    return (found.mentees @ found.mentors.T).toarray()


def weights(texts):
    """TF-IDF in plain floating point, text by text."""
    counts = [Counter(words_of(text)) for text in texts]
    filled = [count for count in counts if count]
    spread = Counter(word for count in filled for word in count)
    most = len(filled) / 2 if len(filled) >= 10 else len(filled)
    return [
        {
            word: (1 + math.log(times)) * (1 + math.log((1 + len(filled)) / (1 + spread[word])))
            for word, times in count.items()
            if 1 < spread[word] <= most
        }
        for count in counts
    ]


def cosine(first, second):
    length = math.hypot(*first.values()) * math.hypot(*second.values())
    return sum(first[word] * second.get(word, 0) for word in first) / length if length else 0


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I'd like to work in a DATA team!", ["data", "team"]),
        ("UX; C++ and C#, b2b since 2019", ["ux", "c++", "c#", "b2b"]),
        ("naïve ﬁnance ½", ["naïve", "finance"]),
        ("Quiero ayudar con la inclusión, también más", ["quiero", "ayudar", "inclusión"]),
        ("数据科学和 machine learning", ["数据", "据科", "科学", "学和", "machine", "learning"]),
        ("本", ["本"]),
        ("한국어 멘토", ["한국", "국어", "멘토"]),
        ("เรียน", ["เร", "รี", "ีย", "ยน"]),
        ("हिन्दी काम", ["हिन्दी", "काम"]),
        ("البَرْنامِج", ["البرنامج"]),
        ("می\u200cخواهم", ["میخواهم"]),
        ("data\x00science \ud800", ["data", "science"]),
        ("🙂🙂 ... 42 a", []),
        ("", []),
    ],
)
def test_words_are_found_in_any_script(text, words):
    assert words_of(text) == words


@given(SIDES)
@tried_on(80)
def test_the_dot_product_is_the_cosine_of_tf_idf(sides):
    told = weights([*sides[0], *sides[1]])
    mentees, mentors = told[: len(sides[0])], told[len(sides[0]) :]
    expected = [[cosine(mine, theirs) for theirs in mentors] for mine in mentees]

    found = likeness(*sides) / LENGTH**2

    assert found.shape == (len(sides[0]), len(sides[1]))
    assert np.allclose(found, np.array(expected).reshape(found.shape), atol=0.012)


@given(SIDES, st.randoms())
@tried_on(30)
def test_the_order_of_rows_changes_only_their_order(sides, random):
    mentees = random.sample(range(len(sides[0])), len(sides[0]))
    mentors = random.sample(range(len(sides[1])), len(sides[1]))
    once = vectors_of(*sides)

    again = vectors_of([sides[0][row] for row in mentees], [sides[1][row] for row in mentors])

    assert again.words == once.words
    assert again.mentees.toarray().tolist() == once.mentees.toarray()[mentees].tolist()
    assert again.mentors.toarray().tolist() == once.mentors.toarray()[mentors].tolist()
    assert again.mentee_answered.tolist() == once.mentee_answered[mentees].tolist()


def test_a_full_likeness_is_the_square_of_the_length_and_always_exact():
    rng = np.random.default_rng(5)
    words = [f"w{a}{b}" for a in "abcdefghijklmnopqrst" for b in "abcdefghijklmnopqrst"]
    texts = [" ".join(rng.choice(words, size)) for size in rng.integers(1, 400, 60)]

    found = vectors_of(texts, texts)
    dots = (found.mentees @ found.mentors.T).toarray()
    whole = found.mentees.astype(np.int64) @ found.mentors.astype(np.int64).T

    assert found.mentees.dtype == np.float32
    assert dots.astype(np.int64).tolist() == whole.toarray().tolist()
    assert dots.max() < 2**24
    assert np.all(np.abs(np.diag(dots) / LENGTH**2 - 1) < 0.02)


def test_words_of_most_texts_say_nothing_from_ten_texts_on():
    few = ["open oboe"] * 4 + ["open cello"] * 5
    many = [*few, "open"]

    assert vectors_of(few, []).words == ("cello", "oboe", "open")
    assert vectors_of(many, []).words == ("cello", "oboe")


def test_a_word_of_one_text_only_is_left_out():
    found = vectors_of(["data", "oboe"], ["data"])

    assert found.words == ("data",)
    assert found.mentees.toarray().tolist() == [[809.0], [0.0]]
    assert found.mentee_answered.tolist() == [True, True]


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ("policy", "policies"),
        ("service", "services"),
        ("organización", "organizaciones"),
        ("négocier", "negocier"),
        ("data", "DATA"),
        ("Straße", "strasse"),
        ("البرنامج", "البَرْنامِج"),
    ],
)
def test_two_spellings_of_one_word_are_one_word(mine, theirs):
    assert likeness([mine], [theirs]).tolist() == [[LENGTH**2]]


@pytest.mark.parametrize(("mine", "theirs"), [("plan", "plane"), ("car", "care"), ("app", "ape")])
def test_short_words_that_differ_stay_apart(mine, theirs):
    assert likeness([mine, mine], [theirs, theirs]).tolist() == [[0, 0], [0, 0]]


def test_a_language_in_common_is_not_a_likeness():
    mentees = ["Quiero que me ayuden con las finanzas", "Ich möchte mit der Oboe auf die Bühne"]
    mentors = ["Para mí lo más importante es la música", "Das ist für mich und für alle gut"]

    assert likeness(mentees, mentors).tolist() == [[0, 0], [0, 0]]


def test_the_usual_spelling_is_shown_and_the_most_telling_word_first():
    mentees = ["the law of data policies", "policy"]
    mentors = ["data law and Policies", "law policies", "law"]
    found = vectors_of(mentees, mentors)

    assert shared_words(found, 0, 0) == ("data", "law", "policies")
    assert shared_words(found, 1, 2) == ()


def test_hostile_texts_are_read_up_to_a_bound():
    mentees = ["data " * 200_000, "\x00" * 50_000, "🙂" * 50_000, "ﷺ" * 50_000, "x" * 1_000_000]
    mentors = ["data", " ", "\ud800", "x" * 40]

    found = vectors_of(mentees, mentors)

    assert found.mentee_answered.tolist() == [True, False, False, True, True]
    assert found.mentor_answered.tolist() == [True, False, False, True]
    assert (found.mentees @ found.mentors.T).toarray()[0].tolist() == [LENGTH**2, 0, 0, 0]
    assert (found.mentees @ found.mentors.T).toarray()[4].tolist() == [0, 0, 0, LENGTH**2]


@pytest.mark.parametrize(("mentees", "mentors"), [([], []), ([], [""]), (["", "🙂"], [])])
def test_nothing_written_is_nothing_found(mentees, mentors):
    found = vectors_of(mentees, mentors)

    assert (found.mentees.shape, found.mentors.shape) == ((len(mentees), 0), (len(mentors), 0))
    assert found.mentee_answered.tolist() == [False] * len(mentees)


def test_the_same_texts_give_the_same_bytes_on_any_machine():
    texts = [f"{a} {b} data {a}, 数据科学" for a in VOCABULARY for b in VOCABULARY]

    table = vectors_of(texts, texts[:7]).mentees.toarray()

    assert hashlib.sha256(table.astype("<f4").tobytes()).hexdigest()[:16] == "2adde74b115e495b"
