"""Who is to be asked, what was answered, and whose concern is it to look after?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.rules.showing import is_paused
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.common.time import day_of
from lodestar.domain.common.time import now as current_time
from lodestar.domain.feedback import rules
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.feedback.rules import Asking
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.matching.queries.sides import involving
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import mentorships_with_people
from lodestar.domain.mentorships.rules import is_party
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs.models import Cohort, Coordinator, Program
from lodestar.engine.measures.rates import Mean, Share, mean_of, share_of

NOBODY = Value(0)


def pulses_with_people() -> QuerySet[Pulse]:
    return Pulse.objects.select_related(
        "participant__person", "mentorship__match__mentor__person",
        "mentorship__match__mentee__person", "mentorship__match__mentor__cohort__program",
        "group__cohort__program",
    )  # fmt: skip


def askings(now: datetime) -> Iterator[Asking]:
    """Yield the pulses that are due and not asked yet, the longest overdue first; whoever is away is not asked."""
    due, on = [*askings_of_pairs(now), *askings_of_groups(now)], day_of(now)
    found = [asking for asking in due if not is_paused(asking.participant, on)]
    yield from sorted(found, key=lambda asking: (asking.due_on, asking.participant.pk))


def askings_of_pairs(now: datetime) -> Iterator[Asking]:
    active = mentorships_with_people().filter(status=Mentorship.Status.ACTIVE)
    asked, surveyed = latest_asked(), kinds_surveyed()
    for mentorship in active.order_by("pk"):
        for side in (mentorship.match.mentor, mentorship.match.mentee):
            key = (mentorship.pk, side.pk)
            due = rules.due_now(mentorship, now.date(), asked.get(key), surveyed.get(key, ()))
            if due and not side.person.blocked_at:
                kind, due_on = due
                yield Asking(mentorship, side, due_on, kind)


def kinds_surveyed() -> dict[tuple[int, int], set[str]]:
    """Return which longer surveys each side was asked, by mentorship and participant."""
    found: dict[tuple[int, int], set[str]] = {}
    rows = Pulse.objects.filter(kind__in=Pulse.SURVEYS, mentorship__isnull=False).order_by()
    for mentorship, participant, kind in rows.values_list("mentorship", "participant", "kind"):
        found.setdefault((mentorship, participant), set()).add(kind)
    return found


def askings_of_groups(now: datetime) -> Iterator[Asking]:
    """Yield the same for everybody who is in a running group, counted from the day they were in it."""
    inside = members_inside().filter(participant__person__blocked_at=None)
    links = ("participant__person", "group__cohort__design")
    asked = latest_asked_of(Pulse.objects.all(), "group_id")
    for member in inside.select_related(*links).order_by("pk"):
        group, participant = member.group, member.participant
        began_at = max(filter(None, (group.began_at, member.answered_at)), default=now)
        due_on = rules.last_due_on(group.cohort.design, began_at.date(), now.date())
        if due_on and rules.is_due(due_on, asked.get((group.pk, participant.pk))):
            yield Asking(group, participant, due_on)


def members_inside() -> QuerySet[Member]:
    """Return who is in a group that runs."""
    return Member.objects.filter(group__status=Group.Status.RUNNING, answer=Member.Answer.ACCEPTED)


def latest_asked(cohort: Cohort | None = None) -> dict[tuple[int, int], date]:
    """Return the latest day asked of each side, by mentorship and participant; of one cohort, or of all."""
    pulses = Pulse.objects.filter(participant__cohort=cohort) if cohort else Pulse.objects.all()
    return latest_asked_of(pulses, "mentorship_id")


def latest_asked_of(pulses: QuerySet[Pulse], about: str) -> dict[tuple[int, int], date]:
    rows = pulses.exclude(**{about: None}).order_by().values_list(about, "participant_id")
    return {(a, p): due_on for a, p, due_on in rows.annotate(Max("due_on"))}


def pulses_in(cohort: Cohort) -> QuerySet[Pulse]:
    """Return every pulse of a cohort that was asked, to be counted."""
    return Pulse.objects.filter(participant__cohort=cohort, asked_at__isnull=False)


def pulses_among(cohorts: QuerySet[Cohort]) -> QuerySet[Pulse]:
    """Return every pulse of some cohorts that was asked, to be counted."""
    return Pulse.objects.filter(participant__cohort__in=cohorts, asked_at__isnull=False)


def answers_in(cohort: Cohort) -> QuerySet[Pulse]:
    return pulses_in(cohort).filter(answered_at__isnull=False)


def answer_share(cohort: Cohort) -> Share:
    """Return how many of all pulses asked were answered, those that are still open included."""
    return share_of(answers_in(cohort).count(), pulses_in(cohort).count())


def usefulness_by_person(cohort: Cohort) -> Mean:
    """Return the mean of each person's latest answer on usefulness, so that nobody counts twice."""
    rated = pulses_in(cohort).filter(usefulness__isnull=False).order_by("due_on", "pk")
    latest = dict(rated.values_list("participant_id", "usefulness"))
    return mean_of([float(rating) for rating in latest.values() if rating], lowest=1, highest=5)


@dataclass(frozen=True)
class Rated:
    """One line of a survey: how one side rated it, and how many did; nothing below five."""

    item: rules.Item
    mean: Mean


@dataclass(frozen=True)
class SideSurveyed:
    """What one side said in a survey: how many were asked and answered, and each line."""

    role: RoleInCohort
    asked: int
    answered: int
    lines: Sequence[Rated]


@dataclass(frozen=True)
class BothViews:
    """What the two of a mentorship said in a survey; `lines` are (item, mentor, mentee, whether they differ much)."""

    mentor: Pulse | None
    mentee: Pulse | None
    lines: Sequence[tuple[rules.Item, int | None, int | None, bool]]

    @property
    def mentorship(self) -> Mentorship | None:
        one = self.mentor or self.mentee
        return one.mentorship if one else None

    @property
    def gaps(self) -> int:
        return sum(differs for *_rest, differs in self.lines)


def survey_of_sides(cohort: Cohort, kind: str) -> list[SideSurveyed]:
    """Return what each side of a cohort said in a survey, counted; nothing where nobody was asked."""
    found = []
    for role in (RoleInCohort.MENTEE, RoleInCohort.MENTOR):
        rows = pulses_in(cohort).filter(kind=kind, participant__role=role)
        said = list(rows.filter(answered_at__isnull=False).values_list("ratings", flat=True))
        lines = [
            Rated(
                item,
                mean_of([float(r[item.key]) for r in said if item.key in r], lowest=1, highest=5),
            )
            for item in rules.ITEMS[kind]
        ]
        if asked := rows.count():
            found.append(SideSurveyed(role, asked, len(said), lines))
    return found


def both_views(cohort: Cohort, kind: str, reader: Person) -> list[BothViews]:
    """Return the two views of each mentorship beside each other, the widest apart first.

    Nothing of a mentorship that the reader is one of the two of.
    """
    rows = pulses_with_people().filter(
        participant__cohort=cohort, kind=kind, answered_at__isnull=False, mentorship__isnull=False
    )
    sides: dict[int, dict[str, Pulse]] = {}
    for pulse in rows.exclude(involving(reader, "mentorship__match__")).order_by("pk"):
        sides.setdefault(pulse.about.pk, {})[pulse.participant.role] = pulse
    views = [
        views_of(kind, each.get(RoleInCohort.MENTOR), each.get(RoleInCohort.MENTEE))
        for each in sides.values()
    ]
    return sorted(views, key=lambda view: -view.gaps)


def rated_by(pulse: Pulse | None, item: rules.Item) -> int | None:
    return pulse.ratings.get(item.key) if pulse else None


def views_of(kind: str, mentor: Pulse | None, mentee: Pulse | None) -> BothViews:
    lines = []
    for item in rules.ITEMS[kind]:
        one, other = rated_by(mentor, item), rated_by(mentee, item)
        lines.append((item, one, other, rules.differs_much(one, other)))
    return BothViews(mentor, mentee, lines)


def last_asked_at(person: Person) -> datetime | None:
    """Return when this person was last asked anything, in any role and mentorship."""
    asked: datetime | None = Pulse.objects.filter(participant__person=person).aggregate(
        last=Max("asked_at")
    )["last"]
    return asked


def pulses_to_remind(now: datetime) -> QuerySet[Pulse]:
    """Return open pulses without an answer that were asked some days ago: reminded never, surveys once at most.

    One whose letter waited for its release was asked when that let it go, and not before.
    """
    silent = pulses_with_people().filter(answered_at=None, closes_at__gt=now)
    again = Q(kind__in=Pulse.SURVEYS, reminders=1, reminded_at__lte=now - rules.REMIND_AGAIN_AFTER)
    silent = silent.filter(Q(reminded_at=None) | again)
    still_in = members_inside().filter(group=OuterRef("group"), participant=OuterRef("participant"))
    active = silent.filter(Q(mentorship__status=Mentorship.Status.ACTIVE) | Exists(still_in))
    active = active.exclude(participant__paused_until__gt=day_of(now))
    asked = active.filter(closes_at__lte=now - rules.REMIND_AFTER + rules.OPEN_FOR)
    return asked.exclude(public_id__in=waited_for("feedback.pulse").values("about_key"))


def open_pulses(person: Person) -> QuerySet[Pulse]:
    """Return the pulses that wait for this person's answer."""
    own = pulses_with_people().filter(participant__person=person, answered_at=None)
    return own.filter(closes_at__gt=current_time()).order_by("asked_at", "pk")


def pulse_for(person: Person, key: str) -> Pulse:
    """Return one of the pulses that this person was asked, answered or not."""
    return one(pulses_with_people(), public_id=key, participant__person=person)


def meetings_since_last(pulse: Pulse) -> int:
    """Return how many meetings were logged since this person was last asked; a first guess."""
    about = pulse.about
    earlier = Pulse.objects.filter(
        **rules.kept_as(about), participant=pulse.participant, due_on__lt=pulse.due_on
    )
    last = earlier.order_by("-due_on").values_list("due_on", flat=True).first()
    days: list[date] = list(about.meetings.values_list("held_on", flat=True))
    return sum(last is None or day > last for day in days)


def concerns_with_people() -> QuerySet[Concern]:
    return Concern.objects.select_related(
        "program", "raised_by", "looked_after_by", "mentorship__match__mentor__person",
        "mentorship__match__mentee__person", "mentorship__match__mentor__cohort", "group__cohort",
    )  # fmt: skip


def not_party(rows: QuerySet[Concern], person: Person) -> QuerySet[Concern]:
    of_the_two = involving(person, "mentorship__match__")
    return rows.exclude(of_the_two).exclude(group__in=groups_with(person).values("group"))


def groups_with(person: Person) -> QuerySet[Member]:
    """Return the groups that somebody was ever asked into: what is told about them is not theirs to read."""
    return Member.objects.filter(participant__person=person)


def concerns_for(person: Person) -> QuerySet[Concern]:
    """Return what a coordinator looks after: their programs, no safety, nothing they are party to."""
    coordinated = Coordinator.objects.filter(person=person, program=OuterRef("program"))
    rows = concerns_with_people().filter(Exists(coordinated), kind__in=rules.STAFF_KINDS)
    return not_party(rows, person).order_by("-created_at", "-pk")


def waiting_by_cohort(person: Person) -> dict[int, int]:
    """Count the concerns that nobody has acted on yet and this coordinator looks after, by cohort."""
    waiting = concerns_for(person).filter(
        status__in=[Concern.Status.NEW, Concern.Status.ACKNOWLEDGED]
    )
    cohort = Coalesce("mentorship__match__mentor__cohort", "group__cohort")
    rows = waiting.order_by().annotate(in_cohort=cohort).values_list("in_cohort")
    return dict(rows.annotate(count=Count("pk")))


def safety_reports_for(person: Person) -> QuerySet[Concern]:
    """Return what the safeguarding lead looks after, except where the lead is one of the two.

    A concern whose only coordinators are party to it, or shut out, comes here as well, so that it
    has a reader.
    """
    if not has_role(person, Role.Kind.SAFEGUARDING):
        return Concern.objects.none()
    present = Coordinator.objects.filter(program=OuterRef("program"), person__blocked_at=None)
    mentor, mentee = (
        Coalesce(OuterRef(f"mentorship__match__{side}__person"), NOBODY)
        for side in ("mentor", "mentee")
    )
    inside = Member.objects.filter(
        group=OuterRef(OuterRef("group")), participant__person=OuterRef("person")
    )
    others = present.exclude(Q(person=mentor) | Q(person=mentee)).exclude(Exists(inside))
    rows = concerns_with_people().filter(Q(kind=Concern.Kind.SAFETY) | ~Exists(others))
    return not_party(rows, person).order_by("-created_at", "-pk")


def concern_for(person: Person, key: str) -> Concern:
    return one(concerns_for(person), public_id=key)


def safety_report_for(person: Person, key: str) -> Concern:
    return one(safety_reports_for(person), public_id=key)


def concern_to_look_after(person: Person, key: str) -> Concern:
    """Return a concern by whichever way this person may look after it."""
    try:
        return concern_for(person, key)
    except NotFoundError:
        return safety_report_for(person, key)


def own_concerns(person: Person, about: Mentorship | Group) -> QuerySet[Concern]:
    """Return what this person told about a pair or a group; the others' are never among them."""
    rows = concerns_with_people().filter(**rules.kept_as(about), raised_by=person)
    return rows.order_by("-created_at", "-pk")


def readers_of(concern: Concern) -> list[Person]:
    """Return who is to be told that something waits."""
    return leads_outside(concern) if is_for_lead(concern) else coordinators_outside(concern)


def is_for_lead(concern: Concern) -> bool:
    """Whether it waits with the lead: it is about safety, or no coordinator may read it."""
    return rules.is_safety(concern) or not coordinators_outside(concern)


def coordinators_outside(concern: Concern) -> list[Person]:
    rows = Coordinator.objects.filter(program=concern.program, person__blocked_at=None)
    return [c.person for c in rows.select_related("person") if not party(concern, c.person)]


def leads_outside(concern: Concern) -> list[Person]:
    return [p for p in people_with(Role.Kind.SAFEGUARDING) if not party(concern, p)]


def party(concern: Concern, person: Person) -> bool:
    """Tell if somebody is one of the two, or was ever asked into the group."""
    if concern.mentorship is not None:
        return is_party(concern.mentorship, person)
    return groups_with(person).filter(group=concern.group).exists()


def people_with(kind: Role.Kind) -> list[Person]:
    roles = Role.objects.filter(kind=kind, person__blocked_at=None).select_related("person")
    return [role.person for role in roles]


def program_of(about: Mentorship | Group) -> Program:
    cohort = about.cohort if isinstance(about, Group) else about.match.mentor.cohort
    return cohort.program


def refuse_unless_lead(person: Person) -> None:
    """The safety inbox does not exist for anybody but the lead."""
    if not has_role(person, Role.Kind.SAFEGUARDING):
        raise NotFoundError


def refuse_unless_coordinator(person: Person) -> None:
    """The inbox of concerns does not exist for those who coordinate nothing."""
    if not Coordinator.objects.filter(person=person).exists():
        raise NotFoundError
