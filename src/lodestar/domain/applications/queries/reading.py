"""Who reads what, how far are they, and how alike do they score?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Avg, Count, Exists, OuterRef, Q, QuerySet

from lodestar.domain.applications.models import Application, Assessment, Reading
from lodestar.domain.applications.queries import rubric_of
from lodestar.domain.applications.rules.answers import Answers
from lodestar.domain.applications.rules.reading import answers_to_read, fields_to_read
from lodestar.domain.applications.rules.scoring import UNDECIDED
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.people.models import Person, Position
from lodestar.domain.programs.models import Cohort, Design, Reviewer, SelectionCriterion
from lodestar.domain.programs.queries import reviewers_of, reviews_anything
from lodestar.domain.programs.rules.asked import form_of
from lodestar.engine.selection.agreement import Agreement, agreement_of
from lodestar.engine.selection.readers import READERS, Reader, Subject, may_read, names

Alike = Agreement
Status = Reading.Status
LIVING = (Status.OPEN, Status.GIVEN)


def fields_read_in(design: Design, role: str = "") -> frozenset[str]:
    """Return the answers that readers see by the rubric of a design, for one role or any."""
    rubric = design.selection.all()
    return fields_to_read([each for each in rubric if not role or each.role == role])


def own_readings(person: Person) -> QuerySet[Reading]:
    """Return what somebody reads or has read, as long as they are a reviewer of the program."""
    programs = Reviewer.objects.filter(person=person).values("program")
    rows = Reading.objects.filter(reader=person, status__in=LIVING)
    return rows.filter(application__cohort__program__in=programs).select_related(
        "application__cohort__program", "application__cohort__design", "application__person"
    )


def readings_for(person: Person) -> QuerySet[Reading]:
    """Return a reviewer's readings in the order in which they were given out."""
    if not reviews_anything(person):
        raise NotFoundError
    return own_readings(person).order_by("pk")


def reading_for(person: Person, key: str) -> Reading:
    return one(own_readings(person), public_id=key)


def open_readings(person: Person) -> QuerySet[Reading]:
    """Return what somebody still has to read; what is decided meanwhile needs no reader."""
    waiting = readings_for(person).filter(status=Status.OPEN, application__status__in=UNDECIDED)
    return waiting.filter(application__submitted_at__isnull=False)


def next_reading(person: Person, after: Reading) -> Reading | None:
    return open_readings(person).exclude(pk=after.pk).first()


@dataclass(frozen=True, slots=True)
class Marked:
    """One criterion as a reader sees it: with their own score and nobody else's."""

    criterion: SelectionCriterion
    own: Assessment | None


@dataclass(frozen=True, slots=True)
class Page:
    """What a reader is shown of an application: answers without a name, and the rubric with their own marks."""

    role: str
    answers: Answers
    marked: list[Marked]


def page_of(reading: Reading) -> Page:
    application = reading.application
    rubric = rubric_of(application)
    form = form_of(application.cohort.design)
    rows = Assessment.objects.filter(application=application, assessor=reading.reader)
    own = {each.criterion_id: each for each in rows}
    return Page(
        application.role,
        answers_to_read(application.answers, rubric, application.person, form),
        [Marked(criterion, own.get(criterion.pk)) for criterion in rubric],
    )


@dataclass(frozen=True, slots=True)
class Turn:
    """One reader's turn at an application, as the office sees it: how far they are and their mean."""

    reading: Reading
    mean: float | None


def turns_of(application: Application) -> list[Turn]:
    readings = Reading.objects.filter(application=application).select_related("reader")
    groups = Assessment.objects.filter(application=application).order_by()
    means = dict(groups.values_list("assessor").annotate(Avg("score")))
    return [Turn(each, means.get(each.reader_id)) for each in readings.order_by("pk")]


def turn_for(application: Application, key: str) -> Reading:
    """One reader's turn at an application that the office looks after."""
    return one(Reading.objects.filter(application=application), public_id=key)


def applications_to_give_out(cohort: Cohort) -> list[Application]:
    """Return the applications of a cohort that wait, have a rubric, and have fewer than two readers."""
    scored = cohort.design.selection.values("role")
    rows = Application.objects.filter(
        cohort=cohort, status=Application.Status.SUBMITTED, role__in=scored
    )
    living = Count("readings", filter=Q(readings__status__in=LIVING))
    lacking = rows.annotate(readers=living).filter(readers__lt=READERS)
    return list(lacking.select_related("person").order_by("submitted_at", "pk"))


def cohorts_to_give_out() -> QuerySet[Cohort]:
    """Return cohorts of programs with reviewers in which somebody waits."""
    waiting = Application.objects.filter(cohort=OuterRef("pk"), status=Application.Status.SUBMITTED)
    reviewers = Reviewer.objects.filter(program=OuterRef("program"), person__blocked_at=None)
    rows = Cohort.objects.filter(Exists(waiting), Exists(reviewers))
    return rows.select_related("program", "design").order_by("pk")


def forsaken_readings() -> QuerySet[Reading]:
    """Return readings of people who read for the program no more, or were shut out."""
    reviewers = Reviewer.objects.filter(
        program=OuterRef("application__cohort__program"),
        person=OuterRef("reader"),
        person__blocked_at=None,
    )
    return Reading.objects.filter(~Exists(reviewers), status=Status.OPEN).order_by("pk")


def engine_readers(cohort: Cohort) -> list[Reader]:
    """Return who reads for a cohort, with whom they may be close to."""
    people = [each.person for each in reviewers_of(cohort.program)]
    employers = _employers(people)
    own = Application.objects.filter(cohort=cohort, person__in=people)
    roles: dict[int, set[str]] = {}
    living = own.exclude(status__in=(Application.Status.WITHDRAWN, Application.Status.DECLINED))
    for key, role in living.values_list("person", "role"):
        roles.setdefault(key, set()).add(role)
    return [
        Reader(
            person.pk,
            person.family_name,
            names(employers.get(person.pk, ())),
            frozenset(roles.get(person.pk, ())),
        )
        for person in people
    ]


def engine_subjects(applications: Sequence[Application]) -> list[Subject]:
    """Return applications as they are given out, with everybody who ever had them."""
    employers = _employers([each.person for each in applications])
    had: dict[int, list[Reading]] = {}
    for reading in Reading.objects.filter(application__in=[a.pk for a in applications]):
        had.setdefault(reading.application_id, []).append(reading)
    return [
        Subject(
            key=each.pk,
            person=each.person_id,
            role=each.role,
            family_name=each.person.family_name,
            employers=names([each.answers.get("employer"), *employers.get(each.person_id, ())]),
            known=frozenset(reading.reader_id for reading in had.get(each.pk, ())),
            has=sum(reading.status in LIVING for reading in had.get(each.pk, ())),
        )
        for each in applications
    ]


def _employers(people: Sequence[Person]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = Position.objects.filter(person__in=[each.pk for each in people], is_current=True)
    for key, employer in rows.values_list("person", "employer"):
        found.setdefault(key, []).append(employer)
    return found


def loads_of(cohort: Cohort) -> dict[int, int]:
    """Count how many applications of a cohort each reader has or had to read."""
    rows = Reading.objects.filter(application__cohort=cohort, status__in=LIVING).order_by()
    return dict(rows.values_list("reader").annotate(Count("pk")))


def possible_readers(application: Application) -> list[Person]:
    """Return the reviewers to whom an application may go and never went, who has least to read first."""
    [subject] = engine_subjects([application])
    cohort = application.cohort
    able = {r.key for r in engine_readers(cohort) if may_read(r, subject)}
    load = loads_of(cohort)
    people = [each.person for each in reviewers_of(cohort.program) if each.person_id in able]
    return sorted(people, key=lambda person: (load.get(person.pk, 0), person.pk))


@dataclass(frozen=True, slots=True)
class ReaderLine:
    """How far one reader is in a cohort, and how strict: the mean of all their scores, and of how many."""

    person: Person
    given: int
    left: int
    mean: float | None
    applications: int
    is_reviewer: bool


@dataclass(frozen=True, slots=True)
class ReadersOf:
    """The reading of a cohort: each reader, how alike they score, and what nobody reads yet."""

    lines: list[ReaderLine]
    agreement: Agreement
    lacking: int = 0
    disputed: int = 0
    total: float | None = None


def reading_of(cohort: Cohort) -> ReadersOf:
    """Sum up the reading of a cohort."""
    scores = Assessment.objects.filter(application__cohort=cohort)
    means = {
        key: (mean, count)
        for key, mean, count in scores.order_by()
        .values_list("assessor")
        .annotate(Avg("score"), Count("application", distinct=True))
    }
    readings = Reading.objects.filter(application__cohort=cohort).order_by()
    counts: dict[int, dict[str, int]] = {}
    for key, status, count in readings.values_list("reader", "status").annotate(Count("pk")):
        counts.setdefault(key, {})[status] = count
    reviewers = {each.person_id for each in reviewers_of(cohort.program)}
    people = Person.objects.in_bulk({*means, *counts, *reviewers})
    return ReadersOf(
        lines=[
            ReaderLine(
                person=person,
                given=counts.get(key, {}).get(Status.GIVEN, 0),
                left=counts.get(key, {}).get(Status.OPEN, 0),
                mean=means[key][0] if key in means else None,
                applications=means[key][1] if key in means else 0,
                is_reviewer=key in reviewers,
            )
            for key, person in sorted(people.items())
        ],
        agreement=agreement_of(list(scores_of(scores).values())),
        lacking=len(applications_to_give_out(cohort)),
        disputed=Application.objects.filter(
            cohort=cohort, is_disputed=True, status__in=UNDECIDED
        ).count(),
        total=scores.aggregate(mean=Avg("score"))["mean"],
    )


def scores_of(rows: QuerySet[Assessment]) -> dict[int, dict[int, dict[int, int]]]:
    """Return scores by application, reader and criterion."""
    found: dict[int, dict[int, dict[int, int]]] = {}
    told = rows.order_by("application", "pk")
    for application, reader, criterion, score in told.values_list(
        "application", "assessor", "criterion", "score"
    ):
        found.setdefault(application, {}).setdefault(reader, {})[criterion] = score
    return found


def scores_by_reader(application: Application) -> dict[int, dict[int, int]]:
    rows = Assessment.objects.filter(application=application)
    return scores_of(rows).get(application.pk, {})


def readers_waiting(applications: Iterable[Application]) -> dict[int, tuple[int, int]]:
    """Return for some applications how many readers have given their scores, and how many have them."""
    keys = [each.pk for each in applications]
    rows = Reading.objects.filter(application__in=keys, status__in=LIVING).order_by()
    counted = rows.values_list("application").annotate(
        given=Count("pk", filter=Q(status=Status.GIVEN)), every=Count("pk")
    )
    return {key: (given, every) for key, given, every in counted}
