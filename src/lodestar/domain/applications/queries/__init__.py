"""Who applied, who takes part, and who may know?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Avg, Count, Q, QuerySet

from lodestar.domain.applications.models import (
    Application,
    Assessment,
    Intake,
    Participant,
    Reading,
)
from lodestar.domain.applications.rules.scoring import is_own
from lodestar.domain.common.errors import NotFoundError
from lodestar.domain.common.find import one
from lodestar.domain.forms.rules import name_of
from lodestar.domain.people.models import Import, ImportRow, Person, Role
from lodestar.domain.people.queries import has_role, imports
from lodestar.domain.people.queries.names import named
from lodestar.domain.programs.models import Cohort, Coordinator, SelectionCriterion
from lodestar.domain.programs.queries import coordinates_anything
from lodestar.domain.programs.rules.asked import form_of

Status = Application.Status
REMIND_DAYS_BEFORE = 3
BOTH_ROLES = "both"


def coordinated(person: Person) -> QuerySet[Application]:
    """Applications, once sent, to programs that this person coordinates."""
    programs = Coordinator.objects.filter(person=person).values("program")
    return Application.objects.filter(
        cohort__program__in=programs, submitted_at__isnull=False
    ).select_related("person", "cohort__program", "cohort__design")


DIFFER = "differ"


def applications_for(person: Person, cohort: Cohort, **narrowed: str) -> QuerySet[Application]:
    """What a coordinator of the program sees of a cohort's applications, the longest waiting first.

    Narrowed by role, status, eligibility, `readers` ("differ") and `search` (a name); what is blank narrows nothing.
    Drafts are their writers' own until they are sent. For anybody else there is nothing.
    """
    found = coordinated(person).filter(cohort=cohort)
    for name in ("role", "status", "eligibility"):
        if value := narrowed.get(name):
            found = found.filter(**{name: value})
    if narrowed.get("readers") == DIFFER:
        found = found.filter(is_disputed=True)
    found = named(found, narrowed.get("search", ""), "person__")
    return found.order_by("submitted_at", "pk")


def application_for(person: Person, key: str) -> Application:
    """One sent application, for a coordinator of its program."""
    return one(coordinated(person), public_id=key)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications of each role and status a cohort has, drafts included as a number."""

    by_role_and_status: Mapping[tuple[str, str], int]

    def of(self, role: str = "", status: str = "") -> int:
        return sum(
            count
            for (each_role, each_status), count in self.by_role_and_status.items()
            if role in ("", each_role) and status in ("", each_status)
        )

    @property
    def waiting(self) -> int:
        return self.of(status=Status.SUBMITTED)

    @property
    def waitlisted(self) -> int:
        return self.of(status=Status.WAITLISTED)

    @property
    def drafts(self) -> int:
        return self.of(status=Status.DRAFT)

    @property
    def sent(self) -> int:
        return self.of() - self.drafts


def counts_of(cohort: Cohort) -> Counts:
    return counts_by_cohort([cohort])[cohort.pk]


def chosen_applications(person: Person, cohort: Cohort, keys: Sequence[str]) -> list[Application]:
    """The applications that a coordinator ticked on one page of the list."""
    ticked = [key for key in keys[:200] if key.isalnum()]
    return list(applications_for(person, cohort).filter(public_id__in=ticked))


def counts_by_cohort(cohorts: Iterable[Cohort]) -> dict[int, Counts]:
    """The same counts for many cohorts at once."""
    keys = [cohort.pk for cohort in cohorts]
    groups = Application.objects.filter(cohort__in=keys).values_list("cohort", "role", "status")
    found: dict[int, dict[tuple[str, str], int]] = {key: {} for key in keys}
    for key, role, status, count in groups.order_by().annotate(Count("pk")):
        found[key][role, status] = count
    return {key: Counts(counts) for key, counts in found.items()}


def own_applications(person: Person) -> QuerySet[Application]:
    """Everything this person ever began, the latest first."""
    return (
        Application.objects.filter(person=person)
        .select_related("person", "cohort__program", "cohort__design")
        .order_by("-created_at", "-pk")
    )


def own_application_for(person: Person, key: str) -> Application:
    return one(own_applications(person), public_id=key)


def own_application_in(person: Person, cohort: Cohort, role: str) -> Application | None:
    return own_applications(person).filter(cohort=cohort, role=role).first()


def taking_part(cohort: Cohort) -> QuerySet[Participant]:
    """Those who were accepted into a cohort and have not left it."""
    return Participant.objects.filter(cohort=cohort, left_at=None)


def waiting_in(cohort: Cohort) -> QuerySet[Application]:
    """Those who have applied and wait for the office; whoever is shut out waits for nothing."""
    rows = Application.objects.filter(cohort=cohort, status=Status.SUBMITTED)
    return rows.filter(person__blocked_at=None).order_by("pk")


def own_participations(person: Person) -> QuerySet[Participant]:
    """Return everything this person takes part in, the latest first."""
    own = Participant.objects.filter(person=person, left_at=None, person__blocked_at=None)
    return own.select_related("person", "cohort__program", "cohort__design").order_by("-pk")


def own_participation_for(person: Person, key: str) -> Participant:
    return one(own_participations(person), public_id=key)


def participant_of(application: Application) -> Participant | None:
    return Participant.objects.filter(application=application).first()


def like_named(application: Application) -> list[Person]:
    """Other people with the same name, so that nobody is accepted twice or mistaken for another."""
    person = application.person
    same = Person.objects.filter(
        given_name__iexact=person.given_name, family_name__iexact=person.family_name
    )
    return list(same.exclude(pk=person.pk).order_by("pk")[:5])


def other_applications(application: Application) -> QuerySet[Application]:
    """The same person's, and like-named people's, other sent applications to this cohort."""
    people = [application.person, *like_named(application)]
    return (
        Application.objects.filter(
            cohort=application.cohort, person__in=people, submitted_at__isnull=False
        )
        .exclude(pk=application.pk)
        .select_related("person")
        .order_by("pk")
    )


def drafts_to_remind(on: date) -> QuerySet[Application]:
    """Unfinished applications whose cohort closes within three days and is still open."""
    last = on + timedelta(days=REMIND_DAYS_BEFORE)
    return (
        Application.objects.filter(
            status=Status.DRAFT,
            cohort__published_at__isnull=False,
            cohort__opens_on__lte=on,
            cohort__closes_on__range=(on, last),
            person__blocked_at=None,
        )
        .select_related("person", "cohort__program")
        .order_by("pk")
    )


def intakes_to_admit() -> QuerySet[Intake]:
    return Intake.objects.filter(
        source__status=Import.Status.APPLIED, admitted_at=None, undone_at=None
    ).select_related("source", "cohort__design")


def intakes_to_undo() -> QuerySet[Intake]:
    """Intakes whose import is being, or has been, taken back."""
    taken_back = (Import.Status.UNDO_REQUESTED, Import.Status.UNDONE)
    found = Intake.objects.filter(source__status__in=taken_back, undone_at=None)
    return found.select_related("source", "cohort")


def rows_to_admit(intake: Intake) -> QuerySet[ImportRow]:
    """Rows that stand for a person of this role who has not applied yet."""
    known = Application.objects.filter(cohort=intake.cohort, role=intake.role).values("person")
    return (
        intake.source.rows.exclude(outcome=ImportRow.Outcome.REFUSED)
        .filter(person__isnull=False, is_done=True)
        .filter(Q(values__role__isnull=True) | Q(values__role__in=[intake.role, BOTH_ROLES]))
        .exclude(person__in=known)
        .select_related("person")
        .order_by("number")
    )


def admitted_by(intake: Intake) -> QuerySet[Application]:
    return Application.objects.filter(
        cohort=intake.cohort, role=intake.role, source=source_of(intake)
    ).order_by("pk")


def source_of(intake: Intake) -> str:
    return f"import:{intake.source.public_id}"


def may_import(person: Person) -> bool:
    """Admins import the alumni roll; coordinators take people into their cohorts."""
    return has_role(person, Role.Kind.ADMIN) or coordinates_anything(person)


def imports_for(person: Person) -> QuerySet[Import]:
    """Return the lists this person may look at, the newest first.

    The alumni roll belongs to all admins. A list of mentors or mentees is a program's own business:
    only the coordinator who uploaded it sees it, for as long as they look after that program.
    """
    if not may_import(person):
        raise NotFoundError
    programs = Coordinator.objects.filter(person=person).values("program")
    intakes = Intake.objects.filter(cohort__program__in=programs, source__uploaded_by=person)
    mine = Q(pk__in=intakes.values("source"))
    if has_role(person, Role.Kind.ADMIN):
        mine |= ~Q(pk__in=Intake.objects.values("source"))
    return imports().filter(mine)


def import_for(person: Person, key: str) -> Import:
    return one(imports_for(person), public_id=key)


def intakes_of(sources: Iterable[Import]) -> dict[int, Intake]:
    """Return the intakes of some imports, by the key of the import."""
    found = Intake.objects.filter(source__in=[source.pk for source in sources])
    return {each.source_id: each for each in found.select_related("cohort__program", "source")}


def intake_of(source: Import) -> Intake | None:
    return intakes_of([source]).get(source.pk)


def imports_about(person: Person, *, by: Person) -> QuerySet[Import]:
    """Return the lists that speak of somebody, as far as the one who asks may look at them."""
    rows = ImportRow.objects.filter(person=person, is_done=True)
    return imports_for(by).filter(pk__in=rows.values("source"))


def rubric_of(application: Application) -> list[SelectionCriterion]:
    """Return by what applications of this role are read in this cohort."""
    rows = application.cohort.design.selection.filter(role=application.role)
    return list(rows.select_related("design"))


@dataclass(frozen=True, slots=True)
class Scored:
    """One criterion with what the reader and the others noted by it."""

    criterion: SelectionCriterion
    own: Assessment | None
    others: list[Assessment]

    @property
    def read_off(self) -> str:
        """Return the question off whose answer this is read; blank for the whole application."""
        form = form_of(self.criterion.design) if self.criterion.answer else ()
        return next((name_of(each) for each in form if each.key == self.criterion.answer), "")


def scored_for(person: Person, application: Application) -> list[Scored]:
    """Return the rubric of an application with its scores; to an applicant their own are never shown."""
    rubric = rubric_of(application)
    rows = Assessment.objects.filter(application=application).select_related("assessor")
    own = Reading.objects.filter(application=application, reader=person)
    if own.filter(status=Reading.Status.OPEN).exists():
        rows = rows.filter(assessor=person)  # nobody reads others' scores before giving their own
    noted = [] if is_own(application, person) else list(rows.order_by("assessed_at", "pk"))
    return [
        Scored(
            criterion,
            next((a for a in noted if (a.criterion_id, a.assessor_id) == (criterion.pk, person.pk)), None),
            [a for a in noted if a.criterion_id == criterion.pk and a.assessor_id != person.pk],
        )
        for criterion in rubric
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of all scores of an application, and how many readers gave them."""

    score: float
    readers: int


def means_for(person: Person, applications: Iterable[Application]) -> dict[int, Mean]:
    """Return the mean scores of some applications by their key, never of the reader's own."""
    keys = [each.pk for each in applications if not is_own(each, person)]
    groups = Assessment.objects.filter(application__in=keys).order_by().values_list("application")
    found = groups.annotate(Avg("score"), Count("assessor", distinct=True))
    return {key: Mean(float(mean), readers) for key, mean, readers in found}
