"""Is this matching really the best one, over all eligible pairs?

A proof by weak duality that shares no code with any solver. Ask a price for every mentor's place.
At these prices each mentee on their own could gain at most so much, and all places together cost so
much: no matching is worth more than both sums (Ahuja, Magnanti & Orlin 1993, chapter 9). A matching
that is worth exactly that is therefore best. Two further claims, that nobody more could be served
and that the worst match could not be better, are shown by covers (König 1931). Everything is whole
numbers, so nothing needs a tolerance.
"""

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.matching.covers import Cover
from lodestar.engine.matching.pairs import NOBODY, EligiblePairs, Ints
from lodestar.engine.matching.problem import PERFECT, MatchingError

ENGINE_VERSION = "2.0"
NEVER = 2**60


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What a solve claims: these matches are best, because of these prices and covers.

    `mentee` and `mentor` are the two ends of each match (positions, by mentee, then mentor); `price`
    asks for a place with each mentor (points). Serving one more mentee counts `serving` points, filling
    one more minimum place `filling`. Pairs scoring under `least` were out, because `ceiling` shows
    that the worst match cannot score higher; `served` and `filled` show that no more mentees can be
    served nor minimum places filled. A cover is None where nothing of the kind is claimed.
    """

    mentee: NDArray[np.int64]
    mentor: NDArray[np.int64]
    price: NDArray[np.int64]
    serving: int
    filling: int
    least: int = 0
    served: Cover | None = None
    filled: Cover | None = None
    ceiling: Cover | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """How many matches each person may have, apart from the pairs."""

    demand: Ints
    first: Ints
    capacity: Ints
    minimum: Ints

    @classmethod
    def of(cls, pairs: EligiblePairs) -> "Market":
        minimum = np.minimum(pairs.minimums, pairs.capacity)
        return cls(pairs.demands, pairs.firsts, pairs.capacity, minimum)


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """The claimed matches with what each scores and weighs, and everybody's load."""

    mentee: Ints
    mentor: Ints
    score: Ints
    weight: Ints
    mentee_load: Ints
    mentor_load: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """What one scan over all pairs has to answer, by position of mentee and mentor.

    A pair is a violator if its weight less `price` exceeds `reserve`; it is blocking if its score
    exceeds both `mentee_low` and `mentor_low`.
    """

    price: NDArray[np.int64]
    reserve: NDArray[np.int64]
    mentee_low: NDArray[np.int64]
    mentor_low: NDArray[np.int64]
    demand: Ints
    serving: NDArray[np.int64]
    least: int
    covers: tuple[Cover | None, Cover | None, Cover | None]


@dataclass(frozen=True, slots=True, eq=False)
class Answer:
    """What a scan found: each mentee's best response to the prices (points), and three counts."""

    response: NDArray[np.int64]
    violators: int
    blocking: int
    leaks: tuple[int, int, int]
    pairs: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What the proof found. `is_proven` means: proven best over all pairs.

    `matched` mentees have a mentor, in `pairs` pairs; `filled` places of the mentors' minimum loads
    are taken. `total` is points; `value` counts the keep-bonus too, and `bound` is the most that any
    set of pairs serving and filling as many could be worth; `gap` is in points, and counts a mentee
    who could be served in addition at `serving` each. `violators` are pairs whose prices do not pay
    their weight. No set can serve more than `served_bound`, fill more than `filled_bound`, nor,
    serving as many, have a worst match above `worst_bound`; None where nothing was claimed.
    """

    matched: int
    pairs: int
    filled: int
    total: int
    value: int
    bound: int
    gap: int
    violators: int
    blocking_pairs: int
    worst: int | None
    served_bound: int | None
    filled_bound: int | None
    worst_bound: int | None

    @property
    def is_proven(self) -> bool:
        """Whether the value and every further claim is shown to be the best possible."""
        return (
            self.gap == 0
            and self.violators == 0
            and self.served_bound in (None, self.matched)
            and self.filled_bound in (None, self.filled)
            and self.worst_bound in (None, self.worst)
        )


@dataclass(frozen=True, slots=True)
class Certificate(Proof):
    """The published proof of one run; pins count in its numbers.

    `inputs_sha256` is the same for the same people, design, pins and bans in any order.
    """

    mentees: int
    mentors: int
    places: int
    eligible_pairs: int
    objective: str
    seed: int
    engine_version: str
    inputs_sha256: str

    @classmethod
    def of(
        cls,
        proof: Proof,
        market: Market,
        *,
        eligible_pairs: int,
        objective: str,
        seed: int,
        inputs_sha256: str,
    ) -> "Certificate":
        return cls(
            **asdict(proof),
            mentees=len(market.demand),
            mentors=len(market.capacity),
            places=int(market.capacity.sum()),
            eligible_pairs=eligible_pairs,
            objective=objective,
            seed=seed,
            engine_version=ENGINE_VERSION,
            inputs_sha256=inputs_sha256,
        )


CERTIFICATE_ORDER = (
    "mentees", "mentors", "places", "eligible_pairs", "matched", "pairs", "filled", "total", "value",
    "bound", "gap", "violators", "blocking_pairs", "worst", "served_bound", "filled_bound",
    "worst_bound", "objective", "seed", "engine_version", "inputs_sha256",
)  # fmt: skip


def as_fields(certificate: Certificate) -> dict[str, Any]:
    """Return a certificate by field, in the order in which people read it."""
    fields = asdict(certificate)
    return {name: fields[name] for name in CERTIFICATE_ORDER}


def prove(pairs: EligiblePairs, weight: Ints, claim: Claim) -> Proof:
    """Check a claim with one full scan over all listed pairs; `weight` is what each pair counts.

    Raises MatchingError when the matching itself is not allowed: a forbidden pair, more matches
    than places, a pair listed twice.
    """
    taken = pairs.positions_of(claim.mentee, claim.mentor)
    if np.any(taken == NOBODY) or len(np.unique(taken)) < len(taken):
        raise MatchingError("The matching holds a pair that is not eligible.")
    market = Market.of(pairs)
    matches = matches_of(market, claim, pairs.score[taken], weight[taken])
    question = question_of(market, claim, matches)
    return conclude(market, claim, matches, scan_listed(pairs, weight, question))


def matches_of(market: Market, claim: Claim, score: Ints, weight: Ints) -> Matches:
    """Put the claimed matches together with everybody's load, and refuse what no one may have."""
    matches = Matches(
        claim.mentee,
        claim.mentor,
        score.astype(np.int64),
        weight.astype(np.int64),
        np.bincount(claim.mentee, minlength=len(market.demand)),
        np.bincount(claim.mentor, minlength=len(market.capacity)),
    )
    if np.any(matches.mentor_load > market.capacity):
        raise MatchingError("The matching gives a mentor more mentees than places.")
    if np.any(matches.mentee_load > market.demand):
        raise MatchingError("The matching gives a mentee more mentors than they asked for.")
    if np.any(matches.score < claim.least):
        raise MatchingError("The matching holds a pair below the least score it claims.")
    return matches


def question_of(market: Market, claim: Claim, matches: Matches) -> Question:
    """Derive from the claimed matches what every other pair is compared with."""
    surplus = matches.weight - claim.price[matches.mentor]
    serving = (claim.serving * market.first).astype(np.int64)
    reserve = np.where(matches.mentee_load > 0, 0, -serving)
    full = (matches.mentee_load == market.demand) & (market.demand > 0)
    least_surplus = _least_by(matches.mentee, surplus, len(market.demand))
    mentee_low = _least_by(matches.mentee, matches.score, len(market.demand))
    mentor_low = _least_by(matches.mentor, matches.score, len(market.capacity))
    mentee_low[(matches.mentee_load < market.demand)] = -1
    mentor_low[(matches.mentor_load < market.capacity)] = -1
    return Question(
        price=claim.price.astype(np.int64),
        reserve=np.where(full, least_surplus, np.where(market.demand > 0, reserve, NEVER)),
        mentee_low=mentee_low,
        mentor_low=mentor_low,
        demand=market.demand,
        serving=serving,
        least=claim.least,
        covers=(claim.served, claim.filled, claim.ceiling),
    )


def _least_by(person: Ints, number: Ints, people: int) -> NDArray[np.int64]:
    found = np.full(people, NEVER, dtype=np.int64)
    np.minimum.at(found, person, number)
    return found


def scan_listed(pairs: EligiblePairs, weight: Ints, question: Question) -> Answer:
    """Ask every listed pair."""
    response = np.zeros(pairs.mentees, dtype=np.int64)
    violators = blocking = first = 0
    leaks = [0, 0, 0]
    for mentee, mentor, score in pairs.blocks():
        worth = weight[first : first + len(mentee)].astype(np.int64)
        first += len(mentee)
        counts = score >= question.least
        surplus = (worth - question.price[mentor])[counts]
        _add_responses(response, mentee[counts], surplus, question)
        violators += int((surplus > question.reserve[mentee[counts]]).sum())
        above = (score > question.mentee_low[mentee]) & (score > question.mentor_low[mentor])
        blocking += int(above.sum())
        for place, cover in enumerate(question.covers):
            leaks[place] += _leaks(cover, mentee, mentor, score)
    return Answer(response, violators, blocking, (leaks[0], leaks[1], leaks[2]), len(pairs))


def _add_responses(
    response: NDArray[np.int64], mentee: Ints, surplus: Ints, question: Question
) -> None:
    """Add what each mentee would choose at these prices: as many of the best as they may have."""
    order = np.lexsort((-surplus, mentee))
    mentee, surplus = mentee[order], surplus[order]
    rank = np.arange(len(mentee)) - np.searchsorted(mentee, mentee)
    gain = surplus + np.where(rank == 0, question.serving[mentee], 0)
    chosen = (rank < question.demand[mentee]) & (gain > 0)
    np.add.at(response, mentee[chosen], gain[chosen])


def _leaks(cover: Cover | None, mentee: Ints, mentor: Ints, score: Ints) -> int:
    """Count the pairs that lead out of a cover."""
    if cover is None:
        return 0
    inside, among = cover.mentee[mentee], cover.mentor[mentor]
    out = among & ~inside if cover.of_places else inside & ~among
    return int((out & (score >= cover.least)).sum())


def conclude(market: Market, claim: Claim, matches: Matches, answer: Answer) -> Proof:
    """Add up what the scan found into the numbers of a proof."""
    matched = int(np.minimum(matches.mentee_load, market.first).sum())
    filled = int(np.minimum(matches.mentor_load, market.minimum).sum())
    extra = matched * claim.serving + filled * claim.filling
    value = int(matches.weight.sum())
    bound = int(answer.response.sum()) + _cost_of_places(market, claim) - extra
    question = question_of(market, claim, matches)
    served_leaks, filled_leaks, ceiling_leaks = answer.leaks
    return Proof(
        matched=matched,
        pairs=len(matches.mentee),
        filled=filled,
        total=int(matches.score.sum()),
        value=value,
        bound=bound,
        gap=bound - value,
        violators=answer.violators - _own_violators(matches, question),
        blocking_pairs=answer.blocking - _own_blocking(matches, question),
        worst=int(matches.score.min()) if len(matches.score) else None,
        served_bound=_most(claim.served, market, served_leaks),
        filled_bound=_most(claim.filled, market, filled_leaks),
        worst_bound=_worst_bound(claim.ceiling, market, ceiling_leaks, (matched, filled)),
    )


def _cost_of_places(market: Market, claim: Claim) -> int:
    """Return what all places cost: those that count as a minimum are cheaper by `filling`."""
    first = np.minimum(market.minimum, market.capacity)
    usual = np.maximum(claim.price, 0) * (market.capacity - first)
    favoured = np.maximum(claim.price + claim.filling, 0) * first
    return int(usual.sum()) + int(favoured.sum())


def _own_violators(matches: Matches, question: Question) -> int:
    surplus = matches.weight - question.price[matches.mentor]
    return int((surplus > question.reserve[matches.mentee]).sum())


def _own_blocking(matches: Matches, question: Question) -> int:
    above_mentee = matches.score > question.mentee_low[matches.mentee]
    return int((above_mentee & (matches.score > question.mentor_low[matches.mentor])).sum())


def _most(cover: Cover | None, market: Market, leaks: int) -> int | None:
    """Return the most that can be served (or filled) by a cover; each leak may serve one more."""
    if cover is None:
        return None
    if cover.of_places:
        others = int(market.minimum[~cover.mentor].sum())
        return others + int(market.demand[cover.mentee].sum()) + leaks
    others = int(market.first[~cover.mentee].sum())
    most = others + int(market.capacity[cover.mentor].sum()) + leaks
    return min(most, int(market.first.sum()), int(market.capacity.sum()))


def _worst_bound(
    cover: Cover | None, market: Market, leaks: int, reached: tuple[int, int]
) -> int | None:
    """Return the highest worst score that is possible, when a cover shows that one point more is not."""
    most = _most(cover, market, leaks)
    if cover is None or most is None:
        return None
    return cover.least - 1 if most < reached[cover.of_places] else PERFECT
