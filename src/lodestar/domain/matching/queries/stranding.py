"""What do the rules of a cohort do to the people who are in it, before anything is computed?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import waiting_in
from lodestar.domain.applications.rules.answers import matched_by
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import PairRule
from lodestar.domain.matching.queries.inputs import (
    bans_of,
    design_as_data,
    design_of,
    open_participants,
    opt_in_fields,
)
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Constraint
from lodestar.engine.matching.problem import MatchingError, Mentee, Mentor
from lodestar.engine.matching.stranding import RuleEffect, Stranding, stranding_of

MOST_PAIRS = 9_000_000
LISTED = (Constraint.Kind.BLOCKED, Constraint.Kind.PAST_PAIR)
WHERE = ("country", "region", "city", "time_zone", "email", "avoid")


@dataclass(frozen=True, slots=True)
class Comer:
    """Somebody who takes part and has a free place, or has applied and waits for the office."""

    public_id: str
    person_id: int
    role: str
    application: str
    answers: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stranded:
    """Somebody whom a rule, or all together, leave with nobody: a name and the application's key."""

    name: str
    application: str


@dataclass(frozen=True, slots=True)
class RuleSeen:
    """One rule, what it takes, and whom it leaves with nobody; `alone` would come back without it."""

    name: str
    pairs: int
    alone: int
    mentees: Sequence[Stranded] = ()
    mentors: Sequence[Stranded] = ()


@dataclass(frozen=True, slots=True)
class RulesSeen:
    """What all rules do; `mentees` and `mentors` have no eligible partner at all.

    Without a `why_not` everything was computed; with one, only the people were counted.
    """

    mentee_count: int
    mentor_count: int
    why_not: str = ""
    pairs: int = 0
    eligible: int = 0
    rules: Sequence[RuleSeen] = ()
    mentees: Sequence[Stranded] = ()
    mentors: Sequence[Stranded] = ()

    @property
    def stranding(self) -> list[RuleSeen]:
        """The rules that leave somebody with nobody, the one that strands most first."""
        found = [rule for rule in self.rules if rule.mentees or rule.mentors]
        return sorted(found, key=lambda rule: -len(rule.mentees) - len(rule.mentors))

    @property
    def alone_count(self) -> int:
        return len(self.mentees) + len(self.mentors)


def rules_seen(cohort: Cohort) -> RulesSeen | None:
    """Hold every rule of a cohort against everybody who would be in a run; None while a side is empty."""
    comers = comers_of(cohort)
    mentees = [each for each in comers if each.role == RoleInCohort.MENTEE]
    mentors = [each for each in comers if each.role == RoleInCohort.MENTOR]
    if not mentees or not mentors:
        return None
    if len(mentees) * len(mentors) > MOST_PAIRS:
        why_not = rules.why_not_look_at_rules(len(mentees), len(mentors))
        return RulesSeen(len(mentees), len(mentors), why_not)
    try:
        found = computed(cohort, mentees, mentors)
    except MatchingError as refusal:
        return RulesSeen(len(mentees), len(mentors), str(refusal))
    return seen(cohort, found, mentees, mentors)


def comers_of(cohort: Cohort) -> list[Comer]:
    """Return who is in and who waits, as bare facts: thousands of rows cost a second as objects."""
    here = open_participants(cohort).select_related(None)
    told = ("public_id", "person_id", "role")
    taking_part = here.values_list(*told, "application__public_id", "answers")
    applied = waiting_in(cohort).values_list(*told, "answers")
    return [
        *(Comer(*facts) for facts in taking_part),
        *(
            Comer(
                key, person, role, key, matched_by(cohort.design, role, answers, cohort.starts_on)
            )
            for key, person, role, answers in applied
        ),
    ]


def computed(cohort: Cohort, mentees: Sequence[Comer], mentors: Sequence[Comer]) -> Stranding:
    data: dict[str, Any] = {"design": design_as_data(cohort.design), "mentors": []}
    design, hidden = design_of(data), opt_in_fields(data)
    read = {*WHERE, *(field for rule in design.constraints for field in fields_of(rule))}
    read |= {f"{name}_matters" for name in read}

    def told(who: Comer) -> dict[str, Any]:
        return answers_of({n: v for n, v in who.answers.items() if n in read}, hidden)

    return stranding_of(
        [Mentee(each.public_id, told(each)) for each in mentees],
        [Mentor(each.public_id, told(each)) for each in mentors],
        design,
        bans_of(cohort, mentees, mentors),
    )


def fields_of(rule: Any) -> Iterable[str]:
    return filter(None, (rule.mentee_field, rule.mentor_field))


def seen(
    cohort: Cohort, found: Stranding, mentees: Sequence[Comer], mentors: Sequence[Comer]
) -> RulesSeen:
    """Put people in place of keys; whoever is kept together with somebody by hand has a partner."""
    pinned = PairRule.objects.filter(cohort=cohort, kind=PairRule.Kind.PIN)
    kept = {
        key for pair in pinned.values_list("mentee__public_id", "mentor__public_id") for key in pair
    }
    by_key = {each.public_id: each for each in (*mentees, *mentors)}
    named_keys = {*found.mentees, *found.mentors} - kept
    names = Person.objects.in_bulk([by_key[key].person_id for key in named_keys])

    def people(keys: Iterable[str]) -> list[Stranded]:
        comers = [by_key[key] for key in keys if key not in kept]
        told = [Stranded(str(names[each.person_id]), each.application) for each in comers]
        return sorted(told, key=lambda who: who.name)

    effects = {effect.code: effect for effect in found.rules}
    told = [
        RuleSeen(name, e.pairs, e.alone, people(e.mentees), people(e.mentors))
        for name, e in named(cohort, effects)
    ]
    return RulesSeen(
        len(mentees),
        len(mentors),
        pairs=found.pairs,
        eligible=found.eligible,
        rules=told,
        mentees=people(found.mentees),
        mentors=people(found.mentors),
    )


def named(cohort: Cohort, effects: dict[str, RuleEffect]) -> list[tuple[str, RuleEffect]]:
    """Return every rule of the design in its order, and then what else keeps people apart."""
    left, found = dict(effects), []
    for number, rule in enumerate(cohort.design.constraints.order_by("pk"), 1):
        code = rule.kind if rule.kind in LISTED else f"{rule.kind}:{number}"
        effect = left.pop(code, RuleEffect(code, 0, 0, (), ()))
        found.append((rules.constraint_in_words(rule), effect))
    others = [(rules.apart_in_words(code), effect) for code, effect in left.items() if effect.pairs]
    return [*found, *others]
