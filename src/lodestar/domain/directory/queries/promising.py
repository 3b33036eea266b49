"""Which of those found are worth weighing in full?

The promise of a listing is a cheap first guess of how well it fits a reader: the points of the design's
criteria for what both named, read off the facets. Few people are all weighed; of many, the most
promising. Of very many nobody asks each whether they are free: the most promising of all are taken first,
and those kept whom the reader may be shown.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Sum, Value, When

from lodestar.domain.directory.models import Facet, Listing
from lodestar.domain.directory.rules.listing import KINDS, answer_in, steps_of
from lodestar.engine.answers.values import ranked_topics, values_of
from lodestar.engine.matching.problem import Answer, CriterionKind, Design

MOST_WEIGHED = 360
MOST_LOOKED_AT = 4_000
MOST_FACETS = 20_000
BY_STEPS = (CriterionKind.HIERARCHY, CriterionKind.CATEGORY, CriterionKind.LANGUAGE)


def promises(mine: Mapping[str, Answer], design: Design) -> dict[str, int]:
    """Return what each term is worth to a reader, in the points of the design's criteria.

    A path earns a part for each of its steps; of topics the first ones earn more, as in matching.
    """
    whole = sum(criterion.weight for criterion in design.criteria) or 1
    found: dict[str, int] = {}
    for criterion in design.criteria:
        kind = KINDS.get("function" if criterion.mentee_field == "role" else criterion.mentee_field)
        points = 1_000_000 * criterion.weight // whole
        if kind is None or criterion.kind not in (*BY_STEPS, CriterionKind.TOPICS):
            continue
        for value, part in shares_of(mine.get(criterion.mentee_field)).items():
            steps = steps_of(kind, value)
            for term, _label in steps:
                found[term] = found.get(term, 0) + int(points * part) // len(steps)
    return {term: points for term, points in found.items() if points}


def shares_of(answer: Answer) -> dict[str, float]:
    """Return what part of the points each value of an answer can earn."""
    if isinstance(answer, Mapping):
        weights = {value: max(1, int(strength)) for value, strength in answer.items()}
    else:
        weights = ranked_topics(values_of(answer))
    whole = sum(weights.values()) or 1
    return {value: weight / whole for value, weight in weights.items()}


ROW = (
    "pk", "participant", "participant__public_id", "participant__person", "name", "profile",
    "ruled", "price",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A listing as it is weighed; `terms` only where all that were found are, so that they can be counted."""

    pk: int
    participant: int
    key: str
    person: int
    name: str
    profile: dict[str, Any]
    ruled: dict[str, Any]
    price: int
    terms: dict[str, str] = field(default_factory=dict)

    def answers(self) -> dict[str, Answer]:
        return {name: answer_in(value) for name, value in self.profile.items()}

    def ruled_answers(self) -> dict[str, Answer]:
        return {name: answer_in(value) for name, value in self.ruled.items()}


@dataclass(frozen=True)
class Worth:
    """What terms are worth to a reader, and how many people of the cohort named each, as far as known."""

    points: Mapping[str, int]
    held_by: Mapping[str, int]

    def telling(self) -> dict[str, int]:
        """Return the terms that tell people apart: what nearly everybody names tells nothing."""
        in_order = sorted(
            self.points,
            key=lambda term: (-self.points[term] / (1 + self.held_by.get(term, 1)), term),
        )
        left = MOST_FACETS
        found: dict[str, int] = {}
        for term in in_order:
            left -= self.held_by.get(term, 1)
            if left < 0 and found:
                break
            found[term] = self.points[term]
        return found


def rows_to_weigh(
    found: QuerySet[Listing],
    total: int,
    worth: Worth,
    cohort: int,
    *,
    is_narrow: bool,
    wrote: Collection[int] = (),
) -> list[Row]:
    """Return the rows to weigh: all of few, else who wrote the words, the most promising, and then any others."""
    terms = worth.telling()
    if total <= MOST_WEIGHED or not terms:
        chosen: list[int] = []
    elif is_narrow:
        chosen = promising(cohort, terms, MOST_WEIGHED, found)
    else:
        best = promising(cohort, terms, MOST_LOOKED_AT)
        shown = set(found.filter(pk__in=best).values_list("pk", flat=True))
        chosen = [key for key in best if key in shown][:MOST_WEIGHED]
    chosen = list(dict.fromkeys([*wrote, *chosen]))[:MOST_WEIGHED]
    if len(chosen) < MOST_WEIGHED:
        rest = found.exclude(pk__in=chosen) if chosen else found
        missing = MOST_WEIGHED - len(chosen)
        chosen += rest.order_by("pk").values_list("pk", flat=True)[:missing]
    told = ROW if total > MOST_WEIGHED else (*ROW, "terms")
    rows = Listing.objects.filter(pk__in=chosen).order_by("pk").values_list(*told)
    return [Row(*row) for row in rows]


def promising(
    cohort: int, terms: Mapping[str, int], most: int, among: QuerySet[Listing] | None = None
) -> list[int]:
    """Return the listings that promise most, of all of a cohort or among some."""
    cases = [When(term=term, then=Value(points)) for term, points in terms.items()]
    points = Sum(Case(*cases, default=Value(0), output_field=IntegerField()))
    named = Facet.objects.filter(cohort=cohort, term__in=list(terms))
    if among is not None:
        named = named.filter(listing__in=among)
    ranked = named.order_by().values_list("listing").annotate(promise=points)
    return [key for key, _promise in ranked.order_by("-promise", "listing")[:most]]
