from dataclasses import replace

import pytest

from lodestar.engine.matching import cohort as cohorts
from lodestar.engine.matching.cohort import Problem, rescored, score_people
from lodestar.engine.matching.needs import needs_by_value, recruit_gains, recruit_list
from lodestar.engine.matching.problem import (
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
    Objective,
)
from lodestar.engine.matching.regret import Cost
from lodestar.engine.matching.run import certify, solve
from tests.engine.matching.people import DESIGN, cohort

SERVED = replace(DESIGN, objective=Objective.SERVED, floor=200_000)


def people(mentees: int, mentors: int, seed: int) -> tuple[Problem, list[Mentor]]:
    """Return a cohort and a directory of others, who answer nothing that shifts a mean."""
    told, offered = cohort(mentees, mentors + 12, seed)
    return score_people(told, offered[:mentors], SERVED), offered[mentors:]


@pytest.mark.parametrize("is_listed", [True, False])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_gain_is_exactly_what_solving_again_with_that_mentor_brings(seed, is_listed, monkeypatch):
    if not is_listed:
        monkeypatch.setattr(cohorts, "LISTED_CELLS", 0)
    here, directory = people(50, 14, seed)
    before = match_with(here, None, directory)
    gains = {gain.mentor: gain.gain for gain in recruit_gains(here, directory)}

    for candidate in directory:
        with_one = replace(candidate, capacity=1)
        others = [c for c in directory if c.key != candidate.key]
        after = match_with(here, with_one, others)
        assert gains[candidate.key] == Cost(
            after.matched - before.matched, after.total - before.total
        )
    assert any(gain.mentees for gain in gains.values())


def match_with(here: Problem, won: Mentor | None, others: list[Mentor]):
    """Match with one candidate won; all candidates stay in the texts that words are compared by."""
    candidates = [*others, won] if won else others
    problem = rescored(here, candidates=candidates)
    for column, mentor in enumerate(problem.scorer.mentors):
        if won and mentor.key == won.key:
            problem.scorer.market.capacity[column] = 1
    if problem.pairs is not None:
        problem.pairs.capacity[:] = problem.scorer.market.capacity
    return certify(problem, solve(problem, 0)).proof


def test_the_list_of_whom_to_win_counts_those_before():
    here, directory = people(40, 6, 4)
    twins = [replace(directory[0], key="twin a"), replace(directory[0], key="twin b")]

    chosen = recruit_list(here, [*directory, *twins], 4)

    assert len({gain.mentor for gain in chosen}) == len(chosen) == 4
    worth = [(gain.gain.mentees, gain.gain.points) for gain in chosen]
    assert worth == sorted(worth, reverse=True)


def test_nobody_is_listed_who_brings_nothing():
    design = Design((Criterion("way", CriterionKind.CATEGORY, "way", "way", 1),), floor=1)
    here = score_people([Mentee("ana", {"way": "a"})], [Mentor("mia", {"way": "a"})], design)

    assert recruit_list(here, [Mentor("noor", {"way": "b"})], 3) == ()


def wants(*counts: tuple[str, int]) -> list[Mentee]:
    return [
        Mentee(f"{topic} {n}", {"topics": (topic,)})
        for topic, count in counts
        for n in range(count)
    ]


TOPICS = Design(
    (Criterion("help", CriterionKind.TOPICS, "topics", "topics", 1),),
    floor=500_000,
    objective=Objective.SERVED,
)


def test_the_shortage_that_binds_is_not_the_largest_demand():
    mentees = wants(("Salary", 9), ("Law", 6))
    mentors = [Mentor(f"s{n}", {"topics": ("Salary",)}) for n in range(9)]
    mentors += [Mentor("l", {"topics": ("Law",)}, 2)]

    law, salary = needs_by_value(score_people(mentees, mentors, TOPICS), [("topics", "topics")])

    assert (law.value, law.wanted, law.places, law.met, law.unserved) == ("Law", 6, 2, 2, 4)
    assert law.gain == Cost(1, 1_000_000)
    assert (salary.value, salary.wanted, salary.places, salary.met) == ("Salary", 9, 9, 9)
    assert salary.gain == Cost(0, 0)


def test_wants_of_few_are_not_told():
    here = score_people(wants(("Salary", 4)), [], TOPICS)

    assert needs_by_value(here, [("topics", "topics")]) == ()


def test_with_no_mentor_at_all_every_want_gains_somebody():
    here = score_people(wants(("Salary", 5), ("Law", 7)), [], TOPICS)

    found = needs_by_value(here, [("topics", "topics")])

    assert [(need.value, need.gain.mentees) for need in found] == [("Law", 1), ("Salary", 1)]
