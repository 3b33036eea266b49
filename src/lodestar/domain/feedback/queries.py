"""Who is to be asked, what was answered, and whose concern is it to look after?"""

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.common.time import now as current_time
from lodestar.domain.feedback import rules
from lodestar.domain.feedback.models import Concern, Pulse
from lodestar.domain.feedback.rules import Asking
from lodestar.domain.mentorships.models import Meeting, Mentorship
from lodestar.domain.mentorships.queries import mentorships_with_people
from lodestar.domain.messaging.queries import waited_for
from lodestar.domain.people.models import Person, Role
from lodestar.domain.people.queries import has_role
from lodestar.domain.programs.models import Cohort, Coordinator, Program
from lodestar.engine.measures.rates import Mean, Share, mean_of, share_of


def pulses_with_people() -> QuerySet[Pulse]:
    return Pulse.objects.select_related(
        "participant__person", "mentorship__match__mentor__person",
        "mentorship__match__mentee__person", "mentorship__match__mentor__cohort__program",
    )  # fmt: skip


def askings(now: datetime) -> Iterator[Asking]:
    """Yield the pulses that are due and not asked yet, the longest overdue first."""
    active = mentorships_with_people().filter(status=Mentorship.Status.ACTIVE)
    asked = latest_asked()
    found = []
    for mentorship in active:
        match = mentorship.match
        design = match.mentor.cohort.design
        due_on = rules.last_due_on(design, mentorship.began_at.date(), now.date())
        for side in (match.mentor, match.mentee):
            is_due = rules.is_due(due_on, asked.get((mentorship.pk, side.pk)))
            if due_on and is_due and not side.person.blocked_at:
                found.append(Asking(mentorship, side, due_on))
    yield from sorted(found, key=lambda asking: (asking.due_on, asking.mentorship.pk))


def latest_asked(cohort: Cohort | None = None) -> dict[tuple[int, int], date]:
    """Return the latest day asked of each side, by mentorship and participant; of one cohort, or of all."""
    pulses = Pulse.objects.filter(participant__cohort=cohort) if cohort else Pulse.objects.all()
    rows = pulses.order_by().values_list("mentorship_id", "participant_id")
    return {(m, p): due_on for m, p, due_on in rows.annotate(Max("due_on"))}


def pulses_in(cohort: Cohort) -> QuerySet[Pulse]:
    """Return every pulse of a cohort that was asked, to be counted."""
    return Pulse.objects.filter(mentorship__match__mentor__cohort=cohort, asked_at__isnull=False)


def pulses_among(cohorts: QuerySet[Cohort]) -> QuerySet[Pulse]:
    """Return every pulse of some cohorts that was asked, to be counted."""
    asked = Pulse.objects.filter(asked_at__isnull=False)
    return asked.filter(mentorship__match__mentor__cohort__in=cohorts)


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


def last_asked_at(person: Person) -> datetime | None:
    """Return when this person was last asked anything, in any role and mentorship."""
    asked: datetime | None = Pulse.objects.filter(participant__person=person).aggregate(
        last=Max("asked_at")
    )["last"]
    return asked


def pulses_to_remind(now: datetime) -> QuerySet[Pulse]:
    """Return open pulses without an answer that were asked some days ago, never reminded.

    One whose letter waited for its release was asked when that let it go, and not before.
    """
    silent = pulses_with_people().filter(answered_at=None, reminded_at=None, closes_at__gt=now)
    active = silent.filter(mentorship__status=Mentorship.Status.ACTIVE)
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
    earlier = Pulse.objects.filter(
        mentorship=pulse.mentorship, participant=pulse.participant, due_on__lt=pulse.due_on
    )
    last = earlier.order_by("-due_on").values_list("due_on", flat=True).first()
    meetings = Meeting.objects.filter(mentorship=pulse.mentorship)
    return (meetings.filter(held_on__gt=last) if last else meetings).count()


def concerns_with_people() -> QuerySet[Concern]:
    return Concern.objects.select_related(
        "program", "raised_by", "looked_after_by", "mentorship__match__mentor__person",
        "mentorship__match__mentee__person", "mentorship__match__mentor__cohort",
    )  # fmt: skip


def not_party(rows: QuerySet[Concern], person: Person) -> QuerySet[Concern]:
    of_the_two = Q(mentorship__match__mentor__person=person)
    of_the_two |= Q(mentorship__match__mentee__person=person)
    return rows.exclude(of_the_two)


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
    rows = waiting.order_by().values_list("mentorship__match__mentor__cohort")
    return dict(rows.annotate(count=Count("pk")))


def safety_reports_for(person: Person) -> QuerySet[Concern]:
    """Return what the safeguarding lead looks after, except where the lead is one of the two.

    A concern whose only coordinators are party to it, or shut out, comes here as well, so that it
    has a reader.
    """
    if not has_role(person, Role.Kind.SAFEGUARDING):
        return Concern.objects.none()
    match = "mentorship__match__"
    present = Coordinator.objects.filter(program=OuterRef("program"), person__blocked_at=None)
    others = present.exclude(
        Q(person=OuterRef(f"{match}mentor__person")) | Q(person=OuterRef(f"{match}mentee__person"))
    )
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


def own_concerns(person: Person, mentorship: Mentorship) -> QuerySet[Concern]:
    """Return what this person told about a mentorship; the partner's are never among them."""
    rows = concerns_with_people().filter(mentorship=mentorship, raised_by=person)
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
    return rules.is_party_to(concern, person)


def people_with(kind: Role.Kind) -> list[Person]:
    roles = Role.objects.filter(kind=kind, person__blocked_at=None).select_related("person")
    return [role.person for role in roles]


def program_of(mentorship: Mentorship) -> Program:
    return mentorship.match.mentor.cohort.program


def refuse_unless_lead(person: Person) -> None:
    """The safety inbox does not exist for anybody but the lead."""
    if not has_role(person, Role.Kind.SAFEGUARDING):
        raise NotFoundError


def refuse_unless_coordinator(person: Person) -> None:
    """The inbox of concerns does not exist for those who coordinate nothing."""
    if not Coordinator.objects.filter(person=person).exists():
        raise NotFoundError
