"""What would each way of admitting people have given, for the same arrivals?

A cohort's arrivals are replayed week by week under a rolling policy, with a forecast that is refreshed from
who came so far. Hindsight, the largest total of everybody over all places, is what nobody can pass. Before a
season, ways are compared on seasons drawn from half of the examples and foretold from the other half.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lodestar.engine.admission.forecast import Floats, Forecast, Week, Wholes, table_of
from lodestar.engine.admission.rolling import RollingPolicy, Way, decide_week
from lodestar.engine.matching.assignment import heaviest_matching, units_of
from lodestar.engine.matching.lottery import tickets
from lodestar.engine.matching.pairs import NOBODY, Bools, EligiblePairs, Ints, from_edges
from lodestar.engine.matching.problem import MatchingError

EXAMPLE = -1


@dataclass(frozen=True, slots=True, eq=False)
class Arrivals:
    """Who arrives in which week (0 is the first), and examples of others, whose week is -1.

    `pairs` lists all pairs of everybody; `weeks` is how long people are admitted.
    """

    pairs: EligiblePairs
    mentee_keys: Sequence[str]
    mentor_keys: Sequence[str]
    mentee_week: Ints
    mentor_week: Ints
    weeks: int


@dataclass(frozen=True, slots=True, eq=False)
class Expected:
    """How many were expected in each week before anybody came.

    The numbers are scaled by what has come so far, as if `trust` people had come as expected before
    (a gamma prior on Poisson arrivals).
    """

    mentees_a_week: Floats
    mentors_a_week: Floats
    trust: float = 50.0


@dataclass(frozen=True, slots=True, eq=False)
class RollingRun:
    """What a replay gave, by row of the arrivals: mentor (column, -1 for none) and week (-1)."""

    mentor: Wholes
    week: Wholes
    total: int
    served: int
    mean_weeks_waited: float


def simulate_rolling(
    arrivals: Arrivals, expected: Expected, policy: RollingPolicy, seed: int
) -> RollingRun:
    """Replay arrivals under a policy; mentors stay, and mentees stay until they have one.

    Raises MatchingError where the parts do not belong together.

    >>> pairs = EligiblePairs(np.array([0, 1, 2]), np.array([0, 0]), np.array([500, 800]), np.array([1]))
    >>> arrivals = Arrivals(pairs, ["ana", "bo"], ["mia"], np.array([0, 1]), np.array([0]), weeks=2)
    >>> expected = Expected(np.array([1.0, 1.0]), np.array([1.0, 0.0]))
    >>> simulate_rolling(arrivals, expected, RollingPolicy(), seed=1).total, hindsight(arrivals)
    (500, (800, 1))
    """
    check_arrivals(arrivals, expected)
    mentor = np.full(arrivals.pairs.mentees, NOBODY, dtype=np.int64)
    given_in = mentor.copy()
    row_of = {key: row for row, key in enumerate(arrivals.mentee_keys)}
    column_of = {key: column for column, key in enumerate(arrivals.mentor_keys)}
    for week in range(arrivals.weeks):
        open_week = week_of(arrivals, mentor, week)
        for decision in decide_week(open_week, refreshed(arrivals, expected, week), policy, seed):
            if decision.mentor:
                mentor[row_of[decision.mentee]] = column_of[decision.mentor]
                given_in[row_of[decision.mentee]] = week
    return _run(arrivals, mentor, given_in)


def week_of(arrivals: Arrivals, mentor: Wholes, week: int) -> Week:
    """Return what stands open in a week, given who has which mentor already."""
    load = np.bincount(mentor[mentor >= 0], minlength=arrivals.pairs.mentors)
    left = arrivals.pairs.capacity - load
    waiting = np.flatnonzero(_came(arrivals.mentee_week, week) & (mentor == NOBODY))
    return Week(
        replace(arrivals.pairs, capacity=left),
        arrivals.mentee_keys,
        arrivals.mentor_keys,
        waiting,
        week - arrivals.mentee_week[waiting],
        np.flatnonzero(_came(arrivals.mentor_week, week)),
    )


def refreshed(arrivals: Arrivals, expected: Expected, week: int) -> Forecast:
    """Return whom to expect after a week: examples and all who came, numbers scaled by who came."""
    ahead = slice(week + 1, arrivals.weeks)
    came = _came(arrivals.mentee_week, week), _came(arrivals.mentor_week, week)
    rates = [
        a_week[ahead] * (expected.trust + count.sum()) / (expected.trust + a_week[: week + 1].sum())
        for a_week, count in zip(
            (expected.mentees_a_week, expected.mentors_a_week), came, strict=True
        )
    ]
    return Forecast(
        np.flatnonzero(came[0] | (arrivals.mentee_week == EXAMPLE)),
        np.flatnonzero(came[1] | (arrivals.mentor_week == EXAMPLE)),
        rates[0],
        rates[1],
    )


def hindsight(arrivals: Arrivals) -> tuple[int, int]:
    """Return the largest total of everybody who arrives over all places, and how many it serves.

    Nobody is bound to a week: no policy, however long it lets people wait, can pass this total.
    """
    pairs = arrivals.pairs
    keep = (arrivals.mentee_week >= 0)[pairs.mentee_of_each()]
    arriving = pairs.only(keep & (arrivals.mentor_week >= 0)[pairs.mentor])
    weight = arriving.score.astype(np.int64)
    taken = heaviest_matching(arriving, weight, units_of(arriving, 0, 0))
    return int(weight[taken].sum()), len(taken)


@dataclass(frozen=True, slots=True)
class WayInReplays:
    """What one way gives over the replays: means of total by hindsight, of served, and of weeks waited.

    `below_batches` counts the replays in which its total is below that of weekly batches.
    """

    way: Way
    share_of_hindsight: float
    served: float
    weeks_waited: float
    below_batches: int


@dataclass(frozen=True, slots=True)
class WaysCompared:
    """Ways on the same replays, and by how much prices beat weekly batches (share of hindsight).

    `deviation` is the standard error of `gain`. `better` is prices only where the gain is above two of them.
    """

    ways: tuple[WayInReplays, ...]
    replays: int
    gain: float
    deviation: float
    better: Way


def compare_ways(
    arrivals: Arrivals, expected: Expected, policy: RollingPolicy, *, replays: int = 10, seed: int
) -> WaysCompared:
    """Try first come, weekly batches and prices on drawn seasons, before the first week.

    Mentors of week 0 are here; all other people are drawn from the examples. Which half of the examples
    arrives, and which foretells, is drawn anew for each replay, so that no forecast knows who comes.
    Raises MatchingError for fewer than 2 replays or fewer than 2 examples.
    """
    check_arrivals(arrivals, expected)
    if replays < 2 or np.sum(arrivals.mentee_week == EXAMPLE) < 2:
        raise MatchingError("Comparing ways of admission needs at least 2 replays and 2 examples.")
    ways = (Way.FIRST_COME, Way.BATCHES, Way.PRICES)
    runs = {way: list[RollingRun]() for way in ways}
    best = []
    for replay in range(replays):
        season = drawn_season(arrivals, expected, seed, replay)
        best.append(max(1, hindsight(season)[0]))
        for way in ways:
            runs[way].append(simulate_rolling(season, expected, replace(policy, way=way), seed))
    shares = {way: np.array([run.total for run in runs[way]]) / np.array(best) for way in ways}
    gains = shares[Way.PRICES] - shares[Way.BATCHES]
    gain, deviation = float(gains.mean()), float(gains.std(ddof=1) / np.sqrt(replays))
    return WaysCompared(
        tuple(_in_replays(way, runs[way], shares[way], shares[Way.BATCHES]) for way in ways),
        replays,
        gain,
        deviation,
        Way.PRICES if gain > 2 * deviation else Way.BATCHES,
    )


def drawn_season(arrivals: Arrivals, expected: Expected, seed: int, number: int) -> Arrivals:
    """Draw who arrives when from half of the examples; the other half stay examples."""
    random = np.random.default_rng(int(tickets(seed, "season", [str(number)])[0]))
    mentees = _halves(arrivals.mentee_week, arrivals.mentee_keys, random)
    mentors = _halves(arrivals.mentor_week, arrivals.mentor_keys, random)
    rows, row_week = _season_of(mentees, expected.mentees_a_week, random)
    later = expected.mentors_a_week.copy()
    later[0] = 0
    here = np.flatnonzero(arrivals.mentor_week == 0)
    columns, column_week = _season_of(mentors, later, random)
    columns, column_week = np.append(here, columns), np.append(0 * here, column_week)
    table = table_of(arrivals.pairs)[np.ix_(rows, columns)]
    row, column = np.nonzero(table >= 0)
    capacity = arrivals.pairs.capacity[columns]
    return Arrivals(
        from_edges(row, column, table[row, column], len(rows), capacity),
        [f"{arrivals.mentee_keys[who]}/{copy}" for copy, who in enumerate(rows.tolist())],
        [f"{arrivals.mentor_keys[who]}/{copy}" for copy, who in enumerate(columns.tolist())],
        row_week,
        column_week,
        arrivals.weeks,
    )


def _halves(week: Ints, keys: Sequence[str], random: np.random.Generator) -> tuple[Ints, Ints]:
    examples = sorted(np.flatnonzero(week == EXAMPLE).tolist(), key=lambda place: keys[place])
    mixed = random.permutation(np.array(examples, dtype=np.int64))
    return mixed[: len(mixed) // 2], mixed[len(mixed) // 2 :]


def _season_of(
    halves: tuple[Ints, Ints], a_week: Floats, random: np.random.Generator
) -> tuple[Ints, Ints]:
    """Return who arrives and who stays an example, with their weeks."""
    coming, examples = halves
    count = random.poisson(a_week) if len(coming) else np.zeros(len(a_week), dtype=np.int64)
    arriving = coming[np.arange(int(count.sum())) % max(1, len(coming))]
    week = np.repeat(np.arange(len(a_week)), count)
    return np.append(arriving, examples), np.append(week, np.full(len(examples), EXAMPLE))


def _in_replays(
    way: Way, runs: Sequence[RollingRun], share: Floats, batches: Floats
) -> WayInReplays:
    return WayInReplays(
        way,
        float(share.mean()),
        float(np.mean([run.served for run in runs])),
        float(np.mean([run.mean_weeks_waited for run in runs])),
        int(np.sum(share < batches)),
    )


def check_arrivals(arrivals: Arrivals, expected: Expected) -> None:
    """Refuse arrivals whose parts do not belong together."""
    pairs = arrivals.pairs
    if (len(arrivals.mentee_week), len(arrivals.mentor_week)) != (pairs.mentees, pairs.mentors):
        raise MatchingError("Give a week of arrival for each mentee and each mentor, or -1.")
    latest = max(arrivals.mentee_week.max(initial=0), arrivals.mentor_week.max(initial=0))
    if arrivals.weeks < 1 or latest >= arrivals.weeks:
        raise MatchingError(
            f"Somebody arrives in week {latest + 1}, but people are admitted for {arrivals.weeks} "
            "weeks: lengthen the time or correct the week."
        )
    for a_week in (expected.mentees_a_week, expected.mentors_a_week):
        if len(a_week) != arrivals.weeks:
            raise MatchingError(f"Give expected numbers for each of the {arrivals.weeks} weeks.")
    if not expected.trust > 0:
        raise MatchingError("The trust in expected numbers must be above 0.")


def _came(arrives: Ints, week: int) -> Bools:
    return (arrives >= 0) & (arrives <= week)


def _run(arrivals: Arrivals, mentor: Wholes, given_in: Wholes) -> RollingRun:
    rows = np.flatnonzero(mentor != NOBODY)
    places = arrivals.pairs.positions_of(rows, mentor[rows])
    waited = given_in[rows] - arrivals.mentee_week[rows]
    return RollingRun(
        mentor,
        given_in,
        total=int(arrivals.pairs.score[places].sum()),
        served=len(rows),
        mean_weeks_waited=float(waited.mean()) if len(rows) else 0.0,
    )
