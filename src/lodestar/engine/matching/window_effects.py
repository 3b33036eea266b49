"""What would a few moves do to lists put together, why not these two, and is it the same again?

The same questions as of every run (`effects.py`), answered by the lists: a move is held against all lists put
together again, and a pair that was not made is explained by whom each side would rather have.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from lodestar.engine.matching.certificate import Claim
from lodestar.engine.matching.cohort import GivenPairs, Problem, score_people
from lodestar.engine.matching.effects import (
    Answer,
    Tell,
    change_between,
    ends_of,
    in_silence,
    why_not_as_data,
    with_changes,
)
from lodestar.engine.matching.problem import Design, Mentee, Mentor
from lodestar.engine.matching.replaying import result_as_data
from lodestar.engine.matching.scorer import BELOW_FLOOR
from lodestar.engine.matching.windows import (
    Lists,
    in_place,
    listed_problem,
    run_window,
    solve_lists,
)

People = tuple[Sequence[Mentee], Sequence[Mentor]]


def window_replayed(
    people: People, design: Design, lists: Lists, *, seed: int = 0, tell: Tell = in_silence
) -> dict[str, Any]:
    """Put lists together again and return the result as plain data; same inputs and seed, same data.

    The certificate holds what became of the lists, too.
    """
    found = run_window(*people, design, lists, seed=seed, tell=tell)
    told = result_as_data(found.found)
    return told | {"certificate": told["certificate"] | asdict(found.facts)}


def effect_of_window_changes(
    people: People,
    design: Design,
    lists: Lists,
    changes: GivenPairs,
    *,
    seed: int = 0,
    tell: Tell = in_silence,
) -> Answer:
    """Return what a few pins and bans more do to lists put together, and who would move. Raises MatchingError."""
    problem = listed_problem(people, design, lists.given)
    before = ends_of(problem, solve_lists(problem, lists, design.floor, seed)[0])
    tell(0.5)
    other = score_people(
        problem.scorer.mentees, problem.mentors, problem.design, with_changes(lists.given, changes)
    )
    after = ends_of(other, solve_lists(other, lists, design.floor, seed)[0])
    tell(0.9)
    return change_between(problem, before, after)


def window_why_not(
    people: People,
    design: Design,
    lists: Lists,
    pair: tuple[str, str],
    *,
    seed: int = 0,
    tell: Tell = in_silence,
) -> Answer:
    """Return why a mentee (first) does not have a mentor after lists were put together.

    `listed` is the mentor's place on the mentee's list, `got` the place of whom they have (None: on no list, or
    nobody), and `serves` how many of the mentor's mentees had named them. Raises MatchingError.

    >>> from lodestar.engine.matching.chosen import Choice
    >>> from lodestar.engine.matching.defaults import default_design
    >>> people = [Mentee("ana", {"topics": ("Pay",)}), Mentee("bo")], [Mentor("mia", {"topics": ("Pay",)}), Mentor("noor")]
    >>> lists = Lists([Choice("ana", "mia", 1), Choice("bo", "mia", 1), Choice("bo", "noor", 2)])
    >>> found = window_why_not(people, default_design(), lists, ("bo", "mia"))
    >>> found["lists"]
    {'listed': 1, 'got': 2, 'serves': 1}
    """
    problem = listed_problem(people, design, lists.given)
    tell(0.2)
    solved = solve_lists(problem, lists, design.floor, seed)[0]
    told = why_not_as_data(problem, solved, pair, seed)
    facts = _facts_of(problem, solved.solution.claim, lists, pair)
    is_low = facts["listed"] is None and told["score"] < design.floor
    if is_low and not told["is_matched"] and not told["broken_rule"]:
        told["broken_rule"] = BELOW_FLOOR
    return told | {"lists": facts}


def _facts_of(
    problem: Problem, claim: Claim, lists: Lists, pair: tuple[str, str]
) -> dict[str, int | None]:
    mentee, mentor = pair
    rank = {(c.chooser, c.chosen): c.rank for c in in_place(problem, lists.choices)}
    mentees, mentors = problem.scorer.mentees, problem.scorer.mentors
    ends = zip(claim.mentee.tolist(), claim.mentor.tolist(), strict=True)
    made = [(mentees[row].key, mentors[column].key) for row, column in ends]
    got = [rank[each] for each in made if each[0] == mentee and each in rank]
    return {
        "listed": rank.get(pair),
        "got": min(got, default=None),
        "serves": sum(each[1] == mentor and each in rank for each in made),
    }
