"""What does each version of a design say, and who changed it?"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from lodestar.domain.audit.queries import first_actors, pseudonym_of
from lodestar.domain.common.find import one
from lodestar.domain.forms.models import Survey
from lodestar.domain.forms.rules import as_data
from lodestar.domain.people.models import Person
from lodestar.domain.programs import rules
from lodestar.domain.programs.models import Cohort, Design, Program
from lodestar.domain.programs.queries.programs import coordinators_of
from lodestar.domain.programs.rules.asked import form_of
from lodestar.domain.programs.rules.differences import Version, differences

GOAL_FACTS = ("metric", "target", "baseline", "due_on")
PACE_FACTS = (
    "cadence_days", "hours_per_month", "capacity_default", "capacity_maximum", "reply_days",
    "exploring_days", "replacing", "most_replacements", "first_meeting_days", "pulse_first_days",
    "pulse_every_days", "asks_midpoint", "asks_closing", "objective", "undo_minutes", "needs_sign_off",
)  # fmt: skip
MILESTONE_FACTS = (
    "kind", "name", "for_whom", "anchor", "offset_days", "lasting_days", "place", "text",
)  # fmt: skip
SHAPE_FACTS = ("format", "mode")
WAYS_FACTS = ("ways", "most_choices", "most_asks", "window_days", "asks_are_read")
GROUP_FACTS = ("group_least", "group_most", "led_by")
CRITERION_FACTS = ("name", "kind", "mentee_field", "mentor_field", "weight")
ELIGIBILITY_FACTS = ("role", "kind", "answer", "least", "values", "is_binding")
SELECTION_FACTS = ("role", "name", "meaning", "answer", "weak", "fair", "strong")


def latest_design(program: Program) -> Design:
    return one(program.designs.order_by("-version")[:1])


def _state_of_survey(survey: Survey, design: Design) -> Iterable[object]:
    return as_data(form_of(design, survey))


STATES: dict[str, Callable[[Design], Iterable[object]]] = {
    "goals": lambda design: design.goals.order_by("pk").values_list(*GOAL_FACTS),
    "audience": lambda design: design.audiences.order_by("role").values_list(
        "role", "is_binding", *rules.AUDIENCE_RULES
    ),
    "criteria": lambda design: design.criteria.values_list(*CRITERION_FACTS),
    "constraints": lambda design: design.constraints.order_by("kind").values_list("kind", "value"),
    "milestones": lambda design: design.milestones.values_list(*MILESTONE_FACTS),
    "topics": lambda design: design.topics,
    "expectations": lambda design: [design.expected_of_mentors, design.expected_of_mentees],
    "pace": lambda design: [getattr(design, name) for name in PACE_FACTS],
    "shape": lambda design: [getattr(design, name) for name in SHAPE_FACTS],
    "ways": lambda design: [getattr(design, name) for name in WAYS_FACTS],
    "groups": lambda design: [*(getattr(design, name) for name in GROUP_FACTS), design.group_rules],
    "selection": lambda design: design.selection.values_list(*SELECTION_FACTS),
    "eligibility": lambda design: design.eligibility.values_list(*ELIGIBILITY_FACTS),
    "visibility": lambda design: sorted(design.visibility.items()),
    "form": lambda design: [as_data(form_of(design)), *sorted(design.visibility.items())],
} | {survey.value: partial(_state_of_survey, survey) for survey in Survey}


def state_of_step(design: Design, *steps: str) -> str:
    """Return a fingerprint of what some steps of a design decide, to notice that somebody else changed them."""
    decided = [list(STATES[step](design)) for step in steps]
    # PostgreSQL gives the keys of what is kept as JSON back in another order than they came.
    text = json.dumps(decided, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def state_of_design(design: Design) -> str:
    return state_of_step(design, *STATES)


@dataclass(frozen=True, slots=True)
class VersionStory:
    """One version of a design: who began it, which cohorts keep it, and what it changed.

    `begun_by` is None for somebody who does not look after the program now; `changes` is None for the
    first version.
    """

    design: Design
    begun_by: Person | None
    cohorts: list[Cohort]
    changes: list[str] | None


def versions_of(program: Program) -> list[VersionStory]:
    """Return every version of a program's design, the latest first.

    The trail tells who copied a version; the first one came with the program itself.
    """
    parts = (
        "goals",
        "criteria",
        "constraints",
        "audiences",
        "milestones",
        "selection",
        "eligibility",
        "cohorts",
    )
    designs = list(program.designs.order_by("version").prefetch_related(*parts))
    versions = [version_of(design) for design in designs]
    office = {pseudonym_of(each.person_id): each.person for each in coordinators_of(program)}
    office.pop("", None)  # somebody who never did anything has no pseudonym yet
    beginners = first_actors("design.copied", designs)
    founder = first_actors("program.created", [program]).get(program.public_id, "")
    stories = [
        VersionStory(
            design=new.design,
            begun_by=office.get(beginners.get(new.design.public_id, founder)),
            cohorts=sorted(new.design.cohorts.all(), key=lambda cohort: cohort.opens_on),
            changes=differences(old, new) if old else None,
        )
        for old, new in zip([None, *versions], versions, strict=False)
    ]
    return stories[::-1]


def version_of(design: Design) -> Version:
    return Version(
        design=design,
        goals=sorted(design.goals.all(), key=lambda goal: goal.pk),
        criteria=list(design.criteria.all()),
        constraints=sorted(design.constraints.all(), key=lambda constraint: constraint.pk),
        audiences=sorted(design.audiences.all(), key=lambda audience: audience.role),
        milestones=list(design.milestones.all()),
        selection=list(design.selection.all()),
        eligibility=list(design.eligibility.all()),
    )
