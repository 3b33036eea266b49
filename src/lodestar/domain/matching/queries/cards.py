"""What does a coordinator's card of one match show?"""

from collections.abc import Mapping
from dataclasses import dataclass

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.rules.showing import shown_names_of
from lodestar.domain.forms.rules import Form, answer_in_words, is_own_field
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Match, MatchRun
from lodestar.domain.matching.queries.inputs import design_of, people_of
from lodestar.domain.matching.queries.solving import given_of
from lodestar.domain.programs.models import Criterion
from lodestar.domain.programs.rules.asked import form_of, question_of_field
from lodestar.engine.matching.cohort import score_people
from lodestar.engine.matching.run import mentees_above

POINTS_PER_BASIS_POINT = 100
MOST_COMPARED = 60_000  # pairs that a page scores: about a tenth of a second


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


@dataclass(frozen=True)
class Preferences:
    """How high each stands with the other: mentees who suit the mentor better, and the mentor's place on the list.

    `above` is None where too many people would have to be compared for a page; `place` where nobody was named.
    """

    above: int | None
    place: int | None


def preferences_of(match: Match) -> Preferences:
    """Return how the two of a run's match stand with each other, among the people the run was computed for."""
    if match.run_id is None:
        return Preferences(None, None)
    inputs = MatchRun.objects.values_list("inputs", flat=True).get(pk=match.run_id)
    pair = (match.mentee.public_id, match.mentor.public_id)
    if pair[0] not in {mentee["key"] for mentee in inputs.get("mentees", ())}:
        return Preferences(None, None)
    listed = sorted((rank, mentor) for mentee, mentor, rank in inputs.get("choices", ()) if mentee == pair[0])  # fmt: skip
    place = next((n for n, (_rank, mentor) in enumerate(listed, 1) if mentor == pair[1]), None)
    if len(inputs["mentees"]) * len(inputs["mentors"]) > MOST_COMPARED:
        return Preferences(None, place)
    problem = score_people(*people_of(inputs), design_of(inputs), given_of(inputs))
    return Preferences(mentees_above(problem, *pair), place)


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
