"""The new words of a reply stay, all of them."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.web.mail.reading.cutting import new_words
from lodestar.web.mail.reading.markup import text_of
from tests.web.mail.reading.corpus import OURS

PLAIN = [
    "On Monday 3 May I asked her, and she wrote:\ncome on Friday.",
    "From: what I hear, all is well.",
    "Sent from where I sit, the view is fine.",
    "My plan:\n--- first ---\nread\n--- then ---\nwrite",
    "To do:\nSubject: the talk",
    "Le 3 mai, on a écrit :\nvenez vendredi.",
    "Am 3. Mai schrieb sie: komm.",
    "A list:\n* one\n* two\n\n________\nand more",
    "Best,\nRuth",
]


@pytest.mark.parametrize("text", PLAIN)
def test_what_only_looks_a_little_like_a_quotation_stays(text):
    assert new_words(text, OURS) == text


def test_a_signature_goes_but_never_all_there_is():
    assert new_words("Yes.\n-- \nRuth\nLagos") == "Yes."
    assert new_words("-- \nRuth") == "--\nRuth"
    assert new_words("Yes.\n\nSent from my iPhone") == "Yes."
    assert new_words("Sent from my iPhone") == "Sent from my iPhone"


def test_a_quoted_letter_alone_has_no_new_words():
    letter = "From: College <lodestar@localhost>\nSent: Monday\nTo: Ruth\nSubject: x\n\nDear Ruth"

    assert new_words(letter, OURS) == ""
    assert new_words("> Dear Ruth\n> bye", OURS) == ""


def test_our_signed_links_are_never_passed_on():
    text = "Look: http://testserver/m/abc/def/\nHere I am."

    assert new_words(text, OURS) == "Here I am."


words = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=30)
shapes = st.sampled_from(
    ["On Monday she wrote:", "On 3 May he wrote:", "From: me", "To: you", "--", "", "Sent from my heart",
     "_____", "Am 3. schrieb er:", "-- x --", "Le 4 elle a écrit :", "Subject: x"]
)  # fmt: skip
lines = st.lists(st.one_of(words.filter(lambda line: ">" not in line), shapes), max_size=12)


@given(st.from_regex(r"[A-Z][a-z]{2,8}( [a-z]{1,8}){0,4}\.", fullmatch=True), lines)
def test_a_plain_message_is_never_cut_as_a_whole(first, more):
    text = "\n".join([first, *more])

    assert new_words(text, OURS).splitlines()[0].startswith(first)


@given(st.text(max_size=400))
def test_nothing_is_added_and_the_order_stays(text):
    told = new_words(text, OURS).splitlines()
    lines = iter(line.strip() for line in text.splitlines())

    assert all(any(line.strip() in each for each in lines) for line in told)


@given(lines)
def test_a_whole_mail_quoted_below_leaves_the_words_as_they_were(more):
    text = "\n".join(["Yes, gladly.", *more])
    quoted = "\n".join(f"> {line}" for line in ["Dear Ruth,", "bye"])

    below = f"{text}\n\nOn 3 May 2026, College <lodestar@localhost> wrote:\n{quoted}\n"

    assert new_words(below, OURS) == new_words(text, OURS)


@pytest.mark.parametrize(
    "piece", ["On ", "On a\n", "> ", "From: ", "_", "Le \n", "\n", "wrote:", "<div>", "<!--", "&", "a b\n", "<a ", "<a href='", "</", "<!", "<?", "<script>", "<textarea>", "<title>", "<blockquote>"]
)  # fmt: skip
def test_no_mail_takes_long(piece):
    text = piece * 40_000
    began = time.perf_counter()

    new_words(text_of(text), OURS)
    new_words(text, OURS)

    assert time.perf_counter() - began < 3


def test_markup_is_read_as_words():
    page = "<ul><li>One</li><li>Two &amp; three</li></ul><p>a<br>b</p><table><tr><td>c</td></tr></table>"

    assert text_of(page) == "One\nTwo & three\na\nb\nc"


@given(st.text(alphabet="<>/&;abdivpqscript!-?=\"' \n", max_size=200))
def test_any_markup_is_read_without_harm(page):
    assert text_of(f"{page}<p>last words</p>") == text_of(f"{page}<p>last words</p>")


def _inside(piece: str, name: str, inside: str) -> str:
    """Return the element whose words are no text after this tag: in it, only its own end counts."""
    if not inside and not piece.startswith("</"):
        return name
    return "" if piece == f"</{inside}>" else inside


@given(
    st.lists(
        st.sampled_from(["<script>", "</script>", "<style>", "</style>", "word", "<b>", "</b>"])
    )
)
def test_no_script_is_ever_among_the_words(pieces):
    page, inside = [], ""
    for piece in pieces:
        name = piece.strip("<>/")
        page.append("alert" if piece == "word" and inside else piece)
        if name in ("script", "style"):
            inside = _inside(piece, name, inside)

    assert "alert" not in text_of("".join(page))
