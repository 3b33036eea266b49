"""Who is left without a partner, and has nobody written to them yet?"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from lodestar.domain.applications.models import Participant, RoleInCohort
from lodestar.domain.applications.queries.waiting import next_cohort
from lodestar.domain.common.find import one
from lodestar.domain.common.time import now
from lodestar.domain.matching import rules
from lodestar.domain.matching.models import Ask, Match, MatchRun, Unmatched
from lodestar.domain.matching.queries.inputs import open_participants
from lodestar.domain.programs.models import Cohort, Design, Program
from lodestar.domain.programs.queries import offers as programs_on_offer
from lodestar.domain.programs.rules.ways import can_ask_on, only_ask

Format = Design.Format
Kind = MatchRun.Kind


@dataclass(frozen=True)
class Group:
    """People of one role who are left without for the same reason, and what they are to be told."""

    key: str
    role: RoleInCohort
    reason: str
    rows: list[Unmatched]
    words: str
    offers: list[str]

    @property
    def short(self) -> str:
        return rules.reason_in_short(self.reason)


@dataclass(frozen=True)
class Way:
    """Something that somebody without a partner can do next: stay, go along to the next cohort, or apply elsewhere."""

    key: str
    cohort: Cohort | None = None

    @property
    def program(self) -> Program | None:
        """The program to apply to; none where nothing has to be filled in."""
        return (
            self.cohort.program if self.cohort and self.key not in (rules.NEXT, rules.ASK) else None
        )

    def is_for(self, role: str) -> bool:
        """Whether somebody of a role could take part in it as such."""
        if self.key == rules.ASK:
            return role == RoleInCohort.MENTEE
        is_among_peers = self.cohort is not None and self.cohort.design.format == Format.PEERS
        return not is_among_peers or role == RoleInCohort.MENTEE


def last_published(cohort: Cohort, *kinds: str) -> MatchRun | None:
    """Return the cohort's latest publication of these kinds that stands: whoever it left without is to hear of it."""
    published = MatchRun.objects.filter(
        cohort=cohort, kind__in=kinds, status=MatchRun.Status.PUBLISHED
    )
    published = published.exclude(undo_until__gt=now())  # it may still be taken back
    return published.defer("inputs", "certificate").order_by("-published_at", "-pk").first()


def left_alone(cohort: Cohort) -> QuerySet[Unmatched]:
    """Return whom the latest publication left without and who was proposed nobody since.

    Of a run for those who wait for somebody new, the mentees who wait on; its mentors were asked before.
    Where people only ask, whoever has nobody; who waits for an answer is not alone.
    """
    sent = Match.objects.filter(mentor__cohort=cohort).exclude(status=Match.Status.DRAFTED)
    met = Q(participant__in=sent.values("mentee")) | Q(participant__in=sent.values("mentor"))
    whole = Q(run=last_published(cohort, Kind.WHOLE, Kind.WINDOW)) & ~met
    waiting_on = Q(
        run=last_published(cohort, Kind.REMATCH),
        participant__role=RoleInCohort.MENTEE,
    )
    of_a_run = Q(run__isnull=False) & (whole | waiting_on)
    asking = Ask.objects.filter(closed_at=None, mentee__cohort=cohort)
    without_run = Q(run=None, participant__cohort=cohort) & ~Q(
        participant__in=asking.values("mentee")
    )
    here = Unmatched.objects.filter(of_a_run | without_run).filter(
        participant__left_at=None,
        participant__person__blocked_at=None,
        participant__places_taken=0,
    )
    links = (
        "run",
        "participant__cohort__program",
        "participant__cohort__design",
        "participant__person",
    )
    return here.select_related(*links).order_by("pk")


def asking_cohorts(on: date) -> list[Cohort]:
    """Return the cohorts whose mentorships have begun and whose people find each other by asking alone."""
    begun = Cohort.objects.filter(
        published_at__isnull=False, starts_on__lte=on, ends_on__gte=on
    ).select_related("design", "program")
    return [cohort for cohort in begun.order_by("pk") if only_ask(cohort.design)]


def alone_in(cohort: Cohort) -> dict[Participant, str]:
    """Return who has nobody in a cohort whose people ask, and why: they asked nobody, nobody could, or nobody asked them."""
    free = open_participants(cohort).filter(places_taken=0)
    asked = set(Ask.objects.filter(mentee__cohort=cohort).values_list("mentee", flat=True))
    sought = Ask.objects.filter(mentee__cohort=cohort).values_list("choice__mentor", flat=True)
    met = Match.objects.filter(mentor__cohort=cohort, status=Match.Status.ACCEPTED)
    had = {key for pair in met.values_list("mentor", "mentee") for key in pair} | set(sought)
    found: dict[Participant, str] = {}
    for participant in free:
        if participant.pk in had:
            continue
        if participant.role == RoleInCohort.MENTOR:
            found[participant] = rules.NOT_ASKED
        else:
            found[participant] = (
                rules.NOBODY_SAID_YES if participant.pk in asked else rules.ASKED_NOBODY
            )
    return found


def unwritten(cohort: Cohort) -> QuerySet[Unmatched]:
    """Return those without a partner to whom nobody has written in this cohort."""
    told = Unmatched.objects.filter(participant__cohort=cohort, told_at__isnull=False)
    return left_alone(cohort).exclude(participant__in=told.values("participant"))


def groups_to_write_to(cohort: Cohort) -> list[Group]:
    """Return the people without a word, by role and reason; the mentees first, the largest group first."""
    found: dict[str, list[Unmatched]] = {}
    for row in unwritten(cohort):
        found.setdefault(rules.group_of(row), []).append(row)
    groups = [group_from(key, rows) for key, rows in found.items()]
    return sorted(groups, key=lambda g: (g.role != RoleInCohort.MENTEE, -len(g.rows), g.reason))


def group_from(key: str, rows: list[Unmatched]) -> Group:
    first = rows[0]
    role = RoleInCohort(first.participant.role)
    worded = next((row for row in rows if row.words), None)
    words = worded.words if worded else rules.draft_to(role, first.reason)
    first_offer = rules.ASK if only_ask(first.participant.cohort.design) else rules.STAY
    return Group(key, role, first.reason, rows, words, worded.offers if worded else [first_offer])


def group_in(cohort: Cohort, key: str) -> Group | None:
    return next((group for group in groups_to_write_to(cohort) if group.key == key), None)


def written_to(cohort: Cohort) -> QuerySet[Unmatched]:
    """Return who was written to, the latest first."""
    told = Unmatched.objects.filter(participant__cohort=cohort, told_at__isnull=False)
    return told.select_related("participant__person", "told_by").order_by("-told_at", "pk")


def ways_on(cohort: Cohort, on: date) -> list[Way]:
    """Return what people without a partner can do next, and only what there is in this association."""
    found = []
    if only_ask(cohort.design):
        found += [Way(rules.ASK, cohort)] if can_ask_on(cohort, on) else []
    elif on <= cohort.ends_on:
        found.append(Way(rules.STAY))
    if following := next_cohort(cohort, on):
        found.append(Way(rules.NEXT, following))
    return found + [
        Way(f"program:{offer.program.public_id}", offer.cohort)
        for offer in programs_on_offer(on)
        if offer.cohort
        and offer.program.pk != cohort.program_id
        and offer.state == Cohort.State.OPEN
    ]


def ways_chosen(unmatched: Unmatched, on: date) -> Sequence[Way]:
    """Return the ways that a letter offers and that are still there when it is written."""
    there = ways_on(unmatched.participant.cohort, on)
    role = unmatched.participant.role
    return [way for way in there if way.key in unmatched.offers and way.is_for(role)]


def ways_told(participant: Participant, on: date) -> Sequence[Way]:
    """Return what somebody was told that they can do next, for as long as they have nobody."""
    if participant.left_at or participant.places_taken:
        return []
    told = Unmatched.objects.filter(participant=participant, told_at__isnull=False)
    links = ("participant__cohort__program", "participant")
    last = told.select_related(*links).order_by("-told_at", "-pk").first()
    return ways_chosen(last, on) if last else []


def unmatched_by_key(key: str) -> Unmatched:
    """Return whom a run left without, for what a letter says; not for pages."""
    links = ("participant__cohort__program", "participant__person", "told_by")
    return one(Unmatched.objects.select_related(*links), public_id=key)
