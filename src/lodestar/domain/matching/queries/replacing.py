"""Who waits for somebody else, and who would that be?"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.common.time import now
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Choice, Match, MatchRun, Standby, Unmatched
from lodestar.domain.matching.queries.children import Limits, found_within
from lodestar.domain.matching.queries.inputs import (
    FORMAT,
    Inputs,
    bans_of,
    design_as_data,
    design_of,
    open_participants,
    people_of,
)
from lodestar.domain.matching.rules.replacing import Waiting
from lodestar.domain.programs.models import Cohort
from lodestar.domain.programs.rules.ways import Way, follows_up, uses
from lodestar.engine.matching.cohort import GivenPairs
from lodestar.engine.matching.explanation import MatchedPair
from lodestar.engine.rescue.next_best import NextPartner, Source, Turns, next_partners

RUN_AT_LENGTH = ("run__inputs", "run__certificate", "run__weights", "run__prices", "run__tried")
SMALL = 60_000  # pairs that are scored at once; more are scored in a child process


@dataclass(frozen=True)
class Replacement:
    """Somebody who waits, the mentor to be proposed next, and why a person has to look first."""

    waiting: Waiting
    mentor: Participant | None
    pair: MatchedPair | None
    source: Source
    why_look: str


def cohorts_to_sweep(on: date) -> QuerySet[Cohort]:
    """Return cohorts in which a mentee is free again after a match that did not go ahead, or stays on the list."""
    closed = Match.objects.filter(
        status__in=Match.CLOSED,
        mentee__left_at=None,
        mentee__places_taken__lt=F("mentee__capacity"),
    )
    told = Unmatched.objects.filter(
        told_at__isnull=False, participant__left_at=None, participant__places_taken=0
    )
    waits = Q(pk__in=closed.values("mentor__cohort")) | Q(pk__in=told.values("participant__cohort"))
    cohorts = Cohort.objects.filter(waits, ends_on__gte=on)
    return cohorts.select_related("design", "program").order_by("pk")


def waiting_for_another(cohort: Cohort, only: Participant | None = None) -> list[Waiting]:
    """Return the mentees to whom somebody else is to be proposed, whoever waits longest first.

    While a publication can be taken back nobody follows in its matches: else somebody would be written to, and
    hold places, of whom its run knows nothing.
    """
    if not follows_up(cohort.design):
        return []
    at = now()
    mentees = open_participants(cohort).filter(role=RoleInCohort.MENTEE)
    free = {p.pk: p for p in (mentees.filter(pk=only.pk) if only else mentees)}
    found: dict[int, list[Match]] = {}
    for match in sent_matches(cohort).filter(mentee__in=free):
        found.setdefault(match.mentee_id, []).append(match)
    waiting = [
        Waiting(free[key], matches)
        for key, matches in found.items()
        if rules.wants_another(matches[-1], RoleInCohort.MENTEE)
        and not rules.waits_for_its_run(matches[-1], at)
    ]
    stayed = told_to_stay(cohort, free.keys() - found.keys())
    waiting += [Waiting(free[key], (), told_at) for key, told_at in stayed.items()]
    return sorted(waiting, key=lambda each: (*each.turn, each.mentee.pk))


def told_to_stay(cohort: Cohort, mentees: Collection[int]) -> dict[int, datetime]:
    """Return who was promised to stay on the list of a cohort, and since when."""
    told = Unmatched.objects.filter(
        participant__cohort=cohort, participant__in=mentees, told_at__isnull=False
    )
    rows = told.order_by("-told_at").values_list("participant_id", "told_at", "offers")
    return {key: told_at for key, told_at, offers in rows if told_at and rules.STAY in offers}


def sent_matches(cohort: Cohort) -> QuerySet[Match]:
    sent = Match.objects.filter(mentor__cohort=cohort).exclude(status=Match.Status.DRAFTED)
    return (
        sent.select_related("mentor__person", "mentee__person", "run")
        .defer("contributions", "reasons", "alternatives", *RUN_AT_LENGTH)
        .order_by("pk")
    )


def mentors_to_ask(cohort: Cohort) -> list[Participant]:
    """Return the mentors with a free place who may be asked without a person's look.

    Whoever has lately fallen silent, or said that there is no time, is left in peace.
    """
    last = {match.mentor_id: match for match in sent_matches(cohort)}
    return [
        mentor
        for mentor in open_participants(cohort)
        if mentor.role == RoleInCohort.MENTOR
        and not (mentor.pk in last and is_to_be_spared(last[mentor.pk]))
    ]


def is_to_be_spared(match: Match) -> bool:
    is_silent = rules.fell_silent(match, RoleInCohort.MENTOR)
    return is_silent or rules.has_no_time(match, RoleInCohort.MENTOR)


def replacements_in(cohort: Cohort, waiting: Sequence[Waiting]) -> list[Replacement]:
    """Return who would be proposed to each who waits; computed fresh, by the engine and the design."""
    mentors = mentors_to_ask(cohort)
    found = {each.pair.mentee: each for each in next_of(cohort, waiting, mentors)}
    by_key = {mentor.public_id: mentor for mentor in mentors}
    return [
        Replacement(
            each,
            by_key[chosen.pair.mentor] if chosen else None,
            chosen.pair if chosen else None,
            chosen.source if chosen else Source.FREE,
            rules.why_look(each, cohort.design),
        )
        for each in waiting
        for chosen in [found.get(each.mentee.public_id)]
    ]


def next_of(
    cohort: Cohort, waiting: Sequence[Waiting], mentors: Sequence[Participant]
) -> tuple[NextPartner, ...]:
    if not waiting or not mentors:
        return ()
    inputs = inputs_for(cohort, [each.mentee for each in waiting], mentors)
    bans = {(mentee, mentor): why for mentee, mentor, why in inputs["bans"]}
    key_of = {mentor.pk: mentor.public_id for mentor in mentors}
    for each in waiting:
        tried = (key_of[pk] for pk in each.tried if pk in key_of)
        bans |= {(each.mentee.public_id, mentor): "declined" for mentor in tried}
    arguments = (*people_of(inputs), design_of(inputs), GivenPairs(bans=bans))
    options = {"turns": turns_of(cohort, waiting, mentors), "seed": seed_of(cohort)}
    if len(waiting) * len(mentors) <= SMALL:
        return next_partners(*arguments, **options)  # type: ignore[arg-type]
    limits = Limits(
        settings.MATCHING_SECONDS, _("It took too long."), _("It needed too much memory.")
    )
    return found_within(limits, next_partners, lambda: arguments, options)


def turns_of(cohort: Cohort, waiting: Sequence[Waiting], mentors: Sequence[Participant]) -> Turns:
    """Return who is asked for whom first: their own list where people rank, then who stands by for the office."""
    fills = rules.matches_by_itself(cohort.design)
    return Turns(
        lists=lists_of_waiting(waiting, mentors) if uses(cohort.design, Way.RANK) else {},
        standbys=standbys_of(cohort, waiting) if fills else {},
        fills=fills,
    )


def lists_of_waiting(
    waiting: Sequence[Waiting], mentors: Sequence[Participant]
) -> Mapping[str, list[str]]:
    """Return whom mentees who wait named themselves, in their own order, of the mentors who can be asked."""
    found: dict[str, list[str]] = {}
    rows = Choice.objects.filter(mentee__in=[each.mentee for each in waiting], mentor__in=mentors)
    for choice in rows.select_related("mentee", "mentor").order_by("mentee", "rank", "pk"):
        found.setdefault(choice.mentee.public_id, []).append(choice.mentor.public_id)
    return found


def inputs_for(
    cohort: Cohort, mentees: Sequence[Participant], mentors: Sequence[Participant]
) -> Inputs:
    """Return what the engine needs of some people of a cohort; the mentees stay in their order."""
    bans = bans_of(cohort, mentees, mentors)
    return {
        "mentees": [{"key": each.public_id, "answers": each.answers} for each in mentees],
        "mentors": [
            {
                "key": each.public_id,
                "answers": each.answers,
                "capacity": each.capacity - each.places_taken,
            }
            for each in mentors
        ],
        "design": design_as_data(cohort.design),
        "bans": sorted([mentee, mentor, why] for (mentee, mentor), why in bans.items()),
    }


def rematch_inputs(cohort: Cohort, mentees: Sequence[Participant]) -> Inputs:
    """Freeze what a run for those who wait for somebody new depends on; they stay in their order."""
    mentors = [each for each in open_participants(cohort) if each.role == RoleInCohort.MENTOR]
    found = inputs_for(cohort, mentees, mentors)
    return {"format": FORMAT, "kind": MatchRun.Kind.REMATCH.value, "pins": [], **found}


def keeps_the_rules(cohort: Cohort, mentor: Participant, mentee: Participant) -> bool:
    """Whether two people may be paired in a cohort, that they were a pair before left aside."""
    inputs = inputs_for(cohort, [mentee], [mentor])
    bans = {(a, b): why for a, b, why in inputs["bans"] if why != "past_pair"}
    given = GivenPairs(bans=bans)
    return bool(next_partners(*people_of(inputs), design_of(inputs), given))


def standbys_of(cohort: Cohort, waiting: Sequence[Waiting]) -> Mapping[str, list[str]]:
    """Return who stands by for whom by the latest published run, the first to be asked first."""
    published = MatchRun.objects.filter(cohort=cohort, status=MatchRun.Status.PUBLISHED)
    run = published.order_by("-published_at", "-pk").first()
    found: dict[str, list[str]] = {}
    rows = Standby.objects.filter(run=run, mentee__in=[each.mentee for each in waiting])
    for row in rows.select_related("mentee", "mentor"):
        found.setdefault(row.mentee.public_id, []).append(row.mentor.public_id)
    return found


def seed_of(cohort: Cohort) -> int:
    """Return the cohort's lottery, drawn once for all its runs."""
    first = (
        MatchRun.objects.filter(cohort=cohort).order_by("pk").values_list("seed", flat=True).first()
    )
    return first or 0


def standbys_for(match: Match) -> QuerySet[Standby]:
    """Return who stands by for the mentee of a run's match, the first to be asked first."""
    rows = Standby.objects.filter(run=match.run_id, mentee=match.mentee_id)
    return rows.select_related("mentor__person")


def waits_still(mentee: Participant) -> Waiting | None:
    """Return the same of one mentee as it is now, or None where nobody else is to be proposed."""
    return next(iter(waiting_for_another(mentee.cohort, mentee)), None)
