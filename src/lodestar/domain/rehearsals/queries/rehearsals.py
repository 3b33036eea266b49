"""Which rehearsals are there? For coordinators of the program only."""

from django.db.models import QuerySet
from django.db.models.fields.json import KeyTransform

from lodestar.domain.common.find import one
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort
from lodestar.domain.rehearsals.models import Rehearsal

LONG = ("inputs", "report")
MOST_LISTED = 30


def seen_by(person: Person) -> QuerySet[Rehearsal]:
    mine = Rehearsal.objects.filter(cohort__program__coordinators__person=person)
    return mine.select_related("cohort__program", "design", "requested_by")


def rehearsals_for(person: Person, cohort: Cohort) -> QuerySet[Rehearsal]:
    """Return a cohort's rehearsals to a coordinator of its program, the newest first.

    Of the report, which may be megabytes, each brings only what its headline says.
    """
    told = {name: KeyTransform(name, "report") for name in ("tally", "days", "seconds")}
    rows = seen_by(person).filter(cohort=cohort).defer(*LONG)
    return rows.annotate(**told)[:MOST_LISTED]


def latest_rehearsal(cohort: Cohort) -> Rehearsal | None:
    return Rehearsal.objects.filter(cohort=cohort).defer(*LONG).first()


def rehearsal_for(person: Person, key: str) -> Rehearsal:
    return one(seen_by(person).defer("inputs"), public_id=key)


def earlier_rehearsal(rehearsal: Rehearsal) -> Rehearsal | None:
    """Return the last one of the same cohort that was done before this one."""
    done = Rehearsal.objects.filter(cohort=rehearsal.cohort_id, status=Rehearsal.Status.DONE)
    return done.filter(pk__lt=rehearsal.pk).defer("inputs").select_related("design").first()


def waiting_rehearsal(cohort: Cohort) -> Rehearsal | None:
    waiting = Rehearsal.objects.filter(cohort=cohort, status__in=Rehearsal.WAITING)
    return waiting.defer(*LONG).first()
