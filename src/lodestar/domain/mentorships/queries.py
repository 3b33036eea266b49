"""What does each of the two see, and how little does the office?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Max, Min, Q, QuerySet

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.common.find import one
from lodestar.domain.mentorships import rules
from lodestar.domain.mentorships.models import Goal, Meeting, Mentorship, Message, Note
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import primary_email
from lodestar.domain.programs.models import Cohort, Design
from lodestar.engine.measures.rates import Share, share_of

PAGE_SIZE = 20


@dataclass(frozen=True)
class MeetingSeen:
    """A meeting with those notes that the reader may read."""

    meeting: Meeting
    notes: list[Note]


@dataclass(frozen=True)
class Thread:
    """One page of messages, the newest last, and where older and newer ones begin."""

    messages: list[Message]
    total: int
    older_page: int | None
    newer_page: int | None


@dataclass(frozen=True)
class Signs:
    """What the office may know of a mentorship: counts and dates, never words."""

    mentorship: Mentorship
    meeting_count: int
    first_met_on: date | None
    last_met_on: date | None
    message_count: int
    last_sign_at: date


def mentorships_with_people() -> QuerySet[Mentorship]:
    return Mentorship.objects.select_related(
        "match__mentor__person", "match__mentee__person", "match__mentor__cohort__program",
        "match__mentor__cohort__design",
    )  # fmt: skip


def own_mentorships(person: Person) -> QuerySet[Mentorship]:
    """Return the mentorships that this person is one of the two of, the running ones first."""
    own = Q(match__mentor__person=person) | Q(match__mentee__person=person)
    running = Count("pk", filter=Q(status__in=Mentorship.RUNNING))
    rows = mentorships_with_people().filter(own)
    return rows.annotate(is_running=running).order_by("-is_running", "-began_at", "-pk")


def mentorship_for(person: Person, key: str) -> Mentorship:
    """Return one of the person's own mentorships, in whatever state."""
    return one(own_mentorships(person), public_id=key)


def mentorship_of_match(match_key: str, person: Person) -> Mentorship | None:
    """Return the mentorship that one of the person's own matches became, if it did."""
    return own_mentorships(person).filter(match__public_id=match_key).first()


def may_contact(a: Person, b: Person) -> bool:
    """Two people may write to each other inside an active mentorship of theirs, and nowhere else."""
    if a.blocked_at or b.blocked_at:
        return False
    pair = Q(match__mentor__person=a, match__mentee__person=b)
    pair |= Q(match__mentor__person=b, match__mentee__person=a)
    return Mentorship.objects.filter(pair, status=Mentorship.Status.ACTIVE).exists()


def contact_of_partner(mentorship: Mentorship, person: Person) -> str:
    """Return where the partner can be written to, or "" unless the mentorship is active."""
    if not rules.may_write(mentorship, person):
        return ""
    return primary_email(rules.partner_of(mentorship, person))


def goals_of(mentorship: Mentorship) -> list[Goal]:
    """Return the goals that were not dropped, the open ones first."""
    goals = mentorship.goals.filter(dropped_at=None)
    return sorted(goals, key=lambda goal: (goal.done_at is not None, goal.pk))


def goal_in(mentorship: Mentorship, key: str) -> Goal:
    return one(mentorship.goals.all(), public_id=key)


def meetings_seen_by(person: Person, mentorship: Mentorship) -> list[MeetingSeen]:
    """Return the meetings, each with the notes that were shared or are the person's own."""
    visible = Note.objects.filter(Q(is_shared=True) | Q(author=person)).select_related("author")
    notes: dict[int, list[Note]] = {}
    for note in visible.filter(meeting__mentorship=mentorship):
        notes.setdefault(note.meeting_id, []).append(note)
    return [MeetingSeen(m, notes.get(m.pk, [])) for m in mentorship.meetings.all()]


def thread_of(mentorship: Mentorship, page: int = 1) -> Thread:
    """Return a page of the thread counted from its newest end."""
    total = mentorship.messages.count()
    last = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), last)
    newest_first = mentorship.messages.select_related("author").order_by("-pk")
    messages = list(newest_first[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])[::-1]
    return Thread(
        messages,
        total,
        older_page=page + 1 if page < last else None,
        newer_page=page - 1 if page > 1 else None,
    )


def has_unanswered_message(mentorship: Mentorship, person: Person) -> bool:
    """The partner wrote last, and the two have not met since."""
    last = mentorship.messages.order_by("-pk").first()
    if last is None or last.author_id == person.pk:
        return False
    return not mentorship.meetings.filter(held_on__gt=last.created_at.date()).exists()


def mentorships_in(cohort: Cohort) -> QuerySet[Mentorship]:
    """Every mentorship of a cohort, to be counted."""
    return Mentorship.objects.filter(match__mentor__cohort=cohort)


def mentorships_among(cohorts: QuerySet[Cohort]) -> QuerySet[Mentorship]:
    """Every mentorship of some cohorts, to be counted."""
    return Mentorship.objects.filter(match__mentor__cohort__in=cohorts)


def mentorships_that_met(cohort: Cohort) -> QuerySet[Mentorship]:
    """The mentorships of a cohort with at least one meeting, each once."""
    met = Meeting.objects.filter(mentorship__match__mentor__cohort=cohort).order_by()
    return mentorships_in(cohort).filter(pk__in=met.values("mentorship"))


def mentees_of(mentorships: QuerySet[Mentorship]) -> set[int]:
    """The mentees of some mentorships, each once."""
    return set(mentorships.order_by().values_list("match__mentee", flat=True))


def served_share(cohort: Cohort) -> Share:
    """How many mentees have a mentor or had one, of those who take part or left after they had one."""
    served = mentees_of(mentorships_in(cohort))
    here = taking_part(cohort).filter(role=RoleInCohort.MENTEE).values_list("pk", flat=True)
    return share_of(len(served), len(served.union(here)))


def met_share(cohort: Cohort) -> Share:
    """How many of all mentorships ever met, however late."""
    return share_of(mentorships_that_met(cohort).count(), mentorships_in(cohort).count())


def mentorships_of(cohort: Cohort) -> QuerySet[Mentorship]:
    """Every mentorship of a cohort with its people, to be shown."""
    return mentorships_with_people().filter(match__mentor__cohort=cohort)


def signs_of(mentorships: Iterable[Mentorship]) -> list[Signs]:
    """Return counts and dates of each, those silent the longest first."""
    pairs = list(mentorships)
    keys = [mentorship.pk for mentorship in pairs]
    met = {
        row["mentorship"]: row
        for row in Meeting.objects.filter(mentorship__in=keys).order_by().values("mentorship")
        .annotate(count=Count("pk"), first=Min("held_on"), last=Max("held_on"))
    }  # fmt: skip
    written = {
        row["mentorship"]: row
        for row in Message.objects.filter(mentorship__in=keys).order_by().values("mentorship")
        .annotate(count=Count("pk"), last=Max("created_at"))
    }  # fmt: skip
    signs = [_signs(m, met.get(m.pk, {}), written.get(m.pk, {})) for m in pairs]
    return sorted(signs, key=lambda s: (not rules.is_running(s.mentorship), s.last_sign_at))


def _signs(mentorship: Mentorship, met: dict[str, date | int], written: dict[str, object]) -> Signs:
    last_met, last_written = met.get("last"), written.get("last")
    dates = [mentorship.began_at.date()]
    if isinstance(last_met, date):
        dates.append(last_met)
    if isinstance(last_written, datetime):
        dates.append(last_written.date())
    return Signs(
        mentorship,
        meeting_count=int(str(met.get("count", 0))),
        first_met_on=met.get("first"),  # type: ignore[arg-type]
        last_met_on=last_met,  # type: ignore[arg-type]
        message_count=int(str(written.get("count", 0))),
        last_sign_at=max(dates),
    )


def unmet_mentorships(before: datetime) -> QuerySet[Mentorship]:
    """Return active mentorships of two present people that began before a moment and have not met."""
    rows = mentorships_with_people().filter(status=Mentorship.Status.ACTIVE)
    present = {"match__mentor__person__blocked_at": None, "match__mentee__person__blocked_at": None}
    return rows.filter(began_at__lte=before, meetings=None, **present)


@dataclass(frozen=True)
class NextStep:
    """The one thing that matters now for one of the two; `days` ago or ahead, as the kind says."""

    kind: str
    on: date | None = None
    days: int = 0


def next_step(mentorship: Mentorship, person: Person) -> NextStep:
    """Return what this person does next: answer, meet first, meet again, or resume; one talk is not repeated."""
    if not rules.may_write(mentorship, person):
        return NextStep("resume" if rules.can_resume(mentorship, person) else "closed")
    if has_unanswered_message(mentorship, person):
        return NextStep("answer")
    on = rules.today_of(person)
    last = mentorship.meetings.values_list("held_on", flat=True).first()
    if last is None:
        due = rules.first_meeting_due(mentorship)
        return NextStep("meet_first" if due >= on else "meet_overdue", due, (due - on).days)
    design = mentorship.match.mentor.cohort.design
    if design.format == Design.Format.FLASH:
        return NextStep("met_once", last, (on - last).days)
    again = last + timedelta(days=design.cadence_days)
    return NextStep("meet_again" if again <= on else "all_well", again, (on - last).days)
