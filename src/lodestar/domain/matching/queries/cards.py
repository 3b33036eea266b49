"""What does a coordinator's card of one match show?"""

from collections.abc import Mapping
from dataclasses import dataclass

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match
from lodestar.domain.programs.rules.asked import shown_names

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
    """Lay out a match whose run, cohort and design are in hand."""
    criteria = {c.name: c for c in match.run.cohort.design.criteria.all()}
    shown = shown_names(match.run.cohort.design, is_paired=rules.is_agreed(match))
    rows = []
    for name, points in match.contributions:
        most = POINTS_PER_BASIS_POINT * int(match.run.weights.get(name, 0))
        criterion = criteria.get(name)
        mentee_field = criterion.mentee_field if criterion else ""
        mentor_field = criterion.mentor_field if criterion else ""
        rows.append(
            Contribution(
                rules.criterion_in_words(name),
                points,
                most,
                points / most if most else 0.0,
                said(match.mentee.answers, mentee_field),
                said(match.mentor.answers, mentor_field),
            )
        )
    return Card(
        match,
        tuple(rows),
        tuple(rules.in_sentences(match, RoleInCohort.MENTEE, shown)),
        tuple(rules.in_sentences(match, RoleInCohort.MENTOR, shown)),
        rules.rule_in_words(match.broken_rule) if match.broken_rule else "",
    )


def said(answers: Mapping[str, object], field: str) -> str:
    """Return an answer in one line."""
    answer = answers.get(field)
    if isinstance(answer, Mapping | list | tuple):
        return ", ".join(rules.spoken(field, value) for value in answer)
    return "" if answer is None else rules.spoken(field, answer)
