from dataclasses import replace

import numpy as np

from lodestar.engine.matching.cohort import rescored, score_people
from lodestar.engine.matching.problem import (
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
)
from lodestar.engine.simulation.recruits import like_those_here, mentor_for, with_recruits
from tests.engine.matching.people import DESIGN, cohort

MENTEES, MENTORS = cohort(20, 9)


def test_a_mentor_made_up_for_a_group_answers_as_most_of_it_does():
    group = [
        Mentee(
            "a", {"topics": ("Pay", "Law"), "trade": "Law", "tongue": "German", "identity": "x"}
        ),
        Mentee("b", {"topics": {"Pay": 3}, "trade": "law", "tongue": ("English", "German")}),
        Mentee("c", {"topics": ("Art",), "trade": "Art", "about": "a text", "years": 1}),
    ]
    criteria = (
        Criterion("help", CriterionKind.TOPICS, "topics", "offers", 5),
        Criterion("trade", CriterionKind.HIERARCHY, "trade", "trade", 5),
        Criterion("self", CriterionKind.OPT_IN, "identity", "identity", 5),
        Criterion("words", CriterionKind.TEXT, "about", "about", 5),
        Criterion("lead", CriterionKind.GAP, "years", "years", 5),
    )
    rules = (
        Constraint(
            "speak", ConstraintKind.COMMON_LANGUAGE, mentee_field="tongue", mentor_field="speaks"
        ),
        Constraint("boss", ConstraintKind.NOT_SAME, "employer"),
        Constraint("site", ConstraintKind.MUST_SHARE, "campus"),
        Constraint("senior", ConstraintKind.MIN_GAP, 2, "class", "class"),
    )
    mentors = [Mentor(f"m{n}", {"years": n, "class": 2000 + n}) for n in (5, 20, 9)]

    found = mentor_for(group, mentors, Design(criteria, rules))

    assert found == {
        "offers": ("Pay", "Art", "Law"),
        "trade": "Law",
        "years": 9,
        "speaks": ("German", "English"),
        "class": 2009,
    }


def test_clocks_and_shared_sites_are_answered_too():
    rules = (
        Constraint("clock", ConstraintKind.MAX_HOURS_APART, 2),
        Constraint("site", ConstraintKind.MUST_SHARE, "campus"),
    )
    group = [Mentee("a", {"time_zone": "Asia/Tokyo", "campus": "North"})]

    assert mentor_for(group, [], Design((), rules)) == {
        "time_zone": "Asia/Tokyo",
        "campus": "North",
    }


def test_recruits_stand_behind_the_old_mentors_and_change_none_of_their_pairs():
    problem = score_people(MENTEES, MENTORS, DESIGN)
    recruits = [MENTORS[3].answers, MENTORS[5].answers]

    pairs, keys = with_recruits(problem, problem.pairs, recruits, places=2)

    old = pairs.only(pairs.mentor < len(MENTORS))
    assert keys == ("recruit 1", "recruit 2")
    assert pairs.capacity.tolist() == [*problem.pairs.capacity.tolist(), 2, 2]
    for name in ("start", "mentor", "score"):
        assert getattr(old, name).tolist() == getattr(problem.pairs, name).tolist()


def test_recruits_are_scored_by_the_real_scorer_under_the_designs_rules():
    problem = score_people(MENTEES, MENTORS, DESIGN)
    answers = replace(MENTORS[3], key="recruit 1", capacity=1)

    pairs, _ = with_recruits(problem, problem.pairs, [answers.answers], places=1)

    real = rescored(problem, candidates=[answers]).pairs
    newcomer, same = pairs.mentor == len(MENTORS), real.mentor == len(MENTORS)
    assert newcomer.any()
    assert pairs.mentee_of_each()[newcomer].tolist() == real.mentee_of_each()[same].tolist()
    assert pairs.score[newcomer].tolist() == real.score[same].tolist()


def test_a_recruit_is_never_called_like_somebody_here():
    mentors = [replace(MENTORS[0], key="recruit 1"), *MENTORS[1:]]
    problem = score_people(MENTEES, mentors, DESIGN)

    _, keys = with_recruits(problem, problem.pairs, [{}], places=1)

    assert keys == ("recruit recruit 1",)


def test_mentors_like_those_here_are_made_up_from_them():
    assert len(like_those_here(MENTORS, 4, seed=1)) == 4
    assert like_those_here([], 4, seed=1) == []
    assert np.all(
        [
            set(answers) <= {f for m in MENTORS for f in m.answers}
            for answers in like_those_here(MENTORS, 4, 1)
        ]
    )
