"""Who is on the roll, has not signed up, and may be asked?"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from lodestar.domain.applications.models import Application, RoleInCohort
from lodestar.domain.applications.rules.answers import answers_of_row, for_matching
from lodestar.domain.common.time import today
from lodestar.domain.messaging.models import Suppression
from lodestar.domain.needs.models import NeedsAnswer
from lodestar.domain.needs.queries.voices import COUNTED
from lodestar.domain.people.models import Address, Consent, Education, Person, Position
from lodestar.domain.programs.models import Audience, Cohort
from lodestar.domain.programs.queries.reach import may_meet

AT_ONCE = 1000
OFFERED_BEFORE = ("topics", "style", "hours_per_month")
Answers = dict[str, Any]


def recruitable(cohort: Cohort) -> QuerySet[Person]:
    """Return whom the office may ask to be a mentor here: known, not shut out, not refusing, not in yet.

    The design says for whom it is: whoever the roll knows to be somebody else is not asked. Whoever began an application or sent a survey answer is in already, and who is a mentee of this
    program just now looks for help, not for work; whoever said no to news, or asked for no more mail, is
    left in peace.
    """
    applied = Application.objects.filter(cohort=cohort)
    answered = NeedsAnswer.objects.filter(survey__cohort=cohort, sent_at__isnull=False)
    free = left_to_news(Person.objects.filter(blocked_at=None))
    for rows in (applied, mentees_now(cohort), answered.exclude(person=None)):
        free = free.exclude(pk__in=rows.values("person"))
    for audience in Audience.objects.filter(design=cohort.design_id, role=RoleInCohort.MENTOR):
        meant = Person.objects.filter(may_meet(audience))
        free = free.filter(pk__in=meant.values("pk"))
    return free.order_by("pk")


def left_to_news(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return those of some people who have not said no to news, nor asked for no more mail at all."""
    stopped = Suppression.objects.filter(reason=Suppression.Reason.ASKED)
    owners = Address.objects.filter(normalised__in=stopped.values("normalised"))
    news = Consent.objects.filter(person=OuterRef("pk"), use=Consent.Use.NEWS)
    latest = news.order_by("-created_at", "-pk").values("is_given")[:1]
    hearing = people.annotate(hears_news=Coalesce(Subquery(latest), Value(True)))
    return hearing.exclude(pk__in=owners.values("person")).filter(hears_news=True)


def mentees_now(cohort: Cohort) -> QuerySet[Application]:
    """Return the applications of mentees to this program's cohorts that are not over."""
    going_on = Application.objects.filter(
        cohort__program=cohort.program_id, cohort__ends_on__gte=today(), status__in=COUNTED
    )
    return going_on.filter(role=RoleInCohort.MENTEE)


def told_by_roll(cohort: Cohort) -> Iterator[tuple[str, Answers]]:
    """Return each person that may be asked, by key, with what the roll and this program know of them."""
    offers = offers_before(cohort)
    history = (
        Prefetch("educations", Education.objects.order_by("-year", "-pk")),
        Prefetch("positions", Position.objects.filter(is_current=True).order_by("-pk")),
    )
    people = recruitable(cohort).prefetch_related(*history)
    for person in people.iterator(chunk_size=AT_ONCE):
        told = answers_of_row(person, work_of(person)) | offers.get(person.pk, {})
        yield person.public_id, for_matching(told, cohort.starts_on)


def work_of(person: Person) -> Answers:
    """Return what the roll says of somebody's work and studies, as a row of a list would."""
    work = first(person.positions.all()) or Position()
    studies = first(person.educations.all()) or Education()
    return {
        "job_title": work.title,
        "industry": work.industry,
        "employer": work.employer,
        "educations": [{"field_of_study": studies.field}],
    }


def offers_before(cohort: Cohort) -> dict[int, Answers]:
    """Return what earlier mentors of the same program offered, by person, the latest word counting."""
    earlier = Application.objects.filter(
        cohort__program=cohort.program_id, role=RoleInCohort.MENTOR, submitted_at__isnull=False
    ).exclude(cohort=cohort)
    rows = earlier.order_by("submitted_at", "pk").values_list("person", "answers")
    return {person: offered(answers) for person, answers in rows}


def offered(answers: Mapping[str, Any]) -> Answers:
    return {name: answers[name] for name in OFFERED_BEFORE if answers.get(name)}


def first(rows: Iterable[Any]) -> Any:
    return next(iter(rows), None)
