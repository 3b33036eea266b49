from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lodestar.engine.answers.profiles import answers_from, years_from
from lodestar.engine.answers.values import number_of, parted_by_commas, plain

DAYS = st.dates(date(1930, 1, 1), date(2060, 12, 31))
WRITTEN = ("%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%Y/%m/%d", "%d-%m-%Y", "%m/%Y", "%Y-%m")


@given(day=DAYS, form=st.sampled_from(WRITTEN), time=st.sampled_from(("", " 10:30", "T00:00:00")))
def test_a_date_is_its_year_however_it_is_written(day, form, time):
    said = f"{day:{form}}{time}"

    assert number_of(said) == day.year
    assert answers_from({"class_year": said})["class_year"] == day.year
    assert years_from(said) is None


@given(
    low=st.integers(0, 60), more=st.integers(1, 30), sign=st.sampled_from(("-", " - ", "–", " to "))
)
def test_a_range_is_its_middle(low, more, sign):
    assert number_of(f"{low}{sign}{low + more} years") == (2 * low + more) // 2


@given(number=st.integers(0, 10**8), rest=st.sampled_from(("", ".0", " years", "+", " or more")))
def test_a_number_is_itself_and_below_zero_none(number, rest):
    assert number_of(f"{number}{rest}") == number
    assert number_of(f"-{number}{rest}") is None


@given(st.text(max_size=30))
def test_no_text_is_read_as_a_number_it_cannot_be(text):
    years = years_from(text)

    assert years is None or 0 <= years <= 100


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("3.1416", 3),
        ("12,3333", 12),
        ("2014-2018", 2016),
        ("20 years, 3 of them abroad", 20),
        ("3-5 years (since 2015)", 4),
        ("01/02/16", None),
        ("9" * 400, None),
        ("nan", None),
        (float("nan"), None),
        ("", None),
    ],
)
def test_what_stands_beside_a_number_does_not_change_it(said, number):
    assert number_of(said) == number


@given(
    st.lists(
        st.text(st.characters(blacklist_characters=",", max_codepoint=400), min_size=1), max_size=5
    )
)
def test_commas_part_all_but_what_is_known(parts):
    parts = [part.strip() for part in parts if part.strip()]
    whole = ", ".join(parts)

    assert parted_by_commas(whole, set()) == parts
    assert parted_by_commas(whole, {plain(whole)}) == ([whole] if parts else [])
