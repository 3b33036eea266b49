"""What does a run work on, frozen at the moment it was asked for?"""

from collections.abc import Iterable
from itertools import count
from typing import Any, Protocol

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.time import today
from lodestar.domain.matching.models import Ask, Match, PairRule
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.matching.rules.tried import Tried
from lodestar.domain.people.queries import blocked_pairs, kept_apart_from
from lodestar.domain.programs.models import Cohort, Constraint, Design
from lodestar.engine.matching import problem as engine

FORMAT = 1
NOTHING_TRIED = Tried()
Inputs = dict[str, Any]
FIELDS_OF_RULES = {
    "common_language": "languages",
    "max_hours_apart": "time_zone",
    "min_gap": "years_of_experience",
    "not_same": "employer",
}
# Who took a request back, was not free, or said "not now" has said nothing about the pair.
NO_VERDICT = Q(status=Match.Status.WITHDRAWN, origin=Match.Origin.ASKED) | Q(
    decline_reason=Match.DeclineReason.LATER
)
NUMBERED = ("max_hours_apart", "min_gap")


def open_participants(cohort: Cohort) -> QuerySet[Participant]:
    """Return who still takes part, has a free place, no pause and no open request, in a stable order."""
    here = Participant.objects.filter(
        Q(paused_until=None) | Q(paused_until__lte=today()),
        cohort=cohort,
        left_at=None,
        person__blocked_at=None,
        places_taken__lt=F("capacity"),
    )
    waits = Ask.objects.filter(mentee=OuterRef("pk"), closed_at=None)  # the office reads it first
    return here.filter(~Exists(waits)).select_related("person").order_by("pk")


def inputs_of(cohort: Cohort, tried: Tried = NOTHING_TRIED) -> Inputs:
    """Freeze everything a run of this cohort depends on, as plain data.

    What is tried instead of the design's own is frozen with it, beside the design as it was.
    """
    return frozen(cohort) | design_tried(cohort.design, tried)


def design_tried(design: Design, tried: Tried) -> Inputs:
    if not tried.is_any:
        return {}
    return {
        "design": design_as_data(design, tried),
        "own_design": design_as_data(design),
        "tried": tried.as_data(),
    }


def frozen(cohort: Cohort) -> Inputs:
    people = list(open_participants(cohort))
    mentees = [person for person in people if person.role == RoleInCohort.MENTEE]
    mentors = [person for person in people if person.role == RoleInCohort.MENTOR]
    bans = bans_of(cohort, mentees, mentors)
    return {
        "format": FORMAT,
        "mentees": [{"key": person.public_id, "answers": person.answers} for person in mentees],
        "mentors": [
            {
                "key": person.public_id,
                "answers": person.answers,
                "capacity": person.capacity - person.places_taken,
            }
            for person in mentors
        ],
        "design": design_as_data(cohort.design),
        "pins": pins_of(cohort, mentees, mentors),
        "bans": sorted([mentee, mentor, why] for (mentee, mentor), why in bans.items()),
    }


def pins_of(
    cohort: Cohort, mentees: Iterable[Participant], mentors: Iterable[Participant]
) -> list[list[str]]:
    """Return the pins whose two sides both still look for a partner."""
    present = {person.pk for person in (*mentees, *mentors)}
    pins = PairRule.objects.filter(cohort=cohort, kind=PairRule.Kind.PIN)
    return sorted(
        [pin.mentee.public_id, pin.mentor.public_id]
        for pin in pins.select_related("mentee", "mentor")
        if {pin.mentee_id, pin.mentor_id} <= present
    )


class OneSide(Protocol):
    """Somebody on one side of a cohort: who they are, and the key by which the engine knows them."""

    @property
    def person_id(self) -> int: ...
    @property
    def public_id(self) -> str: ...


def bans_of(
    cohort: Cohort, mentees: Iterable[OneSide], mentors: Iterable[OneSide]
) -> dict[tuple[str, str], str]:
    """Return the pairs that may not meet, each with the code of why; a coordinator's ban comes first."""
    mentee_of = {person.person_id: person.public_id for person in mentees}
    mentor_of = {person.person_id: person.public_id for person in mentors}
    listed: dict[tuple[str, str], str] = {}
    for mentee_person, mentor_person, why in unwanted_pairs(cohort):
        if mentee_person in mentee_of and mentor_person in mentor_of:
            listed.setdefault((mentee_of[mentee_person], mentor_of[mentor_person]), why)
    for person in mentee_of.keys() & mentor_of.keys():
        listed.setdefault((mentee_of[person], mentor_of[person]), "same_person")
    return listed


def unwanted_pairs(cohort: Cohort) -> list[tuple[int, int, str]]:
    """Return (mentee, mentor, why) by person: bans, blocks, what was declined here, who was a pair before."""
    bans = PairRule.objects.filter(cohort=cohort, kind=PairRule.Kind.BAN).order_by("pk")
    closed = (
        Match.objects.filter(
            mentor__cohort=cohort, status__in=[Match.Status.DECLINED, Match.Status.WITHDRAWN]
        )
        .order_by("pk")
        .exclude(NO_VERDICT)
    )
    sides = ("mentee__person_id", "mentor__person_id")
    return [
        *((mentee, mentor, "banned") for mentee, mentor in bans.values_list(*sides)),
        *((one, other, "blocked") for one, other in sorted(blocks_in(cohort))),
        *((mentee, mentor, "declined") for mentee, mentor in closed.values_list(*sides)),
        *(
            (mentee, mentor, "past_pair")
            for mentee, mentor in past_pairs(cohort).values_list(*sides)
        ),
    ]


def blocks_in(cohort: Cohort) -> set[tuple[int, int]]:
    here = Participant.objects.filter(cohort=cohort, left_at=None).order_by()
    return blocked_pairs(here.values_list("person_id", flat=True))


def unwanted_by(mentee: Participant) -> dict[int, str]:
    """Return whom one mentee may not be matched with, by person, each with the code of why."""
    cohort = mentee.cohort
    found = dict.fromkeys(kept_apart_from(mentee.person), "blocked")
    bans = PairRule.objects.filter(cohort=cohort, kind=PairRule.Kind.BAN)
    closed = Match.objects.filter(
        mentor__cohort=cohort, status__in=[Match.Status.DECLINED, Match.Status.WITHDRAWN]
    )
    for rows, why in ((bans, "banned"), (closed, "declined"), (past_pairs(cohort), "past_pair")):
        own = rows.filter(mentee__person=mentee.person_id)
        for person in own.values_list("mentor__person_id", flat=True):
            found.setdefault(person, why)
    return {**found, mentee.person_id: "same_person"}


def past_pairs(cohort: Cohort) -> QuerySet[Match]:
    """Return pairs that once agreed: in this cohort always, in the program's others if its rules say so."""
    agreed = Match.objects.filter(status=Match.Status.ACCEPTED).order_by("pk")
    here = Q(mentor__cohort=cohort)
    if cohort.design.constraints.filter(kind=Constraint.Kind.PAST_PAIR).exists():
        here |= Q(mentor__cohort__program=cohort.program_id)
    return agreed.filter(here)


def design_as_data(design: Design, tried: Tried = NOTHING_TRIED) -> Inputs:
    criteria = list(design.criteria.all())
    weight_of = {c.name: tried.weights.get(c.name, c.weight) for c in criteria}
    weighed = [criterion for criterion in criteria if weight_of[criterion.name]]
    names = count(1)
    return {
        "criteria": [
            {
                "name": criterion.name,
                "kind": criterion.kind,
                "mentee_field": criterion.mentee_field,
                "mentor_field": criterion.mentor_field,
                "weight": weight_of[criterion.name],
            }
            for criterion in weighed
        ],
        "constraints": [
            {"name": f"{rule.kind}:{next(names)}", "kind": rule.kind, "value": rule.value}
            for rule in design.constraints.order_by("pk")
        ],
        "capacity_default": design.capacity_default,
        "objective": tried.objective or design.objective,
        "floor": engine.FLOOR if tried.floor is None else tried.floor,
    }


def weights_of(design: Design) -> dict[str, int]:
    return {criterion.name: criterion.weight for criterion in design.criteria.all()}


def people_of(inputs: Inputs) -> tuple[list[engine.Mentee], list[engine.Mentor]]:
    """Return frozen people as the engine knows them."""
    kept = opt_in_fields(inputs)
    mentees = [
        engine.Mentee(person["key"], answers_of(person["answers"], kept))
        for person in inputs["mentees"]
    ]
    mentors = [
        engine.Mentor(person["key"], answers_of(person["answers"], kept), person["capacity"])
        for person in inputs["mentors"]
    ]
    return mentees, mentors


def opt_in_fields(inputs: Inputs) -> set[str]:
    opt_in = [c for c in inputs["design"]["criteria"] if c["kind"] == engine.CriterionKind.OPT_IN]
    return {criterion[side] for criterion in opt_in for side in ("mentee_field", "mentor_field")}


def design_of(inputs: Inputs) -> engine.Design:
    """Return the frozen design as the engine knows it."""
    design = inputs["design"]
    places = [mentor["capacity"] for mentor in inputs["mentors"]]
    return engine.Design(
        criteria=tuple(
            engine.Criterion(
                criterion["name"],
                engine.CriterionKind(criterion["kind"]),
                criterion["mentee_field"],
                criterion["mentor_field"],
                criterion["weight"],
            )
            for criterion in design["criteria"]
        ),
        constraints=tuple(constraint_of(rule) for rule in design["constraints"]),
        capacity_default=design["capacity_default"],
        capacity_maximum=max(places, default=1),
        objective=engine.Objective(design["objective"]),
        floor=design.get("floor", 0),
    )


def constraint_of(rule: dict[str, str]) -> engine.Constraint:
    kind = engine.ConstraintKind(rule["kind"])
    field = FIELDS_OF_RULES.get(kind, "")
    value: float | str = rule["value"]
    if kind is engine.ConstraintKind.NOT_SAME:
        field = rule["value"] or field
    if kind in NUMBERED:
        value = number_of(rule)
    return engine.Constraint(rule["name"], kind, value, field, field)


def number_of(rule: dict[str, str]) -> float:
    try:
        return float(rule["value"])
    except ValueError as error:
        raise engine.MatchingError(
            f"The rule {rule['kind']} needs a number, but the design says “{rule['value']}”."
        ) from error
