"""How sure can one be of a share or a mean, and when are there too few to say?"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, stdev

from scipy.special import ndtri, stdtrit

MINIMUM = 5
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True)
class Share:
    """A count of a whole, with the interval in which the true share lies 19 times of 20."""

    count: int
    of: int
    low: float
    high: float
    minimum: int = MINIMUM

    @property
    def is_too_few(self) -> bool:
        return self.of < self.minimum

    @property
    def value(self) -> float | None:
        """The share from 0 to 1, or None where the whole is too small to say."""
        return None if self.is_too_few else self.count / self.of


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of some ratings with its interval; None where there are too few to say."""

    of: int
    value: float | None
    low: float | None
    high: float | None


def wilson(count: int, of: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the score interval of a share: where the true share may lie, never beyond 0 and 1.

    With z the normal quantile, the centre is (share + z²/2n) / (1 + z²/n) and the half width
    z·√(share·(1 - share)/n + z²/4n²) / (1 + z²/n). It is honest at the edges and for small n,
    where the textbook interval is not. E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212.

    >>> [round(bound, 4) for bound in wilson(8, 10)]
    [0.4902, 0.9433]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if not 0 <= count <= of:
        raise ValueError("A count lies between nothing and the whole.")
    if of == 0:
        return 0.0, 1.0
    z = float(ndtri((1 + confidence) / 2))
    share, spread = count / of, z * z / of
    centre = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    low = 0.0 if count == 0 else max(0.0, centre - half)
    high = 1.0 if count == of else min(1.0, centre + half)
    return low, high


def share_of(count: int, of: int, *, minimum: int = MINIMUM) -> Share:
    """Return a share with its interval.

    >>> share_of(3, 4).value is None
    True
    >>> share_of(3, 5).value
    0.6
    """
    low, high = wilson(count, of)
    return Share(count, of, low, high, minimum)


def in_percent(share: Share) -> Mean:
    """Return a share as a mean of noughts and hundreds, with its own interval.

    >>> in_percent(share_of(3, 5)).value, in_percent(share_of(3, 4))
    (60.0, Mean(of=4, value=None, low=None, high=None))
    """
    if share.value is None:
        return Mean(share.of, None, None, None)
    return Mean(share.of, 100 * share.value, 100 * share.low, 100 * share.high)


def mean_of(
    ratings: Sequence[float], *, lowest: float, highest: float, minimum: int = MINIMUM
) -> Mean:
    """Return the mean of ratings with Student's interval, cut to the scale.

    The half width is t·s/√n with n - 1 degrees of freedom. Where all agree, the spread is not
    known to be none: the interval then is as wide as the scale's step divided by √n.
    Student, Biometrika 6 (1908), 1-25.

    >>> mean_of([4, 5, 4, 3, 4], lowest=1, highest=5).value
    4.0
    >>> mean_of([4, 5], lowest=1, highest=5).value is None
    True
    """
    of = len(ratings)
    if of < max(minimum, 2):
        return Mean(of, None, None, None)
    centre = fmean(ratings)
    spread = stdev(ratings)
    half = float(stdtrit(of - 1, (1 + CONFIDENCE) / 2)) * spread / sqrt(of) or 1 / sqrt(of)
    return Mean(of, centre, max(lowest, centre - half), min(highest, centre + half))
