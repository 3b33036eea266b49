"""Words are found however they are spelled, and nothing in them can harm a query."""

import re

from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.answers.searching import (
    asked_for,
    distance,
    document_of,
    folded,
    nearest,
    tokens_of,
)
from tests.tried_on import tried_on

texts = st.text(max_size=60)
words = st.text("abcdef", min_size=1, max_size=9)


@tried_on(60)
@given(texts)
def test_whoever_asks_for_a_text_as_it_was_written_finds_it(text):
    kept = document_of([text])

    for phrase in asked_for(text):
        assert any(kept[at : at + len(phrase)] == list(phrase) for at in range(len(kept)))


@tried_on(60)
@given(texts)
def test_no_word_holds_a_quote_a_blank_or_a_sign_of_any_query_language(text):
    assert [t for t in tokens_of(text) if re.search(r"[\s'\"\\():*&|!<>\x00-]", t)] == []


@tried_on(60)
@given(texts)
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@tried_on(60)
@given(words, words)
def test_a_distance_is_the_same_from_both_sides_and_nought_only_for_the_same(one, other):
    assert distance(one, other, 9) == distance(other, one, 9)
    assert (distance(one, other, 9) == 0) == (one == other)


def test_short_words_must_be_spelled_right_and_long_ones_nearly():
    known = ["law", "lawyer", "consulting", "consultant", "interviews"]

    assert nearest("lew", known) == []
    assert nearest("lawier", known) == ["lawyer"]
    assert nearest("consultign", known) == ["consulting"]
    assert nearest("intervewes", known) == ["interviews"]
    assert nearest("intrwves", known) == []


def test_scripts_of_all_kinds_come_apart_into_words():
    assert tokens_of("हिन्दी बोलता हूँ") == ["हिन्दी", "बोलता", "हूँ"]
    assert tokens_of("東京タワー") == ["東", "京", "タ", "ワ", "ー"]
    assert tokens_of("Zoltán-Ölgyay, C# & .NET") == ["zoltan", "olgyay", "csharp", "net"]
    assert asked_for("文静") == [("文", "静")]
