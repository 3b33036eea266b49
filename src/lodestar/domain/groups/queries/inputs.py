"""On what are groups formed, frozen at the moment it was asked for?"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.time import today
from lodestar.domain.groups import rules
from lodestar.domain.groups.models import FormingRun, Group, KeptApart, Member
from lodestar.domain.matching.models import PairRule
from lodestar.domain.matching.queries.inputs import (
    bans_of,
    design_as_data,
    open_participants,
    opt_in_fields,
)
from lodestar.domain.matching.queries.inputs import design_of as matching_design_of
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.people.queries import blocked_pairs
from lodestar.domain.programs.models import Cohort, Design
from lodestar.domain.programs.rules.groups import ASKED_FOR_ONLY, group_rules_of, pairs_peers
from lodestar.engine.groups.designs import GroupDesign, GroupRule, GroupRuleKind
from lodestar.engine.matching.problem import Answer, Mentee, Mentor
from lodestar.engine.matching.problem import Design as EngineDesign
from lodestar.engine.peers.forming import Form, Terms

FORMAT = 1
Inputs = dict[str, Any]


def form_of(design: Design) -> Form:
    if design.format == Design.Format.GROUP:
        return Form.GROUPS
    return Form.PAIRS if pairs_peers(design) else Form.CIRCLES


def kept_groups(cohort: Cohort) -> list[Group]:
    """Return the drafted groups that the office keeps as they are when the rest is formed again."""
    latest = FormingRun.objects.filter(cohort=cohort, status__in=FormingRun.OPEN).first()
    if latest is None:
        return []
    return list(latest.groups.filter(is_kept=True).prefetch_related("members__participant__person"))


def present_members() -> QuerySet[Member]:
    """Return who is in a group that is proposed or runs, or is asked into one."""
    return Member.objects.filter(group__status__in=Group.LIVING, answer__in=Member.PRESENT)


def is_in_a_group(participant: Participant) -> bool:
    return present_members().filter(participant=participant).exists()


def waiting_people(cohort: Cohort, kept: Iterable[Group] = ()) -> list[Participant]:
    """Return who has a free place and is in no group, in a stable order; a mentor has one group."""
    inside = {member.participant_id for group in kept for member in group.members.all()}
    living = present_members().filter(group__cohort=cohort)
    rows = open_participants(cohort).exclude(pk__in=living.values("participant"))
    if not cohort.design.has_mentors:
        rows = rows.filter(role=RoleInCohort.MENTEE)
    return [person for person in rows if person.pk not in inside]


def why_not_form(cohort: Cohort, on: date | None = None) -> str:
    """Return what is missing before groups can be formed, or nothing."""
    people = waiting_people(cohort, kept_groups(cohort))
    places = [p.capacity - p.places_taken for p in people if p.role == RoleInCohort.MENTOR]
    return rules.why_not_request(cohort, len(people) - len(places), places, on or today())


def inputs_of(cohort: Cohort) -> Inputs:
    """Freeze everything that forming groups of this cohort depends on, as plain data."""
    kept = kept_groups(cohort)
    people = waiting_people(cohort, kept)
    mentees = [person for person in people if person.role == RoleInCohort.MENTEE]
    mentors = [person for person in people if person.role == RoleInCohort.MENTOR]
    bans = bans_of(cohort, mentees, mentors) | declined_bans(cohort, mentees, mentors)
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
        "groups": groups_as_data(cohort.design),
        "apart": apart_of(cohort, mentees),
        "bans": sorted([mentee, mentor, why] for (mentee, mentor), why in bans.items()),
        "kept": [kept_as_data(group) for group in kept],
    }


def groups_as_data(design: Design) -> Inputs:
    return {
        "form": form_of(design).value,
        "least": design.group_least,
        "most": design.group_most,
        "rules": [
            [rule.code, rule.kind, rule.field, rule.count, rule.value]
            for rule in group_rules_of(design)
        ],
    }


def kept_as_data(group: Group) -> Inputs:
    people = [m for m in group.members.all() if m.is_present]
    return {
        "mentor": next((m.participant.public_id for m in people if m.is_mentor), ""),
        "people": [[m.participant.public_id, m.points] for m in people if not m.is_mentor],
    }


def declined_bans(
    cohort: Cohort, mentees: Iterable[Participant], mentors: Iterable[Participant]
) -> dict[tuple[str, str], str]:
    """Return who said no to a mentor's group, or left it, and is not proposed to that mentor again."""
    mentee_keys = {person.pk: person.public_id for person in mentees}
    mentor_keys = {person.pk: person.public_id for person in mentors}
    gone = Member.objects.filter(
        group__cohort=cohort, answer__in=[Member.Answer.DECLINED, Member.Answer.LEFT]
    ).values_list("group", "participant")
    led = Member.objects.filter(group__cohort=cohort, participant__role=RoleInCohort.MENTOR)
    mentors_of: dict[int, list[int]] = {}
    for group, mentor in led.values_list("group", "participant"):
        mentors_of.setdefault(group, []).append(mentor)
    return {
        (mentee_keys[person], mentor_keys[mentor]): "declined"
        for group, person in gone
        for mentor in mentors_of.get(group, ())
        if person in mentee_keys and mentor in mentor_keys
    }


def apart_of(cohort: Cohort, people: Iterable[Participant]) -> list[list[str]]:
    """Return who is never in one group: kept apart here, or banned as a pair in either direction."""
    key_of = {person.pk: person.public_id for person in people}
    by_person = {person.person_id: person.public_id for person in people}
    apart = KeptApart.objects.filter(cohort=cohort).values_list("one", "other")
    banned = PairRule.objects.filter(cohort=cohort, kind=PairRule.Kind.BAN)
    sides = banned.values_list("mentor__person", "mentee__person")
    found = [(key_of.get(one), key_of.get(other)) for one, other in apart]
    found += [(by_person.get(one), by_person.get(other)) for one, other in sides]
    blocks = blocked_pairs(by_person)
    found += [(by_person.get(one), by_person.get(other)) for one, other in blocks]
    pairs = {(min(a, b), max(a, b)) for a, b in found if a and b and a != b}
    return [list(pair) for pair in sorted(pairs)]


def people_of(inputs: Inputs) -> tuple[list[Mentee], list[Mentor]]:
    """Return frozen people as the engine knows them."""
    hidden = opt_in_of(inputs)
    mentees = [
        Mentee(person["key"], answers_of(person["answers"], hidden)) for person in inputs["mentees"]
    ]
    mentors = [
        Mentor(person["key"], answers_of(person["answers"], hidden), person["capacity"])
        for person in inputs["mentors"]
    ]
    return mentees, mentors


def opt_in_of(inputs: Inputs) -> set[str]:
    """Return the answers that count only where somebody asked for it."""
    return opt_in_fields(inputs) | {ASKED_FOR_ONLY}


def compared(answers: dict[str, Any], inputs: Inputs) -> dict[str, Answer]:
    """Return one person's answers as the rules for groups compare them."""
    return answers_of(answers, opt_in_of(inputs))


def design_of(inputs: Inputs) -> EngineDesign:
    return matching_design_of(inputs)


def group_design_of(inputs: Inputs) -> GroupDesign:
    asked = inputs["groups"]
    found = tuple(
        GroupRule(code, GroupRuleKind(kind), field, count, value)
        for code, kind, field, count, value in asked["rules"]
    )
    return GroupDesign(asked["least"], asked["most"], found)


def terms_of(inputs: Inputs) -> Terms:
    return Terms(
        Form(inputs["groups"]["form"]),
        group_design_of(inputs),
        tuple((one, other) for one, other in inputs["apart"]),
        {(mentee, mentor): why for mentee, mentor, why in inputs["bans"]},
    )
