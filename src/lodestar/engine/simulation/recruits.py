"""What would a mentor have to be like who could help a group of mentees?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from lodestar.engine.answers.values import number_of, plain, values_of
from lodestar.engine.matching.cohort import Problem
from lodestar.engine.matching.constraints import USUAL_FIELD
from lodestar.engine.matching.pairs import EligiblePairs
from lodestar.engine.matching.problem import (
    Answer,
    Constraint,
    ConstraintKind,
    Criterion,
    CriterionKind,
    Design,
    Mentee,
    Mentor,
)
from lodestar.engine.matching.scorer import Scorer
from lodestar.engine.simulation.eligible import added
from lodestar.engine.simulation.pool import fresh_keys, synthetic_pool

MOST_TOPICS, MOST_LANGUAGES = 3, 2
SHARED_ONE = (CriterionKind.CATEGORY, CriterionKind.HIERARCHY, CriterionKind.TIMEZONE)


def mentor_for(
    group: Sequence[Mentee], mentors: Sequence[Mentor], design: Design
) -> dict[str, Answer]:
    """Return the answers of a mentor made up to fit most of a group.

    What the design compares is answered as most of the group does: one industry, place and clock, two languages,
    three topics; years as the mentors' middle. Names, employers, texts, choices and what is opt-in are left blank.

    >>> from lodestar.engine.matching.defaults import default_design
    >>> group = [Mentee("a", {"industry": "Law"}), Mentee("b", {"industry": "Law", "years": 2})]
    >>> mentor_for(group, [Mentor("m", {"years": 12})], default_design())
    {'industry': 'Law', 'years': 12}
    """
    found: dict[str, Answer] = {}
    for criterion in design.criteria:
        answer = _answer(criterion, group, mentors)
        if answer is not None:
            found.setdefault(criterion.mentor_field, answer)
    for constraint in design.constraints:
        field, answer = _ruled(constraint, group, mentors)
        if answer is not None:
            found.setdefault(field, answer)
    return found


def _answer(
    criterion: Criterion, group: Sequence[Mentee], mentors: Sequence[Mentor]
) -> Answer | None:
    if criterion.kind is CriterionKind.GAP:
        return _middle_number(mentors, criterion.mentor_field)
    most = {
        CriterionKind.TOPICS: MOST_TOPICS,
        CriterionKind.LANGUAGE: MOST_LANGUAGES,
    }.get(criterion.kind, int(criterion.kind in SHARED_ONE))
    return _commonest(group, criterion.mentee_field, most)


def _ruled(
    constraint: Constraint, group: Sequence[Mentee], mentors: Sequence[Mentor]
) -> tuple[str, Answer | None]:
    usual = USUAL_FIELD.get(constraint.kind, "")
    mine = constraint.mentee_field or usual
    theirs = constraint.mentor_field or usual
    match constraint.kind:
        case ConstraintKind.COMMON_LANGUAGE:
            return theirs, _commonest(group, mine, MOST_LANGUAGES)
        case ConstraintKind.MAX_HOURS_APART:
            return theirs, _commonest(group, mine, 1)
        case ConstraintKind.MUST_SHARE:
            shared = str(constraint.value or usual)
            mine, theirs = constraint.mentee_field or shared, constraint.mentor_field or shared
            return theirs, _commonest(group, mine, 1)
        case ConstraintKind.MIN_GAP:
            return theirs, _middle_number(mentors, theirs)
        case _:
            return theirs, None


def _commonest(group: Sequence[Mentee], field: str, most: int) -> Answer | None:
    """Return the answers that most mentees of the group gave; the spelling that sorts first."""
    spelled: dict[str, str] = {}
    count: Counter[str] = Counter()
    for mentee in group:
        for value in values_of(mentee.answers.get(field)):
            key = plain(value)
            count[key] += 1
            spelled[key] = min(value, spelled.get(key, value))
    chosen = sorted(count, key=lambda key: (-count[key], key))[:most]
    values = tuple(spelled[key] for key in chosen)
    if not values:
        return None
    return values[0] if most == 1 else values


def _middle_number(mentors: Sequence[Mentor], field: str) -> Answer | None:
    numbers = sorted(
        number for mentor in mentors if (number := number_of(mentor.answers.get(field))) is not None
    )
    return numbers[len(numbers) // 2] if numbers else None


def like_those_here(mentors: Sequence[Mentor], count: int, seed: int) -> list[Mapping[str, Answer]]:
    """Return the answers of mentors made up to be like the ones there are."""
    return [mentor.answers for mentor in synthetic_pool(mentors, count, seed)] if mentors else []


def with_recruits(
    problem: Problem, pairs: EligiblePairs, recruits: Sequence[Mapping[str, Answer]], places: int
) -> tuple[EligiblePairs, tuple[str, ...]]:
    """Return the eligible pairs with further mentors behind the old ones, and the keys of these.

    `recruits` are the answers of each, `places` how many mentees each takes. The old pairs stay as they are; the
    new ones are scored by the real scorer under the design's rules and floor.
    """
    scorer = problem.scorer
    taken = {mentor.key for mentor in scorer.mentors} | {mentee.key for mentee in scorer.mentees}
    keys = tuple(fresh_keys(len(recruits), taken, "recruit"))
    newcomers = [Mentor(key, answers) for key, answers in zip(keys, recruits, strict=True)]
    widened = Scorer(
        scorer.mentees,
        scorer.mentors,
        problem.design,
        bans={},
        candidates=newcomers,
        model=scorer.model,
    )
    old, count, everyone = len(scorer.mentors), len(newcomers), len(scorer.mentees)
    rows = np.repeat(np.arange(everyone), count)
    columns = np.tile(old + np.arange(count), everyone)
    score = widened.scores_of(rows, columns)
    fits = score >= 0
    nothing = np.zeros(count, dtype=np.int64)
    wider = replace(
        pairs,
        capacity=np.concatenate([pairs.capacity, nothing + places]),
        minimum=np.concatenate([pairs.minimums, nothing]),
    )
    return added(wider, rows[fits], columns[fits], score[fits]), keys
