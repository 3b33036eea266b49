"""How likely is each thing that people may do, and how sure is that?

A published figure counts like so many people who were seen (its weight); whom the association has seen itself are
added to them. So a small history moves a figure a little and a long one decides it: the mean of a Beta distribution
whose parameters are counts (the conjugate prior of a binomial: Raiffa & Schlaifer, Applied Statistical Decision
Theory, 1961). Each draw of a forecast draws its rates too, so its intervals hold that they are not known exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy.special import betaincinv

from lodestar.engine.matching.problem import MatchingError
from lodestar.engine.simulation.assumptions import (
    CHANCES,
    GO_OR_STOP,
    GUESS,
    STIRLING,
    SURVEYS,
    Assumptions,
    Chance,
    Floats,
    Side,
    StaffHours,
)
from lodestar.engine.simulation.spreads import NINE_OF_TEN

NEVER_MET = "pair.never_met"
NAMES = (
    "mentee.drop_out", "mentor.drop_out", "mentee.silence", "mentor.silence", "mentee.decline",
    "mentor.decline", NEVER_MET, "mentee.answer", "mentor.answer",
)  # fmt: skip
WEIGHT = 20.0
USUAL_REPLY_DAYS = 5
UNLIKELY, SOMETIMES, OFTEN = 0.05, 0.1, 0.6
PUBLISHED = {
    "drop_out": (UNLIKELY, GUESS),
    "silence": (UNLIKELY, GO_OR_STOP),
    "decline": (UNLIKELY, GUESS),
    "never_met": (SOMETIMES, STIRLING.split(",")[0]),
    "answer": (OFTEN, SURVEYS),
}


@dataclass(frozen=True, slots=True)
class Rate:
    """A chance from 0 to 1 that is not known exactly.

    `published` counts like `weight` people who were seen; `count` of `of` people were seen here. A figure that was
    `typed` takes the place of both and is as sure as they were.
    """

    published: float
    source: str
    weight: float = WEIGHT
    count: int = 0
    of: int = 0
    typed: float | None = None

    def __post_init__(self) -> None:
        given = (self.published,) if self.typed is None else (self.published, self.typed)
        for chance in given:
            Chance(chance)
        if not 0 <= self.count <= self.of or self.weight <= 0:
            raise MatchingError(
                f"{self.count} of {self.of}: a count lies between nothing and the whole, and a "
                "published figure counts like at least one person."
            )

    @property
    def shrunk(self) -> float:
        """The figure of the published one and the own history together.

        >>> round(Rate(0.05, "", count=10, of=20).shrunk, 3)
        0.275
        """
        return (self.weight * self.published + self.count) / self.people

    @property
    def people(self) -> float:
        """As if so many people had been seen."""
        return self.weight + self.of

    @property
    def usual(self) -> float:
        """The mean that a forecast works with."""
        return self.shrunk if self.typed is None else self.typed

    @property
    def bounds(self) -> tuple[float, float]:
        """The bounds between which the rate lies 9 times of 10.

        >>> [round(bound, 3) for bound in Rate(0.05, "").bounds]
        [0.003, 0.146]
        """
        if self.usual in (0.0, 1.0):
            return self.usual, self.usual
        tails = np.array([(1 - NINE_OF_TEN) / 2, (1 + NINE_OF_TEN) / 2])
        low, high = betaincinv(*self._parameters, tails).tolist()
        return low, high

    def drawn(self, draws: int, seed: Sequence[int]) -> Floats:
        """Return as many rates as there are draws, the same ones for the same seed."""
        if self.usual in (0.0, 1.0):
            return np.full(draws, self.usual)
        return np.random.default_rng(list(seed)).beta(*self._parameters, size=draws)

    @property
    def _parameters(self) -> tuple[float, float]:
        return self.usual * self.people, (1 - self.usual) * self.people


@dataclass(frozen=True, slots=True)
class Days:
    """How many happen on the first working day, the second and so on: published weights and own counts.

    The published ones together count like `weight` cases (a Dirichlet distribution, as above by day).
    """

    published: tuple[float, ...]
    source: str
    weight: float = WEIGHT
    counts: tuple[int, ...] = ()

    @property
    def usual(self) -> tuple[float, ...]:
        """The weights by day that a forecast works with.

        >>> Days((1, 1), "", weight=2, counts=(0, 0, 2)).usual
        (1.0, 1.0, 2.0)
        """
        length = max(len(self.published), len(self.counts))
        published = np.zeros(length)
        published[: len(self.published)] = self.published
        found = published * (self.weight / published.sum())
        found[: len(self.counts)] += self.counts
        return tuple(found.tolist())

    def drawn(self, draws: int, seed: Sequence[int]) -> Floats:
        """Return by draw the share that has happened by each day (draws x days)."""
        usual = np.array(self.usual)
        weights = np.zeros((draws, len(usual)))
        weights[:, usual > 0] = np.random.default_rng(list(seed)).dirichlet(
            usual[usual > 0], size=draws
        )
        so_far = np.cumsum(weights, axis=1)
        return np.asarray(so_far / so_far[:, -1:])


def published_rates() -> dict[str, Rate]:
    """Return the published figures by name, without any history."""
    return {name: Rate(*PUBLISHED[name.partition(".")[2]]) for name in NAMES}


@dataclass(frozen=True, slots=True)
class Believed:
    """Everything that a forecast believes of people: rates by name, and days until things happen.

    `silence` is to give no answer within the usual five working days (and then, never), `never_met` a pair in
    which both said yes and never met; the others are of one person.
    """

    rates: Mapping[str, Rate] = field(default_factory=published_rates)
    meeting: Days = field(
        default_factory=lambda: Days(Assumptions().meeting_time, Assumptions().meeting_source)
    )
    hours: StaffHours = field(default_factory=StaffHours)

    def assumptions(self) -> Assumptions:
        """Return the means with their bounds, as the rest of the wind tunnel takes them."""
        return replace(
            Assumptions(self._side("mentee"), self._side("mentor"), hours=self.hours),
            reply_time=Assumptions().reply_time[:USUAL_REPLY_DAYS],
            meeting_time=self.meeting.usual,
            meeting_source=self.meeting.source,
        )

    def _side(self, role: str) -> Side:
        return Side(**{name: self._chance(role, name) for name in CHANCES})

    def _chance(self, role: str, name: str) -> Chance:
        known = NEVER_MET if name == "no_show" else f"{role}.{name}"
        rate = self.rates[known]
        usual, low, high = (
            of_side({known: each}, role, name) for each in (rate.usual, *rate.bounds)
        )
        return Chance(usual, low, high, rate.source)

    def drawn(self, draws: int, seed: int) -> dict[str, Floats]:
        """Return each rate in each draw; every name has numbers of its own."""
        return {
            name: self.rates[name].drawn(draws, (seed, place)) for place, name in enumerate(NAMES)
        }

    def drawn_days(self, draws: int, seed: int) -> Floats:
        """Return by draw the share of pairs that has met by each working day (draws x days)."""
        return self.meeting.drawn(draws, (seed, len(NAMES)))


def of_side(rates: Mapping[str, float], role: str, name: str) -> float:
    """Return one side's chance; a pair's absence is shared by both sides: 1 - √(1 - rate) each.

    >>> round(of_side({"pair.never_met": 0.19}, "mentee", "no_show"), 3)
    0.1
    """
    if name == "no_show":
        return 1 - float(np.sqrt(1 - rates[NEVER_MET]))
    return rates[f"{role}.{name}"]
