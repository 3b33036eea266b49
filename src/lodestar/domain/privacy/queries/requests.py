"""What did somebody ask about their own data, and what would leaving do?"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application
from lodestar.domain.groups.models import Member
from lodestar.domain.groups.queries import own_members
from lodestar.domain.groups.rules import is_living
from lodestar.domain.matching.models import Match
from lodestar.domain.matching.queries.sides import involving
from lodestar.domain.mentorships.models import Mentorship
from lodestar.domain.mentorships.queries import own_mentorships
from lodestar.domain.people.models import Person
from lodestar.domain.people.queries import is_last_admin
from lodestar.domain.privacy.models import DataRequest
from lodestar.domain.programs.models import Coordinator, Program

Kind, Status = DataRequest.Kind, DataRequest.Status
LIVING = ("draft", "submitted", "waitlisted", "accepted")


def latest_request(person: Person, kind: str) -> DataRequest | None:
    rows = DataRequest.objects.filter(person=person, kind=kind).exclude(status=Status.TAKEN_BACK)
    return rows.order_by("-pk").first()


def waiting_request(person: Person, kind: str) -> DataRequest | None:
    rows = DataRequest.objects.filter(person=person, kind=kind, status__in=DataRequest.WAITING)
    return rows.first()


def due_requests(kind: str, now: datetime) -> QuerySet[DataRequest]:
    due = DataRequest.objects.filter(kind=kind, due_at__lte=now)
    return due.select_related("person").defer("content")


def open_matches(person: Person) -> QuerySet[Match]:
    """Return what was proposed to somebody and is neither closed nor a mentorship yet."""
    mine = Match.objects.filter(involving(person))
    began = Mentorship.objects.values("match")
    drafted = Match.Status.DRAFTED
    return mine.exclude(status__in=[*Match.CLOSED, drafted]).exclude(pk__in=began).order_by("pk")


def running_mentorships(person: Person) -> list[Mentorship]:
    return list(own_mentorships(person).filter(status__in=Mentorship.RUNNING))


def living_members(person: Person) -> list[Member]:
    here = (Member.Answer.WAITING, Member.Answer.ACCEPTED)
    return [each for each in own_members(person).filter(answer__in=here) if is_living(each.group)]


def living_applications(person: Person) -> QuerySet[Application]:
    rows = Application.objects.filter(person=person, status__in=LIVING)
    return rows.select_related("cohort__program").order_by("pk")


def programs_alone(person: Person) -> list[Program]:
    """Return the programs that nobody else looks after."""
    mine = Coordinator.objects.filter(person=person).values("program")
    others = Coordinator.objects.exclude(person=person).values("program")
    return list(Program.objects.filter(pk__in=mine).exclude(pk__in=others).order_by("name"))


def why_not_leave(person: Person) -> str:
    """Say what somebody has to hand over before they leave, or nothing."""
    if is_last_admin(person):
        return _("Somebody has to look after the association: appoint another admin first.")
    if alone := programs_alone(person):
        names = ", ".join(program.name for program in alone)
        return _("Nobody else looks after %(programs)s. Appoint another coordinator first.") % {"programs": names}  # fmt: skip
    return ""


@dataclass(frozen=True)
class Leaving:
    """What leaving would do just now, before anybody decides."""

    partners: list[str]
    groups: int
    proposals: int
    applications: int
    problem: str


def what_leaving_does(person: Person) -> Leaving:
    pairs = [(m.match.mentor.person, m.match.mentee.person) for m in running_mentorships(person)]
    partners = [(two if one.pk == person.pk else one).full_name for one, two in pairs]
    return Leaving(
        partners,
        len(living_members(person)),
        open_matches(person).count(),
        living_applications(person).count(),
        why_not_leave(person),
    )
