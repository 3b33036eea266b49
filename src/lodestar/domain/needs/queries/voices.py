"""Who has said what they want or offer, each once?"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from lodestar.domain.applications.models import Application, Participant, RoleInCohort
from lodestar.domain.applications.queries import taking_part
from lodestar.domain.applications.rules.answers import capacity_of, for_matching, matched_by
from lodestar.domain.forms.rules import is_own_field
from lodestar.domain.matching.queries.reading import answers_of
from lodestar.domain.needs.models import NeedsAnswer
from lodestar.domain.people.models import Person
from lodestar.domain.programs.models import Cohort, Criterion, Design
from lodestar.engine.matching.problem import Answer

Status = Application.Status
COUNTED = (Status.SUBMITTED, Status.ACCEPTED, Status.WAITLISTED)


@dataclass(frozen=True)
class Voice:
    """One person as what they want or offer, by their application or else by their survey answer.

    `places` are a mentor's that are still free; a mentee wants one. `read` are the answers as matching
    compares them. `person` is None where nobody gave a name.
    """

    key: str
    role: str
    person: Person | None
    has_applied: bool
    places: int
    answers: Mapping[str, Any] = field(repr=False)
    read: Mapping[str, Answer] = field(repr=False)


def voices_of(cohort: Cohort) -> list[Voice]:
    """Return everybody who still looks or has a place, each once: an application counts before an answer.

    Left out are those who withdrew, were declined, are shut out, or have their partner already.
    """
    participants = {each.application_id: each for each in Participant.objects.filter(cohort=cohort)}
    applied = [
        voice_of_application(each, participants.get(each.pk), cohort.design)
        for each in living_applications(cohort)
    ]
    answered = [voice_of_answer(each, cohort) for each in counted_answers(cohort)]
    return [voice for voice in (*applied, *answered) if voice.places > 0]


def paired_mentees(cohort: Cohort) -> int:
    """Return how many mentees of a cohort have a mentor and look no more."""
    mentees = taking_part(cohort).filter(role=RoleInCohort.MENTEE)
    return mentees.filter(places_taken__gt=0).count()


def living_applications(cohort: Cohort) -> QuerySet[Application]:
    sent = Application.objects.filter(cohort=cohort, status__in=COUNTED, person__blocked_at=None)
    return sent.select_related("person", "cohort").order_by("pk")


def counted_answers(cohort: Cohort) -> QuerySet[NeedsAnswer]:
    """Return the sent answers of those who have not applied; those without a name where they may be."""
    applied = Application.objects.filter(cohort=cohort).exclude(status=Status.DRAFT)
    sent = NeedsAnswer.objects.filter(survey__cohort=cohort, sent_at__isnull=False)
    known = sent.exclude(person__in=applied.values("person"))
    named = known.exclude(person=None, survey__takes_nameless=False)
    rows = named.filter(person__blocked_at=None)
    return rows.select_related("person", "survey").order_by("pk")


def voice_of_application(
    application: Application, participant: Participant | None, design: Design
) -> Voice:
    if participant is not None:
        still_in = participant.left_at is None
        places = participant.capacity - participant.places_taken if still_in else 0
        answers = participant.answers
    else:
        starts_on = application.cohort.starts_on
        answers = matched_by(design, application.role, application.answers, starts_on)
        places = places_of(application.role, answers, design)
    return Voice(
        key=application.public_id,
        role=application.role,
        person=application.person,
        has_applied=True,
        places=places,
        answers=answers,
        read=answers_of(answers),
    )


def voice_of_answer(answer: NeedsAnswer, cohort: Cohort) -> Voice:
    usual = {name: said for name, said in answer.answers.items() if not is_own_field(name)}
    answers = for_matching(usual, cohort.starts_on)
    return Voice(
        key=answer.public_id,
        role=answer.survey.role,
        person=answer.person,
        has_applied=False,
        places=places_of(answer.survey.role, answers, cohort.design),
        answers=answers,
        read=answers_of(answers),
    )


def places_of(role: str, answers: Mapping[str, object], design: Design) -> int:
    return capacity_of(role, answers, design.capacity_default, design.capacity_maximum)


def mentees_in(voices: list[Voice]) -> list[Voice]:
    return [voice for voice in voices if voice.role == RoleInCohort.MENTEE]


def mentors_in(voices: list[Voice]) -> list[Voice]:
    return [voice for voice in voices if voice.role == RoleInCohort.MENTOR]


NAMED_KINDS = (
    Criterion.Kind.TOPICS,
    Criterion.Kind.HIERARCHY,
    Criterion.Kind.CATEGORY,
    Criterion.Kind.LANGUAGE,
    Criterion.Kind.TIMEZONE,
)


def named_fields(design: Design) -> list[tuple[str, str]]:
    """Return the fields of a design whose answers have names, as (mentees' field, mentors' field)."""
    criteria = design.criteria.filter(weight__gt=0, kind__in=NAMED_KINDS)
    return list(dict.fromkeys(criteria.values_list("mentee_field", "mentor_field")))
