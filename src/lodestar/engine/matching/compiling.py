"""How do the answers of a cohort and the rules of a design become numbers?"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lodestar.engine.answers import meaning, themes, words
from lodestar.engine.answers.availability import AvailabilityMeasure, week_of_each
from lodestar.engine.answers.meaning import LanguageModel
from lodestar.engine.answers.values import values_of
from lodestar.engine.matching.constraints import compile_rules
from lodestar.engine.matching.criteria import (
    Answers,
    Bools,
    Finding,
    GapMeasure,
    HierarchyMeasure,
    LanguageMeasure,
    Measure,
    SharedMeasure,
    TimezoneMeasure,
)
from lodestar.engine.matching.listed_terms import ListedPairs, RankedTerm
from lodestar.engine.matching.pairs import Ints
from lodestar.engine.matching.problem import (
    Answer,
    Criterion,
    CriterionKind,
    Design,
    MatchingError,
    Mentee,
    Mentor,
    TextMethod,
    shares,
)
from lodestar.engine.matching.terms import AnswersTerm, RuleTerm
from lodestar.engine.matching.text_terms import AnyVectors, TextTerm
from lodestar.engine.matching.topic_terms import TopicsTerm

PLAIN_MEASURES: Mapping[CriterionKind, Callable[[Answers, Answers], Measure]] = {
    CriterionKind.CATEGORY: SharedMeasure,
    CriterionKind.OPT_IN: SharedMeasure,
    CriterionKind.LANGUAGE: LanguageMeasure,
    CriterionKind.HIERARCHY: HierarchyMeasure,
    CriterionKind.AVAILABILITY: AvailabilityMeasure,
}
People = Sequence[Mentee | Mentor]


class Part(Protocol):
    """One criterion over everybody: its points for single pairs, and what speaks for a pair."""

    mentee_answered: Bools
    mentor_answered: Bools

    def points(self, mentees: Ints, mentors: Ints) -> NDArray[np.int64]:
        """Return the points of mentees paired one by one with mentors."""

    def finding(self, mentee: int, mentor: int) -> Finding | None:
        """Return what speaks for the pair as a code and its values, if anything does."""


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """On which day clocks are compared, how many mentors count for means, and what reads meaning.

    Only the first `counted` mentors count for the means that stand in for missing answers (None: all).
    """

    on: date
    counted: int | None = None
    model: LanguageModel | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Compiled:
    """A cohort in numbers: one part for each criterion with a weight, and the rules by their code.

    `share` is each criterion's weight in basis points. Rules are asked in their order.
    """

    criteria: tuple[Criterion, ...]
    share: tuple[int, ...]
    parts: tuple[Part, ...]
    rules: Mapping[str, RuleTerm | ListedPairs]


def compile_cohort(
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    design: Design,
    bans: Mapping[tuple[str, str], str],
    settings: Settings,
) -> Compiled:
    """Compile a cohort; raises MatchingError (one sentence) for a faulty design."""
    criteria = tuple(criterion for criterion in design.criteria if criterion.weight)
    if not criteria:
        raise MatchingError("The design has no criterion with a weight: give it at least one.")
    share = tuple(shares([criterion.weight for criterion in criteria]))
    parts = tuple(
        compile_part(criterion, points, mentees, mentors, settings)
        for criterion, points in zip(criteria, share, strict=True)
    )
    rules = compile_rules(design.constraints, mentees, mentors, bans, design.reference_on)
    return Compiled(criteria, share, parts, rules)


def compile_part(
    criterion: Criterion,
    share: int,
    mentees: Sequence[Mentee],
    mentors: Sequence[Mentor],
    settings: Settings,
) -> Part:
    """Compile one criterion over everybody's answers to it."""
    on, counted = settings.on, settings.counted
    mine = answers(mentees, criterion.mentee_field)
    theirs = answers(mentors, criterion.mentor_field)
    match criterion.kind:
        case CriterionKind.TOPICS:
            return TopicsTerm(mine, theirs, share, counted)
        case CriterionKind.RANKED:
            return RankedTerm(mine, theirs, share)
        case CriterionKind.TEXT:
            keys = [mentor.key for mentor in mentors[:counted]]
            return TextTerm(vectors_of_texts(criterion, mine, theirs, settings.model), share, keys)
        case CriterionKind.AVAILABILITY:
            mine, theirs = week_of_each(mine, mentees, on), week_of_each(theirs, mentors, on)
    return AnswersTerm(partial(compile_measure, criterion, on), mine, theirs, share, counted)


def vectors_of_texts(
    criterion: Criterion, mentees: Answers, mentors: Answers, model: LanguageModel | None
) -> AnyVectors:
    """Return everybody's text as a vector, by the method that the criterion names."""
    mine, theirs = ([" ".join(values_of(answer)) for answer in side] for side in (mentees, mentors))
    if criterion.method == TextMethod.MEANING:
        if model is None:
            raise MatchingError(
                f"The criterion {criterion.name} compares by meaning, and no language model is at "
                'hand: install it, or set method = "words".'
            )
        return meaning.vectors_of(mine, theirs, model)
    if criterion.method == TextMethod.THEMES:
        return themes.vectors_of(mine, theirs)
    return words.vectors_of(mine, theirs)


def compile_measure(criterion: Criterion, on: date, mentees: Answers, mentors: Answers) -> Measure:
    """Return how a criterion compares one answer with one answer."""
    if criterion.kind is CriterionKind.TIMEZONE:
        return TimezoneMeasure(mentees, mentors, on)
    if criterion.kind is CriterionKind.GAP:
        return GapMeasure(mentees, mentors, criterion.low, criterion.high)
    return PLAIN_MEASURES[criterion.kind](mentees, mentors)


def answers(people: People, name: str) -> list[Answer]:
    """Return everybody's answer to a field; the field `key` is the person's own key."""
    return [person.key if name == "key" else person.answers.get(name) for person in people]
