"""Where the bars of an interval stand."""

import pytest

from lodestar.web.common.charts import LEAST_WIDTH, Span, span_of


def test_an_interval_stands_on_its_scale_with_its_middle_and_what_happened():
    assert span_of(2, 6, 4, whole=8, actual=7) == Span(0.25, 0.75, 0.5, 0.875)


def test_what_lies_beyond_the_scale_is_drawn_at_its_end():
    assert span_of(-1, 12, 20, whole=10, actual=-3) == Span(0.0, 1.0, 1.0, 0.0)


def test_an_interval_of_one_number_can_still_be_seen():
    assert span_of(3, 3, 3, whole=6).width == LEAST_WIDTH


@pytest.mark.parametrize(("low", "high", "whole"), [(None, 3, 5), (1, None, 5), (0, 0, 0)])
def test_where_there_is_no_interval_nothing_is_drawn(low, high, whole):
    assert span_of(low, high, 1, whole=whole) is None
