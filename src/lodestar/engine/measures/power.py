"""What difference could two groups of this size show at all?"""

from dataclasses import dataclass
from math import sqrt

from scipy.special import ndtr, ndtri

LEVEL = 0.05
POWER = 0.8
FEWEST = 5
SPREAD_OF_RATINGS = 1.0
EXACT_ENOUGH = 1e-6


@dataclass(frozen=True, slots=True)
class Detectable:
    """The smallest true differences that two groups would show 4 times of 5.

    `share` is how much higher than `base` a share must be in the first group (0 to 1), `rating` how many points
    apart two means on a scale of 1 to 5 must be if single ratings spread by `SPREAD_OF_RATINGS`; None
    where even the largest difference would not be seen that often, or a group has fewer than five.
    """

    first: int
    second: int
    base: float
    share: float | None
    rating: float | None


def detectable(first: int, second: int, base: float = 0.5) -> Detectable:
    """Return what two groups of so many people can show, tested both ways at 5 %.

    `base` is the share in the second group, such as those who found work without a mentor.

    >>> found = detectable(100, 100)
    >>> round(found.share, 3), round(found.rating, 3)
    (0.193, 0.396)
    >>> detectable(4, 100).share is None
    True
    """
    if not 0 <= base <= 1 or first < 0 or second < 0:
        raise ValueError("Two groups have 0 people or more, and a share lies between 0 and 1.")
    if min(first, second) < FEWEST:
        return Detectable(first, second, base, None, None)
    width = SPREAD_OF_RATINGS * sqrt(1 / first + 1 / second)
    rating = float(ndtri(1 - LEVEL / 2) + ndtri(POWER)) * width
    return Detectable(first, second, base, _share(first, second, base), rating)


def power_of_shares(first: int, second: int, share: float, base: float) -> float:
    """Return how often two groups with these true shares are found to differ upwards.

    The normal approximation of the two-sided test of two shares, pooled under "no difference":
    Fleiss, Statistical Methods for Rates and Proportions (1981), chapter 3, solved for the power.

    >>> round(power_of_shares(100, 100, 0.7, 0.5), 2)
    0.83
    """
    pooled = (first * share + second * base) / (first + second)
    under_none = sqrt(pooled * (1 - pooled) * (1 / first + 1 / second))
    as_it_is = sqrt(share * (1 - share) / first + base * (1 - base) / second)
    beyond = share - base - float(ndtri(1 - LEVEL / 2)) * under_none
    if as_it_is == 0:
        return float(beyond > 0)
    return float(ndtr(beyond / as_it_is))


def _share(first: int, second: int, base: float) -> float | None:
    """Halve the interval in which the smallest difference lies; the power grows with the difference."""
    if power_of_shares(first, second, 1.0, base) < POWER:
        return None
    low, high = 0.0, 1.0 - base
    while high - low > EXACT_ENOUGH:
        middle = (low + high) / 2
        if power_of_shares(first, second, base + middle, base) < POWER:
            low = middle
        else:
            high = middle
    return high
