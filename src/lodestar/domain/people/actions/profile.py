"""How do people say who they are, and to which uses they agree?"""

from django.db import transaction

from lodestar.domain.audit.actions import record
from lodestar.domain.people.models import Consent, Education, Person, Position

PERSON_FIELDS = (
    "given_name",
    "family_name",
    "class_year",
    "city",
    "country",
    "time_zone",
    "languages",
    "about",
)
WORK_FIELDS = ("title", "employer", "industry")


@transaction.atomic
def keep_profile(person: Person, *, by: Person, **answers: object) -> Person:
    """Keep what somebody told about themselves; what they did not mention stays as it was.

    Takes the fields of a person, and of their present work (`title`, `employer`, `industry`) and
    studies (`field_of_study`). A blank answer takes back what was said before.
    """
    person = person.locked()
    changed = [n for n in PERSON_FIELDS if n in answers and getattr(person, n) != answers[n]]
    for name in changed:
        setattr(person, name, answers[name])
    person.full_clean()
    person.save()
    changed += _keep_work(person, {n: str(answers[n]) for n in WORK_FIELDS if n in answers})
    if "field_of_study" in answers:
        changed += _keep_studies(person, str(answers["field_of_study"]))
    if changed:
        record("profile.kept", person, by=by, about=person, fields=sorted(changed))
    return person


def _keep_work(person: Person, said: dict[str, str]) -> list[str]:
    work = person.positions.filter(is_current=True).order_by("-pk").first()
    work = work or Position(person=person)
    changed = [name for name, value in said.items() if getattr(work, name) != value]
    for name in changed:
        setattr(work, name, said[name])
    if changed:
        work.full_clean()
        work.save()
    return changed


def _keep_studies(person: Person, field: str) -> list[str]:
    studies = person.educations.order_by("-year", "-pk").first() or Education(person=person)
    if studies.field == field:
        return []
    studies.field = field
    studies.full_clean()
    studies.save()
    return ["field_of_study"]


@transaction.atomic
def give_consent(
    person: Person, *, by: Person, use: str, is_given: bool, text_version: str, channel: str
) -> Consent:
    """Note a yes or no to one use of what we know; saying the same again adds nothing."""
    latest = person.consents.filter(use=use).order_by("-created_at", "-pk").first()
    if latest and (latest.is_given, latest.text_version) == (is_given, text_version):
        return latest
    consent = Consent(
        person=person, use=use, is_given=is_given, text_version=text_version, channel=channel
    )
    consent.full_clean()
    consent.save()
    record("consent.given" if is_given else "consent.withdrawn", consent, by=by, about=person)
    return consent
