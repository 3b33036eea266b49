"""How do people say and confirm who they are, and to which uses they agree?"""

from django.db import transaction
from django.utils.translation import gettext as _

from lodestar.domain.audit.actions import record
from lodestar.domain.common.errors import RefusedError
from lodestar.domain.people import rules
from lodestar.domain.people.models import Consent, Education, Person, Position
from lodestar.domain.people.queries import untold
from lodestar.domain.people.rules import STUDIES, WORK

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
    told = [name for name in PERSON_FIELDS if name in answers]
    changed = [name for name in told if getattr(person, name) != answers[name]]
    for name in changed:
        setattr(person, name, answers[name])
    if by.pk == person.pk:
        person.said = sorted({*person.said, *told})
    person.full_clean()
    person.save()
    work = {name: str(answers[name]) for name in WORK_FIELDS if name in answers}
    changed += _keep_work(person, work) if work else []
    if "field_of_study" in answers:
        changed += _keep_studies(person, str(answers["field_of_study"]))
    if changed:
        record("profile.kept", person, by=by, about=person, fields=sorted(changed))
    return person


@transaction.atomic
def choose_language(person: Person, *, language: str, by: Person) -> Person:
    """Note in which language somebody reads pages and letters."""
    if not rules.is_language(language):
        raise RefusedError(_("There is no such language here. Nothing was changed."))
    person = person.locked()
    if person.reads_in != language:
        person.reads_in = language
        person.full_clean()
        person.save()
        record("language.chosen", person, by=by, about=person, language=language)
    return person


def _keep_work(person: Person, said: dict[str, str]) -> list[str]:
    current = person.positions.filter(is_current=True).order_by("-is_said", "-pk")
    work = current.first() or Position(person=person)
    changed = [name for name, value in said.items() if getattr(work, name) != value]
    for name in changed:
        setattr(work, name, said[name])
    work.is_said = True
    if changed or work.pk:
        work.full_clean()
        work.save()
    return changed


def _keep_studies(person: Person, field: str) -> list[str]:
    known = person.educations.order_by("-is_said", "-year", "-pk")
    studies = known.first() or Education(person=person)
    changed = ["field_of_study"] if studies.field != field else []
    studies.field, studies.is_said = field, True
    if changed or studies.pk:
        studies.full_clean()
        studies.save()
    return changed


@transaction.atomic
def confirm_profile(person: Person, *, by: Person, seen: str) -> Person:
    """Note that what the roll says of somebody is right, in one tap; from now on no list changes it.

    `seen` is the fingerprint of what they looked at: nobody confirms what they have not read.
    """
    person = person.locked()
    found = untold(person)
    if found.fingerprint != seen:
        raise RefusedError(_("What we know of you has changed since you looked. Look once more."))
    rows = {WORK: found.positions, STUDIES: found.educations}
    whole = {name for name, told in rows.items() if told}
    person.said = sorted({*person.said, *found.fields, *whole})
    person.save(update_fields=["said"])
    for model, told in ((Position, found.positions), (Education, found.educations)):
        model.objects.filter(pk__in=[row.pk for row in told]).update(is_said=True)
    record("profile.confirmed", person, by=by, about=person, fields=sorted({*found.fields, *whole}))
    return person


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
