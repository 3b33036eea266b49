"""Prints T9 (the worst match, and what raising it costs) and T10 (explanations that are exact).

python -m bench.promises [T9] [T10] [--mentees 1000] [--mentors 400]
"""

import argparse
from dataclasses import replace

import numpy as np

from bench.families import FAMILIES, cohort
from lodestar.engine.matching.cohort import Problem, rescored, score_people
from lodestar.engine.matching.needs import recruit_gains
from lodestar.engine.matching.problem import PERFECT, Mentor, Objective
from lodestar.engine.matching.regret import why_not
from lodestar.engine.matching.run import certify, solve
from lodestar.engine.matching.solving import SERVE, Listed, best_matching

FLOOR = PERFECT // 5
ASKED = 40


def worst_first(mentees: int, mentors: int) -> None:
    print("T9  worst-first, floor 0.20 (demand: ceiling of the worst reached, price <= 0.2 %)")
    for family in FAMILIES:
        told, offered, design = cohort(family, mentees, mentors)
        problem = score_people(told, offered, replace(design, floor=FLOOR))
        proofs = {}
        for objective in (Objective.SERVED, Objective.WORST_FIRST):
            asked = rescored(problem, design=replace(problem.design, objective=objective))
            proofs[objective] = certify(asked, solve(asked, 1)).proof
        plain, fair = proofs[Objective.SERVED], proofs[Objective.WORST_FIRST]
        price = 1 - fair.total / plain.total
        print(
            f"    {family:10} worst {plain.worst / PERFECT:.3f} -> {fair.worst / PERFECT:.3f}, proven ceiling "
            f"{(fair.worst_bound or 0) / PERFECT:.3f}; served {fair.matched} of {fair.served_bound}; price {price:.3%}"
        )


def explanations(mentees: int, mentors: int) -> None:
    print("T10 explanations (demand: 100 % add up; slack <= exact cost; gain = solving again)")
    for family in FAMILIES:
        told, offered, design = cohort(family, mentees, mentors)
        problem = score_people(told, offered, design)
        print(
            f"    {family:10} {sums(problem)}; {costs(problem)}; {gains(offered, problem)}",
            flush=True,
        )


def sums(problem: Problem) -> str:
    """Weigh every eligible pair by its parts, and hold the sum against the score it was matched by."""
    pairs = problem.pairs
    if pairs is None:
        raise SystemExit("Too large for a list of pairs.")
    weighed = problem.scorer.weigh(pairs.mentee_of_each(), pairs.mentor)
    same = weighed.contributions.sum(axis=1) == pairs.score
    return f"{same.sum():,} of {len(pairs):,} add up"


def costs(problem: Problem) -> str:
    """Ask why-not for drawn pairs: what is told as the cost, and what solving with the pair costs."""
    solved = solve(problem, 1)
    rng = np.random.default_rng(1)
    pairs, exact, below = problem.pairs, 0, 0
    claim = solved.solution.claim
    taken = set(zip(claim.mentee.tolist(), claim.mentor.tolist(), strict=True))
    asked = 0
    mentee_of = pairs.mentee_of_each()
    for place in rng.permutation(len(pairs)).tolist():
        pair = int(mentee_of[place]), int(pairs.mentor[place])
        if pair in taken or not pairs.capacity[pair[1]]:
            continue
        keys = problem.scorer.mentees[pair[0]].key, problem.scorer.mentors[pair[1]].key
        found = why_not(problem, solved, *keys, 1)
        cost, change = found.cost, found.change
        true = (change.matched[0] - change.matched[1], change.total[0] - change.total[1])
        exact += (cost.mentees, cost.points) == true
        below += (cost.mentees, cost.points) <= true
        asked += 1
        if asked == ASKED:
            break
    return f"cost exact {exact} of {asked}, at most {below}"


def gains(offered: list[Mentor], problem: Problem) -> str:
    """Value mentors who might be won by one solve, and each by solving again with a place for them.

    The scores stay those of the wider cohort: somebody who joins in earnest also changes how telling a word is
    and what is neutral where an answer is missing, which `drift` shows in shares of one perfect match.
    """
    design = replace(problem.design, objective=Objective.SERVED)
    problem = rescored(problem, design=design)
    candidates = [
        replace(mentor, key=f"new {mentor.key}", capacity=1, minimum=0) for mentor in offered[:8]
    ]
    wider = rescored(problem, candidates=candidates)
    place_of = {mentor.key: place for place, mentor in enumerate(wider.scorer.mentors)}
    before, without = reached(wider), reached(problem)
    same, drift = 0, []
    found = recruit_gains(problem, candidates, 1)
    for gain in found:
        told = gain.gain.mentees, gain.gain.points
        after = reached(wider, place_of[gain.mentor])
        same += told == (after[0] - before[0], after[1] - before[1])
        won = [one for one in candidates if one.key == gain.mentor]
        joined = reached(rescored(problem, won=won))
        drift.append(abs(joined[1] - without[1] - gain.gain.points))
    return f"gain exact {same} of {len(found)}, drift {np.mean(drift) / PERFECT:.1%}"


def reached(problem: Problem, opened: int | None = None) -> tuple[int, int]:
    """Return how many are served and the points; with one more place with `opened`."""
    pairs, capacity = problem.pairs, problem.pairs.capacity.copy()
    if opened is not None:
        capacity[opened] += 1
    pairs = replace(pairs, capacity=capacity)
    claim = best_matching(Listed(pairs, pairs.score), SERVE, problem.draw(1)).claim
    taken = pairs.positions_of(claim.mentee, claim.mentor)
    return len(np.unique(claim.mentee)), int(pairs.score[taken].sum(dtype=np.int64))


TARGETS = {"T9": worst_first, "T10": explanations}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--mentees", type=int, default=1_000)
    parser.add_argument("--mentors", type=int, default=400)
    options = parser.parse_args()
    for target in options.targets or TARGETS:
        TARGETS[target](options.mentees, options.mentors)


if __name__ == "__main__":
    main()
