"""What would other weights, another objective, another floor or a few moves do to the same people?

Each question is one function: people, a design and given pairs in, plain numbers out, so that a page can ask at
once and a worker later. Two settings are held against each other by one yardstick, the first one's scores: a
score by other weights is another measure, and says nothing beside it.
"""

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np

from lodestar.engine.answers.values import values_of
from lodestar.engine.fairness.audit import audit_fairness
from lodestar.engine.fairness.group_gaps import AuditSettings
from lodestar.engine.fairness.group_report import Measure
from lodestar.engine.fairness.received import Loads, Received
from lodestar.engine.matching.certificate import Claim, prove
from lodestar.engine.matching.cohort import SCANNED, GivenPairs, Problem, rescored, score_people
from lodestar.engine.matching.objectives import best_listed, ranks_of
from lodestar.engine.matching.pairs import NOBODY, Ints
from lodestar.engine.matching.problem import Design, Mentee, Mentor, Objective
from lodestar.engine.matching.regret import why_not
from lodestar.engine.matching.run import Solved, solve, weigh_pair
from lodestar.engine.matching.solving import Listed
from lodestar.engine.measures.evenness import gini

FLOORS = (0, 100_000, 200_000, 300_000, 400_000, 500_000)
LOWEST_TENTH = 10
DRAWS = 199
FAMILY = " > "

Tell = Callable[[float], None]
Answer = dict[str, Any]


def in_silence(_share: float) -> None:
    """Tell nobody how far it has come."""


def effect_of_settings(
    people: tuple[Sequence[Mentee], Sequence[Mentor]],
    designs: tuple[Design, Design],
    given: GivenPairs,
    *,
    seed: int = 0,
    group_field: str = "",
    tell: Tell = in_silence,
) -> Answer:
    """Return what two designs give the same people, both by the scores of the first.

    `moved` counts the mentees whose mentor differs. Raises MatchingError.

    >>> from lodestar.engine.matching.problem import Criterion, CriterionKind
    >>> design = Design((Criterion("way", CriterionKind.GAP, "years", "years", 1),), floor=0)
    >>> people = [Mentee("ana", {"years": 1})], [Mentor("mia", {"years": 9})]
    >>> found = effect_of_settings(people, (design, design), GivenPairs())
    >>> found["own"]["served"], found["moved"]
    (1, 0)
    """
    own = score_people(*people, designs[0], given)
    tell(0.1)
    first = ends_of(own, solve(own, seed))
    tell(0.5)
    other = rescored(own, design=designs[1])
    second = ends_of(other, solve(other, seed))
    tell(0.9)
    return {
        "own": figures_of(own, first, group_field),
        "tried": figures_of(own, second, group_field),
        "moved": len(moved_between(own, first, second)),
        "mentees": len(own.scorer.mentees),
    }


def ends_of(problem: Problem, solved: Solved) -> tuple[Ints, Ints]:
    return with_pins(problem, solved.solution.claim)


def with_pins(problem: Problem, claim: Claim) -> tuple[Ints, Ints]:
    """Return both ends of every match, the pins behind the others."""
    pinned = np.array(problem.pinned, dtype=np.int64).reshape(-1, 2)
    return (
        np.concatenate([claim.mentee, pinned[:, 0]]),
        np.concatenate([claim.mentor, pinned[:, 1]]),
    )


def figures_of(yardstick: Problem, ends: tuple[Ints, Ints], group_field: str = "") -> Answer:
    """Return what a set of pairs gives by the scores of a problem: served, mean, worst, evenness, groups.

    `first` counts those whose mentor scores highest for them; None where pairs are too many to rank.
    """
    score = yardstick.scorer.weigh(*ends).score
    ordered = np.sort(score)
    received = np.full(len(yardstick.scorer.mentees), -1, dtype=np.int64)
    np.maximum.at(received, ends[0], score)
    served = received >= 0
    tenth = ordered[: max(1, len(ordered) // LOWEST_TENTH)]
    return {
        "served": int(served.sum()),
        "mean": int(score.mean()) if len(score) else 0,
        "worst": int(ordered[0]) if len(ordered) else 0,
        "lowest_tenth": int(tenth.mean()) if len(ordered) else 0,
        "total": int(score.sum()),
        "first": _first_choices(yardstick, ends),
        "gini": round(gini(received[served]), 4) if served.any() else 0.0,
        "gaps": _gaps(yardstick, ends, received, group_field) if group_field else [],
    }


def _first_choices(problem: Problem, ends: tuple[Ints, Ints]) -> int | None:
    if problem.pairs is None:
        return None
    taken = problem.pairs.positions_of(*ends)
    return int((ranks_of(problem.pairs)[taken[taken != NOBODY]] == 1).sum())


def _gaps(problem: Problem, ends: tuple[Ints, Ints], received: Ints, field: str) -> list[Answer]:
    """Return the widest gap between groups in being served and in score; small groups stay hidden."""
    said = [values_of(mentee.answers.get(field)) for mentee in problem.scorer.mentees]
    groups = [str(values[0]).split(FAMILY)[0] if values else None for values in said]
    market = problem.scorer.market
    audit = audit_fairness(
        Received(received >= 0, [None if points < 0 else int(points) for points in received]),
        Loads(np.bincount(ends[1], minlength=len(market.capacity)), market.capacity),
        groups,
        AuditSettings(draws=DRAWS),
    )
    labels = [group.label or "" for group in audit.groups]
    return [
        {
            "measure": gap.measure.value,
            "verdict": gap.verdict.value,
            "value": gap.value,
            "highest": [labels[row] for row in gap.highest],
            "lowest": [labels[row] for row in gap.lowest],
        }
        for gap in audit.gaps
        if gap.measure in (Measure.SERVED, Measure.SCORE)
    ]


def moved_between(
    problem: Problem, before: tuple[Ints, Ints], after: tuple[Ints, Ints]
) -> list[list[Any]]:
    """Return [mentee, mentors then, mentors now] of everybody whose mentors differ."""
    then, now = _mentors_of(problem, before), _mentors_of(problem, after)
    keys = [mentee.key for mentee in problem.scorer.mentees]
    return [
        [keys[row], sorted(then.get(row, ())), sorted(now.get(row, ()))]
        for row in sorted(then.keys() | now.keys())
        if then.get(row) != now.get(row)
    ]


def _mentors_of(problem: Problem, ends: tuple[Ints, Ints]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for row, column in zip(ends[0].tolist(), ends[1].tolist(), strict=True):
        found.setdefault(row, set()).add(problem.scorer.mentors[column].key)
    return found


def trade_offs(
    people: tuple[Sequence[Mentee], Sequence[Mentor]],
    design: Design,
    given: GivenPairs,
    *,
    seed: int = 0,
    group_field: str = "",
    tell: Tell = in_silence,
) -> Answer:
    """Return what every objective and every floor gives the same people, each solved exactly.

    With a field of answers, the gap between the groups that it makes is told for each choice too.

    Where pairs are too many to list, only the objectives that scan are there. Raises MatchingError.
    """
    problem = score_people(*people, design, given)
    objectives: list[Objective] = [o for o in Objective if o is not Objective.BALANCED]
    if problem.open_pairs is None:
        objectives = list(SCANNED)
    asked = (seed, group_field)
    steps = len(objectives) + len(FLOORS)
    points = []
    for step, objective in enumerate(objectives, 1):
        points.append(point_of(("objective", objective.value), problem, objective, asked))
        tell(step / steps)
    for step, floor in enumerate(FLOORS, len(objectives) + 1):
        other = rescored(problem, design=replace(design, floor=floor))
        points.append(point_of(("floor", floor), other, design.objective, asked))
        tell(step / steps)
    return {
        "points": points,
        "objective": design.objective.value,
        "floor": design.floor,
        "mentees": len(problem.scorer.mentees),
    }


def point_of(
    choice: tuple[str, object], problem: Problem, objective: Objective, asked: tuple[int, str]
) -> Answer:
    """Return one point of the curve: what is chosen, and what it gives."""
    seed, group_field = asked
    told: Answer = dict(zip(("kind", "value"), choice, strict=True))
    if problem.open_pairs is None:
        other = rescored(problem, design=replace(problem.design, objective=objective))
        ends, blocking = ends_of(other, solve(other, seed)), None
    else:
        pairs = problem.open_pairs
        listed = Listed(pairs, problem.weight_of(pairs))
        claim = best_listed(listed, objective, problem.draw(seed), problem.groups())[0].claim
        ends = with_pins(problem, claim)
        blocking = prove(pairs, pairs.score, replace(claim, least=0)).blocking_pairs
    return told | {"blocking": blocking} | figures_of(problem, ends, group_field)


def effect_of_changes(
    people: tuple[Sequence[Mentee], Sequence[Mentor]],
    design: Design,
    given: GivenPairs,
    changes: GivenPairs,
    *,
    seed: int = 0,
    tell: Tell = in_silence,
) -> Answer:
    """Return what a few pins and bans more do to the best matching, and who would move.

    A pin takes the place of an earlier one of the same mentee. Raises MatchingError.
    """
    problem = score_people(*people, design, given)
    before = ends_of(problem, solve(problem, seed))
    tell(0.5)
    together = with_changes(given, changes)
    other = score_people(problem.scorer.mentees, problem.mentors, design, together)
    after = ends_of(other, solve(other, seed))
    tell(0.9)
    return change_between(problem, before, after)


def with_changes(given: GivenPairs, changes: GivenPairs) -> GivenPairs:
    """Return what is settled beforehand with a few pins and bans more; a new pin takes an earlier one's place."""
    again = {mentee for mentee, _ in changes.pins}
    kept = [pair for pair in given.pins if pair[0] not in again and pair not in changes.bans]
    return GivenPairs([*kept, *changes.pins], {**given.bans, **changes.bans}, given.kept)


def change_between(problem: Problem, before: tuple[Ints, Ints], after: tuple[Ints, Ints]) -> Answer:
    """Return what two matchings of the same people give, and who has another mentor in the second."""
    names = ("served", "mean", "worst", "total")
    figures = [figures_of(problem, ends) for ends in (before, after)]
    return {
        "before": {name: figures[0][name] for name in names},
        "after": {name: figures[1][name] for name in names},
        "moved": moved_between(problem, before, after),
    }


def answer_why_not(
    people: tuple[Sequence[Mentee], Sequence[Mentor]],
    design: Design,
    given: GivenPairs,
    pair: tuple[str, str],
    *,
    seed: int = 0,
    tell: Tell = in_silence,
) -> Answer:
    """Return why a mentee (first) does not have a mentor, with the pair's points by criterion."""
    problem = score_people(*people, design, given)
    tell(0.2)
    return why_not_as_data(problem, solve(problem, seed), pair, seed)


def why_not_as_data(problem: Problem, solved: Solved, pair: tuple[str, str], seed: int) -> Answer:
    """Return why a mentee (first) does not have a mentor in a matching, as plain data."""
    weighed = weigh_pair(problem, *pair)
    found = why_not(problem, solved, *pair, seed=seed)
    return asdict(found) | {
        "contributions": [[name, points] for name, points in weighed.contributions.items()],
        "rank": weighed.rank,
        "coverage": weighed.coverage,
    }
