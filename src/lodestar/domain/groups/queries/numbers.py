"""How many of a cohort are served and met, whether its design makes pairs or groups?"""

from datetime import date, datetime

from django.db.models import Min

from lodestar.domain.applications.models import RoleInCohort
from lodestar.domain.groups.models import Group, Member
from lodestar.domain.groups.queries import rooms
from lodestar.domain.groups.queries.forming import groups_in
from lodestar.domain.mentorships import queries as pairs
from lodestar.domain.programs.models import Cohort
from lodestar.engine.measures.rates import Share, share_of


def served_share(cohort: Cohort) -> Share:
    """How many mentees have somebody or had, of those who take part or left after they had."""
    makes_groups = cohort.design.makes_groups
    return rooms.served_share(cohort) if makes_groups else pairs.served_share(cohort)


def served_count(cohort: Cohort) -> int:
    if cohort.design.makes_groups:
        return len(rooms.served_in(rooms.began_in(cohort)))
    return len(pairs.mentees_of(pairs.mentorships_in(cohort)))


def met_share(cohort: Cohort) -> Share:
    """How many of all pairs or groups ever met, however late."""
    makes_groups = cohort.design.makes_groups
    return rooms.met_share(cohort) if makes_groups else pairs.met_share(cohort)


def people_asked(cohort: Cohort, role: RoleInCohort) -> set[int]:
    """Return the persons of a role who were ever asked into a group."""
    asked = Member.objects.filter(group__in=groups_in(cohort), participant__role=role)
    return set(asked.order_by().values_list("participant__person", flat=True))


def people_in(cohort: Cohort, role: RoleInCohort, *, who_met: bool = False) -> set[int]:
    """Return the persons of a role who are or were in a group that began, or that met."""
    groups = rooms.met_in(cohort) if who_met else rooms.began_in(cohort)
    inside = Member.objects.filter(
        group__in=groups.order_by().values("pk"),
        participant__role=role,
        answer__in=[Member.Answer.ACCEPTED, Member.Answer.LEFT],
    )
    return set(inside.order_by().values_list("participant__person", flat=True))


def beginnings_of(cohort: Cohort) -> list[tuple[datetime, date | None]]:
    """Return of each pair or group when it began, and on which day it first met."""
    if not cohort.design.makes_groups:
        pairs_rows = pairs.mentorships_in(cohort).annotate(met_on=Min("meetings__held_on"))
        return list(pairs_rows.values_list("began_at", "met_on"))
    rows = rooms.began_in(cohort).annotate(met_on=Min("meetings__held_on"))
    return [(at, met_on) for at, met_on in rows.values_list("began_at", "met_on") if at]


def silent_share(cohort: Cohort, long_ago: date) -> Share:
    """How many of all groups that began run and have not met since long ago."""
    began = rooms.began_in(cohort)
    running = began.filter(status=Group.Status.RUNNING, began_at__date__lt=long_ago)
    quiet = running.exclude(meetings__held_on__gte=long_ago)
    return share_of(quiet.count(), began.count())


def running_in(cohort: Cohort) -> int:
    return rooms.began_in(cohort).filter(status=Group.Status.RUNNING).count()
