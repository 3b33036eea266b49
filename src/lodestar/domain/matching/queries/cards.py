"""What does a coordinator's card of one match show?"""

from collections.abc import Mapping
from dataclasses import dataclass

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.rules.showing import shown_names_of
from lodestar.domain.forms.rules import Form, answer_in_words, is_own_field
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match
from lodestar.domain.programs.models import Criterion
from lodestar.domain.programs.rules.asked import form_of, question_of_field

POINTS_PER_BASIS_POINT = 100


@dataclass(frozen=True)
class Contribution:
    """What one criterion adds to a score, of how much, and what the two said to it."""

    name: str
    points: int
    most: int
    share: float
    mentee_said: str
    mentor_said: str


@dataclass(frozen=True)
class Card:
    """One match as the office sees it; the contributions add up to the score."""

    match: Match
    contributions: tuple[Contribution, ...]
    mentee_reads: tuple[str, ...]
    mentor_reads: tuple[str, ...]
    broken_rule: str


def card_of(match: Match) -> Card:
    """Lay out a match whose run, cohort and design are in hand; what nobody computed in a run weighs as now."""
    criteria = {c.name: c for c in match.cohort.design.criteria.all()}
    weights = match.run.weights if match.run else shares_now(criteria)
    design, is_paired = match.cohort.design, rules.is_agreed(match)
    of_mentor, of_mentee = (
        shown_names_of(side, design, is_paired=is_paired) for side in (match.mentor, match.mentee)
    )
    form = form_of(design)
    rows = []
    for name, points in match.contributions:
        most = POINTS_PER_BASIS_POINT * int(weights.get(name, 0))
        criterion = criteria.get(name)
        mentee_field = criterion.mentee_field if criterion else ""
        mentor_field = criterion.mentor_field if criterion else ""
        rows.append(
            Contribution(
                rules.criterion_in_words(name),
                points,
                most,
                points / most if most else 0.0,
                said(match.mentee.answers, mentee_field, form),
                said(match.mentor.answers, mentor_field, form),
            )
        )
    return Card(
        match,
        tuple(rows),
        tuple(rules.in_sentences(match, RoleInCohort.MENTEE, of_mentor)),
        tuple(rules.in_sentences(match, RoleInCohort.MENTOR, of_mentee)),
        rules.rule_in_words(match.broken_rule) if match.broken_rule else "",
    )


def shares_now(criteria: Mapping[str, Criterion]) -> dict[str, int]:
    """Return what each criterion of a design weighs, in basis points."""
    whole = sum(criterion.weight for criterion in criteria.values()) or 1
    return {name: 10_000 * c.weight // whole for name, c in criteria.items()}


def said(answers: Mapping[str, object], field: str, form: Form = ()) -> str:
    """Return an answer in one line."""
    answer = answers.get(field)
    question = question_of_field(form, field) if is_own_field(field) else None
    if question:
        return ", ".join(answer_in_words(question, answer))
    if isinstance(answer, Mapping | list | tuple):
        return ", ".join(rules.spoken(field, value) for value in answer)
    return "" if answer is None else rules.spoken(field, answer)
