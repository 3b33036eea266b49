"""Which decisions are noted and not sent, and what would their release do?"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from lodestar.domain.applications.models import Application, Noted, RoleInCohort
from lodestar.domain.applications.queries import coordinated
from lodestar.domain.applications.queries.judging import must_be_known
from lodestar.domain.applications.queries.waiting import Places, places_in
from lodestar.domain.applications.rules import why_not_decide
from lodestar.domain.applications.rules.answers import capacity_of
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort

Decision = Noted.Decision


def noted_in(cohort: Cohort) -> QuerySet[Noted]:
    """Return the decisions of a cohort that are noted and not released, by what they say and then by name."""
    rows = Noted.objects.filter(application__cohort=cohort, released_at=None)
    related = (
        "application__person",
        "application__cohort__program",
        "application__cohort__design",
        "by",
    )
    names = ("application__person__family_name", "application__person__given_name")
    return rows.select_related(*related).order_by("decision", *names, "pk")


def noted_for(person: Person, cohort: Cohort) -> QuerySet[Noted]:
    """The same, for a coordinator of the program; for anybody else there is nothing."""
    return noted_in(cohort).filter(application__in=coordinated(person).values("pk"))


def released_noted() -> QuerySet[Noted]:
    """Return what was let go and waits to be carried out, those of one release in the order of their rows."""
    rows = Noted.objects.filter(released_at__isnull=False)
    return rows.select_related("application__person", "by").order_by("released_at", "pk")


def state_of_noted(rows: Sequence[Noted]) -> str:
    """Return a fingerprint of what is noted, to notice that somebody changed it since it was looked at."""
    said = sorted((each.application.public_id, each.decision, each.sentence) for each in rows)
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def noted_of(application: Application) -> Noted | None:
    return Noted.objects.filter(application=application).select_related("by").first()


@dataclass(frozen=True, slots=True)
class Effect:
    """What a release would do: to how many, to the places, and to the waitlist; and who stands in its way."""

    counts: dict[str, int]
    before: Places
    after: Places
    waiting_before: dict[str, int]
    waiting_after: dict[str, int]
    stuck: list[tuple[Noted, str]]

    @property
    def count(self) -> int:
        return sum(self.counts.values())


def effect_of(cohort: Cohort, rows: Sequence[Noted]) -> Effect:
    """Foretell what the release of some noted decisions does."""
    accepted = [each.application for each in rows if each.decision == Decision.ACCEPTED]
    before = places_in(cohort)
    mentees = sum(each.role == RoleInCohort.MENTEE for each in accepted)
    places = sum(offered_by(each) for each in accepted if each.role == RoleInCohort.MENTOR)
    waiting = Application.objects.filter(cohort=cohort, status=Application.Status.WAITLISTED)
    now_waiting = Counter(waiting.order_by().values_list("role", flat=True))
    change: Counter[str] = Counter()
    for each in rows:
        is_waiting = each.application.status == Application.Status.WAITLISTED
        will_wait = each.decision == Decision.WAITLISTED
        change[each.application.role] += will_wait - is_waiting
    return Effect(
        counts=dict(Counter(each.decision for each in rows)),
        before=before,
        after=Places(before.mentees + mentees, before.places + places),
        waiting_before={role: now_waiting[role] for role in RoleInCohort.values},
        waiting_after={role: now_waiting[role] + change[role] for role in RoleInCohort.values},
        stuck=[(each, why) for each in rows if (why := why_stuck(each))],
    )


def offered_by(application: Application) -> int:
    design = application.cohort.design
    return capacity_of(
        application.role, application.answers, design.capacity_default, design.capacity_maximum
    )


def why_stuck(noted: Noted) -> str:
    """Say why a noted decision could not be carried out as things stand, or nothing."""
    if problem := why_not_decide(noted.application, noted.decision):
        return problem
    unsure = noted.application.eligibility == Application.Eligibility.UNSURE
    if noted.decision == Decision.ACCEPTED and unsure and must_be_known(noted.application):
        return _("Nobody has confirmed yet who %(person)s is.") % {
            "person": noted.application.person
        }
    return ""
