"""How is said by how much two forecasts differ?"""

from django.utils.formats import localize
from django.utils.translation import gettext as _

from lodestar.domain.trials.rules.words import percent_in_words
from lodestar.engine.simulation.comparing import Difference


def difference_in_words(met: Difference, *, is_same: bool = False) -> str:
    """Say in one sentence how many more or fewer mentees meet with the second of two forecasts."""
    if is_same:
        return _(
            "No difference: the same people met the same fates, and as many of them met a mentor."
        )
    gain, low, high = met.gain, met.low, met.high
    told = {"n": localize(abs(round(gain.mean, 1))), "range": range_in_words(low, high)}
    if gain.low is None or gain.high is None or gain.low <= 0 <= gain.high:
        return _("Both let about as many mentees meet; %(range)s.") % told
    sentence = (
        _("With the second about %(n)s more mentees meet; %(range)s.")
        if gain.mean > 0
        else _("With the second about %(n)s fewer mentees meet; %(range)s.")
    )
    return sentence % told


def range_in_words(low: float | None, high: float | None) -> str:
    """Say between which numbers a difference lies 9 times of 10.

    >>> range_in_words(1.0, 4.0), range_in_words(0, 0)
    ('9 times of 10 the difference lies between +1 and +4', '9 times of 10 there is no difference')
    """
    if low is None or high is None:
        return _("how much one cohort would show of it cannot be said")
    ends = round(low), round(high)
    if ends == (0, 0):
        return _("9 times of 10 there is no difference")
    words = _("9 times of 10 the difference lies between %(low)s and %(high)s")
    return words % {"low": signed(ends[0]), "high": signed(ends[1])}


def signed(count: int) -> str:
    sign = "+" if count > 0 else "−" if count else ""
    return f"{sign}{localize(abs(count))}"


def shares_in_words(met: tuple[float, float], mentees: tuple[int, int]) -> str:
    """Say which share of the mentees meets in each of two forecasts with different numbers of them."""
    sentence = _(
        "Of the first %(first)s mentees %(a)s meet a mentor, of the second %(second)s it is %(b)s."
    )
    return sentence % {
        "first": localize(mentees[0]),
        "second": localize(mentees[1]),
        "a": percent_in_words(round(met[0] / mentees[0], 2)),
        "b": percent_in_words(round(met[1] / mentees[1], 2)),
    }
