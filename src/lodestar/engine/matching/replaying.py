"""Is a run the same when it is computed again? Its result as plain data in one canonical order."""

from collections.abc import Callable, Sequence
from typing import Any

from lodestar.engine.matching.certificate import as_fields
from lodestar.engine.matching.cohort import GivenPairs, score_people
from lodestar.engine.matching.problem import Design, Mentee, Mentor
from lodestar.engine.matching.run import (
    MatchResult,
    certify,
    describe,
    run_match,
    solve,
)


def result_as_data(result: MatchResult) -> dict[str, Any]:
    """Return everything a result says about people, sorted, as what JSON can hold."""
    return {
        "pairs": [
            [
                pair.mentee,
                pair.mentor,
                pair.score,
                [[name, points] for name, points in pair.contributions.items()],
                pair.coverage,
                pair.rank,
                pair.pinned,
                pair.broken_rule or "",
            ]
            for pair in result.pairs
        ],
        "unmatched": sorted([left.mentee, left.reason, left.help] for left in result.unmatched),
        "certificate": as_fields(result.certificate),
        "weights": dict(result.weights),
        "prices": dict(result.prices),
    }


def replayed(
    people: tuple[Sequence[Mentee], Sequence[Mentor]],
    design: Design,
    given: GivenPairs,
    *,
    seed: int = 0,
    tell: Callable[[float], None] | None = None,
) -> dict[str, Any]:
    """Compute a run again and return its result as plain data; same inputs and seed, same data.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> people = [Mentee("ana", {"topics": ("Salary",)})], [Mentor("mia", {"topics": ("Salary",)})]
    >>> first = replayed(people, default_design(), GivenPairs())
    >>> first == replayed(people, default_design(), GivenPairs())
    True
    """
    if tell is None:
        return result_as_data(run_match(*people, design, given, seed=seed))
    return result_as_data(match_telling(*people, design, given, seed=seed, tell=tell))


def match_telling(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    given: GivenPairs,
    *,
    seed: int = 0,
    tell: Callable[[float], None],
) -> MatchResult:
    """Do what `run_match` does, and tell how far it has come (0 to 1)."""
    problem = score_people(mentees, mentors, design, given)
    tell(0.2)
    solved = solve(problem, seed, progress=lambda _step, share: tell(0.2 + 0.5 * share))
    tell(0.7)
    checked = certify(problem, solved, progress=lambda _step, share: tell(0.7 + 0.2 * share))
    tell(0.9)
    return describe(problem, solved, checked, seed)
